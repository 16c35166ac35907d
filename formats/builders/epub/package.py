"""The package document: what the book is, what it holds, and in which order it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formats.builders.epub.faces import Face
from formats.builders.epub.pages import Page
from formats.builders.markup import direction, escape
from formats.builders.wording import Words, words_for
from formats.manuscript import Manuscript, pictures

_APPLE = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_ISBN_13 = "15"  # ONIX code list 5
_POSITION = re.compile(r"\d+(\.\d+)*")
_AUTHORITIES = {"thema": "Thema", "bisac": "BISAC"}  # EPUB 3.3, D.3.2: the reserved names of schemes


@dataclass(frozen=True)
class Package:
    manuscript: Manuscript
    pages: Sequence[Page]
    faces: Sequence[Face]
    fixed: bool

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    def document(self) -> str:
        language, way = escape(self.manuscript.language), direction(self.manuscript.language)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" '
            f'xml:lang="{language}" dir="{way}" prefix="{_APPLE}">\n'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{"".join(self.metadata())}</metadata>\n'
            f"<manifest>\n{''.join(self.manifest())}</manifest>\n"
            f'<spine page-progression-direction="{way}">\n{"".join(self.spine())}</spine>\n</package>\n'
        )

    def metadata(self) -> Iterator[str]:
        book = self.manuscript
        yield f'<dc:identifier id="identifier">{escape(book.identifier)}</dc:identifier>\n'
        if book.isbn_ebook:
            yield f'<dc:identifier id="isbn">urn:isbn:{escape(book.isbn_ebook)}</dc:identifier>\n'
            yield refining("isbn", "identifier-type", _ISBN_13, scheme="onix:codelist5")
        yield from self.titles()
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
        yield from self.subjects()
        yield meta("dcterms:modified", f"{book.modified:%Y-%m-%dT%H:%M:%SZ}")
        if book.edition:
            yield meta("schema:bookEdition", book.edition)
        if self.faces:
            yield meta("ibooks:specified-fonts", "true")
        if self.fixed:
            yield meta("rendition:layout", "pre-paginated")
            yield meta("rendition:orientation", "auto")
            yield meta("rendition:spread", "landscape")
        yield from self.accessibility()

    def titles(self) -> Iterator[str]:
        book = self.manuscript
        yield f'<dc:title id="title">{escape(book.title)}</dc:title>\n'
        yield refining("title", "title-type", "main")
        if book.subtitle:
            yield f'<dc:title id="subtitle">{escape(book.subtitle)}</dc:title>\n'
            yield refining("subtitle", "title-type", "subtitle")
        if book.series:
            yield f'<meta property="belongs-to-collection" id="series">{escape(book.series)}</meta>\n'
            yield refining("series", "collection-type", "series")
            if _POSITION.fullmatch(book.series_number):
                yield refining("series", "group-position", book.series_number)

    def people(self) -> Iterator[str]:
        for number, author in enumerate(self.manuscript.authors, 1):
            yield f'<dc:creator id="author-{number}">{escape(author)}</dc:creator>\n'
            yield refining(f"author-{number}", "role", "aut", scheme="marc:relators")
        for number, person in enumerate(self.manuscript.contributors, 1):
            yield f'<dc:contributor id="person-{number}">{escape(person.name)}</dc:contributor>\n'
            yield refining(f"person-{number}", "role", person.role, scheme="marc:relators")

    def subjects(self) -> Iterator[str]:
        for number, subject in enumerate(self.manuscript.subjects, 1):
            yield f'<dc:subject id="subject-{number}">{escape(subject.code)}</dc:subject>\n'
            yield refining(f"subject-{number}", "authority", _AUTHORITIES[subject.scheme])
            yield refining(f"subject-{number}", "term", subject.code)
        for keyword in self.manuscript.keywords:
            yield f"<dc:subject>{escape(keyword)}</dc:subject>\n"

    def accessibility(self) -> Iterator[str]:
        """What EPUB Accessibility 1.1 asks to be told. A claim of conformance is left to who has judged it.

        The pages are this e-book's own: "none" is what its metadata says then (DAISY's and the W3C's Page
        Source Identification).
        """
        book, words = self.manuscript, self.words
        illustrated = bool(book.assets)
        described = all(picture.alt for part in book.sections for picture in pictures(part))
        for mode in ("textual", *(["visual"] if illustrated else [])):
            yield meta("schema:accessMode", mode)
        if illustrated:
            yield meta("schema:accessModeSufficient", "textual,visual")
        if described:
            yield meta("schema:accessModeSufficient", "textual")
        for feature in (
            "structuralNavigation", "tableOfContents", "readingOrder", "pageNavigation", "pageBreakMarkers",
            *([] if self.fixed else ["displayTransformability"]),
            *(["alternativeText"] if illustrated and described else []),
        ):  # fmt: skip
            yield meta("schema:accessibilityFeature", feature)
        yield meta("schema:accessibilityHazard", "none")
        summary = [words.accessible, words.laid_out if self.fixed else words.resizable]
        if illustrated:
            summary.append(words.described if described else words.not_described)
        yield meta("schema:accessibilitySummary", " ".join(summary))
        yield meta("pageBreakSource", "none")

    def manifest(self) -> Iterator[str]:
        yield '<item id="style" href="style.css" media-type="text/css"/>\n'
        for page in self.pages:
            properties = ' properties="nav"' if page.name == "nav" else ""
            yield f'<item id="{page.name}" href="{page.name}.xhtml" media-type="application/xhtml+xml"{properties}/>\n'
        for number, face in enumerate(self.faces, 1):
            yield f'<item id="face-{number}" href="fonts/{face.file_name}" media-type="font/ttf"/>\n'
        cover = self.manuscript.cover
        for number, asset in enumerate(self.manuscript.assets.values(), 1):
            properties = ' properties="cover-image"' if asset is cover else ""
            place = f'href="images/{asset.file_name}" media-type="{asset.media_type}"'
            yield f'<item id="picture-{number}" {place}{properties}/>\n'

    def spine(self) -> Iterator[str]:
        for page in self.pages:
            if page.in_order:
                name = "rendition:page-spread-center" if page.side == "center" else f"page-spread-{page.side}"
                properties = f' properties="{name}"' if page.side else ""
                yield f'<itemref idref="{page.name}"{properties}/>\n'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}">{escape(value)}</meta>\n'


def refining(id: str, name: str, value: str, *, scheme: str = "") -> str:
    told = f' scheme="{scheme}"' if scheme else ""
    return f'<meta refines="#{id}" property="{name}"{told}>{escape(value)}</meta>\n'
