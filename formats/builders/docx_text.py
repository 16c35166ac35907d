"""Writes a book's text as WordprocessingML: paragraphs in named styles, real lists, notes, tables and pictures.

After ECMA-376, part 1; the order of the elements within a property matters to Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from formats.assets import Asset
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
    Paragraph,
    Quote,
    SceneBreak,
    Span,
    Strike,
    Strong,
    Table,
    Text,
)
from formats.builders.markup import direction, escape
from formats.builders.tables import column_weights, least_height
from formats.builders.themes import Theme
from formats.manuscript import Chapter, Section

TWIPS = 20  # to a point
EMU = 12_700  # to a point
BULLETS, NUMBERS = 1, 2  # the abstract numberings
INDENT = 400  # twips to a level of a list or quote
_DEEPEST_LEVEL = 8

_PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="{name}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
_BOX = (
    "<w:sdt><w:sdtPr><w14:checkbox>"
    '<w14:checked w14:val="{checked}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
    '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:hint="eastAsia"/></w:rPr>'
    "<w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
)


@dataclass
class Relations:
    """What a part refers to by id: its pictures and its links to the web."""

    found: dict[tuple[str, str], str] = field(default_factory=dict)

    def id_of(self, kind: str, target: str) -> str:
        return self.found.setdefault((kind, target), f"r{len(self.found) + 1}")


@dataclass
class Counters:
    """Numbers that are unique in the whole document."""

    notes: list[str] = field(default_factory=list)  # each a finished <w:footnote>
    lists: list[tuple[int, int, int]] = field(default_factory=list)  # abstract numbering, level, start
    bookmarks: int = 0
    pictures: int = 0


@dataclass(frozen=True)
class Looks:
    """The character properties in force."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    link: bool = False
    code: bool = False
    language: str = ""
    right_to_left: bool = False

    def xml(self) -> str:
        style = "Hyperlink" if self.link else "VerbatimChar" if self.code else ""
        parts = [
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if self.bold else "",
            "<w:i/><w:iCs/>" if self.italic else "",
            "<w:strike/>" if self.struck else "",
            "<w:rtl/>" if self.right_to_left else "",
            self.spoken() if self.language else "",
        ]
        inner = "".join(parts)
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""

    def spoken(self) -> str:
        """Word keeps a language for each kind of script (17.3.2.20)."""
        tag = escape(self.language)
        script = "bidi" if self.right_to_left else "eastAsia" if tag[:2] in ("zh", "ja", "ko") else ""
        return f'<w:lang w:val="{tag}"' + (f' w:{script}="{tag}"/>' if script else "/>")


@dataclass(frozen=True)
class Place:
    """Where a block stands: within how many quotes and lists, and in which style its paragraphs are."""

    style: str = "BodyText"
    quotes: int = 0
    level: int = -1  # of the innermost list
    list_id: int = 0


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_TURNED = re.compile(f"([{_RIGHT_TO_LEFT}](?:[^A-Za-z0-9\u00c0-\u058f]*[{_RIGHT_TO_LEFT}])*)")


@cache
def _properties(looks: Looks) -> str:
    return looks.xml()


def run(text: str, looks: Looks = Looks()) -> str:
    """A run of words. Letters that are read from the right have runs of their own (17.3.2.30)."""
    if not text:
        return ""
    if text.isascii() or looks.right_to_left or _TURNED.search(text) is None:
        return _run(text, looks)
    turned = replace(looks, right_to_left=True)
    pieces = enumerate(_TURNED.split(text))
    return "".join(_run(piece, turned if number % 2 else looks) for number, piece in pieces if piece)


def _run(text: str, looks: Looks) -> str:
    return f'<w:r>{_properties(looks)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """`properties` are what follows the style, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def simple_field(instruction: str, result: str = "") -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark_name(anchor: str) -> str:
    return anchor.replace("-", "_")


