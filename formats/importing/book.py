"""The book that Markdown files and pictures make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import cast, get_args

from formats.blocks import Figure, plain_text, single_line
from formats.builders.markdown import OPENING
from formats.importing.archive import Pictures
from formats.importing.front_matter import Fields, front_matter_of
from formats.importing.pieces import (
    FIRST_LEVEL,
    Piece,
    completed,
    headed,
    is_title_page,
    promoted,
    scanned,
    targets_of,
)
from formats.importing.refusals import (
    MOST_TITLE,
    BadImport,
)
from formats.manuscript import BookMeta, BookSource, ChapterSource, Kind, SectionRole, SectionSource
from formats.markdown import parse

_PICTURE_ADDRESS = re.compile(r"(!\[(?:[^\]\\]|\\.){0,2000}\]\([ \t]*)(<[^<>\n]{1,500}>|[^\s()<>]{1,500})")
_OPENING_PICTURE = re.compile(rf"(!\[.*\]\(.*\))\{{\.{OPENING}\}}")


@dataclass
class Import:
    texts: Mapping[str, str]
    pictures: Pictures
    modified: datetime
    language: str
    kind: str

    def book(self) -> BookSource:
        (first, text), *more = self.texts.items()
        known, text = front_matter_of(first, text)
        fields = Fields(first, known)
        pieces = list(self.pieces(first, text, untitled=fields.line("title")))
        if not fields.line("title") and is_title_page(pieces):
            fields.known["title"] = pieces[0].title
            pieces = promoted(pieces)
        for name, text in more:
            _, body = front_matter_of(name, text)
            pieces += self.pieces(name, body, untitled=_title_of(name))
        return self.put_together(fields, pieces)

    def put_together(self, fields: Fields, pieces: Sequence[Piece]) -> BookSource:
        front: list[SectionSource] = []
        back: list[SectionSource] = []
        chapters: list[ChapterSource] = []
        part = ""
        for piece in pieces:
            if piece.name == "part":
                part = piece.title
            elif piece.name in get_args(SectionRole):
                (back if chapters else front).append(_section(piece))
            else:
                chapters.append(self.chapter(piece, part))
                part = ""
        if not chapters:
            raise BadImport("no-chapter", member=single_line(next(iter(self.texts)))[:120])
        title = fields.line("title") or single_line(chapters[0].title) or _title_of(fields.member)
        return BookSource(
            meta=self.meta(fields, title),
            chapters=tuple(chapters),
            assets=tuple(self.pictures.found.values()),
            front_matter=tuple(front),
            back_matter=tuple(back),
        )

    def meta(self, fields: Fields, title: str) -> BookMeta:
        cover = fields.line("cover")
        asset = self.pictures.at(cover, PurePosixPath(fields.member).parent) if cover else None
        if cover and asset is None:
            raise BadImport("no-such-picture", member=cover[:120])
        return BookMeta(
            title=title,
            language=fields.line("language", "lang") or self.language,
            kind=cast(Kind, fields.one_of("kind", get_args(Kind), self.kind)),
            identifier=fields.identifier(),
            modified=self.modified,
            subtitle=fields.line("subtitle"),
            authors=fields.lines("author"),
            contributors=fields.contributors(),
            dedication=fields.line("dedication"),
            description=fields.line("description", "abstract"),
            publisher=fields.line("publisher"),
            published=fields.day("date"),
            rights=fields.line("rights"),
            ai_disclosure=fields.line("ai-disclosure"),
            cover=asset.id if asset else None,
            cover_alt=fields.line("cover-alt"),
            isbn_print=fields.isbn("isbn-print"),
            isbn_ebook=fields.isbn("isbn-ebook"),
            edition=fields.line("edition"),
            series=fields.line("series"),
            series_number=fields.line("series-number"),
            subjects=fields.subjects(),
            keywords=fields.lines("keywords"),
            back_text="\n".join(fields.lines("back-text")),
            contents_depth=int(fields.one_of("contents-depth", ("0", "1", "2", "3"), "1")),
        )

    def chapter(self, piece: Piece, part: str) -> ChapterSource:
        picture = _opening(piece.lines)
        lines = piece.lines if picture is None else piece.lines[first_line(piece.lines) + 1 :]
        return ChapterSource(
            title=piece.title,
            markdown=joined(lines),
            part=part,
            picture=picture.asset if picture else None,
            picture_alt=picture.alt if picture else "",
            picture_caption=plain_text(picture.caption) if picture else "",
        )

    def pieces(self, name: str, text: str, *, untitled: str) -> Iterator[Piece]:
        """The text cut at its first-level headings, each piece with the notes and link targets it uses."""
        folder = PurePosixPath(name).parent
        lines = [self.renamed(line, folder) for line in text.split("\n")]
        scan = list(scanned(lines))
        targets = targets_of(scan)
        piece = Piece(untitled, "", [])
        for number, (line, prose) in enumerate(scan, 1):
            title = FIRST_LEVEL.match(line) if prose else None
            if title is None:
                piece.lines.append(line)
                continue
            yield from completed(piece, targets, untitled)
            if len(line) > MOST_TITLE:
                raise BadImport("title-too-long", member=name[:120], line=number, most=MOST_TITLE)
            piece = headed(title[1] or "")
        yield from completed(piece, targets, untitled)

    def renamed(self, line: str, folder: PurePosixPath) -> str:
        """The line with its pictures' addresses as the book will know them."""
        if "](" not in line:
            return line

        def address(found: re.Match[str]) -> str:
            asset = self.pictures.at(found[2].strip("<>"), folder)
            return f"{found[1]}images/{asset.file_name}" if asset else found[0]

        return _PICTURE_ADDRESS.sub(address, line)


def _section(piece: Piece) -> SectionSource:
    return SectionSource(role=cast(SectionRole, piece.name), title=piece.title, markdown=joined(piece.lines))


def _opening(lines: Sequence[str]) -> Figure | None:
    """The picture that opens a chapter, where its first line is one and says so."""
    position = first_line(lines)
    found = _OPENING_PICTURE.fullmatch(lines[position].strip()) if position < len(lines) else None
    if found is None or len(found[1]) > 10_000:
        return None
    blocks = parse(found[1], resolve=lambda url: PurePosixPath(url).stem).blocks
    return blocks[0] if len(blocks) == 1 and isinstance(blocks[0], Figure) else None


def first_line(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def joined(lines: Sequence[str]) -> str:
    text = "\n".join(lines[first_line(lines) :]).rstrip("\n ")
    return f"{text}\n" if text else ""


def _title_of(name: str) -> str:
    words = re.sub(r"^\d+[ _.-]*", "", PurePosixPath(name).stem).replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or PurePosixPath(name).stem
