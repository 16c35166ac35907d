"""One page to read the whole book in a browser: pictures and faces inside, no scripts, nothing fetched.

Contents, colours and the size of the text are the reader's to choose; all of it is HTML and CSS alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from formats.blocks import Heading, plain_text
from formats.builders import Built, reading_faces
from formats.builders.epub.faces import faces_for, stack
from formats.builders.markup import Markup, Target, anchors, direction, escape
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.manuscript import Chapter, Manuscript, Part, Section

_STYLE = Path(__file__).parent / "styles" / "reading.css"
_LOOKS = ("device", "light", "sepia", "dark")
_SIZES = ("small", "medium", "large", "largest")


def build(manuscript: Manuscript, theme: Theme) -> Built:
    return Built("".join(_Page(manuscript, theme).lines()).encode())


@dataclass(frozen=True)
class _Page:
    manuscript: Manuscript
    theme: Theme

    def lines(self) -> Iterator[str]:
        book = self.manuscript
        yield (
            f'<!DOCTYPE html>\n<html lang="{escape(book.language)}" dir="{direction(book.language)}">\n<head>\n'
            f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        )
        yield from self.head()
        yield (
            f'</head>\n<body class="{book.kind}" itemscope itemtype="https://schema.org/Book">\n'
            f'<a class="skip" href="#text">{escape(self.words.skip)}</a>\n'
            '<div class="progress" aria-hidden="true"></div>\n'
        )
        yield from self.known()
        yield from self.settings()
        yield from self.opening()
        yield from self.contents()
        yield '<main id="text">\n'
        for part in book.sections:
            if isinstance(part, Chapter) and part.opens:
                yield self.part_page(part.opens)
            yield from self.part(part)
        yield "</main>\n"
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in colophon(book))
        yield f'<footer aria-label="{escape(self.words.about_this_book)}">\n{lines}</footer>\n</body>\n</html>\n'

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    def head(self) -> Iterator[str]:
        """The policy names the style by its hash, so that not even a style could be slipped in."""
        style = self.style()
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
            "script-src 'none'; base-uri 'none'; form-action 'none'"
        )
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        yield '<meta name="referrer" content="no-referrer">\n'
        yield f"<title>{escape(self.manuscript.title)}</title>\n"
        book = self.manuscript
        named = [
            ("author", book.byline),
            ("description", book.description),
            ("keywords", ", ".join(book.keywords)),
            ("generator", "Octavo"),
            ("dcterms.identifier", book.identifier),
            ("dcterms.publisher", book.publisher),
            ("dcterms.rights", book.rights),
            ("dcterms.issued", book.published.isoformat() if book.published else ""),
            ("color-scheme", "light dark"),
        ]
        for name, value in named:
            if value:
                yield f'<meta name="{name}" content="{escape(value)}">\n'
        yield f"<style>{style}</style>\n"

    def style(self) -> str:
        faces = faces_for(self.theme, self.manuscript.language)
        variables = (
            f":root {{ --own-accent: {self.theme.accent}; --reading: {stack(self.theme.body_font, faces)}; "
            f"--display: {stack(self.theme.title_font, faces)}; }}\n"
        )
        return (
            reading_faces.rules(self.theme, self.manuscript.language)
            + variables
            + _STYLE.read_text(encoding="utf-8")
        )

    def known(self) -> Iterator[str]:
        """What search engines and reference managers look for, in schema.org's words."""
        book = self.manuscript
        named = [
            ("name", book.title),
            ("alternativeHeadline", book.subtitle),
            *(("author", author) for author in book.authors),
            ("inLanguage", book.language),
            ("isbn", book.isbn_ebook or book.isbn_print),
            ("publisher", book.publisher),
            ("datePublished", book.published.isoformat() if book.published else ""),
            ("bookEdition", book.edition),
            ("description", book.description),
        ]
        for name, value in named:
            if value:
                yield f'<meta itemprop="{name}" content="{escape(value)}">\n'

    # What the reader chooses

    def settings(self) -> Iterator[str]:
        words = self.words
        yield (
            '<div class="bar">\n'
            f'<button type="button" class="opens-contents" popovertarget="contents">{escape(words.show_contents)}</button>\n'
            f'<details class="settings"><summary>{escape(words.reading_settings)}</summary>\n<div class="choices">\n'
        )
        yield _choice("look", words.look, _LOOKS, words.looks, chosen="device")
        yield _choice("size", words.text_size, _SIZES, words.text_sizes, chosen="medium")
        yield "</div>\n</details>\n</div>\n"

    def contents(self) -> Iterator[str]:
        label = escape(self.words.contents)
        yield f'<nav id="contents" popover aria-label="{label}">\n<p class="contents-title" aria-hidden="true">{label}</p>\n<ol>\n'
        for part in self.manuscript.sections:
            if isinstance(part, Chapter) and part.opens:
                yield f'<li class="part"><a href="#{part.opens.anchor}">{escape(part.opens.title)}</a></li>\n'
            number = f'<span class="number">{part.number}</span> ' if isinstance(part, Chapter) else ""
            below = "".join(self.below(part))
            deeper = f"\n<ol>\n{below}</ol>" if below else ""
            yield f'<li>{number}<a href="#{part.anchor}">{escape(part.title)}</a>{deeper}</li>\n'
        yield "</ol>\n</nav>\n"

    def below(self, part: Chapter | Section) -> Iterator[str]:
        for block in part.blocks:
            if isinstance(block, Heading) and block.level <= self.manuscript.contents_depth:
                words = plain_text(block.children).strip()
                if words:
                    yield f'<li class="level-{block.level}"><a href="#{block.anchor}">{escape(words)}</a></li>\n'

    # The book

    def opening(self) -> Iterator[str]:
        book = self.manuscript
        yield '<header class="book">\n'
        if book.cover:
            alt = escape(book.cover_alt or self.words.cover_of.format(title=book.title))
            size = f'width="{book.cover.width}" height="{book.cover.height}"'
            yield f'<img class="cover" itemprop="image" src="{self.picture_url(book.cover.id)}" alt="{alt}" {size}>\n'
        yield f"<h1>{escape(book.title)}</h1>\n"
        for name, value in (
            ("subtitle", book.subtitle),
            ("byline", book.byline),
            ("dedication", book.dedication),
        ):
            if value:
                yield f'<p class="{name}">{escape(value)}</p>\n'
        yield "</header>\n"

    def part_page(self, part: Part) -> str:
        label = f"{escape(self.words.part)} {part.number}"
        return (
            f'<header class="part" id="{part.anchor}">\n<p class="label">{label}</p>\n'
            f"<h2>{escape(part.title)}</h2>\n</header>\n"
        )

    def part(self, part: Chapter | Section) -> Iterator[str]:
        markup = Markup(part, self.target, depth=1)
        chapter = part if isinstance(part, Chapter) else None
        story = self.manuscript.kind == "story"
        picture = markup.picture(chapter.picture, name="scene") if chapter and chapter.picture else ""
        label = (
            f'<p class="label">{escape(self.words.chapter)} {chapter.number}</p>\n'
            if chapter and not story
            else ""
        )
        title = escape(part.title)
        yield f'<article id="{part.anchor}" aria-labelledby="{part.anchor}-title">\n'
        yield picture if story else ""
        yield f'{label}<h2 id="{part.anchor}-title">{title}</h2>\n'
        yield "" if story else picture
        yield markup.body()
        yield markup.notes()
        yield "</article>\n"

    @cached_property
    def target(self) -> Target:
        known = anchors(self.manuscript)
        return Target(
            words=self.words,
            picture_url=self.picture_url,
            link_url=lambda anchor: f"#{anchor}" if anchor in known else None,
            assets=self.manuscript.assets.__getitem__,
        )

    def picture_url(self, asset_id: str) -> str:
        asset = self.manuscript.assets[asset_id]
        return f"data:{asset.media_type};base64,{base64.b64encode(asset.read()).decode()}"


def _choice(name: str, label: str, values: tuple[str, ...], words: tuple[str, ...], *, chosen: str) -> str:
    radios = "".join(
        f'<label><input type="radio" name="{name}" value="{value}" id="{name}-{value}"'
        f"{' checked' if value == chosen else ''}> <span>{escape(word)}</span></label>\n"
        for value, word in zip(values, words, strict=True)
    )
    return f"<fieldset>\n<legend>{escape(label)}</legend>\n{radios}</fieldset>\n"
