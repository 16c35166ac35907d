"""The codes that booksellers shelve books by: Thema, kept by EDItEUR, and BISAC, kept by BISG.

Neither list is ours to hand on, so a code is checked for its form. Where the operator has put Thema's lists,
as EDItEUR publishes them, into the folder `thema` of the platform's data, it is also looked up there, and
members can search its headings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

MOST = 20  # subjects of a book
SCHEMES = ("thema", "bisac")

# A subject begins with its section's letter, a qualifier with a figure; national extensions follow a hyphen.
_THEMA = re.compile(r"[ACDFGJ-NP-Y][A-Z0-9]{0,7}|[1-6][A-Z0-9]{0,7}(-[A-Z]{2}(-[A-Z0-9]{1,6})?)?", re.ASCII)
_BISAC = re.compile(r"[A-Z]{3}[0-9]{6}", re.ASCII)
_LIST = re.compile(r"Thema_v(?P<version>[0-9.]+)_(?P<language>[a-z]{2})\.json$")


class BadSubject(ValueError):
    """There is no such code; the message tells the member so."""


@dataclass(frozen=True, slots=True)
class Heading:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ThemaList:
    version: str
    headings: Mapping[str, str]  # by code


def checked_code(scheme: str, text: str) -> str:
    """The code as it is kept, in capitals. Raises `BadSubject`."""
    code = text.strip().upper()
    if scheme == "thema":
        _check_thema(code)
    elif scheme != "bisac":
        raise BadSubject(_("Subjects are given by Thema or by BISAC."))
    elif not _BISAC.fullmatch(code):
        raise BadSubject(
            _("“%(code)s” is no BISAC code: three letters and six digits, as in JUV001000.")
            % {"code": code[:20]}
        )
    return code


def heading(scheme: str, code: str, *, language: str) -> str:
    """What a code stands for, in this language or else in English; "" where no list is there."""
    if scheme != "thema":
        return ""
    found = thema(language) or thema("en")
    return found.headings.get(code, "") if found else ""


def search(words: str, *, language: str, most: int = 12) -> list[Heading]:
    """Thema's subjects whose heading has all these words, or whose code begins so; the broadest first."""
    found = thema(language) or thema("en")
    asked = words.casefold().split()
    if found is None or not asked:
        return []
    hits = [
        Heading(code, text)
        for code, text in found.headings.items()
        if all(word in text.casefold() for word in asked) or code.casefold().startswith(asked[0])
    ]
    return sorted(hits, key=lambda hit: (len(hit.code), hit.code))[:most]


def thema(language: str) -> ThemaList | None:
    """The newest list in a language, if the operator has one."""
    folder = Path(settings.DATA) / "thema"
    files = [(match, file) for file in folder.glob("*.json") if (match := _LIST.search(file.name))]
    ours = [(match["version"], file) for match, file in files if match["language"] == language[:2]]
    if not ours:
        return None
    version, file = max(ours, key=lambda each: [int(part) for part in each[0].split(".") if part])
    return _read(file, version, file.stat().st_mtime)


@lru_cache(maxsize=4)
def _read(file: Path, version: str, _changed: float) -> ThemaList:
    codes = json.loads(file.read_text(encoding="utf-8"))["CodeList"]["ThemaCodes"]["Code"]
    return ThemaList(version, {each["CodeValue"]: each["CodeDescription"] for each in codes})


def _check_thema(code: str) -> None:
    if not _THEMA.fullmatch(code):
        raise BadSubject(
            _("“%(code)s” is no Thema code. They look like YFB or, for a qualifier, 1DDF-FR-L.")
            % {"code": code[:20]}
        )
    found = thema("en")
    if found and code not in found.headings:
        message = _("“%(code)s” is not in Thema %(version)s.")
        raise BadSubject(message % {"code": code, "version": found.version})
