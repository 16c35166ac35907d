"""Writes blocks as HTML that is also well-formed XML, for the EPUB and for the reading page.

The two differ in where pictures and links lead, and in the semantics that EPUB adds to notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from xml.sax.saxutils import escape as _escape

from formats.assets import Asset
from formats.blocks import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    SceneBreak,
    Span,
    Strike,
    Strong,
    Table,
    Text,
    plain_text,
)
from formats.builders.wording import Words
from formats.manuscript import Chapter, Manuscript, Section, headings

# The first letter of a chapter with what stands before it, and the words that may be set in small capitals.
_LEAD_IN = re.compile(
    r"[«“‘\"'—–¿¡(\[\s\u00a0\u202f]*\w[\w'’-]*(?:[ \u00a0][\w'’-]+){0,3}(?=[\s\u00a0,;:.!?…—–]|$)"
)
_LETTER_TO_DROP = re.compile(r"[“‘\"']?[^\W\d_]")  # guillemets, which stand off, would drop with it
_FEW_COLUMNS = 3  # that a telephone shows side by side
_PICTURE = 600  # characters that would take its place
_LONG_ENOUGH = 170  # characters: three lines on a telephone, for an initial that is three lines high
# A word's beginning, or the place between two letters of a script that is written without spaces.
_BETWEEN_WORDS = re.compile(
    r"(?<=[ \n])(?=\S)|(?<=[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff])(?=[\u3041-\u30fa\u3400-\u9fff\uf900-\ufaff])"
)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def escape(text: str) -> str:
    """Text for an element or for an attribute in double quotes."""
    return _escape(text, {'"': "&quot;"})


def direction(language: str) -> str:
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def anchors(manuscript: Manuscript) -> dict[str, str]:
    """Every anchor that a link within the book may name, with the anchor of the part it stands in."""
    found = {}
    for part in manuscript.sections:
        found[part.anchor] = part.anchor
        found.update({heading.anchor: part.anchor for heading in headings(part)})
    return found


@dataclass(frozen=True)
class Target:
    """What a document does with pictures and inner links. `semantic` adds EPUB's types to the markup."""

    words: Words
    picture_url: Callable[[str], str]
    link_url: Callable[[str], str | None]  # from an anchor within the book
    assets: Callable[[str], Asset]
    semantic: bool = False


def _bulk(block: Block) -> int:
    """How much of a page is taken by what no page begins in, in characters."""
    match block:
        case Heading(children=children):
            return 60 + len(plain_text(children))
        case Figure():
            return _PICTURE
        case CodeBlock(text):
            return len(text)
        case Table(header=header, rows=rows):
            return sum(20 + len(plain_text(cell.children)) for row in (header, *rows) for cell in row)
        case _:
            return 0


class Folios(Protocol):
    """Tells where the pages of a book without paper turn. `room` is what the page still holds, in characters."""

    room: int

    def turn(self) -> str:
        """Begins a page and returns the mark of its place."""


