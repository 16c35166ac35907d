"""What the documents of every e-book have in common: their frame, and the pages that stand before the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from formats.builders.epub.folios import PageMarks
from formats.builders.markup import Target, direction, escape
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.manuscript import Chapter, Manuscript, Section

Matter = Literal["frontmatter", "bodymatter", "backmatter"]
Side = Literal["", "left", "right", "center"]

# Each has the same name among EPUB's types and, after "doc-", among the roles of DPUB-ARIA.
_ROLES = frozenset({
    "epigraph", "foreword", "preface", "introduction", "prologue", "epilogue", "afterword",
    "acknowledgments", "appendix", "glossary", "bibliography",
})  # fmt: skip
_LETTERS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
            (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A document of the book. `name` is its id and, with its ending, its file; `look` the class of its body.

    `landmark` is its type in the list of landmarks. `side` is where it lies in a spread. One that is not
    `in_order` is reached by the reader's own navigation alone.
    """

    name: str
    title: str
    body: str
    matter: Matter
    look: str
    landmark: str = ""
    side: Side = ""
    in_order: bool = True


@dataclass(frozen=True)
class Entry:
    """A line of the contents, with those that belong under it."""

    title: str
    href: str
    below: tuple[Entry, ...] = ()


@dataclass
class Pages:
    """Writes what stands before the text in either layout."""

    manuscript: Manuscript
    theme: Theme
    folios: PageMarks = field(init=False)

    def __post_init__(self) -> None:
        self.folios = PageMarks(self.words.page, self.manuscript.language)

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    def target(self, places: dict[str, str]) -> Target:
        """Where links and pictures lead; `places` names the document of each anchor."""
        assets = self.manuscript.assets

        def link_url(anchor: str) -> str | None:
            document = places.get(anchor)
            return (
                None
                if document is None
                else f"{document}.xhtml" + ("" if anchor == document else f"#{anchor}")
            )

        return Target(
            words=self.words,
            picture_url=lambda asset_id: f"images/{assets[asset_id].file_name}",
            link_url=link_url,
            assets=assets.__getitem__,
            semantic=True,
        )

    def cover(self) -> Iterator[Page]:
        cover = self.manuscript.cover
        if cover is None:
            return
        alt = escape(self.manuscript.cover_alt or self.words.cover_of.format(title=self.manuscript.title))
        picture = (
            f'<img src="images/{cover.file_name}" alt="{alt}" width="{cover.width}" height="{cover.height}" '
            'role="doc-cover"/>'
        )
        body = f'<section epub:type="cover" aria-label="{escape(self.words.cover)}">{picture}</section>'
        yield Page("cover", self.words.cover, body, "frontmatter", "cover", "cover")

    def title_page(self, ornament: str = "") -> Page:
        book = self.manuscript
        lines = [
            self.folios.open("title-page"),
            f'<h1 class="{length(book.title)}">{escape(book.title)}</h1>',
        ]
        if book.subtitle:
            lines.append(f'<p class="subtitle" role="doc-subtitle">{escape(book.subtitle)}</p>')
        lines.append(ornament)
        if book.authors:
            lines.append(f'<p class="byline">{escape(book.byline)}</p>')
        if book.publisher:
            lines.append(f'<p class="publisher">{escape(book.publisher)}</p>')
        label = escape(self.words.title_page)
        body = f'<section epub:type="titlepage" aria-label="{label}">{"".join(lines)}</section>'
        return Page("title-page", book.title, body, "frontmatter", "title-page", "titlepage")

    def copyright_page(self, before: str = "") -> Page:
        lines = colophon(self.manuscript)
        written = "".join(f"<p>{escape(line)}</p>" for line in lines)
        label = escape(self.words.copyright)
        body = (
            f'{self.folios.open("copyright")}{before}<section epub:type="copyright-page" class="colophon" '
            f'aria-label="{label}">{written}</section>'
        )
        return Page("copyright", self.words.copyright, body, "frontmatter", "copyright")

    def dedication(self) -> str:
        label = escape(self.words.dedication)
        return (
            f'<section epub:type="dedication" role="doc-dedication" class="dedication" aria-label="{label}">'
            f"<p>{escape(self.manuscript.dedication)}</p></section>"
        )

    @property
    def viewport(self) -> tuple[int, int] | None:
        """The width and height of a page in CSS pixels, where pages are laid out."""
        return None

    def document(self, page: Page) -> str:
        language, way = escape(self.manuscript.language), direction(self.manuscript.language)
        size = ""
        if self.viewport:
            size = f'<meta name="viewport" content="width={self.viewport[0]}, height={self.viewport[1]}"/>'
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'lang="{language}" xml:lang="{language}" dir="{way}">\n'
            f'<head><meta charset="utf-8"/>{size}<title>{escape(page.title)}</title>'
            '<link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
            f'<body class="{page.look} {self.manuscript.kind}" epub:type="{page.matter}">\n{page.body}\n</body>\n</html>\n'
        )


def matter_of(part: Chapter | Section) -> Matter:
    if isinstance(part, Chapter):
        return "bodymatter"
    return "frontmatter" if part.anchor.startswith("front-") else "backmatter"


def section_type(section: Section) -> str:
    """The attributes that tell what a section is, where the standards have a name for it."""
    return f' epub:type="{section.role}" role="doc-{section.role}"' if section.role in _ROLES else ""


def speaks(words: Words, language: str) -> bool:
    """Whether the words for a book are in its language, or English for want of others."""
    return language.lower().split("-")[0] == "en" or words.contents != words_for("en").contents


def length(title: str) -> str:
    """A class for the size that suits a title."""
    return next(
        (name for most, name in ((30, "short"), (60, "middling"), (140, "long")) if len(title) <= most),
        "endless",
    )


def roman(number: int) -> str:
    written = ""
    for value, letters in _LETTERS:
        count, number = divmod(number, value)
        written += letters * count
    return written
