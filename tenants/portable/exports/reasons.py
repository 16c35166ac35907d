"""Why an export was not made, in words for owners; what operators need to know is in the log."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_ROOM: Final = "no_room"
FILES_AWAY: Final = "files_away"
BUSY: Final = "busy"
BROKEN: Final = "broken"

_WORDS: Final[dict[str, Promise]] = {
    NO_ROOM: _("There was no room for it on our side. We have been told; try again later."),
    FILES_AWAY: _("The place where your files lie did not answer for a while. Try again later."),
    BUSY: _("The organisation was being worked on by us for a while. Try again later."),
    BROKEN: _("Something broke on our side. We have been told; try again later."),
}


def in_words(reason: str) -> str:
    """In the language active now; "" for no reason."""
    return str(_WORDS[reason if reason in _WORDS else BROKEN]) if reason else ""
