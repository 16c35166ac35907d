"""Reading the finished plain source, alone or in an archive with its pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from formats.checks import Check, Report, found
from formats.checks.package import Broken, unzipped

_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)>\s]+)")
_CHAPTER = re.compile(r"^# \S", re.MULTILINE)


def inspect(data: bytes) -> Report:
    try:
        files = unzipped(data) if data.startswith(b"PK") else {"book.md": data}
        return Report(tuple(_checks(files)))
    except (Broken, UnicodeDecodeError):
        return Report((Check("markdown-text", "fail"),))


def _checks(files: Mapping[str, bytes]) -> Iterator[Check]:
    texts = {name: data.decode() for name, data in files.items() if name.endswith(".md")}
    whole = "\n".join(texts.values())
    yield found("markdown-text", whole.strip() and "\x00" not in whole)
    yield found("markdown-front-matter", any(_has_front_matter(text) for text in texts.values()))
    chapters = len(_CHAPTER.findall(whole))
    yield found("markdown-chapters", chapters, chapters=chapters)
    if len(files) > len(texts):
        shown = {
            posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            for name, text in texts.items()
            for address in _PICTURE.findall(text)
            if "://" not in address
        }
        yield found("markdown-pictures", shown <= set(files), pictures=len(shown))


def _has_front_matter(text: str) -> bool:
    return text.startswith("---\n") and "\n---\n" in text and "\ntitle:" in text
