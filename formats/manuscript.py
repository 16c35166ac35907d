"""A whole book as plain, typed data, and how it is put together from its members' Markdown.

    source = BookSource(meta=BookMeta(...), chapters=(ChapterSource(...),), assets=(Asset.from_bytes(...),))
    key = builders.content_hash(source, format="epub")      # equal keys, equal files: nothing to build
    built = sandbox.build(source, format="epub")            # in a limited child process; see built.data

    manuscript = assemble(source.meta, source.chapters, source.assets)  # pure; parses, sets the typography
    built = builders.build(manuscript, format="epub")                   # pure, in this process

Platform code builds through the sandbox and never parses a member's text itself; `assemble` is what the
sandbox's child calls.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Literal

from formats.assets import Asset
from formats.blocks import (
    Block,
    Figure,
    Footnote,
    Heading,
    Image,
    Text,
    descend,
    is_language,
    runs_of,
    single_line,
)
from formats.markdown import ChapterTooLong, ResolvePicture, parse
from formats.problems import Problem, Told
from formats.typography import polish_blocks, polish_text

Kind = Literal["story", "guide", "novel"]
# MARC relators: author, editor, illustrator, translator, photographer, author of the introduction and of the
# afterword, cover designer, and any other contributor.
Role = Literal["aut", "edt", "ill", "trl", "pht", "aui", "aft", "cov", "ctb"]
SubjectScheme = Literal["thema", "bisac"]
SectionRole = Literal[
    "epigraph", "foreword", "preface", "introduction", "prologue", "epilogue", "afterword", "acknowledgments",
    "about-author", "also-by", "appendix", "glossary", "bibliography", "section",
]  # fmt: skip


# What is typeset at most: of a whole book, of a title, and of what is known of a book beside its text.
MOST_CHAPTERS = 1_000  # front and back matter included
MOST_PICTURES = 1_000
MOST_CHARACTERS = 5_000_000  # of Markdown: a million words
MOST_TITLE = 1_000  # characters of a chapter's title
MOST_METADATA = {
    "title": 1_000, "subtitle": 1_000, "authors": 500, "contributors": 500, "dedication": 4_000,
    "description": 20_000, "publisher": 500, "rights": 4_000, "ai_disclosure": 4_000, "cover_alt": 4_000,
    "edition": 500, "series": 500, "series_number": 100, "keywords": 500, "back_text": 20_000,
}  # fmt: skip


class BadBook(Told):
    """The book cannot be typeset as it is; the problem tells the member which place and why."""


# What a book is made from


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMeta:
    """What is known of a book beside its text.

    `language` is a BCP 47 tag ("en", "fr", "en-GB"). `identifier` stays the same for the book's whole life.
    `published` is printed and put into every file's metadata; `modified` stamps the files, so that the same
    source gives the same bytes. `cover` is an asset's id. `ai_disclosure` is a sentence for the colophon.
    The ISBNs are 13 digits without hyphens, of the printed book and of the electronic one. `back_text` stands
    on a printed book's back cover. `contents_depth` is 1 for chapters alone, up to 3 for their headings too,
    and 0 for a book without a contents page.
    """

    title: str
    language: str
    kind: Kind
    identifier: uuid.UUID
    modified: datetime
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    dedication: str = ""
    description: str = ""
    publisher: str = ""
    published: date | None = None
    rights: str = ""
    ai_disclosure: str = ""
    cover: str | None = None
    cover_alt: str = ""
    isbn_print: str = ""
    isbn_ebook: str = ""
    edition: str = ""
    series: str = ""
    series_number: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    back_text: str = ""
    contents_depth: int = 1


@dataclass(frozen=True, slots=True)
class Contributor:
    name: str
    role: Role = "ctb"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that booksellers shelve by: a Thema code such as "YFB" or a BISAC one such as "JUV001000"."""

    scheme: SubjectScheme
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSource:
    """A chapter as its members keep it: Markdown without its own title.

    `picture` is the id of the asset that opens the chapter (in a picture book, fills the page), `picture_alt`
    its alternative text. `part` is the title of the part that begins with this chapter, if one does.
    """

    title: str
    markdown: str
    part: str = ""
    picture: str | None = None
    picture_alt: str = ""
    picture_caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSource:
    """A piece of front or back matter, such as a preface or a note on the author. It bears no number."""

    role: SectionRole
    title: str
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSource:
    """Everything a book is built from; what is handed to the sandbox and hashed for the cache."""

    meta: BookMeta
    chapters: tuple[ChapterSource, ...]
    assets: tuple[Asset, ...] = ()
    front_matter: tuple[SectionSource, ...] = ()
    back_matter: tuple[SectionSource, ...] = ()