@dataclass
class Markup:
    """The markup of one part of a book; a new one for each, since it counts the references to its notes.

    `depth` is how many levels deeper than in the manuscript its headings stand in the document. `lead_in` sets
    the first words of a first paragraph apart. `folios` marks pages within the text. `document` names the file
    that is being written and `notes_in` the one with the notes, where a part is spread over several.
    """

    part: Chapter | Section
    target: Target
    depth: int = 0
    lead_in: bool = False
    folios: Folios | None = None
    document: str = ""
    notes_in: str = ""
    references: Counter[int] = field(default_factory=Counter)
    referring: dict[int, str] = field(default_factory=dict)  # the file that a note is first referred to in

    def body(self) -> str:
        match self.part.blocks:
            case (Paragraph(children), *others) if self.lead_in:
                return f"{self.opening(children)}\n{''.join(self.blocks(others))}"
            case blocks:
                return "".join(self.blocks(blocks))

    def opening(self, children: Sequence[Inline]) -> str:
        """A chapter's first paragraph. Words stay whole, so that they are heard and found as words."""
        if not children or not isinstance(children[0], Text):
            return f"<p>{self.text(children)}</p>"
        first = children[0].text
        found = _LEAD_IN.match(first)
        drops = _LETTER_TO_DROP.match(first) and len(plain_text(children)) >= _LONG_ENOUGH
        words = f'<span class="lead-in">{escape(found[0])}</span>' if found else ""
        rest = self.text((Text(first[found.end() :] if found else first), *children[1:]))
        return f'<p class="{"opening drops" if drops else "opening"}">{words}{rest}</p>'

    def picture(self, figure: Figure, *, name: str = "plate") -> str:
        caption = f"<figcaption>{self.inlines(figure.caption)}</figcaption>" if figure.caption else ""
        return f'<figure class="{name}">{self.img(figure.asset, figure.alt)}{caption}</figure>\n'

    def notes(self) -> str:
        """The chapter's notes, to follow its text once that has been written."""
        if not self.part.footnotes:
            return ""
        self.folios = None  # notes lie beside the pages, not on them
        label = escape(self.target.words.notes)
        label += (
            f": {escape(self.part.title)}" if self.depth else ""
        )  # where one document has notes of several
        kind = ' epub:type="footnotes"' if self.target.semantic else ""
        notes = "".join(self.note(note) for note in self.part.footnotes)
        return f'<section class="notes" role="doc-endnotes" aria-label="{label}"{kind}>\n<hr/>\n{notes}</section>\n'

    def note(self, note: Footnote) -> str:
        kind = ' epub:type="footnote"' if self.target.semantic else ""
        back = (
            f' <a role="doc-backlink" href="{self.referring.get(note.number, "")}#{self.reference_id(note.number)}" '
            f'aria-label="{escape(self.target.words.back_to_text)}">↩</a>'
        )
        match note.blocks:
            case (*before, Paragraph(children)):
                text = f"{''.join(self.blocks(before))}<p>{self.inlines(children)}{back}</p>"
            case blocks:
                text = f"{''.join(self.blocks(blocks))}<p>{back}</p>"
        number = f'<p class="note-number">{note.number}</p>'
        name = self.note_id(note.number)
        return (
            f'<aside id="{name}" class="note" role="doc-footnote"{kind}>{number}<div>{text}</div></aside>\n'
        )

    def note_id(self, number: int) -> str:
        return f"{self.part.anchor}-note-{number}"

    def reference_id(self, number: int, count: int = 1) -> str:
        return f"{self.part.anchor}-reference-{number}" + (f"-{count}" if count > 1 else "")

    # Blocks

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            yield self.block(block)
            yield "\n"
            if self.folios is not None:
                self.folios.room -= _bulk(block)

    def block(self, block: Block) -> str:  # noqa: PLR0911 a table of blocks
        match block:
            case Paragraph(children):
                return f"<p>{self.text(children)}</p>"
            case Heading(level, children, anchor):
                tag = f"h{min(level + self.depth, 6)}"
                return f'<{tag} id="{anchor}">{self.inlines(children)}</{tag}>'
            case Quote(blocks):
                return f"<blockquote>\n{''.join(self.blocks(blocks))}</blockquote>"
            case List():
                return self.list(block)
            case Table():
                return self.table(block)
            case CodeBlock(text):
                return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
            case Figure():
                return self.picture(block)
            case SceneBreak():
                return '<hr class="scene-break"/>'

    def list(self, block: List) -> str:
        names = " ".join(
            name for name, holds in (("checklist", block.is_checklist), ("tight", block.tight)) if holds
        )
        kind = f' class="{names}"' if names else ""
        tag = "ol" if block.ordered and not block.is_checklist else "ul"
        start = f' start="{block.start}"' if tag == "ol" and block.start != 1 else ""
        items = "".join(
            f"<li>{self.box(item.checked)}{self.item(item.blocks, tight=block.tight)}</li>\n"
            for item in block.items
        )
        return f"<{tag}{kind}{start}>\n{items}</{tag}>"

    def box(self, checked: bool | None) -> str:
        if checked is None:
            return ""
        words = self.target.words
        label = escape(words.done if checked else words.to_do)
        return f'<span class="box" role="img" aria-label="{label}">{"☑" if checked else "☐"}</span> '

    def item(self, blocks: Sequence[Block], *, tight: bool) -> str:
        return "".join(
            self.text(block.children) if tight and isinstance(block, Paragraph) else self.block(block)
            for block in blocks
        )

    def table(self, block: Table) -> str:
        def row(cells: Sequence[Cell], tag: str, extra: str = "") -> str:
            written = (
                f'<{tag}{extra} class="{side}">{self.inlines(cell.children)}</{tag}>'
                for cell, side in zip(cells, block.alignments, strict=True)
            )
            return f"<tr>{''.join(written)}</tr>\n"

        head = row(block.header, "th", ' scope="col"')
        body = "".join(row(cells, "td") for cells in block.rows)
        rows = f"<tbody>\n{body}</tbody>\n" if body else ""
        label = escape(self.target.words.table)
        name = "table wide" if len(block.header) > _FEW_COLUMNS else "table"
        return (
            f'<div class="{name}" role="group" tabindex="0" aria-label="{label}"><table>\n'
            f"<thead>\n{head}</thead>\n{rows}</table></div>"
        )

    # Inline runs

    def text(self, children: Sequence[Inline]) -> str:
        """The runs of a paragraph, with the marks of the pages that begin in it."""
        return self.inlines(children) if self.folios is None else "".join(self.paged(children, self.folios))

    def paged(self, children: Sequence[Inline], folios: Folios) -> Iterator[str]:
        for run in children:
            if not isinstance(run, Text):
                folios.room -= len(plain_text((run,)))
                yield self.inline(run)
                continue
            rest = run.text
            while folios.room < len(rest) and (place := _BETWEEN_WORDS.search(rest, max(folios.room, 0))):
                yield escape(rest[: place.start()])
                rest = rest[place.start() :]
                yield folios.turn()
            folios.room -= len(rest)
            yield escape(rest)

    def inlines(self, inlines: Sequence[Inline]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:  # noqa: PLR0911 a table of runs
        match inline:
            case Text(text):
                return escape(text)
            case Emphasis(children):
                return f"<em>{self.inlines(children)}</em>"
            case Strong(children):
                return f"<strong>{self.inlines(children)}</strong>"
            case Strike(children):
                return f"<del>{self.inlines(children)}</del>"
            case Span(language, children, way):
                tag = escape(language)
                named = f' lang="{tag}" xml:lang="{tag}"' if tag else ""
                if not way and direction(language) == "rtl":
                    way = "rtl"
                turned = f' dir="{way}"' if way else ""
                return f"<span{named}{turned}>{self.inlines(children)}</span>"
            case Link(url, children):
                return self.link(url, children)
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case LineBreak():
                return "<br/>"
            case Image(asset, alt):
                return self.img(asset, alt)
            case FootnoteReference(number):
                return self.reference(number)

    def link(self, url: str, children: Sequence[Inline]) -> str:
        href = self.target.link_url(url[1:]) if url.startswith("#") else url
        words = self.inlines(children)
        return f'<a href="{escape(href)}">{words}</a>' if href else words

    def reference(self, number: int) -> str:
        self.references[number] += 1
        elsewhere = self.document != self.notes_in
        self.referring.setdefault(number, self.document if elsewhere else "")
        name = self.reference_id(number, self.references[number])
        kind = ' epub:type="noteref"' if self.target.semantic else ""
        label = f"{escape(self.target.words.note)} {number}"
        return (
            f'<sup><a id="{name}" href="{self.notes_in if elsewhere else ""}#{self.note_id(number)}" role="doc-noteref"{kind} '
            f'aria-label="{label}">{number}</a></sup>'
        )

    def img(self, asset_id: str, alt: str) -> str:
        asset = self.target.assets(asset_id)
        size = f'width="{asset.width}" height="{asset.height}"'
        return f'<img src="{escape(self.target.picture_url(asset_id))}" alt="{escape(alt)}" {size}/>'