@dataclass
class TextWriter:
    """Writes the blocks of one part; `counters` and `relations` are shared by the whole document."""

    part: Chapter | Section | None
    theme: Theme
    assets: Mapping[str, Asset]
    anchors: Mapping[str, str]
    counters: Counters
    relations: Relations
    note_relations: Relations
    right_to_left: bool = False
    set_notes: set[int] = field(default_factory=set)
    in_note: bool = False

    # Blocks

    def body(self) -> str:
        assert self.part is not None
        return "".join(self.blocks(self.part.blocks, Place()))

    def blocks(self, blocks: Sequence[Block], place: Place) -> Iterator[str]:
        """The first paragraph, and each after anything but a paragraph, has no indent."""
        for position, block in enumerate(blocks):
            after_paragraph = position > 0 and isinstance(blocks[position - 1], Paragraph)
            if isinstance(block, Paragraph) and place.style == "BodyText" and not after_paragraph:
                yield self.block(block, replace(place, style="FirstParagraph"))
            else:
                yield self.block(block, place)
            if isinstance(block, Table) and not isinstance(
                next(iter(blocks[position + 1 :]), None), Paragraph
            ):
                yield paragraph("TableText", "")  # two tables that touch would become one

    def block(self, block: Block, place: Place) -> str:  # noqa: PLR0911 a table of blocks
        match block:
            case Paragraph(children):
                return paragraph(place.style, self.inlines(children), self.position(place))
            case Heading(level, children, anchor):
                return paragraph(f"Heading{level}", self.bookmarked(anchor, self.inlines(children)))
            case Quote(blocks):
                inner = replace(place, style="Quote", quotes=place.quotes + 1, list_id=0)
                return "".join(self.blocks(blocks, inner))
            case List():
                return "".join(self.items(block, place))
            case Table():
                return self.table(block)
            case CodeBlock(text):
                lines = "<w:r><w:br/></w:r>".join(map(_code_line, text.split("\n")))
                return paragraph("SourceCode", lines, self.position(replace(place, list_id=0)))
            case Figure():
                return self.figure(block)
            case SceneBreak():
                return paragraph("SceneBreak", run("* * *"))

    def position(self, place: Place) -> str:
        """Numbering or indent, for what stands within lists and quotes."""
        if place.list_id:
            level = min(place.level, _DEEPEST_LEVEL)
            return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{place.list_id}"/></w:numPr>'
        depth = place.level + 1 + place.quotes
        return f'<w:ind w:left="{depth * INDENT}"/>' if depth else ""

    def items(self, block: List, place: Place) -> Iterator[str]:
        level = min(place.level + 1, _DEEPEST_LEVEL)
        abstract = NUMBERS if block.ordered else BULLETS
        self.counters.lists.append((abstract, level, block.start))
        list_id = len(self.counters.lists)
        style = "Checklist" if block.is_checklist else "ListNumber" if block.ordered else "ListBullet"
        for item in block.items:
            inner = Place(style=style, level=level, quotes=place.quotes)
            marked = replace(inner, list_id=0 if item.checked is not None else list_id)
            first, *rest = item.blocks or (Paragraph(()),)
            if isinstance(first, Paragraph):
                content = self.box(item.checked) + self.inlines(first.children)
                yield paragraph(style, content, self.item_position(marked, checked=item.checked))
            else:
                rest = [first, *rest]
            yield from self.blocks(rest, replace(inner, style="ListContinue"))

    def item_position(self, place: Place, *, checked: bool | None) -> str:
        if checked is None:
            return self.position(place)
        return f'<w:ind w:left="{(place.level + 1) * INDENT}" w:hanging="{INDENT}"/>'

    def box(self, checked: bool | None) -> str:
        if checked is None:
            return ""
        return _BOX.format(checked=int(checked), sign="☒" if checked else "☐") + "<w:r><w:tab/></w:r>"

    def table(self, block: Table) -> str:
        width = (self.theme.width - self.theme.inside - self.theme.outside) * TWIPS
        weights = column_weights(block)
        widths = [round(width * weight / sum(weights)) for weight in weights]

        def cell(content: Cell, style: str, side: str, across: int) -> str:
            words = paragraph(style, self.inlines(content.children), f'<w:jc w:val="{side}"/>')
            return f'<w:tc><w:tcPr><w:tcW w:w="{across}" w:type="dxa"/></w:tcPr>{words}</w:tc>'

        def row(cells: Sequence[Cell], style: str, properties: str = "") -> str:
            written = map(cell, cells, [style] * len(cells), block.alignments, widths)
            return f"<w:tr>{properties}{''.join(written)}</w:tr>"

        grid = "".join(f'<w:gridCol w:w="{across}"/>' for across in widths)
        head = row(block.header, "TableHead", "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
        body = "".join(row(cells, "TableText", _row_properties(cells, block)) for cells in block.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="BookTable"/>{"<w:bidiVisual/>" if self.right_to_left else ""}'
            '<w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
            f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>'
        )

    def figure(self, figure: Figure) -> str:
        keep = "<w:keepNext/>" if figure.caption else ""
        picture = paragraph("Figure", self.picture(figure.asset, figure.alt), keep)
        return picture + (paragraph("Caption", self.inlines(figure.caption)) if figure.caption else "")

    def picture(self, asset_id: str, alt: str, *, height: float | None = None) -> str:
        """A drawing in the line, as large as the page has room for or `height` points high."""
        asset = self.assets[asset_id]
        room = (
            self.theme.width - self.theme.inside - self.theme.outside,
            (self.theme.height - self.theme.top - self.theme.bottom) * 0.62,
        )
        scale = height / asset.height if height else min(room[0] / asset.width, room[1] / asset.height)
        self.counters.pictures += 1
        relations = self.note_relations if self.in_note else self.relations
        return _PICTURE.format(
            width=round(asset.width * scale * EMU),
            height=round(asset.height * scale * EMU),
            number=self.counters.pictures,
            name=escape(asset.file_name),
            alt=escape(alt),
            relation=relations.id_of("image", f"media/{asset.file_name}"),
        )

    def bookmarked(self, anchor: str, content: str) -> str:
        self.counters.bookmarks += 1
        number = self.counters.bookmarks
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(anchor)}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    # Inline runs

    def inlines(self, inlines: Sequence[Inline], looks: Looks = Looks()) -> str:
        return "".join(self.inline(inline, looks) for inline in inlines)

    def inline(self, inline: Inline, looks: Looks) -> str:  # noqa: PLR0911 a table of runs
        match inline:
            case Text(text):
                return run(text, looks)
            case Emphasis(children):
                return self.inlines(children, replace(looks, italic=not looks.italic))
            case Strong(children):
                return self.inlines(children, replace(looks, bold=True))
            case Strike(children):
                return self.inlines(children, replace(looks, struck=True))
            case Span(language, children, way):
                turned = (way or direction(language)) == "rtl"
                return self.inlines(
                    children, replace(looks, language=language or looks.language, right_to_left=turned)
                )
            case Link(url, children):
                return self.link(url, children, looks)
            case Code(text):
                return run(text, replace(looks, code=True))
            case LineBreak():
                return "<w:r><w:br/></w:r>"
            case Image(asset, alt):
                return self.picture(asset, alt, height=self.theme.body_size * 1.2)
            case FootnoteReference(number):
                return self.footnote(number)

    def link(self, url: str, children: Sequence[Inline], looks: Looks) -> str:
        if url.startswith("#"):
            if url[1:] not in self.anchors:
                return self.inlines(children, looks)
            place = f'w:anchor="{bookmark_name(url[1:])}"'
        else:
            relations = self.note_relations if self.in_note else self.relations
            place = f'r:id="{relations.id_of("hyperlink", url)}"'
        return f'<w:hyperlink {place} w:history="1">{self.inlines(children, replace(looks, link=True))}</w:hyperlink>'

    def footnote(self, number: int) -> str:
        """The note where it is first named; Word knows a second naming as a reference to the first."""
        assert self.part is not None
        name = bookmark_name(f"{self.part.anchor}-note-{number}")
        if number in self.set_notes:
            mark = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{number}</w:t></w:r>'
            return simple_field(f"NOTEREF {name} \\f \\h", mark)
        note_id = len(self.counters.notes) + 1
        self.counters.notes.append("")  # keeps the place while the note itself is written
        self.set_notes.add(number)
        self.counters.notes[note_id - 1] = self.note(number, note_id)
        return self.bookmarked(
            name,
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{note_id}"/></w:r>',
        )

    def note(self, number: int, note_id: int) -> str:
        assert self.part is not None
        self.in_note = True
        text = "".join(self.blocks(self.part.footnotes[number - 1].blocks, Place(style="FootnoteText")))
        self.in_note = False
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>' + run(" ")
        start = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        text = (
            text.replace(start, start + mark, 1) if start in text else paragraph("FootnoteText", mark) + text
        )
        return f'<w:footnote w:id="{note_id}">{text}</w:footnote>'


def _code_line(line: str) -> str:
    return "<w:r><w:tab/></w:r>".join(map(run, line.split("\t")))


def _row_properties(cells: Sequence[Cell], table: Table) -> str:
    least = least_height(cells, table) * TWIPS
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    return f"<w:trPr><w:cantSplit/>{height}</w:trPr>"
