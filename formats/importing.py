"""Reads a book from Markdown: one file, or a zip file of it with its pictures, as our own export writes them.

    source = read_book(data, modified=now)     # BookSource: metadata, parts, chapters, matter, pictures

Pure, and safe with any bytes: sizes are bounded before anything is unpacked, no name leads out of the
archive, YAML gives nothing but text, and pictures are checked by their headers. What is wrong is told as a
`BadImport` that names the file and, where it can, the line.

Beside our own export it reads what people have: a file whose only first-level heading is the book's title,
chapters in files of their own, notes and link targets gathered at the end, pictures of any name.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import uuid
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, cast, get_args
from urllib.parse import unquote

import yaml
from django.utils.translation import gettext_lazy as _

from formats.assets import Asset, BadPicture
from formats.blocks import Figure, Heading, clean, plain_text, single_line
from formats.builders.markdown import OPENING
from formats.manuscript import (
    BookMeta,
    BookSource,
    ChapterSource,
    Contributor,
    Kind,
    Role,
    SectionRole,
    SectionSource,
    Subject,
    SubjectScheme,
)
from formats.markdown import parse

_MEGABYTE = 1024 * 1024
MOST_BYTES = 64 * _MEGABYTE  # of what is sent
MOST_UNPACKED = 160 * _MEGABYTE
MOST_MEMBERS = 2_000
MOST_TEXT = 12 * _MEGABYTE  # of all Markdown together
MOST_PICTURE = 32 * _MEGABYTE
MOST_RATIO = 100  # unpacked to packed, of a member larger than a megabyte
MOST_DIRECTORY = 1 * _MEGABYTE  # of the zip file's list of members
MOST_FRONT_MATTER = 100_000  # characters
MOST_TITLE = 20_000  # characters of its line

_TEXTS = (".md", ".markdown")
_PICTURES = (".jpg", ".jpeg", ".png")
_OTHER_PICTURES = (".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic")

SENTENCES = {
    "empty": _("The file is empty."),
    "too-large": _("The file is larger than %(most)s MB."),
    "not-a-zip": _("This is neither a zip file nor a Markdown file."),
    "damaged": _("The zip file is damaged: “%(member)s” cannot be read."),
    "too-many": _("The zip file holds more than %(most)s files."),
    "encrypted": _("“%(member)s” is encrypted. Save the zip file without a password."),
    "packed-unusually": _("“%(member)s” is packed in a way that cannot be read. Use an ordinary zip file."),
    "outside": _("“%(member)s” has a name that leads out of the zip file."),
    "link": _("“%(member)s” is a link to another file. Put the file itself into the zip file."),
    "twice": _("“%(member)s” is in the zip file twice."),
    "unpacked": _("Unpacked, the zip file is larger than %(most)s MB."),
    "bomb": _("“%(member)s” unpacks to far more than a book needs."),
    "member-too-large": _("“%(member)s” is larger than %(most)s MB."),
    "no-text": _("The zip file holds no Markdown file: no name ends in .md."),
    "not-utf-8": _("“%(member)s” is not UTF-8 text: line %(line)s holds other bytes."),
    "bad-picture": _("“%(member)s” cannot be used: it is not a whole JPEG or PNG of at most 40 megapixels."),
    "other-picture": _("“%(member)s” is a kind of picture that cannot be used. Save it as JPEG or PNG."),
    "no-such-picture": _("“%(member)s” is named as the cover, but is not in the zip file."),
    "front-matter": _("The front matter of “%(member)s” cannot be read: see line %(line)s."),
    "field": _("In the front matter of “%(member)s”, “%(field)s” is not as it has to be."),
    "no-chapter": _("“%(member)s” holds no text."),
    "language": _("The book is in “%(language)s”. So far, books are in English or French."),
    "too-long": _("“%(beginning)s…” is too long for its place: %(found)s characters, at most %(most)s."),
    "too-many-of": _("The book has %(found)s %(what)s; at most %(most)s can be imported."),
    "refused": "%(words)s",
    "title-too-long": _("“%(member)s”, line %(line)s: a title is longer than %(most)s characters."),
}


class BadImport(ValueError):
    """The book cannot be read. `code` is one of `SENTENCES`; str() is for the member, in their language."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.figures


