"""DOCX that an editor can work in: named styles, outline levels, real footnotes, a contents field, running heads.

The front matter is a section of its own with roman page numbers; the text's section starts at 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.blocks import Heading, plain_text
from formats.builders import Built
from formats.builders.archive import zipped
from formats.builders.docx_styles import W, styles
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
from formats.builders.markup import anchors, escape
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.manuscript import Chapter, Manuscript, Section

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
    "footer": "footer",
}
_STAND_INS = {"EB Garamond": "Garamond", "Literata": "Georgia", "Fraunces": "Georgia", "Figtree": "Segoe UI"}


def build(manuscript: Manuscript, theme: Theme) -> Built:
    return Built(zipped(_Document(manuscript, theme).files()))


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
            "word/header-left.xml": self.header(run(self.manuscript.title), left=True),
            "word/header-right.xml": self.header(simple_field("STYLEREF 1"), left=False),
            "word/footer.xml": f"{_XML}<w:ftr {_NAMESPACES}>{paragraph('Footer', simple_field('PAGE'))}</w:ftr>",
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
        front = "".join(self.front_matter())
        body = "".join(self.part(part) for part in self.manuscript.sections)
        ending = paragraph("BodyText", "", self.section("lowerRoman", heads=False))
        return (
            f"{_XML}<w:document {_NAMESPACES}><w:body>{front}{ending}{body}"
            f"{self.section('decimal', heads=True)}</w:body></w:document>"
        )

    def front_matter(self) -> Iterator[str]:
        book = self.manuscript
        writer = self.writer(None)
        if book.cover:
            alt = book.cover_alt or self.words.cover_of.format(title=book.title)
            room = self.theme.height - self.theme.top - self.theme.bottom - 40
            across = (
                (self.theme.width - self.theme.inside - self.theme.outside)
                * book.cover.height
                / book.cover.width
            )
            yield paragraph("Figure", writer.picture(book.cover.id, alt, height=min(room, across)))
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
        yield from self.contents()

    def contents(self) -> Iterator[str]:
        """A contents field that Word fills in with page numbers; until then it lists titles and links."""
        entries = list(self.entries())
        start = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        yield paragraph("TOCHeading", run(self.words.contents))
        for position, (style, anchor, title) in enumerate(entries):
            link = f'<w:hyperlink w:anchor="{bookmark_name(anchor)}" w:history="1">{run(title)}</w:hyperlink>'
            yield paragraph(style, link if position else start + link)
        yield paragraph("TOC1", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    def entries(self) -> Iterator[tuple[str, str, str]]:
        for part in self.manuscript.sections:
            yield "TOC1", part.anchor, part.title
            for block in part.blocks:
                if isinstance(block, Heading) and block.level == 2:
                    yield "TOC2", block.anchor, plain_text(block.children)

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
            anchors=anchors(self.manuscript),
            counters=self.counters,
            relations=self.relations,
            note_relations=self.note_relations,
        )

    def section(self, numbers: str, *, heads: bool) -> str:
        """Page size, margins and numbering; with running heads for the text, without for what precedes it."""
        theme = self.theme
        width, height, top, bottom, inside, outside = (
            round(points * TWIPS)
            for points in (theme.width, theme.height, theme.top, theme.bottom, theme.inside, theme.outside)
        )
        references = (
            '<w:headerReference w:type="even" r:id="header-left"/><w:headerReference w:type="default" '
            'r:id="header-right"/><w:footerReference w:type="even" r:id="footer"/>'
            '<w:footerReference w:type="default" r:id="footer"/>'
        )
        return (
            f'<w:sectPr>{references if heads else ""}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{outside}" w:bottom="{bottom}" '
            f'w:left="{inside}" w:header="{top // 2}" w:footer="{bottom // 2}" w:gutter="0"/>'
            f'<w:pgNumType w:fmt="{numbers}" w:start="1"/><w:titlePg/></w:sectPr>'
        )

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
        hyphenate = "" if self.theme.design == "picture" else "<w:autoHyphenation/>"
        return (
            f"{_XML}<w:settings {W}><w:mirrorMargins/>{hyphenate}<w:evenAndOddHeaders/>"
            '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
            '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            'w:val="15"/></w:compat></w:settings>'
        )

    def fonts(self) -> str:
        """The book's faces, and what stands in for them where they are not installed."""
        names = dict.fromkeys((self.theme.body_font, self.theme.title_font, self.theme.label_font))
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{_STAND_INS.get(name, "Georgia")}"/></w:font>'
            for name in names
        )
        return f"{_XML}<w:fonts {W}>{fonts}</w:fonts>"

    def properties(self) -> str:
        book = self.manuscript
        stamp = f"{book.modified:%Y-%m-%dT%H:%M:%SZ}"
        named = {
            "dc:title": book.title,
            "dc:creator": book.byline,
            "dc:description": book.description,
            "dc:identifier": book.identifier,
            "dc:language": book.language,
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
            f"{overrides}"
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
            for name, kind in _PARTS.items()
        )
        return _relations(self.relations, fixed)


def _relations(relations: Relations, fixed: str = "") -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"{_mode(kind)}/>'
        for (kind, target), name in relations.found.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{fixed}{found}</Relationships>'


def _mode(kind: str) -> str:
    return ' TargetMode="External"' if kind == "hyperlink" else ""


def _level(level: int, kind: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{(level + 1) * INDENT}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )
