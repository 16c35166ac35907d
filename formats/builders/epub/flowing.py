"""The pages of a book whose text flows to the size of the screen: a document for each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from formats.blocks import Heading, plain_text
from formats.builders.epub.navigation import body_of_navigation
from formats.builders.epub.pages import Entry, Page, Pages, length, matter_of, roman, section_type, speaks
from formats.builders.markup import Markup, Target, anchors, escape
from formats.manuscript import Chapter, Part, Section

_NUMBER_ALONE = frozenset({"numeral", "medallion"})  # openings


@dataclass
class Flowing(Pages):
    def pages(self) -> list[Page]:
        pages = list(self.written())
        contents = next(page for page in pages if page.name == "nav")
        body = contents.body + body_of_navigation(
            self.words, self.manuscript.language, tuple(self.entries()), pages, self.folios.marks
        )
        return [replace(page, body=body) if page is contents else page for page in pages]

    def written(self) -> Iterator[Page]:
        """Every page in reading order; that of the contents holds nothing yet but the mark of its page."""
        yield from self.cover()
        yield self.title_page()
        yield self.copyright_page()
        if self.manuscript.dedication:
            body = self.folios.open("dedication") + self.dedication()
            yield Page("dedication", self.words.dedication, body, "frontmatter", "dedication")
        shown = self.manuscript.contents_depth > 0
        mark = self.folios.open("nav") if shown else ""
        yield Page("nav", self.words.contents, mark, "frontmatter", "nav", "toc", in_order=shown)
        target = self.target(anchors(self.manuscript))
        for part in self.manuscript.sections:
            if isinstance(part, Chapter) and part.opens:
                yield self.part(part.opens)
            yield self.text(part, target)

    def part(self, part: Part) -> Page:
        name = f"{part.anchor}-title"
        body = (
            f'<section epub:type="part" role="doc-part" aria-labelledby="{name}">{self.folios.open(part.anchor)}'
            f'<p class="label">{self.numbered(self.words.part, roman(part.number))}</p>'
            f'<h1 id="{name}" class="{length(part.title)}">{escape(part.title)}</h1></section>'
        )
        return Page(part.anchor, part.title, body, "bodymatter", "part")

    def text(self, part: Chapter | Section, target: Target) -> Page:
        chapter = part if isinstance(part, Chapter) else None
        mark = self.folios.open(part.anchor)
        markup = Markup(part, target, lead_in=self.theme.lead_in and chapter is not None, folios=self.folios)
        kind = ' epub:type="chapter" role="doc-chapter"' if isinstance(part, Chapter) else section_type(part)
        label = (
            f'<p class="label">{self.numbered(self.words.chapter, str(chapter.number))}</p>'
            if chapter
            else ""
        )
        picture = markup.picture(chapter.picture) if chapter and chapter.picture else ""
        name = f"{part.anchor}-title"
        body = (
            f'<section{kind} aria-labelledby="{name}">{mark}\n<header>{label}'
            f'<h1 id="{name}" class="{length(part.title)}">{escape(part.title)}</h1></header>\n'
            f"{picture}{markup.body()}{markup.notes()}</section>"
        )
        first = part is self.manuscript.chapters[0]
        look = "chapter" if chapter else f"section {part.role}"  # type: ignore[union-attr]
        return Page(part.anchor, part.title, body, matter_of(part), look, "bodymatter" if first else "")

    def numbered(self, word: str, number: str) -> str:
        """ "Chapter 3", or the number alone, by design or in a language that we have no word for."""
        alone = self.theme.opening in _NUMBER_ALONE or not speaks(self.words, self.manuscript.language)
        return number if alone else f"{escape(word)} {number}".strip()

    def entries(self) -> Iterator[Entry]:
        """The contents: chapters under their parts, headings as deep as the book wants them."""
        yield from map(self.entry, self.manuscript.front_matter)
        opened: Part | None = None
        parts: dict[int, Part | None] = {}
        for chapter in self.manuscript.chapters:
            opened = chapter.opens or opened
            parts[chapter.number] = opened
        for part, chapters in groupby(self.manuscript.chapters, lambda chapter: parts[chapter.number]):
            inner = tuple(map(self.entry, chapters))
            if part is None:
                yield from inner
            else:
                yield Entry(part.title, f"{part.anchor}.xhtml", inner)
        yield from map(self.entry, self.manuscript.back_matter)

    def entry(self, part: Chapter | Section) -> Entry:
        deepest = self.manuscript.contents_depth
        below: list[Entry] = []
        for block in part.blocks:
            if not isinstance(block, Heading) or block.level > deepest:
                continue
            words = plain_text(block.children).strip()
            if not words:
                continue
            line = Entry(words, f"{part.anchor}.xhtml#{block.anchor}")
            if block.level == 3 and below:
                below[-1] = replace(below[-1], below=(*below[-1].below, line))
            else:
                below.append(line)
        return Entry(part.title, f"{part.anchor}.xhtml", tuple(below))
