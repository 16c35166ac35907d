"""Reads a book from Markdown: one file, or a zip file of it with its pictures, as our own export writes them.

    source = read_book(data, modified=now)     # BookSource: metadata, parts, chapters, matter, pictures

Pure, and safe with any bytes: sizes are bounded before anything is unpacked, no name leads out of the
archive, YAML gives nothing but text, and pictures are checked by their headers. What is wrong is told as a
`BadImport` that names the file and, where it can, the line.

Beside our own export it reads what people have: a file whose only first-level heading is the book's title,
chapters in files of their own, notes and link targets gathered at the end, pictures of any name.
"""

from __future__ import annotations

from datetime import datetime

from formats.importing.archive import TEXTS, Pictures, decoded, unpacked
from formats.importing.book import Import
from formats.importing.refusals import MEGABYTE, MOST_BYTES, BadImport
from formats.manuscript import BookSource

__all__ = ["MOST_BYTES", "BadImport", "read_book"]


def read_book(
    data: bytes, *, modified: datetime, name: str = "book.md", language: str = "en", kind: str = ""
) -> BookSource:
    """The book that `data`, a zip file or a Markdown file called `name`, holds. Raises `BadImport`.

    `language` and `kind` are for a book whose front matter names none. Pictures are kept as bytes.
    """
    if not data.strip():
        raise BadImport("empty")
    if len(data) > MOST_BYTES:
        raise BadImport("too-large", most=MOST_BYTES // MEGABYTE)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        texts, pictures = unpacked(data)
    elif name.lower().endswith((*TEXTS, ".txt")):
        texts, pictures = {name: decoded(name, data)}, Pictures()
    else:
        raise BadImport("not-a-zip")
    return Import(texts, pictures, modified, language, kind or "guide").book()