# The book put together


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a book, on a page of its own before the first of its chapters. Numbered from 1."""

    number: int
    title: str

    @property
    def anchor(self) -> str:
        return f"part-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A numbered chapter. `anchor` names it in links and file names: "chapter-3". `opens` is the part that
    begins with it."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    picture: Figure | None = None
    opens: Part | None = None

    @property
    def anchor(self) -> str:
        return f"chapter-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    role: SectionRole
    title: str
    blocks: tuple[Block, ...]
    anchor: str
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A book ready to be built, typography set. Every asset that the text refers to is in `assets`."""

    title: str
    language: str
    kind: Kind
    identifier: str  # "urn:uuid:..."
    modified: datetime
    chapters: tuple[Chapter, ...]
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    dedication: str = ""
    description: str = ""
    publisher: str = ""
    published: date | None = None
    rights: str = ""
    ai_disclosure: str = ""
    cover: Asset | None = None
    cover_alt: str = ""
    isbn_print: str = ""
    isbn_ebook: str = ""
    edition: str = ""
    series: str = ""
    series_number: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    back_text: tuple[str, ...] = ()  # paragraphs
    contents_depth: int = 1
    assets: Mapping[str, Asset] = field(default_factory=dict)
    front_matter: tuple[Section, ...] = ()
    back_matter: tuple[Section, ...] = ()
    warnings: tuple[Problem, ...] = ()  # what could not be kept as it was written

    @property
    def sections(self) -> tuple[Section | Chapter, ...]:
        """Everything with text, in reading order."""
        return (*self.front_matter, *self.chapters, *self.back_matter)

    @property
    def byline(self) -> str:
        return ", ".join(self.authors)


def assemble(
    meta: BookMeta,
    chapters: Sequence[ChapterSource],
    assets: Sequence[Asset] = (),
    *,
    front_matter: Sequence[SectionSource] = (),
    back_matter: Sequence[SectionSource] = (),
    memory: Memory | None = None,
) -> Manuscript:
    """Parse and set the typography of a whole book. Pure: the same arguments give an equal manuscript.

    A picture that no asset answers to is left out and its alternative text stands in its place. `memory`,
    where one is kept from call to call, spares the parsing of chapters that stayed as they were.
    Raises `BadBook` for a book without chapters, or with a chapter beyond what is typeset.
    """
    for problem in _beyond_limits(meta, (*front_matter, *chapters, *back_matter), len(assets)):
        raise BadBook(problem)
    if not chapters:
        raise BadBook(Problem("no-chapter"))
    assembly = _Assembly(meta, {asset.id: asset for asset in assets}, {} if memory is None else memory)
    return assembly.book(chapters, front_matter, back_matter)


def _beyond_limits(
    meta: BookMeta, parts: Sequence[ChapterSource | SectionSource], pictures: int
) -> Iterator[Problem]:
    """What makes the book too large to be typeset, found before any of it is parsed."""
    length = sum(len(part.markdown) for part in parts)
    for code, found, most in (
        ("chapters", len(parts), MOST_CHAPTERS),
        ("pictures", pictures, MOST_PICTURES),
        ("characters", length, MOST_CHARACTERS),
    ):
        if found > most:
            yield Problem(
                "book-length" if code == "characters" else code, figures={code: found, "most": most}
            )
    for name, most in MOST_METADATA.items():
        for value in _texts(getattr(meta, name)):
            if len(value) > most:
                yield Problem(
                    "metadata-length", figures={"field": name, "characters": len(value), "most": most}
                )
    for part in parts:
        for value in (part.title, getattr(part, "part", ""), getattr(part, "picture_caption", "")):
            if len(value) > MOST_TITLE:
                figures = {"characters": len(value), "most": MOST_TITLE}
                yield Problem("title-length", chapter=single_line(part.title)[:80], figures=figures)


def _texts(value: object) -> Iterator[str]:
    for each in value if isinstance(value, tuple) else (value,):
        yield each.name if isinstance(each, Contributor) else each if isinstance(each, str) else ""


def _code(text: str) -> str:
    """An ISBN or a subject's code as it is, and nothing in place of what can be none."""
    return text if re.fullmatch(r"[0-9A-Z]{1,20}", text) else ""


# What a text was read into: by its Markdown, anchor, language and the pictures there are.
_Read = tuple[tuple[Block, ...], tuple[Footnote, ...], tuple[Problem, ...]]
Memory = dict[tuple[str, str, str, frozenset[str]], _Read]


