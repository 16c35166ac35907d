"""The pages of an e-book that has no printed counterpart, so that people can say where they are.

They are reckoned from the text alone: every document of the book begins a page, and within a text one ends
after 1,500 characters (600 in scripts whose letters are syllables or words), at the next word. Headings,
tables, code and pictures count towards a page but are not divided. So the same text has the same pages on
every device, in every type size; they are the e-book's own, which its metadata says with a source of "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from formats.builders.markup import escape

_CHARACTERS, _IDEOGRAPHS = 1500, 600
_DENSE = frozenset({"ja", "ko", "zh"})


@dataclass
class PageMarks:
    """Counts the pages of one book. `marks` are the numbers and places of those that have begun."""

    word: str
    language: str
    document: str = ""
    room: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)

    def open(self, document: str) -> str:
        """Begins a page with a document, named without its ending."""
        self.document = document
        return self.turn()

    def turn(self) -> str:
        """Begins a page and returns the mark of its place."""
        dense = self.language.lower().split("-")[0] in _DENSE
        self.room = _IDEOGRAPHS if dense else _CHARACTERS
        number = len(self.marks) + 1
        self.marks.append((number, f"{self.document}.xhtml#page-{number}"))
        return (
            f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{number}" '
            f'aria-label="{escape(self.word)} {number}"></span>'
        )
