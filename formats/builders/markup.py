"""Writes blocks as HTML that is also well-formed XML, for the EPUB and for the reading page.

The two differ in where pictures and links lead, and in the semantics that EPUB adds to notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
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
)
from formats.builders.wording import Words
from formats.manuscript import Chapter, Manuscript, Section, headings

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


@dataclass
class Markup:
    """The markup of one part of a book; a new one for each, since it counts the references to its notes.

    `depth` is how many levels deeper than in the manuscript its headings stand in the document.
    """

    part: Chapter | Section
    target: Target
    depth: int = 0
    references: Counter[int] = field(default_factory=Counter)

    def body(self) -> str:
        return "".join(self.blocks(self.part.blocks))

    def picture(self, figure: Figure, *, name: str = "plate") -> str:
        caption = f"<figcaption>{self.inlines(figure.caption)}</figcaption>" if figure.caption else ""
        return f'<figure class="{name}">{self.img(figure.asset, figure.alt)}{caption}</figure>\n'

    def notes(self) -> str:
        """The chapter's notes, to follow its text once that has been written."""
        if not self.part.footnotes:
            return ""
        label = escape(self.target.words.notes)
        kind = ' epub:type="footnotes"' if self.target.semantic else ""
        notes = "".join(self.note(note) for note in self.part.footnotes)
        return f'<section class="notes" role="doc-endnotes" aria-label="{label}"{kind}>\n<hr/>\n{notes}</section>\n'

    def note(self, note: Footnote) -> str:
        kind = ' epub:type="footnote"' if self.target.semantic else ""
        back = (
            f' <a role="doc-backlink" href="#{self.reference_id(note.number)}" '
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

    def block(self, block: Block) -> str:  # noqa: PLR0911 a table of blocks
        match block:
            case Paragraph(children):
                return f"<p>{self.inlines(children)}</p>"
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
            self.inlines(block.children) if tight and isinstance(block, Paragraph) else self.block(block)
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
        return f'<div class="table"><table>\n<thead>\n{head}</thead>\n{rows}</table></div>'

    # Inline runs

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
        name = self.reference_id(number, self.references[number])
        kind = ' epub:type="noteref"' if self.target.semantic else ""
        label = f"{escape(self.target.words.note)} {number}"
        return (
            f'<sup><a id="{name}" href="#{self.note_id(number)}" role="doc-noteref"{kind} '
            f'aria-label="{label}">{number}</a></sup>'
        )

    def img(self, asset_id: str, alt: str) -> str:
        asset = self.target.assets(asset_id)
        size = f'width="{asset.width}" height="{asset.height}"'
        return f'<img src="{escape(self.target.picture_url(asset_id))}" alt="{escape(alt)}" {size}/>'
