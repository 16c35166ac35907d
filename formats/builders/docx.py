"""DOCX that an editor can work in: named styles, outline levels, real footnotes, a contents field, running heads.

Every chapter is a section of its own, so that its first page has a folio but no running head and its notes
count from 1. Title pages bear no number, what precedes the text has roman ones, and the text starts at 1.

No field is marked as out of date: Word would ask about "fields that may refer to other files" whenever the
file is opened. The contents are filled in with links; their page numbers come when the field is updated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from formats.assets import Asset
from formats.blocks import Heading, plain_text
from formats.builders import Built
from formats.builders.archive import zipped
from formats.builders.docx_styles import W, script_of, styles, theme_part
from formats.builders.docx_text import (
    BULLETS,
    INDENT,
    NUMBERS,
    TWIPS,
    Counters,
    Relations,
    TextWriter,
    bookmark_name,
    paragraph,
    run,
    simple_field,
)
from formats.builders.markup import anchors, direction, escape
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.manuscript import Chapter, Manuscript, Part, Section

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    f'{W} xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_PARTS = {  # beside the document itself, which refers to each by a relation of that kind
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "settings": "settings",
    "fontTable": "fontTable",
    "header-left": "header",
    "header-right": "header",
    "header-none": "header",
    "footer": "footer",
    "footer-none": "footer",
}
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_STAND_INS = {
    "EB Garamond": "Garamond", "Literata": "Georgia", "Fraunces": "Georgia", "Figtree": "Segoe UI",
    "Source Serif 4": "Georgia", "Source Sans 3": "Calibri", "Jost": "Century Gothic",
    "Atkinson Hyperlegible": "Verdana",
}  # fmt: skip
_LONGEST_HEAD = 90  # characters
_SANS = frozenset({"Figtree", "Source Sans 3", "Jost", "Atkinson Hyperlegible"})


def _references(left: str, right: str, opening: str, folio: str) -> str:
    kinds = (("even", left), ("default", right), ("first", opening))
    heads = "".join(f'<w:headerReference w:type="{kind}" r:id="{name}"/>' for kind, name in kinds)
    feet = "".join(f'<w:footerReference w:type="{kind}" r:id="{folio}"/>' for kind, _ in kinds)
    return heads + feet


_HEADS = _references("header-left", "header-right", "header-none", "footer")
_NO_HEADS = _references("header-none", "header-none", "header-none", "footer-none")


def build(manuscript: Manuscript, theme: Theme) -> Built:
    return Built(zipped(_Document(manuscript, theme).files()))


@dataclass(frozen=True)
class _Section:
    """A stretch of the document, and what is said of its pages."""

    content: str
    properties: str


def _ended(section: _Section) -> str:
    """The section's content; its last paragraph holds what is said of its pages (17.6.18)."""
    last = section.content.rindex("<w:p><w:pPr>")
    place = section.content.index("</w:pPr>", last)
    return section.content[:place] + section.properties + section.content[place:]


