"""Writes a manuscript as a Typst program.

Whatever a member wrote stands in a string literal, where Typst gives a meaning to the backslash and the
double quote alone. Everything else in the program is ours: names of functions, labels from numbers, asset ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from formats.assets import Asset
from formats.blocks import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    SceneBreak,
    Span,
    Strike,
    Strong,
    Table,
    Text,
    plain_text,
)
from formats.builders.initials import Outline, outline_of
from formats.builders.tables import column_weights, has_short_rows, least_height
from formats.builders.themes import Theme
from formats.builders.wording import colophon, series_line, speaks, words_for
from formats.fonts import faces_beyond, leading_face
from formats.manuscript import Chapter, Manuscript, Part, Section, headings

_BREAKS = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t"})
_LEAD = re.compile(
    r"^([«“‘\"'—–¿¡(\[\s\u00a0\u202f]*\w)([\w'’-]*(?:[ \u00a0][\w'’-]+){0,3})(?=[\s\u00a0,;:.!?…—–]|$)"
)
_TOLD = (
    "foreword",
    "preface",
    "introduction",
    "prologue",
    "epilogue",
    "afterword",
)  # roles that read as chapters
_FIRST_WORDS = 30  # that lines beside an initial are made of
_EXERCISE = re.compile(r"(exercise|exercice|activity|activité|practice|your turn|à vous)\b", re.IGNORECASE)
_SHORT = 240  # letters of a paragraph that only presents what follows
_BLANK = re.compile("_{4,}")  # a place to write in, as typed


def project(manuscript: Manuscript, theme: Theme) -> dict[str, str]:
    """The program's files by name, to be compiled beside the templates and a folder `pictures` of assets."""
    program = _Program(manuscript, theme)
    text, meta = "".join(program.lines()), program.meta()
    has_no_break_spaces = any(space in text or space in meta for space in "\u00a0\u202f")
    beyond = faces_beyond(text + meta, manuscript.language)
    design = program.design(no_break_spaces=has_no_break_spaces, beyond=beyond)
    return {"main.typ": text, "book.typ": f"#let theme = {design}\n#let meta = {meta}\n"}


