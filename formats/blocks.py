"""The text of a book as plain, typed data: blocks, and the inline runs inside them.

Everything is frozen and hashable, so that builders can be pure functions and results can be cached.
No string here ever holds markup: a builder escapes for its own format, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Alignment = Literal["left", "center", "right"]
Direction = Literal["", "ltr", "rtl"]

# What BCP 47 tags look like, as far as books use them: language, script, region, variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*", re.ASCII)

# What XML 1.0 (section 2.2) cannot carry or discourages, and the placeholder that typography uses.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]"
)


def clean(text: str) -> str:
    """The text with one kind of line end and without the characters that XML forbids."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def single_line(text: str) -> str:
    """`clean`, on one line and with single spaces, for titles and names. No-break spaces stay."""
    return re.sub(r"[ \t\n\u2028\u2029]+", " ", clean(text)).strip(" ")


def is_language(tag: str) -> bool:
    """Whether this can be the tag of a language, as BCP 47 writes them."""
    return len(tag) <= 35 and _LANGUAGE.fullmatch(tag) is not None


# Inline runs


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words in another language or direction than those around them: `language` is a BCP 47 tag such as "la"
    or "en-GB", or "" where the direction alone is told; `direction` is "" where it follows the language."""

    language: str
    children: tuple[Inline, ...]
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to `url`: http, https or mailto, or "#anchor" of a chapter or heading of the same book."""

    url: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """Refers to `Footnote.number` of the same chapter."""

    number: int


@dataclass(frozen=True, slots=True)
class Image:
    """A small picture within a line. `asset` is the id of one of the manuscript's assets."""

    asset: str
    alt: str


Inline = Text | Emphasis | Strong | Strike | Span | Link | Code | LineBreak | FootnoteReference | Image
Wrapper = Emphasis | Strong | Strike | Span | Link


# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter, whose own title is level 1: `level` is 2 to 6 and skips no level."""

    level: int
    children: tuple[Inline, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item. `checked` is None for an ordinary item, else the state of its box to tick."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list. `tight` lists are set without space between their items."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True

    @property
    def is_checklist(self) -> bool:
        return any(item.checked is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Cell:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `header` and every row have as many cells as there are `alignments`."""

    alignments: tuple[Alignment, ...]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands by itself. `alt` describes it to who cannot see it; `caption` is printed."""

    asset: str
    alt: str
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneBreak:
    pass


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note. `number` counts from 1 within its chapter, in the order of first reference."""

    number: int
    blocks: tuple[Block, ...]


Block = Paragraph | Heading | Quote | List | Table | CodeBlock | Figure | SceneBreak


def children_of(inline: Inline) -> tuple[Inline, ...]:
    return inline.children if isinstance(inline, Wrapper) else ()


def descend(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, those within quotes and lists too, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from descend(block.blocks)
        elif isinstance(block, List):
            for item in block.items:
                yield from descend(item.blocks)


def runs_of(block: Block) -> Iterator[Inline]:
    """Every inline run of one block, those within others too; blocks inside it have their own."""
    match block:
        case Paragraph(children) | Heading(children=children) | Figure(caption=children):
            yield from _descend_runs(children)
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                for cell in row:
                    yield from _descend_runs(cell.children)
        case _:
            pass


def _descend_runs(inlines: Sequence[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        yield from _descend_runs(children_of(inline))


def plain_text(inlines: Sequence[Inline]) -> str:
    """The words of inline runs without their looks; pictures give their alternative text."""
    return "".join(_words(inlines))


def _words(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                yield text
            case LineBreak():
                yield " "
            case Image(alt=alt):
                yield alt
            case FootnoteReference():
                pass
            case _:
                yield from _words(children_of(inline))