def read_book(
    data: bytes, *, modified: datetime, name: str = "book.md", language: str = "en", kind: str = ""
) -> BookSource:
    """The book that `data`, a zip file or a Markdown file called `name`, holds. Raises `BadImport`.

    `language` and `kind` are for a book whose front matter names none. Pictures are kept as bytes.
    """
    if not data.strip():
        raise BadImport("empty")
    if len(data) > MOST_BYTES:
        raise BadImport("too-large", most=MOST_BYTES // _MEGABYTE)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        texts, pictures = _unpacked(data)
    elif name.lower().endswith((*_TEXTS, ".txt")):
        texts, pictures = {name: _decoded(name, data)}, _Pictures()
    else:
        raise BadImport("not-a-zip")
    return _Import(texts, pictures, modified, language, kind or "guide").book()


# The zip file


def _unpacked(data: bytes) -> tuple[dict[str, str], _Pictures]:
    """The Markdown files in reading order, and the pictures."""
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _checked(archive.infolist())
            return _texts(archive, members), _pictures(archive, members)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        if isinstance(error, BadImport):
            raise
        raise BadImport("damaged", member="…") from error


def _check_directory(data: bytes) -> None:
    """Before the list of members is read whole: that it is short, and not of the kind for huge archives."""
    end = data.rfind(b"PK\x05\x06", -(22 + 65_535))
    if end < 0 or end + 22 > len(data):
        raise BadImport("damaged", member="…")
    count = int.from_bytes(data[end + 10 : end + 12], "little")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if (
        count > MOST_MEMBERS
        or size > MOST_DIRECTORY
        or data[max(0, end - 20) : end].startswith(b"PK\x06\x07")
    ):
        raise BadImport("too-many", most=MOST_MEMBERS)


def _checked(members: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The files among the members, once each is known to be harmless."""
    if len(members) > MOST_MEMBERS:
        raise BadImport("too-many", most=MOST_MEMBERS)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise BadImport("unpacked", most=MOST_UNPACKED // _MEGABYTE)
    seen: set[str] = set()
    for member in members:
        _check(member)
        if member.filename in seen:
            raise BadImport("twice", member=_shown(member))
        seen.add(member.filename)
    return [member for member in members if not member.is_dir() and not _is_litter(member.filename)]


def _check(member: zipfile.ZipInfo) -> None:
    path, shown = PurePosixPath(member.filename), _shown(member)
    mode = member.external_attr >> 16
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in member.filename
        or re.match("[A-Za-z]:", str(path))
    ):
        raise BadImport("outside", member=shown)
    if member.flag_bits & 0x41:
        raise BadImport("encrypted", member=shown)
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadImport("link", member=shown)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadImport("packed-unusually", member=shown)
    if member.file_size > _MEGABYTE and member.file_size > MOST_RATIO * member.compress_size:
        raise BadImport("bomb", member=shown)


def _is_litter(name: str) -> bool:
    """What file managers leave in zip files."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _shown(member: zipfile.ZipInfo) -> str:
    return single_line(member.filename)[:120]


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.file_size > most:
        raise BadImport("member-too-large", member=_shown(member), most=most // _MEGABYTE)
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadImport("damaged", member=_shown(member)) from error


def _texts(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> dict[str, str]:
    """book.md where there is one, else every Markdown file in the order of their names."""
    found = [member for member in members if member.filename.lower().endswith(_TEXTS)]
    books = [member for member in found if PurePosixPath(member.filename).name.lower() == "book.md"]
    found = books[:1] or [member for member in found if not _is_about(member.filename)]
    if not found:
        raise BadImport("no-text")
    if sum(member.file_size for member in found) > MOST_TEXT:
        raise BadImport("member-too-large", member=_shown(found[0]), most=MOST_TEXT // _MEGABYTE)
    found.sort(key=lambda member: _natural(member.filename))
    return {member.filename: _decoded(member.filename, _read(archive, member, MOST_TEXT)) for member in found}


def _is_about(name: str) -> bool:
    return PurePosixPath(name).stem.lower() in ("readme", "license", "changelog")


def _natural(name: str) -> list[tuple[int, str]]:
    """Chapter 2 before chapter 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name.lower())]


def _decoded(name: str, data: bytes) -> str:
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadImport("not-utf-8", member=single_line(name)[:120], line=line) from error


@dataclass
class _Pictures:
    """The pictures by their paths in the archive; `others` are those that cannot be used."""

    found: dict[str, Asset] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    def at(self, address: str, folder: PurePosixPath) -> Asset | None:
        """The picture that an address in a text of `folder` leads to. `BadImport` for an unusable one."""
        if ":" in address:
            return None
        paths = [str(folder / unquote(address)), str(folder / address), unquote(address)]
        for path in map(_without_dots, paths):
            if path in self.others:
                raise BadImport("other-picture", member=path[:120])
            if path in self.found:
                return self.found[path]
        return None


def _pictures(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> _Pictures:
    found: dict[str, Asset] = {}
    names: set[str] = set()
    for member in members:
        if not member.filename.lower().endswith(_PICTURES):
            continue
        name = _free_name(PurePosixPath(member.filename).stem, names)
        try:
            found[member.filename] = Asset.from_bytes(name, _read(archive, member, MOST_PICTURE))
        except BadPicture as error:
            raise BadImport("bad-picture", member=_shown(member)) from error
        names.add(name)
    others = (member.filename for member in members if member.filename.lower().endswith(_OTHER_PICTURES))
    return _Pictures(found, frozenset(others))


def _free_name(stem: str, taken: set[str]) -> str:
    """A picture's id from its file's name: plain letters, and not yet given to another."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-_")[:70] or "picture"
    if name not in taken:
        return name
    return next(free for n in range(2, MOST_MEMBERS + 2) if (free := f"{name}-{n}") not in taken)


def _without_dots(path: str) -> str:
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in ("..", ".", "/"):
            parts.append(part)
    return "/".join(parts)


# The book


@dataclass
class _Piece:
    """A stretch of text under its heading. `name` is the heading's class, such as "part" or "preface"."""

    title: str
    name: str
    lines: list[str]


@dataclass
class _Import:
    texts: Mapping[str, str]
    pictures: _Pictures
    modified: datetime
    language: str
    kind: str

    def book(self) -> BookSource:
        (first, text), *more = self.texts.items()
        known, text = _front_matter(first, text)
        fields = _Fields(first, known)
        pieces = list(self.pieces(first, text, untitled=fields.line("title")))
        if not fields.line("title") and _is_title_page(pieces):
            fields.known["title"] = pieces[0].title
            pieces = _promoted(pieces)
        for name, text in more:
            _, body = _front_matter(name, text)
            pieces += self.pieces(name, body, untitled=_title_of(name))
        return self.put_together(fields, pieces)

    def put_together(self, fields: _Fields, pieces: Sequence[_Piece]) -> BookSource:
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

    def meta(self, fields: _Fields, title: str) -> BookMeta:
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

    def chapter(self, piece: _Piece, part: str) -> ChapterSource:
        picture = _opening(piece.lines)
        lines = piece.lines if picture is None else piece.lines[_first(piece.lines) + 1 :]
        return ChapterSource(
            title=piece.title,
            markdown=_joined(lines),
            part=part,
            picture=picture.asset if picture else None,
            picture_alt=picture.alt if picture else "",
            picture_caption=plain_text(picture.caption) if picture else "",
        )

    def pieces(self, name: str, text: str, *, untitled: str) -> Iterator[_Piece]:
        """The text cut at its first-level headings, each piece with the notes and link targets it uses."""
        folder = PurePosixPath(name).parent
        lines = [self.renamed(line, folder) for line in text.split("\n")]
        scan = list(_scanned(lines))
        targets = _targets(scan)
        piece = _Piece(untitled, "", [])
        for number, (line, prose) in enumerate(scan, 1):
            title = _FIRST_LEVEL.match(line) if prose else None
            if title is None:
                piece.lines.append(line)
                continue
            yield from _completed(piece, targets, untitled)
            if len(line) > MOST_TITLE:
                raise BadImport("title-too-long", member=name[:120], line=number, most=MOST_TITLE)
            piece = _headed(title[1] or "")
        yield from _completed(piece, targets, untitled)

    def renamed(self, line: str, folder: PurePosixPath) -> str:
        """The line with its pictures' addresses as the book will know them."""
        if "](" not in line:
            return line

        def address(found: re.Match[str]) -> str:
            asset = self.pictures.at(found[2].strip("<>"), folder)
            return f"{found[1]}images/{asset.file_name}" if asset else found[0]

        return _PICTURE_ADDRESS.sub(address, line)


_FIRST_LEVEL = re.compile(r" {0,3}#(?:[ \t]+(.*?))?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")
_ATTRIBUTES = re.compile(
    r"(?:^|[ \t])\{((?:[ \t]*-|[ \t]*[.#][\w-]+|[ \t]*[\w-]+=(?:\"[^\"]*\"|[\w-]+))+)[ \t]*\}$"
)
_PICTURE_ADDRESS = re.compile(r"(!\[(?:[^\]\\]|\\.){0,2000}\]\([ \t]*)(<[^<>\n]{1,500}>|[^\s()<>]{1,500})")
_TARGET = re.compile(r" {0,3}\[(\^?(?:[^\]\\\[]|\\.){1,200})\]:")
_OPENING_PICTURE = re.compile(rf"(!\[.*\]\(.*\))\{{\.{OPENING}\}}")
_SETEXT = re.compile(r" {0,3}=+[ \t]*$")
_NOT_A_TITLE = re.compile(r" {0,3}([#>|]|[-+*][ \t]|\d{1,9}[.)][ \t]|\[[^\]]+\]:)|\t| {4}")


def _scanned(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it stands outside fenced code. Titles underlined with = become those with #."""
    fence = ""
    position = 0
    while position < len(lines):
        line = lines[position]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            yield line, False
        elif mark:
            fence = mark[1]
            yield line, False
        elif _is_underlined(lines, position):
            yield f"# {line.strip()}", True
            position += 1
        else:
            yield line, True
        position += 1


def _is_underlined(lines: Sequence[str], position: int) -> bool:
    """A line of = makes a title of the one line before it."""
    line, after = lines[position], lines[position + 1 : position + 2]
    stands_first = position == 0 or not lines[position - 1].strip()
    return bool(
        after and line.strip() and stands_first and _SETEXT.match(after[0]) and not _NOT_A_TITLE.match(line)
    )


def _headed(heading: str) -> _Piece:
    """The piece that a heading opens: its words, and what its classes say it is."""
    attributes = _ATTRIBUTES.search(heading)
    words = heading[: attributes.start()] if attributes else heading
    classes = re.findall(r"\.([\w-]+)", attributes[1]) if attributes else []
    roles = [name for name in classes if name == "part" or name in get_args(SectionRole)]
    unnumbered = "unnumbered" in classes or (attributes is not None and attributes[1].strip() == "-")
    name = roles[0] if roles else "section" if unnumbered else ""
    return _Piece(_plain(words), name, [])


def _plain(heading: str) -> str:
    for block in parse(f"# {heading}").blocks:
        if isinstance(block, Heading):
            return plain_text(block.children)
    return ""


def _completed(piece: _Piece, targets: Mapping[str, list[str]], untitled: str) -> Iterator[_Piece]:
    """The piece with every note and link target that it uses but does not hold; none for what is empty."""
    if not piece.name and piece.title == untitled and not any(line.strip() for line in piece.lines):
        return
    text = "\n".join(piece.lines)
    own = {_label(found[1]) for line in piece.lines if (found := _TARGET.match(line))}
    wanted = [_label(found) for found in re.findall(r"\[(\^?(?:[^\]\\\[]|\\.){1,200})\](?!\()", text)]
    for label in dict.fromkeys(wanted):
        if label not in own and label in targets:
            piece.lines += ["", *targets[label]]
    yield piece


def _targets(scan: Sequence[tuple[str, bool]]) -> dict[str, list[str]]:
    """Each note and link target of a text, by its label, with the lines that belong to it."""
    targets: dict[str, list[str]] = {}
    present: list[str] = []
    for line, prose in scan:
        found = _TARGET.match(line) if prose else None
        if found:
            present = targets.setdefault(_label(found[1]), [])
            if not present:
                present.append(line)
            else:  # the first of two counts
                present = []
        elif present and (line.startswith(("    ", "\t")) or not line.strip()):
            present.append(line)
        elif present and present[-1].strip() and prose and not _FIRST_LEVEL.match(line):
            present.append(line)  # a paragraph that goes on
        else:
            present = []
    return targets


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _section(piece: _Piece) -> SectionSource:
    return SectionSource(role=cast(SectionRole, piece.name), title=piece.title, markdown=_joined(piece.lines))


def _opening(lines: Sequence[str]) -> Figure | None:
    """The picture that opens a chapter, where its first line is one and says so."""
    position = _first(lines)
    found = _OPENING_PICTURE.fullmatch(lines[position].strip()) if position < len(lines) else None
    if found is None or len(found[1]) > 10_000:
        return None
    blocks = parse(found[1], resolve=lambda url: PurePosixPath(url).stem).blocks
    return blocks[0] if len(blocks) == 1 and isinstance(blocks[0], Figure) else None


def _first(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def _joined(lines: Sequence[str]) -> str:
    text = "\n".join(lines[_first(lines) :]).rstrip("\n ")
    return f"{text}\n" if text else ""


def _is_title_page(pieces: Sequence[_Piece]) -> bool:
    """Whether the only heading of the first level is the book's title, over chapters of the second."""
    return len(pieces) == 1 and not pieces[0].name and sum(map(_is_second_level, pieces[0].lines)) > 1


def _is_second_level(line: str) -> bool:
    return re.match(r"##[ \t]", line) is not None


def _promoted(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The chapters of a text whose only first-level heading was the book's title."""
    (whole,) = pieces
    scan = list(_scanned(whole.lines))
    targets = _targets(scan)
    piece = _Piece(whole.title, "", [])
    found: list[_Piece] = []
    for line, prose in scan:
        if prose and _is_second_level(line):
            found += _completed(piece, targets, whole.title)
            piece = _headed(line[2:].strip())
        else:
            piece.lines.append(line)
    return [*found, *_completed(piece, targets, "")]


def _title_of(name: str) -> str:
    words = re.sub(r"^\d+[ _.-]*", "", PurePosixPath(name).stem).replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or PurePosixPath(name).stem


# The front matter


class _Yaml(yaml.BaseLoader):
    """YAML that gives text, lists and mappings alone. Aliases, which could multiply it, are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def _front_matter(name: str, text: str) -> tuple[dict[str, Any], str]:
    """What stands between --- and --- at a text's beginning, and the text after it."""
    found = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if found is None:
        return {}, text
    member = single_line(name)[:120]
    if len(found[1]) > MOST_FRONT_MATTER:
        raise BadImport("front-matter", member=member, line=1)
    try:
        known = yaml.load(found[1], Loader=_Yaml)  # noqa: S506 gives nothing but text
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise BadImport("front-matter", member=member, line=line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadImport("front-matter", member=member, line=1) from error
    if not isinstance(known, dict):
        known = {}
    return {str(key).lower(): value for key, value in known.items()}, text[found.end() :]


@dataclass
class _Fields:
    """The front matter's fields by name, each read as what it has to be."""

    member: str
    known: dict[str, Any]

    def line(self, *names: str) -> str:
        """The first of the names that is there, as one line."""
        for name in names:
            value = self.known.get(name, "")
            if not isinstance(value, str):
                raise self.bad(name)
            if single_line(value):
                return single_line(value)
        return ""

    def lines(self, name: str) -> tuple[str, ...]:
        value = self.known.get(name) or []
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values) or len(values) > 1_000:
            raise self.bad(name)
        return tuple(filter(None, map(single_line, values)))

    def one_of(self, name: str, allowed: Sequence[str], otherwise: str) -> str:
        value = self.line(name) or otherwise
        if value not in allowed:
            raise self.bad(name)
        return value

    def mappings(self, name: str) -> list[dict[str, str]]:
        values = self.known.get(name) or []
        if not isinstance(values, list) or len(values) > 1_000:
            raise self.bad(name)
        for each in values:
            if not isinstance(each, dict) or not all(isinstance(value, str) for value in each.values()):
                raise self.bad(name)
        return values

    def contributors(self) -> tuple[Contributor, ...]:
        people = [
            Contributor(single_line(each.get("name", "")), cast(Role, each.get("role", "ctb")))
            for each in self.mappings("contributor")
        ]
        if not all(person.name and person.role in get_args(Role) for person in people):
            raise self.bad("contributor")
        return tuple(people)

    def subjects(self) -> tuple[Subject, ...]:
        subjects = [
            Subject(cast(SubjectScheme, each.get("scheme", "")), each.get("code", ""))
            for each in self.mappings("subject")
        ]
        if not all(_is_subject(subject) for subject in subjects):
            raise self.bad("subject")
        return tuple(subjects)

    def isbn(self, name: str) -> str:
        """13 digits; hyphens and spaces are left out."""
        digits = re.sub(r"[\s-]", "", self.line(name))
        if digits and not re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
            raise self.bad(name)
        return digits

    def day(self, name: str) -> date | None:
        value = self.line(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.bad(name) from None

    def identifier(self) -> uuid.UUID:
        """The book's own; where there is none, one that the same metadata always gives."""
        value = self.line("identifier")
        if not value:
            return uuid.uuid5(uuid.NAMESPACE_OID, repr(sorted(self.known.items(), key=str)))
        try:
            return uuid.UUID(value)
        except ValueError:
            raise self.bad("identifier") from None

    def bad(self, name: str) -> BadImport:
        return BadImport("field", member=single_line(self.member)[:120], field=name)


def _is_subject(subject: Subject) -> bool:
    return subject.scheme in get_args(SubjectScheme) and bool(
        re.fullmatch(r"[A-Z0-9-]{1,20}", subject.code, re.ASCII)
    )