def string(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')  # quicker than a table
    return f'"{escaped if escaped.isprintable() else escaped.translate(_BREAKS)}"'


def array(values: Iterable[str]) -> str:
    return "(" + "".join(f"{value}, " for value in values) + ")"


def dictionary(values: Mapping[str, str]) -> str:
    return "(" + ", ".join(f"{key}: {value}" for key, value in values.items()) + ")"


@dataclass(frozen=True)
class _Program:
    manuscript: Manuscript
    theme: Theme

    def lines(self) -> Iterator[str]:
        yield f'#import "{self.theme.design}.typ": *\n'
        yield "#show: book\n"
        yield f"#front-matter(epigraphs: {self.epigraphs()})["
        for section in self.manuscript.front_matter:
            if section.role != "epigraph":
                yield self.section(section)
        yield "]\n"
        yield "#show: body-matter\n"
        if self.theme.design == "picture":
            yield from self.scenes()
        else:
            yield from self.chapters()
        for section in self.manuscript.back_matter:
            yield self.section(section)
        yield "#back-matter\n"

    def design(self, *, no_break_spaces: bool, beyond: Sequence[str]) -> str:
        """The theme's own values; `beyond` are the faces for what its own ones lack."""
        theme, own = self.theme, leading_face(self.manuscript.language)
        return dictionary(
            {
                "width": f"{theme.width}pt",
                "height": f"{theme.height}pt",
                "inside": f"{theme.inside}pt",
                "outside": f"{theme.outside}pt",
                "top": f"{theme.top}pt",
                "bottom": f"{theme.bottom}pt",
                "bleed": f"{theme.bleed}pt",
                "body-font": string(theme.body_font),
                "body-size": f"{theme.body_size}pt",
                "leading": f"{theme.leading}pt",
                "letter": f"{theme.letter * theme.body_size:.2f}pt",
                "measure": f"{theme.measure:.0f}",
                "title-font": string(theme.title_font),
                "label-font": string(theme.label_font),
                "title-size": f"{theme.title_size}pt",
                "title-weight": str(theme.title_weight),
                "accent": f"rgb({string(theme.accent)})",
                "paper": f"rgb({string(theme.paper)})",
                "ink": f"rgb({string(theme.ink)})",
                "opens-right": _boolean(theme.opens_right),
                "drop-lines": str(theme.drop_lines),
                "opening": string(theme.opening),
                "ornament": string(theme.ornament),
                "heads": string(theme.heads),
                "contents": string(theme.contents),
                "paragraphs": string(theme.paragraphs),
                "tables": string(theme.tables),
                "justified": _boolean(theme.justified),
                "hyphenated": _boolean(theme.hyphenated),
                "half-title": _boolean(theme.half_title),
                "schoolbook": _boolean(theme.schoolbook),
                "writing-line": f"{theme.writing_line}pt",
                "leading-face": array([string(own)] if own else []),
                "beyond": array(map(string, beyond)),
                "old-style": _boolean(theme.old_style_figures),
                "no-break-spaces": _boolean(no_break_spaces),
            }
        )

    def meta(self) -> str:
        book = self.manuscript
        words = words_for(book.language)
        language, region = _language(book.language)
        cover_alt = book.cover_alt or words.cover_of.format(title=book.title)
        named = {
            "title": string(book.title),
            "subtitle": string(book.subtitle),
            "authors": array(map(string, book.authors)),
            "description": string(book.description),
            "publisher": string(book.publisher),
            "lang": string(language),
            "region": string(region) if region else "none",
            "dedication": string(book.dedication),
            "colophon": array(map(string, colophon(book))),
            "cover": self.picture(book.cover.id, cover_alt) if book.cover else "none",
            "vignette": self.figure(next((each.picture for each in book.chapters if each.picture), None)),
            "entries": str(len(book.sections)),
            "openings": self.openings(),
            "contents": string(words.contents),
            # In a language that we have no word for, the number stands alone.
            "chapter": string(words.chapter if speaks(book.language) else ""),
            "part": string(words.part if speaks(book.language) else ""),
            "series": string(series_line(book)),
            "the-end": string(words.the_end),
            "contents-depth": str(book.contents_depth),
            "shows-contents": _boolean(len(book.sections) > 1 and book.contents_depth > 0),
        }
        return dictionary(named)

    def openings(self) -> str:
        """Title and picture of each chapter that has one, by its anchor; a lone colon is Typst's empty dictionary."""
        pictured = {
            string(each.anchor): dictionary(
                {"title": string(each.title), "picture": self.figure(each.picture)}
            )
            for each in self.manuscript.chapters
            if each.picture
        }
        return dictionary(pictured) if pictured else "(:)"

    def picture(self, asset_id: str, alt: str) -> str:
        return _picture(self.manuscript.assets, asset_id, alt)

    def section(self, section: Section) -> str:
        name = f"{string(section.title)}, {string(section.anchor)}"
        return f"#section({name}, role: {string(section.role)})[{self.text(section)}]\n"

    def epigraphs(self) -> str:
        sections = (section for section in self.manuscript.front_matter if section.role == "epigraph")
        return array(f"({string(section.anchor)}, [{self.text(section)}])" for section in sections)

    def chapters(self) -> Iterator[str]:
        """Every chapter, with the part that it belongs to for its running heads."""
        part: Part | None = None
        for chapter in self.manuscript.chapters:
            if chapter.opens:
                part = chapter.opens
                yield f"#part{_part(part)}\n"
            yield self.chapter(chapter, part)

    def chapter(self, chapter: Chapter, part: Part | None) -> str:
        picture = self.figure(chapter.picture, chapter)
        name = f"{string(chapter.title)}, {string(chapter.anchor)}"
        within = f"part: {string(part.title) if part else 'none'}"
        return f"#chapter({chapter.number}, {name}, {within}, picture: {picture})[{self.text(chapter)}]\n"

    def scenes(self) -> Iterator[str]:
        yield "#scenes(\n"
        for chapter in self.manuscript.chapters:
            yield "  " + dictionary(
                {
                    "number": str(chapter.number),
                    "part": _part(chapter.opens) if chapter.opens else "none",
                    "title": string(chapter.title),
                    "picture": self.figure(chapter.picture),
                    "body": f"[{self.text(chapter)}]",
                    "anchor": string(chapter.anchor),
                }
            )
            yield ",\n"
        yield ")\n"

    def figure(self, figure: Figure | None, part: Chapter | None = None) -> str:
        """A picture's dictionary, with its caption where it is for a chapter that prints one."""
        if figure is None:
            return "none"
        caption = self.writer(part).content(figure.caption) if part and figure.caption else "none"
        return f"{self.picture(figure.asset, figure.alt)[:-1]}, caption: {caption})"

    def text(self, part: Chapter | Section) -> str:
        return "".join(self.writer(part).blocks(part.blocks, opening=True))

    def writer(self, part: Chapter | Section) -> _Text:
        return _Text(part, self.manuscript, self.theme, self.anchors)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The labels that links within the book may lead to; Typst refuses a label that is not there."""
        parts = self.manuscript.sections
        found = {part.anchor for part in parts}
        return frozenset(found.union(*({head.anchor for head in headings(part)} for part in parts)))


@dataclass
class _Text:
    """The blocks of one chapter."""

    part: Chapter | Section
    manuscript: Manuscript
    theme: Theme
    anchors: frozenset[str]
    set_notes: set[int] = field(default_factory=set)

    @property
    def leads(self) -> bool:
        """Whether the first words are set in a way of their own."""
        told = isinstance(self.part, Chapter) or self.part.role in _TOLD
        return self.theme.lead_in and self.theme.design == "prose" and told

    def blocks(self, blocks: Sequence[Block], *, opening: bool = False) -> Iterator[str]:
        if opening and self.theme.exercise_boxes:
            yield from self.with_exercises(blocks)
        else:
            yield from self.plain_blocks(blocks, opening=opening)

    def plain_blocks(self, blocks: Sequence[Block], *, opening: bool) -> Iterator[str]:
        for position, block in enumerate(blocks):
            if _is_writing_line(blocks, position):
                yield "\n\n#writing-line\n\n"
                continue
            keep = self.keep(blocks, position) if opening else ""
            yield f"\n\n{keep}[" if keep else ""
            yield from self.block(block, opening=opening and position == 0)
            yield "]\n\n" if keep else ""

    def with_exercises(self, blocks: Sequence[Block]) -> Iterator[str]:
        """A chapter's blocks, those from an exercise's heading to the next heading of its level in a frame."""
        position = 0
        while position < len(blocks):
            end = _end_of_exercise(blocks, position)
            body = "".join(self.plain_blocks(blocks[position:end], opening=position == 0))
            yield f"\n\n#exercise[{body}]\n\n" if _is_exercise(blocks[position]) else body
            position = end

    def keep(self, blocks: Sequence[Block], position: int) -> str:
        """What holds a block together, or to the next: short lists, and words between a heading and what they present.

        Lists within lists are left alone, since measuring each would take twice as long as the one around it.
        """
        match blocks[max(position - 1, 0) : position + 2]:
            case (Heading(), Paragraph(children), Table() | List()) if len(plain_text(children)) <= _SHORT:
                return "#block(sticky: true)"
        return "#kept(0.2)" if isinstance(blocks[position], List) else ""

    def block(self, block: Block, *, opening: bool) -> Iterator[str]:
        match block:
            case Paragraph(children=(Text(text),)) if _BLANK.fullmatch(text.strip()):
                yield "\n\n#writing-line\n\n"
            case Paragraph(children):
                yield "\n\n"
                yield from self.opening(children) if opening else self.inlines(children)
                yield "\n\n"
            case Heading(level, children, anchor):
                yield f"\n\n#heading(level: {level})["
                yield from self.inlines(children)
                yield f"]<{anchor}>\n\n"
            case Quote(blocks):
                yield "\n\n#quote(block: true)["
                yield from self.blocks(blocks)
                yield "]\n\n"
            case List():
                yield from self.list(block)
            case Table():
                yield from self.table(block)
            case CodeBlock(text, language):
                yield f"\n\n#raw({string(text)}, block: true, lang: {string(language or 'text')})\n\n"
            case Figure(asset, alt, caption):
                yield f"\n\n#plate({_picture(self.manuscript.assets, asset, alt)}"
                yield f", caption: {self.content(caption)})\n\n" if caption else ")\n\n"
            case SceneBreak():
                yield "\n\n#scene-break\n\n"

    def opening(self, children: Sequence[Inline]) -> Iterator[str]:
        """A chapter's first paragraph, whose first words a theme may set in its own way."""
        first = children[0] if children else None
        match = _LEAD.match(first.text) if self.leads and isinstance(first, Text) else None
        if match is None or not isinstance(first, Text) or match[1][-1].lower() == match[1][-1].upper():
            yield from self.inlines(children)
            return
        before, initial = match[1][:-1], match[1][-1]
        words, rest = _first_words(first.text[match.end() :])
        art = self.initial(before, initial, children)
        how = f"art: {art}, fits: {_filling([*match[2].split(), *words[1:]], self.theme.measure - 5)}"
        yield f"#lead({string(before)}, {string(initial)}, {array(_capitals(match[2], words))}, {how});"
        yield from self.inlines([Text(rest), *children[1:]])

    def initial(self, before: str, initial: str, children: Sequence[Inline]) -> str:
        """The outlines of a dropped initial, for a paragraph long enough to stand beside it."""
        theme = self.theme
        most = theme.measure * theme.drop_lines
        if theme.drop_lines < 2 or len(plain_text(children)) < most or len(before.strip("\u00a0\u202f ")) > 1:
            return "none"
        mark = before.strip("\u00a0\u202f ")
        outlines = [outline_of(each, theme.body_font) for each in (initial, mark) if each]
        if None in outlines:
            return "none"
        cap = outline_of("H", theme.body_font)
        assert cap
        drawn = [_outline(outline, cap.top) for outline in outlines if outline]
        return dictionary({"initial": drawn[0], "before": drawn[1] if mark else "none"})

    def list(self, block: List) -> Iterator[str]:
        spacing = f"tight: {_boolean(block.tight)}"
        if block.is_checklist:
            yield f"\n\n#checklist({spacing}, "
        elif block.ordered:
            yield f"\n\n#numbered({spacing}, start: {block.start}, "
        else:
            yield f"\n\n#bullets({spacing}, "
        for item in block.items:
            body = f"[{''.join(self.blocks(item.blocks))}]"
            checked = "none" if item.checked is None else _boolean(item.checked)
            yield f"({checked}, {body}), " if block.is_checklist else f"{body}, "
        yield ")\n\n"

    def table(self, block: Table) -> Iterator[str]:
        widths, alignments = array(map(str, column_weights(block))), array(map(string, block.alignments))
        whole = _boolean(has_short_rows(block))
        yield f"\n\n#tabular({widths}, {alignments}, {self.cells(block.header)}, whole-rows: {whole}, "
        for row in block.rows:
            yield f"({least_height(row, block)}, {self.cells(row)}), "
        yield ")\n\n"

    def cells(self, cells: Sequence[Cell]) -> str:
        return array(self.content(cell.children) for cell in cells)

    def content(self, inlines: Sequence[Inline]) -> str:
        return f"[{''.join(self.inlines(inlines))}]"

    def inlines(self, inlines: Sequence[Inline]) -> Iterator[str]:
        for inline in inlines:
            yield self.inline(inline)

    def inline(self, inline: Inline) -> str:  # noqa: PLR0911 a table of runs
        match inline:
            case Text(text):
                return "#blank;".join(f"#{string(each)};" if each else "" for each in _BLANK.split(text))
            case Emphasis(children):
                return f"#emph{self.content(children)};"
            case Strong(children):
                return f"#strong{self.content(children)};"
            case Strike(children):
                return f"#strike{self.content(children)};"
            case Span(language, children, way):
                lang, region = _language(language or self.manuscript.language)
                place = f", region: {string(region) if region else 'none'}"
                turned = f", dir: {way}" if way else ""
                return f"#text(lang: {string(lang)}{place}{turned}){self.content(children)};"
            case Link(url, children):
                return self.link(url, children)
            case Code(text):
                return f"#raw({string(text)});"
            case LineBreak():
                return "#linebreak();"
            case Image(asset, alt):
                return f"#inline-picture({_picture(self.manuscript.assets, asset, alt)});"
            case FootnoteReference(number):
                return self.footnote(number)

    def link(self, url: str, children: Sequence[Inline]) -> str:
        if not url.startswith("#"):
            body = "" if plain_text(children) == url else self.content(children)
            return f"#link({string(url)}){body};"
        anchor = url[1:]
        if anchor not in self.anchors:
            return "".join(self.inlines(children))
        return f"#link(<{anchor}>){self.content(children)};"

    def footnote(self, number: int) -> str:
        label = f"<{self.part.anchor}-note-{number}>"
        if number in self.set_notes:
            return f"#footnote({label});"
        self.set_notes.add(number)
        note = self.part.footnotes[number - 1]
        return f"#footnote[{self.note(note)}]{label}"

    def note(self, note: Footnote) -> str:
        match note.blocks:
            case (Paragraph(children),):
                return "".join(self.inlines(children))
            case blocks:
                return "".join(self.blocks(blocks))


def _is_exercise(block: Block) -> bool:
    return isinstance(block, Heading) and bool(_EXERCISE.match(plain_text(block.children)))


def _end_of_exercise(blocks: Sequence[Block], start: int) -> int:
    """Where the run of blocks that begins at `start` ends: before the next exercise, or after this one's last."""
    first = blocks[start]
    level = first.level if isinstance(first, Heading) and _is_exercise(first) else 0
    for end in range(start + 1, len(blocks)):
        block = blocks[end]
        if isinstance(block, Heading) and (block.level <= level or _is_exercise(block)):
            return end
    return len(blocks)


def _is_writing_line(blocks: Sequence[Block], position: int) -> bool:
    """Rules typed one below the other, which Markdown takes for scene breaks, are lines to write on."""
    near = (*blocks[max(position - 1, 0) : position], *blocks[position + 1 : position + 2])
    return isinstance(blocks[position], SceneBreak) and any(isinstance(block, SceneBreak) for block in near)


def _first_words(text: str) -> tuple[list[str], str]:
    """The words that follow a lead, the first of them what is left of its last one, and the text after them."""
    words = text.split(" ")
    if len(words) <= _FIRST_WORDS:
        return words, ""
    return words[:_FIRST_WORDS], " " + " ".join(words[_FIRST_WORDS:])


def _filling(words: Sequence[str], measure: float) -> int:
    """About how many of the words fill a line of so many letters; at least one."""
    ends = accumulate(len(word) + 1 for word in words)
    return max(1, sum(end <= measure for end in ends))


def _capitals(lead: str, words: Sequence[str]) -> list[str]:
    """The first words as Typst's content, those of the lead in small capitals."""
    *whole, last = (f"#small-capitals({string(word)});" for word in lead.split(" "))
    first, *others = words
    return [
        f"[{each}]"
        for each in (*whole, f"{last}#{string(first)};", *(f"#{string(word)};" for word in others))
    ]


def _outline(outline: Outline, cap: int) -> str:
    sides = {side: str(getattr(outline, side)) for side in ("left", "bottom", "right", "top")}
    frame = f"{outline.left} {-outline.top} {outline.right - outline.left} {outline.top - outline.bottom}"
    return dictionary({"path": string(outline.path), "frame": string(frame), "cap": str(cap), **sides})


def _part(part: Part) -> str:
    return f"({part.number}, {string(part.title)}, {string(part.anchor)})"


def _picture(assets: Mapping[str, Asset], asset_id: str, alt: str) -> str:
    asset = assets[asset_id]
    return dictionary(
        {
            "path": string(f"/pictures/{asset.file_name}"),
            "alt": string(alt or asset_id),
            "width": str(asset.width),
            "height": str(asset.height),
        }
    )


def _language(tag: str) -> tuple[str, str]:
    """Typst's language and region of a BCP 47 tag; what Typst would refuse becomes English."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?.*", tag)
    return (match[1].lower(), (match[2] or "").upper()) if match else ("en", "")


def _boolean(value: bool) -> str:
    return "true" if value else "false"