@dataclass(frozen=True)
class _Assembly:
    meta: BookMeta
    assets: Mapping[str, Asset]
    memory: Memory
    warnings: list[Problem] = field(default_factory=list)

    def book(
        self, chapters: Sequence[ChapterSource], front: Sequence[SectionSource], back: Sequence[SectionSource]
    ) -> Manuscript:
        meta = self.meta
        return Manuscript(
            title=self.line(meta.title) or "…",
            subtitle=self.line(meta.subtitle),
            language=meta.language if is_language(meta.language) else "und",
            kind=meta.kind,
            identifier=meta.identifier.urn,
            modified=meta.modified.astimezone(UTC).replace(microsecond=0),
            authors=tuple(filter(None, map(single_line, meta.authors))),
            contributors=tuple(
                Contributor(name, each.role) for each in meta.contributors if (name := single_line(each.name))
            ),
            dedication=self.line(meta.dedication),
            description=self.line(meta.description),
            publisher=single_line(meta.publisher),
            published=meta.published,
            rights=self.line(meta.rights),
            ai_disclosure=self.line(meta.ai_disclosure),
            cover=self.assets.get(meta.cover) if meta.cover else None,
            cover_alt=self.line(meta.cover_alt),
            isbn_print=_code(meta.isbn_print),
            isbn_ebook=_code(meta.isbn_ebook),
            edition=self.line(meta.edition),
            series=self.line(meta.series),
            series_number=single_line(meta.series_number),
            subjects=tuple(each for each in meta.subjects if _code(each.code)),
            keywords=tuple(filter(None, map(single_line, meta.keywords))),
            back_text=tuple(filter(None, map(self.line, meta.back_text.splitlines()))),
            contents_depth=min(max(meta.contents_depth, 0), 3),
            chapters=self.chapters(chapters),
            front_matter=tuple(self.section(f"front-{n}", source) for n, source in enumerate(front, 1)),
            back_matter=tuple(self.section(f"back-{n}", source) for n, source in enumerate(back, 1)),
            assets=self.assets,
            warnings=tuple(self.warnings),  # last, when everything has been read
        )

    def chapters(self, sources: Sequence[ChapterSource]) -> tuple[Chapter, ...]:
        parts = (Part(number, title) for number, title in enumerate(filter(None, map(self.part, sources)), 1))
        return tuple(
            self.chapter(number, source, next(parts) if self.part(source) else None)
            for number, source in enumerate(sources, 1)
        )

    def part(self, source: ChapterSource) -> str:
        return self.line(source.part)

    def chapter(self, number: int, source: ChapterSource, opens: Part | None) -> Chapter:
        blocks, footnotes = self.text(source.markdown, f"chapter-{number}", source.title)
        return Chapter(
            number=number,
            title=self.line(source.title) or str(number),
            blocks=blocks,
            footnotes=footnotes,
            picture=self.picture(source),
            opens=opens,
        )

    def picture(self, source: ChapterSource) -> Figure | None:
        if source.picture is None or source.picture not in self.assets:
            return None
        caption = self.line(source.picture_caption)
        return Figure(source.picture, self.line(source.picture_alt), (Text(caption),) if caption else ())

    def section(self, anchor: str, source: SectionSource) -> Section:
        blocks, footnotes = self.text(source.markdown, anchor, source.title)
        title = self.line(source.title) or self.line(self.meta.title) or "…"
        return Section(role=source.role, title=title, blocks=blocks, footnotes=footnotes, anchor=anchor)

    def text(self, markdown: str, anchor: str, title: str) -> tuple[tuple[Block, ...], tuple[Footnote, ...]]:
        key = (markdown, anchor, self.meta.language, frozenset(self.assets))
        try:
            blocks, notes, warnings = self.memory.get(key) or self.read(markdown, anchor)
        except ChapterTooLong as error:
            raise BadBook(replace(error.problem, chapter=single_line(title)[:80])) from error
        self.memory[key] = blocks, notes, warnings
        self.warnings.extend(replace(each, chapter=single_line(title)[:80]) for each in warnings)
        return blocks, notes

    def read(self, markdown: str, anchor: str) -> _Read:
        parsed = parse(markdown, resolve=self.resolve, anchor=f"{anchor}-")
        notes = (Footnote(n.number, polish_blocks(n.blocks, self.meta.language)) for n in parsed.footnotes)
        return polish_blocks(parsed.blocks, self.meta.language), tuple(notes), tuple(parsed.warnings)

    def line(self, text: str) -> str:
        return polish_text(single_line(text), self.meta.language)

    @property
    def resolve(self) -> ResolvePicture:
        """An address in Markdown is an asset's id, or a file named by it, as in images/picture-1.jpg."""

        def resolve(url: str) -> str | None:
            name = url if url in self.assets else PurePosixPath(url).stem
            local = "://" not in url and ":" not in url
            return name if local and name in self.assets else None

        return resolve


def headings(part: Chapter | Section) -> Iterator[Heading]:
    """The headings of a part below its title, in reading order, wherever they stand."""
    return (block for block in descend(part.blocks) if isinstance(block, Heading))


def pictures(part: Chapter | Section) -> Iterator[Figure | Image]:
    """Every picture that a part shows, in reading order, with the one that opens a chapter first."""
    if isinstance(part, Chapter) and part.picture:
        yield part.picture
    for block in descend((*part.blocks, *(each for note in part.footnotes for each in note.blocks))):
        if isinstance(block, Figure):
            yield block
        yield from (run for run in runs_of(block) if isinstance(run, Image))
