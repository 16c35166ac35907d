"""The words of each kind of notification, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications.models import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """A line, a sentence, and the path on the organisation's host where the reader goes on."""

    title: str
    body: str
    path: str


def words(*, kind: str, data: Mapping[str, Any], language: str | None = None) -> Words:
    """What to show for a notification; by default in the language active now.

    `data` of books: `title`, `path`, and for one that failed `reason`, which is for members to read.
    """
    if language is not None:
        with override(language):
            return words(kind=kind, data=data)
    title, path = str(data.get("title", "")), str(data.get("path", "/"))
    match Kind(kind):
        case Kind.BOOK_FINISHED:
            return Words(
                _("“%(title)s” is finished") % {"title": title},
                _("All chapters, pictures and files are ready."),
                path,
            )
        case Kind.BOOK_FAILED:
            return Words(
                _("“%(title)s” could not be finished") % {"title": title},
                str(
                    data.get("reason")
                    or _("What was written is safe. You can try again from where it stopped.")
                ),
                path,
            )
