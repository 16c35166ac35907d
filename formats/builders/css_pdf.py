"""PDF by WeasyPrint: the second engine, for pages designed in CSS, and for PDF/X and CMYK.

Slower than Typst by far, and it needs Pango on the machine: where it is missing, the problem says how to get it. A book
is written as one HTML document for paged media (CSS GCPM: running heads, footnotes, contents with leaders),
dressed in `styles/paged.css`, the theme's measures and, last, a style sheet of the member's own. That sheet can
change how pages look and nothing else: nothing is fetched but the book's pictures and our fonts.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from formats.blocks import Footnote, Paragraph
from formats.builders import BuildFailed, Built
from formats.builders.markup import Markup, Target, anchors, direction, escape
from formats.builders.pango import has_pango
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.fonts import font_folders
from formats.manuscript import Chapter, Manuscript, Part, Section
from formats.problems import Problem

if TYPE_CHECKING:  # loads Pango
    from weasyprint.urls import URLFetcher

Standard = Literal["pdf/ua-1", "pdf/x-1a", "pdf/x-3", "pdf/x-4"]

_STYLE = Path(__file__).parent / "styles" / "paged.css"
_PICTURES, _FONTS, _PROFILE = "book:///pictures/", "book:///fonts/", "book:///profile.icc"


def load() -> None:
    """Load the engine and Pango, where the machine has it."""
    if has_pango():
        import weasyprint  # noqa: F401


def build(manuscript: Manuscript, theme: Theme) -> Built:
    """A tagged PDF. Raises `BuildFailed` where the engine's libraries are missing."""
    return typeset(manuscript, theme, standard="pdf/ua-1")


def typeset(
    manuscript: Manuscript, theme: Theme, *, standard: Standard, profile: bytes | None = None
) -> Built:
    """A PDF to a standard. `profile` is an ICC profile of the printing condition, which PDF/X needs: colours
    are then CMYK, and pictures have to be in it already.

    Raises `BuildFailed` where the engine's libraries are missing.
    """
    if not has_pango():
        raise BuildFailed(Problem("no-pango"))
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheets = [
        weasyprint.CSS(string=sheet, font_config=fonts, url_fetcher=_fetcher(manuscript, profile))
        for sheet in _sheets(manuscript, theme, profile)
    ]
    document = weasyprint.HTML(
        string="".join(_Pages(manuscript, theme).lines()),
        base_url="book:///",
        url_fetcher=_fetcher(manuscript, profile),
    )
    out = io.BytesIO()
    with _stamped(manuscript):
        document.write_pdf(
            out,
            stylesheets=sheets,
            font_config=fonts,
            pdf_variant=standard,
            pdf_identifier=manuscript.identifier.encode(),
            presentational_hints=True,
            custom_metadata=True,
        )
    return Built(out.getvalue())


@contextmanager
def _stamped(manuscript: Manuscript) -> Iterator[None]:
    """fontTools writes the time into every font that it cuts; this gives it the book's own."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(manuscript.modified.timestamp()))
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _sheets(manuscript: Manuscript, theme: Theme, profile: bytes | None) -> Iterator[str]:
    if profile:
        yield (
            f"@color-profile device-cmyk {{ components: cyan, magenta, yellow, black; src: url({_PROFILE}) }}"
        )
    yield "".join(_faces())
    yield _STYLE.read_text(encoding="utf-8")
    yield _measures(theme, black="device-cmyk(0 0 0 1)" if profile else theme.ink, cmyk=profile is not None)
    yield theme.stylesheet


def _measures(theme: Theme, *, black: str, cmyk: bool) -> str:
    """What the theme decides, in points."""
    accent = black if cmyk else theme.accent
    opens = "right" if theme.opens_right else "page"
    return f"""
    @page {{ size: {theme.width}pt {theme.height}pt; bleed: {theme.bleed}pt; }}
    @page :left {{ margin: {theme.top}pt {theme.inside}pt {theme.bottom}pt {theme.outside}pt; }}
    @page :right {{ margin: {theme.top}pt {theme.outside}pt {theme.bottom}pt {theme.inside}pt; }}
    :root {{ --accent: {accent}; --ink: {black}; --leading: {theme.leading}pt; }}
    html {{
      font: {theme.body_size}pt/{theme.leading}pt "{theme.body_font}", serif; color: {black};
      font-variant-numeric: {"oldstyle-nums" if theme.old_style_figures else "lining-nums"};
    }}
    h1, .title-page {{ font-family: "{theme.title_font}", serif; }}
    .chapter > h1 {{ font-size: {theme.title_size}pt; }}
    .label {{ font-family: "{theme.label_font}", sans-serif; }}
    .chapter, .part {{ break-before: {opens}; }}
    """


def _faces() -> Iterator[str]:
    """Each of our fonts, by the name that themes use."""
    for name, style, path in font_files():
        source = f"{_FONTS}{path.name}"
        yield (
            f'@font-face {{ font-family: "{name}"; font-style: {style}; font-weight: 100 900; '
            f'src: url("{_quoted(source)}"); }}\n'
        )


@cache
def font_files() -> tuple[tuple[str, str, Path], ...]:
    """Family, style ("normal" or "italic") and file of each font that themes name."""
    return tuple(_named(path) for folder in font_folders() for path in sorted(folder.glob("*.[to]tf")))


def _named(path: Path) -> tuple[str, str, Path]:
    from fontTools.ttLib import TTFont

    names = TTFont(path, lazy=True)["name"]
    family = names.getDebugName(16) or names.getDebugName(1) or path.stem
    return family, "italic" if "italic" in path.stem.lower() else "normal", path


def _quoted(url: str) -> str:
    return url.replace("[", "%5B").replace("]", "%5D").replace(",", "%2C")


def _fetcher(manuscript: Manuscript, profile: bytes | None) -> URLFetcher:
    """Gives the book's pictures, our fonts and the profile; whatever else a style asks for is not there."""
    from urllib.parse import unquote

    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = {path.name: path for _name, _style, path in font_files()}

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = unquote(url)
            if name == _PROFILE and profile:
                return URLFetcherResponse(url, profile)
            if name.startswith(_FONTS) and (path := fonts.get(name.removeprefix(_FONTS))):
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            asset = (
                manuscript.assets.get(name.removeprefix(_PICTURES)) if name.startswith(_PICTURES) else None
            )
            if asset is None:
                raise ValueError("A book's pages are made of the book alone.")
            return URLFetcherResponse(url, asset.read(), {"Content-Type": asset.media_type})

    return Fetcher()


