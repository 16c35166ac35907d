"""The pages of a picture book, laid out: a picture to the edges, and live words beneath or facing it.

The proportions are those of the printed picture book. All scenes share the largest size of type with which
every one of them fits beneath its picture; a scene with too many words for any size has its picture on one
page of a spread and its words on the facing one, and on the pages after it if they need more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from formats.blocks import Block, Figure, Heading, Paragraph, descend
from formats.builders.epub.faces import plainest, title_face
from formats.builders.epub.fitting import Column, Setting, settings_of, title_size
from formats.builders.epub.navigation import body_of_navigation
from formats.builders.epub.pages import Entry, Page, Pages, Side, matter_of, section_type
from formats.builders.markup import Markup, direction, escape
from formats.manuscript import Chapter, Section

SCALE = 2  # CSS pixels to a point
_GAP = 27  # points, between a picture and its words
_PICTURE_SHARE = 0.47  # of the page's height, at most
_MOST_ENTRIES = 44  # on a page of contents
_ROWS = 22


@dataclass(frozen=True)
class Leaf:
    """A page of a scene: a picture, words, or a picture with words beneath it."""

    name: str
    setting: Setting
    blocks: tuple[Block, ...] = ()
    picture: Figure | None = None
    titled: bool = False
    noted: bool = False  # the scene's notes stand on it
    scrolls: bool = False


@dataclass
class Fixed(Pages):
    @property
    def viewport(self) -> tuple[int, int]:
        return round(self.theme.width * SCALE), round(self.theme.height * SCALE)

    @cached_property
    def column(self) -> Column:
        theme = self.theme
        width = theme.width - theme.inside - theme.outside
        return Column(
            width,
            plainest(theme.body_font),
            title_face(theme) or plainest(theme.title_font),
            dict(self.manuscript.assets),
        )

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        return settings_of(self.theme)

    @property
    def first_side(self) -> Side:
        """The side of a spread that is read first."""
        return "right" if direction(self.manuscript.language) == "rtl" else "left"

    @property
    def second_side(self) -> Side:
        return "left" if self.first_side == "right" else "right"

    def pages(self) -> list[Page]:
        leaves = [(part, self.leaves(part)) for part in self.manuscript.sections]
        pages = list(self.written(leaves))
        entries = [Entry(part.title, f"{part.anchor}.xhtml") for part in self.manuscript.sections]
        contents = body_of_navigation(self.words, self.manuscript.language, entries, pages, self.folios.marks)
        return [replace(page, body=page.body + contents) if page.name == "nav" else page for page in pages]

    def written(self, leaves: Sequence[tuple[Chapter | Section, Sequence[Leaf]]]) -> Iterator[Page]:
        for page in self.cover():
            yield replace(page, side="center")
        yield replace(self.title_page(self.vignette()), side=self.second_side)
        dedication = self.dedication() if self.manuscript.dedication else ""
        yield replace(self.copyright_page(dedication), side=self.first_side)
        side = self.second_side
        lines = len(self.manuscript.sections)
        shown = self.manuscript.contents_depth > 0 and lines <= _MOST_ENTRIES
        look = "nav columns" if lines > _ROWS else "nav"
        mark = self.folios.open("nav") if shown else ""
        yield Page("nav", self.words.contents, mark, "frontmatter", look, "toc", side if shown else "", shown)
        side = self.first_side if shown else side
        target = self.target(self.places(leaves))
        for part, of_part in leaves:
            if len(of_part) > 1:
                side = self.first_side
            markup = Markup(part, target, notes_in=f"{of_part[-1].name}.xhtml")
            for leaf in of_part:
                yield self.page(part, leaf, markup, side)
                side = self.second_side if side == self.first_side else self.first_side

    def places(self, leaves: Sequence[tuple[Chapter | Section, Sequence[Leaf]]]) -> dict[str, str]:
        found = {}
        for part, of_part in leaves:
            found[part.anchor] = of_part[0].name
            for leaf in of_part:
                inside = (block for block in descend(leaf.blocks) if isinstance(block, Heading))
                found.update({heading.anchor: leaf.name for heading in inside})
        return found

    def vignette(self) -> str:
        """A detail of the first picture, for its looks alone."""
        first = next((chapter.picture for chapter in self.manuscript.chapters if chapter.picture), None)
        if first is None:
            return ""
        asset = self.manuscript.assets[first.asset]
        return f'<img class="vignette" src="images/{asset.file_name}" alt="" role="presentation"/>'

    # Where the words go

    @cached_property
    def shared(self) -> tuple[Setting, frozenset[str]]:
        """The size that scenes share, and the scenes whose words face their picture."""
        pictured = [chapter for chapter in self.manuscript.chapters if chapter.picture]
        long = [chapter for chapter in pictured if not self.fits(chapter, self.settings[-1])]
        facing = pictured if len(long) * 3 > len(pictured) else long
        apart = frozenset(chapter.anchor for chapter in facing)
        setting = self.largest(lambda each: all(self.fits(chapter, each) for chapter in self.beneath(apart)))
        return setting or self.settings[-1], apart

    @cached_property
    def gap(self) -> float:
        """What lies between pictures and words: the same throughout, more where even the fullest page has room."""
        setting, facing = self.shared
        room = min((self.slack(each, setting) for each in self.beneath(facing)), default=0)
        return _GAP + min(max(room, 0), 60) * 0.3

    def beneath(self, facing: frozenset[str]) -> list[Chapter]:
        """The scenes whose words stand under their picture."""
        return [each for each in self.manuscript.chapters if each.picture and each.anchor not in facing]

    def largest(self, fits: Callable[[Setting], bool]) -> Setting | None:
        """The largest setting that fits, by halves, as measuring takes time."""
        if not fits(self.settings[-1]):
            return None
        low, high = 0, len(self.settings) - 1
        while low < high:
            middle = (low + high) // 2
            if fits(self.settings[middle]):
                high = middle
            else:
                low = middle + 1
        return self.settings[low]

    def fits(self, chapter: Chapter, setting: Setting) -> bool:
        return self.slack(chapter, setting) >= 0

    def slack(self, chapter: Chapter, setting: Setting) -> float:
        """What words leave free beneath their picture; less than nothing where they do not fit."""
        assert chapter.picture is not None
        taken = self.picture_height(chapter.picture) + _GAP + self.theme.bottom
        return self.theme.height - taken - self.words_height(chapter, setting)

    def words_height(self, part: Chapter | Section, setting: Setting) -> float:
        caption = part.picture.caption if isinstance(part, Chapter) and part.picture else ()
        return (
            self.column.title(part.title, setting)
            + (self.column.height((Paragraph(caption),), setting) if caption else 0)
            + self.column.height(part.blocks, setting)
            + self.column.notes(part.footnotes, setting)
        )

    def picture_height(self, picture: Figure) -> float:
        asset = self.manuscript.assets[picture.asset]
        return min(self.theme.width * asset.height / asset.width, self.theme.height * _PICTURE_SHARE)

    def leaves(self, part: Chapter | Section) -> list[Leaf]:
        setting, facing = self.shared
        picture = part.picture if isinstance(part, Chapter) else None
        if picture and part.anchor not in facing:
            return [Leaf(part.anchor, setting, part.blocks, picture, titled=True, noted=True)]
        words = list(self.words_alone(part, setting))
        if picture:
            return [Leaf(part.anchor, setting, picture=picture), *words]
        return [replace(words[0], name=part.anchor), *words[1:]]

    def words_alone(self, part: Chapter | Section, shared: Setting) -> Iterator[Leaf]:
        """Words on pages of their own, in the size that suits them; more pages where one does not hold them."""
        room = self.theme.height - self.theme.top - self.theme.bottom
        own = self.largest(
            lambda each: each.size <= shared.size * 1.2 and self.words_height(part, each) <= room
        )
        if own:
            yield Leaf(continued(part, 2), own, part.blocks, titled=True, noted=True)
            return
        setting = next(each for each in self.settings if each.size <= self.theme.body_size)
        first = room - self.column.title(part.title, setting)
        pages = list(self.column.pages(part.blocks, setting, first=first, room=room)) or [()]
        for number, blocks in enumerate(pages):
            last = number == len(pages) - 1
            height = self.column.height(blocks, setting)
            if last:
                height += self.column.notes(part.footnotes, setting)
            yield Leaf(
                continued(part, number + 2),
                setting,
                blocks,
                titled=number == 0,
                noted=last,
                scrolls=height > (first if number == 0 else room),
            )

    # The pages themselves

    def page(self, part: Chapter | Section, leaf: Leaf, markup: Markup, side: Side) -> Page:
        markup.document = f"{leaf.name}.xhtml"
        opening = leaf.name == part.anchor
        name = f"{part.anchor}-title"
        named = f'aria-labelledby="{name}"' if leaf.titled else f'aria-label="{escape(part.title)}"'
        kind = ' epub:type="chapter" role="doc-chapter"' if isinstance(part, Chapter) else section_type(part)
        inner = self.picture(leaf, markup) if leaf.picture else ""
        if leaf.picture is None or leaf.titled:
            inner += self.written_words(part, leaf, markup, name)
        body = f"<section{kind if opening else ''} {named}>{self.folios.open(leaf.name)}\n{inner}</section>"
        first = opening and part is self.manuscript.chapters[0]
        look = "scene" if leaf.picture else "words"
        return Page(leaf.name, part.title, body, matter_of(part), look, "bodymatter" if first else "", side)

    def picture(self, leaf: Leaf, markup: Markup) -> str:
        assert leaf.picture is not None
        asset = self.manuscript.assets[leaf.picture.asset]
        theme = self.theme
        if leaf.titled:
            return self.figure(leaf.picture, markup, self.picture_height(leaf.picture), above=0)
        height = min(theme.height, theme.width * asset.height / asset.width)
        return self.figure(leaf.picture, markup, height, above=(theme.height - height) * 0.44)

    def figure(self, picture: Figure, markup: Markup, height: float, *, above: float) -> str:
        top = f"margin-top:{round(above * SCALE)}px;" if above else ""
        return (
            f'<div class="picture" style="{top}height:{round(height * SCALE)}px">'
            f"{markup.img(picture.asset, picture.alt)}</div>\n"
        )

    def written_words(self, part: Chapter | Section, leaf: Leaf, markup: Markup, name: str) -> str:
        size = round(title_size(part.title, leaf.setting) * SCALE)
        title = (
            f'<h1 id="{name}" style="font-size:{size}px">{escape(part.title)}</h1>\n' if leaf.titled else ""
        )
        caption = part.picture.caption if leaf.titled and isinstance(part, Chapter) and part.picture else ()
        text = f'<p class="caption">{markup.inlines(caption)}</p>\n' if caption else ""
        text += "".join(markup.blocks(leaf.blocks))
        notes = markup.notes() if leaf.noted else ""
        scroll = ' tabindex="0" role="group" aria-label="' + escape(part.title) + '"' if leaf.scrolls else ""
        look = f"text {leaf.setting.name}{' scrolls' if leaf.scrolls else ''}"
        return f'<div class="{look}"{self.top(part, leaf)}{scroll}>{title}{text}{notes}</div>'

    def top(self, part: Chapter | Section, leaf: Leaf) -> str:
        """How far down words begin: below their picture, or a little above the middle of their own page."""
        if leaf.picture:
            return f' style="padding-top:{round(self.gap * SCALE)}px"'
        room = self.theme.height - self.theme.top - self.theme.bottom
        height = self.column.height(leaf.blocks, leaf.setting)
        if leaf.titled:
            height += self.column.title(part.title, leaf.setting)
        if leaf.noted:
            height += self.column.notes(part.footnotes, leaf.setting)
        above = max(room - height, 0) * 0.43 if leaf.titled else 0
        return f' style="padding-top:{round((self.theme.top + above) * SCALE)}px"'


def continued(part: Chapter | Section, number: int) -> str:
    """The name of a scene's second page and of those after it; the first has the scene's own."""
    return f"page-{number}-of-{part.anchor}"
