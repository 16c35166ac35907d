"""How much room words take on a page that cannot grow, reckoned from the widths of their letters.

A browser breaks the same lines from the same font; what it may do otherwise is covered by a margin. Lengths
are in points, like a theme's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from formats.assets import Asset
from formats.blocks import (
    Block,
    CodeBlock,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Text,
    plain_text,
)
from formats.builders.epub.faces import Face
from formats.builders.themes import Theme

_CAUTION = 1.02
_INDENT = 1.6  # ems, of lists and quotes
_NOTE = 0.8  # of the size of the text
_MONOSPACE = 0.62  # ems, a letter of code
TITLE_LINE = 1.2


@dataclass(frozen=True)
class Setting:
    """A size of type in points; its line height and the space between paragraphs, in ems."""

    number: int
    size: float
    line: float
    between: float

    @property
    def name(self) -> str:
        return f"size-{self.number}"


def settings_of(theme: Theme) -> tuple[Setting, ...]:
    """The sizes that words may take, from the largest: the printed picture book's own."""
    steps = [(percent, 1.48, 0.38) for percent in range(140, 93, -2)]
    steps += [(93, 1.44, 0.28), (93, 1.4, 0.22), (80, 1.4, 0.22), (70, 1.36, 0.2)]
    return tuple(
        Setting(number, round(theme.body_size * percent / 100, 2), line, between)
        for number, (percent, line, between) in enumerate(steps)
    )


def title_size(title: str, setting: Setting) -> float:
    return setting.size if len(title) > 60 else max(setting.size * 1.2, 19)


@dataclass(frozen=True)
class Column:
    """Words set in one face to one width."""

    width: float
    face: Face
    title_face: Face
    assets: dict[str, Asset]

    def lines(self, text: str, size: float, *, width: float | None = None, face: Face | None = None) -> int:
        face, room = face or self.face, (width or self.width) / size / _CAUTION
        count, used = 1, 0.0
        for word in text.split(" "):
            length = face.width(word)
            if used and used + 0.25 + length > room:
                count, used = count + 1, length
            else:
                used += length + (0.25 if used else 0)
            if used > room:
                extra = int(used // room)
                count, used = count + extra, used - extra * room
        return count

    def title(self, title: str, setting: Setting) -> float:
        size = title_size(title, setting)
        return self.lines(title, size, face=self.title_face) * size * TITLE_LINE + setting.size * 0.85

    def height(self, blocks: Sequence[Block], setting: Setting, *, width: float | None = None) -> float:
        return sum(self.block(block, setting, width or self.width) for block in blocks)

    def block(self, block: Block, setting: Setting, width: float) -> float:  # noqa: PLR0911 a table of blocks
        size, line = setting.size, setting.size * setting.line
        gap = size * setting.between
        inner = width - _INDENT * size
        match block:
            case Paragraph(children) | Heading(children=children):
                return (
                    self.runs(children, size, width) * line
                    + gap
                    + (size if isinstance(block, Heading) else 0)
                )
            case Quote(blocks):
                return self.height(blocks, setting, width=inner) + 2 * gap
            case List(items=items):
                return (
                    sum(max(self.height(item.blocks, setting, width=inner), line) for item in items) + 2 * gap
                )
            case Table(header=header, rows=rows):
                column = max(width / len(header) - size, 3 * size)
                tallest = (
                    max(self.runs(cell.children, size, column) for cell in row) for row in (header, *rows)
                )
                return sum(count * line + size * 0.7 for count in tallest) + 2 * gap
            case CodeBlock(text):
                room = max(int(width / (size * 0.85 * _MONOSPACE)), 1)
                rows_of_code = sum(max(math.ceil(len(row) / room), 1) for row in text.split("\n"))
                return rows_of_code * size * 1.25 + 3 * size
            case Figure(asset=asset, caption=caption):
                picture = self.assets[asset]
                high = min(width * picture.height / picture.width, width * 0.75)
                return high + (self.runs(caption, size, width) * line if caption else 0) + 2 * size
            case SceneBreak():
                return 3 * line

    def runs(self, children: Sequence[Inline], size: float, width: float) -> int:
        breaks = sum(isinstance(run, LineBreak) for run in children)
        return self.lines(plain_text(children), size, width=width) + breaks

    def notes(self, notes: Sequence[Footnote], setting: Setting) -> float:
        if not notes:
            return 0
        small = replace(setting, size=setting.size * _NOTE)
        return 3 * setting.size + sum(
            self.height(note.blocks, small, width=self.width - 2 * setting.size) for note in notes
        )

    # Words for several pages

    def pages(
        self, blocks: Sequence[Block], setting: Setting, *, first: float, room: float
    ) -> Iterator[tuple[Block, ...]]:
        """Blocks page by page: `first` is the height that the first page has for them, `room` every other."""
        page: list[Block] = []
        left, waiting = first, list(reversed(blocks))
        while waiting:
            block = waiting.pop()
            needed = self.block(block, setting, self.width)
            if needed <= left:
                page.append(block)
                left -= needed
                continue
            parts = self.divided(block, setting, left)
            if parts is not None:
                page.append(parts[0])
                waiting.append(parts[1])
            elif page:
                waiting.append(block)
            else:
                page.append(block)  # what is higher than a page and cannot be divided is scrolled
            yield tuple(page)
            page, left = [], room
        if page:
            yield tuple(page)

    def divided(self, block: Block, setting: Setting, room: float) -> tuple[Block, Block] | None:
        """A block that is too high in two, the first of which fits; None where there is no good place."""
        match block:
            case Paragraph(children):
                count = int((room - setting.size * setting.between) / (setting.size * setting.line))
                return self.paragraph(children, setting, count) if count >= 2 else None
            case List(items=items):
                return self.items(block, items, setting, room)
            case _:
                return None

    def items(
        self, block: List, items: Sequence[ListItem], setting: Setting, room: float
    ) -> tuple[Block, Block] | None:
        for count in range(len(items) - 1, 0, -1):
            head = replace(block, items=tuple(items[:count]))
            if self.block(head, setting, self.width) <= room:
                return head, replace(block, items=tuple(items[count:]), start=block.start + count)
        return None

    def paragraph(
        self, children: Sequence[Inline], setting: Setting, count: int
    ) -> tuple[Block, Block] | None:
        """Cut after a word of its plain text, at the last place with which the first part has so many lines."""
        cuts = [
            (number, place)
            for number, run in enumerate(children)
            if isinstance(run, Text)
            for place, letter in enumerate(run.text)
            if letter == " " and 0 < place < len(run.text) - 1
        ]
        low, high = 0, len(cuts)
        while low < high:
            middle = (low + high) // 2
            head, _ = _cut(children, *cuts[middle])
            if self.runs(head, setting.size, self.width) <= count:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return None
        head, tail = _cut(children, *cuts[low - 1])
        return Paragraph(head), Paragraph(tail)


def _cut(
    children: Sequence[Inline], number: int, place: int
) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Before and after a space, which the first part keeps."""
    run = children[number]
    assert isinstance(run, Text)
    before, after = Text(run.text[: place + 1]), Text(run.text[place + 1 :])
    return (*children[:number], before), (after, *children[number + 1 :])