@dataclass
class _PagedMarkup(Markup):
    """Notes stand where they are referred to, and CSS takes them to the foot of the page."""

    set_notes: set[int] = field(default_factory=set)

    def reference(self, number: int) -> str:
        if number in self.set_notes:
            return f'<sup><a href="#{self.note_id(number)}">{number}</a></sup>'
        self.set_notes.add(number)
        note = self.part.footnotes[number - 1]
        return f'<span class="note" id="{self.note_id(number)}">{self.running(note)}</span>'

    def running(self, note: Footnote) -> str:
        """The note's paragraphs as spans, since a note stands within a line."""
        return " ".join(
            self.inlines(block.children)
            if isinstance(block, Paragraph)
            else re.sub(r"</?(?!em|strong|a|span|code|sup|br)[a-z][^>]*>", " ", self.block(block))
            for block in note.blocks
        )

    def notes(self) -> str:
        return ""


@dataclass(frozen=True)
class _Pages:
    manuscript: Manuscript
    theme: Theme

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    def lines(self) -> Iterator[str]:
        book = self.manuscript
        yield (
            f'<!DOCTYPE html><html lang="{escape(book.language)}" dir="{direction(book.language)}"><head>'
            f'<meta charset="utf-8"><title>{escape(book.title)}</title>'
        )
        stamp = book.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
        for name, value in (
            ("author", book.byline),
            ("description", book.description),
            ("dcterms.created", stamp),
            ("dcterms.modified", stamp),
            ("generator", "Octavo"),
        ):
            if value:
                yield f'<meta name="{name}" content="{escape(value)}">'
        yield f'</head><body class="{book.kind} {self.theme.name}">'
        yield from self.front()
        yield "<main>"
        for part in book.sections:
            yield from self.opened(part)
            yield self.part(part)
        yield "</main></body></html>"

    def front(self) -> Iterator[str]:
        book = self.manuscript
        if book.cover and not self.theme.bleed:
            alt = escape(book.cover_alt or self.words.cover_of.format(title=book.title))
            yield f'<section class="cover"><img src="{self.picture_url(book.cover.id)}" alt="{alt}"></section>'
        yield '<section class="title-page">'
        for name, value in (
            ("title", book.title),
            ("subtitle", book.subtitle),
            ("byline", book.byline),
            ("publisher", book.publisher),
        ):
            if value:
                tag = "h1" if name == "title" else "p"
                yield f'<{tag} class="{name}">{escape(value)}</{tag}>'
        yield "</section>"
        lines = "".join(f"<p>{escape(line)}</p>" for line in colophon(book))
        yield f'<section class="colophon">{lines}</section>'
        if book.dedication:
            yield f'<section class="dedication"><p>{escape(book.dedication)}</p></section>'
        if book.contents_depth and len(book.sections) > 1:
            yield from self.contents()

    def contents(self) -> Iterator[str]:
        yield f'<nav class="contents"><h1>{escape(self.words.contents)}</h1><ol>'
        for part in self.manuscript.sections:
            if isinstance(part, Chapter) and part.opens:
                yield f'<li class="of-part"><a href="#{part.opens.anchor}">{escape(part.opens.title)}</a></li>'
            yield f'<li><a href="#{part.anchor}">{escape(part.title)}</a></li>'
        yield "</ol></nav>"

    def opened(self, part: Chapter | Section) -> Iterator[str]:
        opens: Part | None = part.opens if isinstance(part, Chapter) else None
        if opens:
            yield f'<section class="part" id="{opens.anchor}"><h1>{escape(opens.title)}</h1></section>'

    def part(self, part: Chapter | Section) -> str:
        book = self.manuscript
        markup = _PagedMarkup(part, self.target())
        chapter = part if isinstance(part, Chapter) else None
        place = " first" if chapter and chapter.number == 1 else ""
        place = " front" if part in book.front_matter else place
        picture = markup.picture(chapter.picture, name="scene") if chapter and chapter.picture else ""
        story = book.kind == "story"
        numbered = chapter is not None and not story
        label = (
            f'<p class="label">{escape(self.words.chapter)} {chapter.number}</p>'
            if chapter and numbered
            else ""
        )
        return (
            f'<section class="chapter{place}" id="{part.anchor}">{picture if story else ""}{label}'
            f"<h1>{escape(part.title)}</h1>{'' if story else picture}{markup.body()}</section>\n"
        )

    def target(self) -> Target:
        known = anchors(self.manuscript)
        return Target(
            words=self.words,
            picture_url=self.picture_url,
            link_url=lambda anchor: f"#{anchor}" if anchor in known else None,
            assets=self.manuscript.assets.__getitem__,
        )

    def picture_url(self, asset_id: str) -> str:
        return f"{_PICTURES}{asset_id}"
