"""One page to read the whole book in a browser: pictures inside, no scripts, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formats.builders import Built
from formats.builders.markup import Markup, Target, anchors, direction, escape
from formats.builders.themes import Theme
from formats.builders.wording import Words, colophon, words_for
from formats.manuscript import Chapter, Manuscript, Section

_STYLE = Path(__file__).parent / "styles" / "reading.css"


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
        yield f'</head>\n<body class="{book.kind}">\n<a class="skip" href="#text">{escape(self.words.skip)}</a>\n'
        yield from self.opening()
        yield from self.contents()
        yield '<main id="text">\n'
        for part in book.sections:
            yield from self.part(part)
        yield "</main>\n"
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in colophon(book))
        yield f"<footer>\n{lines}</footer>\n</body>\n</html>\n"

    @property
    def words(self) -> Words:
        return words_for(self.manuscript.language)

    def head(self) -> Iterator[str]:
        """The policy names the style by its hash, so that not even a style could be slipped in."""
        style = _STYLE.read_text(encoding="utf-8").replace("#7a2e26", self.theme.accent)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        yield f"<title>{escape(self.manuscript.title)}</title>\n"
        for name, value in (
            ("author", self.manuscript.byline),
            ("description", self.manuscript.description),
            ("dcterms.identifier", self.manuscript.identifier),
        ):
            if value:
                yield f'<meta name="{name}" content="{escape(value)}">\n'
        yield f"<style>{style}</style>\n"

    def opening(self) -> Iterator[str]:
        book = self.manuscript
        yield '<header class="book">\n'
        if book.cover:
            alt = escape(book.cover_alt or self.words.cover_of.format(title=book.title))
            size = f'width="{book.cover.width}" height="{book.cover.height}"'
            yield f'<img class="cover" src="{self.picture_url(book.cover.id)}" alt="{alt}" {size}>\n'
        yield f"<h1>{escape(book.title)}</h1>\n"
        for name, value in (
            ("subtitle", book.subtitle),
            ("byline", book.byline),
            ("dedication", book.dedication),
        ):
            if value:
                yield f'<p class="{name}">{escape(value)}</p>\n'
        yield "</header>\n"

    def contents(self) -> Iterator[str]:
        yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(self.words.contents)}</h2>\n<ol>\n'
        for part in self.manuscript.sections:
            number = f'<span class="number">{part.number if isinstance(part, Chapter) else ""}</span> '
            title = escape(part.title)
            yield f'<li>{number}<a href="#{part.anchor}">{title}</a></li>\n'
        yield "</ol>\n</nav>\n"

    def part(self, part: Chapter | Section) -> Iterator[str]:
        markup = Markup(part, self.target(), depth=1)
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
