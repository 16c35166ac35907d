"""The competitor: a manuscript as the plainest Typst document, set by one bare compile of the same wheel.

It has the same words, pictures (at the same width), headings, lists, tables, quotes and footnotes, the same
page size, margins, faces, sizes, leading, justification and hyphenation. It has no tags, running heads, title
page or contents, no folios beyond Typst's own numbers, no care for breaks, no lead-ins, no alternative texts,
and it writes the text as markup. What is measured is `typst compile`: a process that reads the files, loads
the fonts and writes the PDF; making the Typst files is not counted against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from formats.blocks import (
    Block,
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
    Paragraph,
    Quote,
    SceneBreak,
    Span,
    Strike,
    Strong,
    Table,
    Text,
)  # fmt: skip
from formats.builders.themes import Theme
from formats.builders.typst_source import string
from formats.manuscript import Chapter, Manuscript, Section

_MARKUP = re.compile(r"([\\#*_`$<>@\[\]~/])|(?m:^([=+\-\d]))")


def write(manuscript: Manuscript, theme: Theme, folder: Path) -> None:
    """Put main.typ and the pictures there."""
    parts = [_head(theme)]
    for chapter in manuscript.chapters:
        parts.append(f"#pagebreak(weak: true)\n= {_escaped(chapter.title)}\n\n")
        if chapter.picture:
            parts.append(f'#image("{manuscript.assets[chapter.picture.asset].file_name}")\n\n')
        parts.append(_blocks(chapter.blocks, chapter, manuscript))
    (folder / "main.typ").write_text("".join(parts), encoding="utf-8")
    for asset in manuscript.assets.values():
        (folder / asset.file_name).write_bytes(asset.read())


def _head(theme: Theme) -> str:
    sides = (
        f"inside: {theme.inside}pt, outside: {theme.outside}pt, top: {theme.top}pt, bottom: {theme.bottom}pt"
    )
    size = f"width: {theme.width}pt, height: {theme.height}pt"
    between = f"{theme.leading - theme.body_size}pt"
    return (
        f'#set page({size}, numbering: "1", margin: ({sides}))\n'
        f"#set text(font: {string(theme.body_font)}, size: {theme.body_size}pt)\n"
        "#set text(top-edge: 0.8em, bottom-edge: -0.2em)\n"
        f"#set par(justify: true, leading: {between}, spacing: {between}, first-line-indent: 1.3em)\n"
    )


def _blocks(blocks: Sequence[Block], part: Chapter | Section, book: Manuscript) -> str:
    return "".join(_block(block, part, book) for block in blocks)


def _block(block: Block, part: Chapter | Section, book: Manuscript) -> str:  # noqa: PLR0911 a table of blocks
    match block:
        case Paragraph(children):
            return _inlines(children, part, book) + "\n\n"
        case Heading(level, children):
            return f"{'=' * level} {_inlines(children, part, book)}\n\n"
        case Quote(blocks):
            return f"#quote(block: true)[{_blocks(blocks, part, book)}]\n\n"
        case List():
            name = "enum" if block.ordered else "list"
            items = "".join(f"[{_blocks(item.blocks, part, book).strip()}], " for item in block.items)
            return f"#{name}({items})\n\n"
        case Table():
            cells = [cell for row in (block.header, *block.rows) for cell in row]
            body = "".join(f"[{_inlines(cell.children, part, book)}], " for cell in cells)
            return f"#table(columns: {len(block.header)}, {body})\n\n"
        case CodeBlock(text):
            return f"#raw({string(text)}, block: true)\n\n"
        case Figure(asset, _alt, caption):
            words = f", caption: [{_inlines(caption, part, book)}]" if caption else ""
            return f'#figure(image("{book.assets[asset].file_name}"){words})\n\n'
        case SceneBreak():
            return "#align(center)[\\* \\* \\*]\n\n"


def _inlines(inlines: Sequence[Inline], part: Chapter | Section, book: Manuscript) -> str:
    return "".join(_inline(inline, part, book) for inline in inlines)


def _inline(inline: Inline, part: Chapter | Section, book: Manuscript) -> str:  # noqa: PLR0911 a table of runs
    match inline:
        case Text(text):
            return _escaped(text)
        case Emphasis(children):
            return f"#emph[{_inlines(children, part, book)}]"
        case Strong(children):
            return f"#strong[{_inlines(children, part, book)}]"
        case Strike(children):
            return f"#strike[{_inlines(children, part, book)}]"
        case Span(_language, children):
            return _inlines(children, part, book)
        case Link(url, children):
            return f"#link({string(url)})[{_inlines(children, part, book)}]"
        case Code(text):
            return f"#raw({string(text)})"
        case LineBreak():
            return " \\\n"
        case Image(asset):
            return f'#box(image("{book.assets[asset].file_name}", height: 1em))'
        case FootnoteReference(number):
            return f"#footnote[{_blocks(part.footnotes[number - 1].blocks, part, book).strip()}]"


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: "\\" + match[0], text)
