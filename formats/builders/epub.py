"""EPUB 3.3, reflowable: one XHTML file a chapter, with navigation, semantics and accessibility metadata.

After the W3C's EPUB 3.3, EPUB Accessibility 1.1 and DPUB-ARIA 1.1. What the metadata says of accessibility is
true of every book that is built here; a claim of conformance, which someone has to have judged, is not made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formats.blocks import Heading, plain_text
from formats.builders import Built
from formats.builders.archive import zipped
from formats.builders.markup import Markup, Target, anchors, direction, escape
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.manuscript import Chapter, Manuscript, Section, pictures

_STYLE = Path(__file__).parent / "styles" / "epub.css"
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_XHTML = "application/xhtml+xml"
_ROLES = {  # DPUB-ARIA has a role for each of these; epub:type has the same name
    "foreword", "preface", "introduction", "prologue", "epilogue", "afterword", "acknowledgments", "glossary",
    "bibliography",
}  # fmt: skip


def build(manuscript: Manuscript, theme: Theme) -> Built:
    return Built(zipped(_Book(manuscript, theme).files(), stored=frozenset({"mimetype"})))


@dataclass(frozen=True)
class _Page:
    """A document of the book: `name` is its id, too."""

    name: str
    title: str
    body: str
    landmark: str = ""


@dataclass(frozen=True)
class _Book:
    manuscript: Manuscript
    theme: Theme

    def files(self) -> Iterator[tuple[str, bytes]]:
        pages = list(self.pages())
        yield "mimetype", b"application/epub+zip"
        yield "META-INF/container.xml", _CONTAINER.encode()
        yield "EPUB/package.opf", self.package(pages).encode()
        yield "EPUB/style.css", self.style().encode()
        for page in pages:
            yield f"EPUB/{page.name}.xhtml", self.document(page).encode()
        for asset in self.manuscript.assets.values():
            yield f"EPUB/images/{asset.file_name}", asset.read()

    def style(self) -> str:
        return _STYLE.read_text(encoding="utf-8").replace("#7a2e26", self.theme.accent)

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    # The documents, in reading order

    def pages(self) -> Iterator[_Page]:
        if self.manuscript.cover:
            yield self.cover()
        yield self.title_page()
        yield self.copyright_page()
        if self.manuscript.dedication:
            yield self.dedication()
        yield _Page("nav", self.words.contents, self.navigation(), "toc")
        places = anchors(self.manuscript)

        def link_url(anchor: str) -> str | None:
            part = places.get(anchor)
            return None if part is None else f"{part}.xhtml" + ("" if anchor == part else f"#{anchor}")

        assets = self.manuscript.assets
        target = Target(
            words=self.words,
            picture_url=lambda asset_id: f"images/{assets[asset_id].file_name}",
            link_url=link_url,
            assets=assets.__getitem__,
            semantic=True,
        )
        for part in self.manuscript.sections:
            markup = Markup(part, target)
            body = self.chapter(part, markup) if isinstance(part, Chapter) else self.section(part, markup)
            first = part is self.manuscript.chapters[0]
            yield _Page(part.anchor, part.title, body, "bodymatter" if first else "")

    def cover(self) -> _Page:
        assert self.manuscript.cover is not None
        cover = self.manuscript.cover
        alt = escape(self.manuscript.cover_alt or self.words.cover_of.format(title=self.manuscript.title))
        picture = (
            f'<img src="images/{cover.file_name}" alt="{alt}" width="{cover.width}" height="{cover.height}" '
            'role="doc-cover"/>'
        )
        body = f'<section epub:type="cover" aria-label="{escape(self.words.cover)}">{picture}</section>'
        return _Page("cover", self.words.cover, body, "cover")

    def title_page(self) -> _Page:
        book = self.manuscript
        lines = [f"<h1>{escape(book.title)}</h1>"]
        if book.subtitle:
            lines.append(f'<p class="subtitle" role="doc-subtitle">{escape(book.subtitle)}</p>')
        if book.authors:
            lines.append(f'<p class="byline">{escape(book.byline)}</p>')
        if book.publisher:
            lines.append(f'<p class="publisher">{escape(book.publisher)}</p>')
        label = escape(self.words.title_page)
        body = f'<section epub:type="titlepage" class="title-page" aria-label="{label}">{"".join(lines)}</section>'
        return _Page("title-page", book.title, body, "titlepage")

    def copyright_page(self) -> _Page:
        lines = "".join(f"<p>{escape(line)}</p>" for line in colophon(self.manuscript))
        label = escape(self.words.copyright)
        body = f'<section epub:type="copyright-page" class="colophon" aria-label="{label}">{lines}</section>'
        return _Page("copyright", self.words.copyright, body)

    def dedication(self) -> _Page:
        label = escape(self.words.dedication)
        body = (
            f'<section epub:type="dedication" role="doc-dedication" class="dedication" aria-label="{label}">'
            f"<p>{escape(self.manuscript.dedication)}</p></section>"
        )
        return _Page("dedication", self.words.dedication, body)

    def chapter(self, chapter: Chapter, markup: Markup) -> str:
        story = self.manuscript.kind == "story"
        picture = markup.picture(chapter.picture, name="scene") if chapter.picture else ""
        label = "" if story else f'<p class="label">{escape(self.words.chapter)} {chapter.number}</p>'
        name = f"{chapter.anchor}-title"
        head = f'<header>{label}<h1 id="{name}">{escape(chapter.title)}</h1></header>\n'
        return (
            f'<section epub:type="chapter" role="doc-chapter" class="chapter" aria-labelledby="{name}">\n'
            f"{picture if story else ''}{head}{'' if story else picture}{markup.body()}{markup.notes()}</section>"
        )

    def section(self, section: Section, markup: Markup) -> str:
        name = f"{section.anchor}-title"
        known = section.role in _ROLES
        kind = f' epub:type="{section.role}" role="doc-{section.role}"' if known else ""
        title = section.title
        return (
            f'<section{kind} class="chapter" aria-labelledby="{name}">\n'
            f'<header><h1 id="{name}">{escape(title)}</h1></header>\n{markup.body()}{markup.notes()}</section>'
        )

    # Navigation

    def navigation(self) -> str:
        entries = "".join(self.entry(part) for part in self.manuscript.sections)
        contents = escape(self.words.contents)
        return (
            f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">'
            f'<h1 id="toc-title">{contents}</h1>\n<ol>\n{entries}</ol></nav>\n'
            f'<nav epub:type="landmarks" hidden="hidden" aria-label="{escape(self.words.landmarks)}">'
            f"<ol>\n{''.join(self.landmarks())}</ol></nav>"
        )

    def entry(self, part: Chapter | Section) -> str:
        title = escape(part.title)
        inner = [block for block in part.blocks if isinstance(block, Heading) and block.level == 2]
        below = "".join(
            f'<li><a href="{part.anchor}.xhtml#{heading.anchor}">{escape(words)}</a></li>\n'
            for heading in inner
            if (words := plain_text(heading.children).strip())
        )
        nested = f"\n<ol>\n{below}</ol>" if below else ""
        return f'<li><a href="{part.anchor}.xhtml">{title}</a>{nested}</li>\n'

    def landmarks(self) -> Iterator[str]:
        if self.manuscript.cover:
            yield f'<li><a epub:type="cover" href="cover.xhtml">{escape(self.words.cover)}</a></li>\n'
        yield f'<li><a epub:type="titlepage" href="title-page.xhtml">{escape(self.words.title_page)}</a></li>\n'
        yield f'<li><a epub:type="toc" href="nav.xhtml">{escape(self.words.contents)}</a></li>\n'
        yield f'<li><a epub:type="bodymatter" href="chapter-1.xhtml">{escape(self.words.start)}</a></li>\n'

    # The frame of each document, and the package

    def document(self, page: _Page) -> str:
        language, way = escape(self.manuscript.language), direction(self.manuscript.language)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'lang="{language}" xml:lang="{language}" dir="{way}">\n'
            f'<head><title>{escape(page.title)}</title><link rel="stylesheet" type="text/css" href="style.css"/>'
            f'</head>\n<body class="{page.name.split("-")[0]} {self.manuscript.kind}">\n{page.body}\n</body>\n</html>\n'
        )

    def package(self, pages: list[_Page]) -> str:
        language, way = escape(self.manuscript.language), direction(self.manuscript.language)
        spine = "".join(f'<itemref idref="{page.name}"/>\n' for page in pages)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" '
            f'xml:lang="{language}" dir="{way}">\n'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{"".join(self.metadata())}</metadata>\n'
            f"<manifest>\n{''.join(self.manifest(pages))}</manifest>\n"
            f'<spine page-progression-direction="{way}">\n{spine}</spine>\n</package>\n'
        )

    def metadata(self) -> Iterator[str]:
        book = self.manuscript
        yield f'<dc:identifier id="identifier">{escape(book.identifier)}</dc:identifier>\n'
        yield f'<dc:title id="title">{escape(book.title)}</dc:title>\n'
        yield '<meta refines="#title" property="title-type">main</meta>\n'
        if book.subtitle:
            yield f'<dc:title id="subtitle">{escape(book.subtitle)}</dc:title>\n'
            yield '<meta refines="#subtitle" property="title-type">subtitle</meta>\n'
        yield f"<dc:language>{escape(book.language)}</dc:language>\n"
        yield from self.people()
        for name, value in (
            ("publisher", book.publisher),
            ("description", book.description),
            ("rights", book.rights),
            ("date", book.published.isoformat() if book.published else ""),
        ):
            if value:
                yield f"<dc:{name}>{escape(value)}</dc:{name}>\n"
        yield f'<meta property="dcterms:modified">{book.modified:%Y-%m-%dT%H:%M:%SZ}</meta>\n'
        yield from self.accessibility()

    def people(self) -> Iterator[str]:
        for number, author in enumerate(self.manuscript.authors, 1):
            yield f'<dc:creator id="author-{number}">{escape(author)}</dc:creator>\n'
            yield f'<meta refines="#author-{number}" property="role" scheme="marc:relators">aut</meta>\n'
        for number, person in enumerate(self.manuscript.contributors, 1):
            yield f'<dc:contributor id="person-{number}">{escape(person.name)}</dc:contributor>\n'
            yield f'<meta refines="#person-{number}" property="role" scheme="marc:relators">{person.role}</meta>\n'

    def accessibility(self) -> Iterator[str]:
        pictures = bool(self.manuscript.assets)
        described = all(self.descriptions())
        modes = ["textual", *(["visual"] if pictures else [])]
        features = [
            "structuralNavigation",
            "tableOfContents",
            "readingOrder",
            "displayTransformability",
            *(["alternativeText"] if pictures and described else []),
        ]
        for mode in modes:
            yield f'<meta property="schema:accessMode">{mode}</meta>\n'
        if pictures:
            yield '<meta property="schema:accessModeSufficient">textual,visual</meta>\n'
        if described:
            yield '<meta property="schema:accessModeSufficient">textual</meta>\n'
        for feature in features:
            yield f'<meta property="schema:accessibilityFeature">{feature}</meta>\n'
        yield '<meta property="schema:accessibilityHazard">none</meta>\n'
        if described:
            summary = escape(self.words.accessible)
            yield f'<meta property="schema:accessibilitySummary">{summary}</meta>\n'

    def descriptions(self) -> Iterator[str]:
        """The alternative text of every picture but the cover, which always has one."""
        return (picture.alt for part in self.manuscript.sections for picture in pictures(part))

    def manifest(self, pages: list[_Page]) -> Iterator[str]:
        yield '<item id="style" href="style.css" media-type="text/css"/>\n'
        for page in pages:
            properties = ' properties="nav"' if page.name == "nav" else ""
            yield f'<item id="{page.name}" href="{page.name}.xhtml" media-type="{_XHTML}"{properties}/>\n'
        cover = self.manuscript.cover
        for number, asset in enumerate(self.manuscript.assets.values(), 1):
            properties = ' properties="cover-image"' if asset is cover else ""
            place = f'href="images/{asset.file_name}" media-type="{asset.media_type}"'
            yield f'<item id="picture-{number}" {place}{properties}/>\n'
