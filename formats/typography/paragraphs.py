"""Applies a language's rules to whole paragraphs, across the borders of their inline runs.

A paragraph is laid out as one string, in which code, addresses, pictures, notes and words of another language
each are a single placeholder; the rules edit that string, and every run gets its own part of it back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from formats.blocks import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    SceneBreak,
    Span,
    Strike,
    Strong,
    Table,
    Text,
    children_of,
    plain_text,
)

OBJECT = "\ufffc"  # stands for what is not text; it behaves like a word
Replacement = str | Callable[[re.Match[str]], str]
Rules = Callable[["Line"], None]
RulesFor = Callable[[str], Rules | None]

_ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp|file|mailto|tel):|\bwww\.)[^\s<>«»“”]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"  # bounded, so that no word of a page takes long
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|io|fr|uk|eu|dev)\b(?:/[^\s<>«»“”]*)?"
)
_DOT_WITHIN = re.compile(r"\.\w")
_TRAILING = ".,;:!?)]'’\"…"  # belongs to the sentence, not to the address


@dataclass
class Line:
    """A paragraph's text in which `bounds` are the offsets where its runs end."""

    text: str
    bounds: list[int]

    def sub(self, pattern: re.Pattern[str], replacement: Replacement, *, where: str = "") -> None:
        """Replace every match, moving the bounds along. A match across a bound stays in the earlier run.

        `where` is what every match holds or touches: text without it is passed over.
        """
        if where not in self.text:
            return
        edits = []
        for match in pattern.finditer(self.text):
            new = replacement(match) if callable(replacement) else replacement
            if new != match.group():
                edits.append((match.start(), match.end(), new))
        if edits:
            self._apply(edits)

    def _apply(self, edits: Sequence[tuple[int, int, str]]) -> None:
        pieces, position, shift, bound = [], 0, 0, 0
        bounds = self.bounds
        moved: list[int] = []
        for start, end, new in edits:
            pieces += [self.text[position:start], new]
            upto = bisect_left(bounds, start + 1)
            moved += [each + shift for each in bounds[bound:upto]]
            bound = upto
            upto = bisect_left(bounds, end, lo=bound)
            moved += [start + shift + len(new)] * (upto - bound)
            bound = upto
            shift += len(new) - (end - start)
            position = end
        moved += [each + shift for each in bounds[bound:]]
        self.text = "".join([*pieces, self.text[position:]])
        self.bounds = moved

    def runs(self) -> Iterator[str]:
        start = 0
        for end in self.bounds:
            yield self.text[start:end]
            start = end


def polished_string(text: str, rules: Rules | None) -> str:
    if rules is None or not text:
        return text
    pieces = list(_pieces(text))
    return "".join(_set(pieces, rules))


def polished_blocks(blocks: Sequence[Block], language: str, rules_for: RulesFor) -> tuple[Block, ...]:
    return tuple(_block(block, language, rules_for) for block in blocks)


def _block(block: Block, language: str, rules_for: RulesFor) -> Block:
    def inlines(runs: Sequence[Inline]) -> tuple[Inline, ...]:
        return _paragraph(runs, language, rules_for)

    match block:
        case Paragraph() | Heading():
            return replace(block, children=inlines(block.children))
        case Quote():
            return Quote(polished_blocks(block.blocks, language, rules_for))
        case List():
            items = (replace(i, blocks=polished_blocks(i.blocks, language, rules_for)) for i in block.items)
            return replace(block, items=tuple[ListItem, ...](items))
        case Table():
            header = tuple(Cell(inlines(cell.children)) for cell in block.header)
            rows = tuple(tuple(Cell(inlines(cell.children)) for cell in row) for row in block.rows)
            return Table(block.alignments, header, rows)
        case Figure():
            alt = polished_string(block.alt, rules_for(language))
            return Figure(block.asset, alt, inlines(block.caption))
        case CodeBlock() | SceneBreak():
            return block


# A piece is a stretch of text, or None for something that only takes its place.
_Piece = tuple[str, bool]


def _paragraph(runs: Sequence[Inline], language: str, rules_for: RulesFor) -> tuple[Inline, ...]:
    rules = rules_for(language)
    pieces = list(_laid_out(runs)) if rules is not None else []
    polished = iter(_set(pieces, rules) if rules is not None else ())
    rebuild = _Rebuilding(polished, language, rules_for)
    return tuple(rebuild.runs(runs))


def _laid_out(runs: Sequence[Inline]) -> Iterator[_Piece]:
    for run in runs:
        match run:
            case Text(text):
                yield from _pieces(text)
            case LineBreak():
                yield "\n", False
            case _ if _is_opaque(run):
                yield OBJECT, False
            case _:
                yield from _laid_out(children_of(run))


def _pieces(text: str) -> Iterator[_Piece]:
    """Text cut at its addresses, which are kept as they are."""
    position = 0
    for match in _ADDRESS.finditer(text) if _may_hold_address(text) else ():
        end = match.start() + len(match[0].rstrip(_TRAILING))
        yield text[position : match.start()], True
        yield text[match.start() : end], False
        position = end
    yield text[position:], True


def _may_hold_address(text: str) -> bool:
    """Every address holds one of these. Looking for each in turn is far quicker than for all at once."""
    return ":" in text or "@" in text or "www." in text or _DOT_WITHIN.search(text) is not None


def _set(pieces: Sequence[_Piece], rules: Rules) -> Iterator[str]:
    """Run the rules over the pieces; the same number of strings comes back."""
    shown = [text if editable or text == "\n" else OBJECT for text, editable in pieces]
    bounds, offset = [], 0
    for text in shown:
        offset += len(text)
        bounds.append(offset)
    line = Line("".join(shown), bounds)
    rules(line)
    for (text, editable), new in zip(pieces, line.runs(), strict=True):
        if editable or text == "\n":
            yield new
        else:  # a space set before an object falls into its piece
            yield new.replace(OBJECT, text)


def _is_opaque(run: Inline) -> bool:
    match run:
        case Link(url, children):
            words = plain_text(children)
            return words == url or url.endswith(words)
        case _:
            return isinstance(run, Span | Code | Image | FootnoteReference)


@dataclass
class _Rebuilding:
    """Puts polished strings back into the tree they came from, in the same order."""

    polished: Iterator[str]
    language: str
    rules_for: RulesFor

    def runs(self, runs: Sequence[Inline]) -> Iterator[Inline]:
        for run in runs:
            yield from self.run(run)

    def run(self, run: Inline) -> Iterator[Inline]:
        known = self.rules_for(self.language) is not None
        match run:
            case Text(text):
                yield Text("".join(next(self.polished) for _ in _pieces(text)) if known else text)
            case Span(language, children):
                words = _paragraph(children, language or self.language, self.rules_for)
                yield from self.around(replace(run, children=words), known)
            case Image(asset, alt):
                yield from self.around(
                    Image(asset, polished_string(alt, self.rules_for(self.language))), known
                )
            case _ if _is_opaque(run) or isinstance(run, LineBreak):
                yield from self.around(run, known)
            case Emphasis() | Strong() | Strike() | Link():
                yield replace(run, children=tuple(self.runs(run.children)))

    def around(self, run: Inline, known: bool) -> Iterator[Inline]:
        """The run itself, with the spaces that the rules may have set before or after its placeholder."""
        piece = next(self.polished) if known else OBJECT
        before, _, after = piece.replace("\n", OBJECT).partition(OBJECT)
        yield from (Text(before),) if before else ()
        yield run
        yield from (Text(after),) if after else ()