@dataclass
class _Document:
    manuscript: Manuscript
    theme: Theme
    counters: Counters = field(default_factory=Counters)
    relations: Relations = field(default_factory=Relations)
    note_relations: Relations = field(default_factory=Relations)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The document comes first, since writing it finds the notes, lists and pictures of the others."""
        document = self.document()
        parts = {
            "[Content_Types].xml": self.content_types(),
            "_rels/.rels": self.package_relations(),
            "docProps/core.xml": self.properties(),
            "docProps/app.xml": self.application(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": self.document_relations(),
            "word/footnotes.xml": self.footnotes(),
            "word/_rels/footnotes.xml.rels": _relations(self.note_relations),
            "word/styles.xml": styles(self.theme, self.manuscript.language),
            "word/numbering.xml": self.numbering(),
            "word/settings.xml": self.settings(),
            "word/fontTable.xml": self.fonts(),
            "word/header-left.xml": self.header(run(_for_head(self.manuscript.title)), left=True),
            "word/header-right.xml": self.header(simple_field("STYLEREF 1"), left=False),
            "word/header-none.xml": self.header("", left=True),
            "word/footer.xml": _footer(simple_field("PAGE")),
            "word/footer-none.xml": _footer(""),
            "word/theme.xml": theme_part(self.theme),
        }
        for name, text in parts.items():
            yield name, text.encode()
        for asset in self.manuscript.assets.values():
            yield f"word/media/{asset.file_name}", asset.read()

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    # The text

    def document(self) -> str:
        *sections, last = self.sections()
        body = "".join(map(_ended, sections))
        return f"{_XML}<w:document {_NAMESPACES}><w:body>{body}{last.content}{last.properties}</w:body></w:document>"

    def sections(self) -> Iterator[_Section]:
        """Everything, in stretches that share their page numbers and heads."""
        book = self.manuscript
        yield self.section("".join(self.title_pages()), heads=False, numbers="lowerRoman", first=True)
        if book.contents_depth:
            yield self.section("".join(self.contents()), numbers="lowerRoman")
        for section in book.front_matter:
            yield self.section(self.part(section), numbers="lowerRoman")
        for chapter in book.chapters:
            first = chapter.number == 1
            if chapter.opens:
                yield self.section(self.part_page(chapter.opens), first=first)
                first = False
            yield self.section(self.part(chapter), first=first)
        for section in book.back_matter:
            yield self.section(self.part(section))

    def title_pages(self) -> Iterator[str]:
        book = self.manuscript
        if book.cover:
            yield self.cover(book.cover)
        yield paragraph("Title", run(book.title), "<w:pageBreakBefore/>" if book.cover else "")
        for style, text in (
            ("Subtitle", book.subtitle),
            ("Author", book.byline),
            ("Publisher", book.publisher),
        ):
            if text:
                yield paragraph(style, run(text))
        for position, line in enumerate(colophon(book)):
            yield paragraph("Colophon", run(line), "" if position else "<w:pageBreakBefore/>")
        if book.dedication:
            yield paragraph("Dedication", run(book.dedication))

    def cover(self, cover: Asset) -> str:
        alt = self.manuscript.cover_alt or self.words.cover_of.format(title=self.manuscript.title)
        room = self.theme.height - self.theme.top - self.theme.bottom - 40
        across = (self.theme.width - self.theme.inside - self.theme.outside) * cover.height / cover.width
        return paragraph("Figure", self.writer(None).picture(cover.id, alt, height=min(room, across)))

    def contents(self) -> Iterator[str]:
        """A contents field. Its page numbers are fields of their own, which are found out when it is updated."""
        start = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            f'TOC \\o "1-{self.manuscript.contents_depth}" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        yield paragraph("TOCHeading", run(self.words.contents))
        for position, (style, anchor, title) in enumerate(self.entries()):
            name = bookmark_name(anchor)
            page = simple_field(f"PAGEREF {name} \\h")
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(title)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
            yield paragraph(style, link if position else start + link)
        yield paragraph("TOC1", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    def entries(self) -> Iterator[tuple[str, str, str]]:
        for part in self.manuscript.sections:
            if isinstance(part, Chapter) and part.opens:
                yield "TOC1", part.opens.anchor, part.opens.title
            yield "TOC1", part.anchor, part.title
            for block in part.blocks:
                if isinstance(block, Heading) and block.level <= self.manuscript.contents_depth:
                    yield f"TOC{block.level}", block.anchor, plain_text(block.children)

    def part_page(self, part: Part) -> str:
        title = self.writer(None).bookmarked(part.anchor, run(part.title))
        label = paragraph("PartLabel", run(f"{self.words.part} {part.number}"))
        return label + paragraph("PartTitle", title)

    def part(self, part: Chapter | Section) -> str:
        writer = self.writer(part)
        title = writer.bookmarked(part.anchor, run(part.title))
        labelled = isinstance(part, Chapter) and self.manuscript.kind != "story"
        label = f"{self.words.chapter} {part.number}" if isinstance(part, Chapter) else ""
        head = paragraph("Heading1", title, '<w:pageBreakBefore w:val="0"/>' if labelled else "")
        picture = writer.figure(part.picture) if isinstance(part, Chapter) and part.picture else ""
        return (paragraph("ChapterLabel", run(label)) if labelled else "") + head + picture + writer.body()

    def writer(self, part: Chapter | Section | None) -> TextWriter:
        return TextWriter(
            part=part,
            theme=self.theme,
            assets=self.manuscript.assets,
            anchors=self.anchors,
            counters=self.counters,
            relations=self.relations,
            note_relations=self.note_relations,
            right_to_left=self.right_to_left,
        )

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        return anchors(self.manuscript)

    @property
    def right_to_left(self) -> bool:
        return direction(self.manuscript.language) == "rtl"

    def section(
        self, content: str, *, numbers: str = "decimal", heads: bool = True, first: bool = False
    ) -> _Section:
        """Page size, margins and numbering. `first` begins a numbering anew."""
        theme = self.theme
        width, height, top, bottom, inside, outside = (
            round(points * TWIPS)
            for points in (theme.width, theme.height, theme.top, theme.bottom, theme.inside, theme.outside)
        )
        start = ' w:start="1"' if first else ""
        opens = "oddPage" if theme.opens_right and numbers == "decimal" else "nextPage"
        properties = (
            f'<w:sectPr>{_HEADS if heads else _NO_HEADS}<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
            f'<w:type w:val="{opens}"/><w:pgSz w:w="{width}" w:h="{height}"/>'
            f'<w:pgMar w:top="{top}" w:right="{outside}" w:bottom="{bottom}" '
            f'w:left="{inside}" w:header="{top // 2}" w:footer="{bottom // 2}" w:gutter="0"/>'
            f'<w:pgNumType w:fmt="{numbers}"{start}/><w:titlePg/>{"<w:bidi/>" if self.right_to_left else ""}</w:sectPr>'
        )
        return _Section(content, properties)

    def header(self, content: str, *, left: bool) -> str:
        side = "" if left else '<w:jc w:val="right"/>'
        return f"{_XML}<w:hdr {_NAMESPACES}>{paragraph('Header', content, side)}</w:hdr>"

    # The other parts

    def footnotes(self) -> str:
        separators = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote>"
        )
        return f"{_XML}<w:footnotes {_NAMESPACES}>{separators}{''.join(self.counters.notes)}</w:footnotes>"

    def numbering(self) -> str:
        """Two ways to number, and for each list of the book its own count."""
        bullets = "".join(_level(level, "bullet", "•–·"[level % 3]) for level in range(9))
        numbers = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(9))
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for number, (abstract, level, start) in enumerate(self.counters.lists, 1)
        )
        return (
            f"{_XML}<w:numbering {W}>"
            f'<w:abstractNum w:abstractNumId="{BULLETS}"><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="{NUMBERS}"><w:multiLevelType w:val="multilevel"/>{numbers}</w:abstractNum>'
            f"{lists}</w:numbering>"
        )

    def settings(self) -> str:
        """Hyphens as in a book: no more than two below each other, none in names in capitals (17.15.1)."""
        hyphenate = (
            '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>'
            if self.theme.hyphenated and self.theme.design == "prose"
            else ""
        )
        tag = escape(self.manuscript.language)
        script = script_of(self.manuscript.language)
        other = f' w:{script}="{tag}"' if script else ""
        return (
            f'{_XML}<w:settings {W}><w:zoom w:percent="100"/><w:mirrorMargins/>{hyphenate}<w:evenAndOddHeaders/>'
            '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
            '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            f'w:val="15"/></w:compat><w:themeFontLang w:val="{tag}"{other}/></w:settings>'
        )

    def fonts(self) -> str:
        """The book's faces, and what stands in for them where they are not installed."""
        names = dict.fromkeys((self.theme.body_font, self.theme.title_font, self.theme.label_font))
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{_STAND_INS.get(name, "Georgia")}"/>'
            f'<w:family w:val="{"swiss" if name in _SANS else "roman"}"/><w:pitch w:val="variable"/></w:font>'
            for name in names
        )
        return f"{_XML}<w:fonts {W}>{fonts}</w:fonts>"

    def properties(self) -> str:
        book = self.manuscript
        stamp = f"{book.modified:%Y-%m-%dT%H:%M:%SZ}"
        named = {
            "dc:title": book.title,
            "dc:subject": ", ".join(subject.code for subject in book.subjects),
            "dc:creator": "; ".join(book.authors),
            "cp:keywords": ", ".join(book.keywords),
            "dc:description": book.description,
            "cp:category": book.series,
            "dc:identifier": book.identifier,
            "dc:language": book.language,
            "cp:version": book.edition,
        }
        texts = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in named.items() if value)
        return (
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{texts}'
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
        )

    def application(self) -> str:
        company = (
            f"<Company>{escape(self.manuscript.publisher)}</Company>" if self.manuscript.publisher else ""
        )
        return (
            f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Application>Octavo</Application>{company}</Properties>"
        )

    def content_types(self) -> str:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_ML}.{kind}+xml"/>'
            for name, kind in {"document": "document.main", **_PARTS}.items()
        )
        return (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/>'
            f'{overrides}<Override PartName="/word/theme.xml" ContentType="{_THEME}"/>'
            f'<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            '<Override PartName="/docProps/app.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
        )

    def package_relations(self) -> str:
        return (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/>'
            f'<Relationship Id="app" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>'
        )

    def document_relations(self) -> str:
        fixed = "".join(
            f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
            for name, kind in {**_PARTS, "theme": "theme"}.items()
        )
        return _relations(self.relations, fixed)


def _relations(relations: Relations, fixed: str = "") -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"{_mode(kind)}/>'
        for (kind, target), name in relations.found.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{fixed}{found}</Relationships>'


def _for_head(title: str) -> str:
    """A title that fits at the head of a page; a head without end would leave no room for the text."""
    return title if len(title) <= _LONGEST_HEAD else f"{title[: _LONGEST_HEAD - 1].rstrip()}…"


def _footer(content: str) -> str:
    return f"{_XML}<w:ftr {_NAMESPACES}>{paragraph('Footer', content)}</w:ftr>"


def _mode(kind: str) -> str:
    return ' TargetMode="External"' if kind == "hyperlink" else ""


def _level(level: int, kind: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{(level + 1) * INDENT}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )
