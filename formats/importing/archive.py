"""The files of a zip archive, once each is known to be harmless."""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from formats.assets import Asset, BadPicture
from formats.blocks import clean, single_line
from formats.importing.refusals import (
    MEGABYTE,
    MOST_DIRECTORY,
    MOST_MEMBERS,
    MOST_PICTURE,
    MOST_RATIO,
    MOST_TEXT,
    MOST_UNPACKED,
    BadImport,
)

TEXTS = (".md", ".markdown")
PICTURES = (".jpg", ".jpeg", ".png")
OTHER_PICTURES = (".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic")


def unpacked(data: bytes) -> tuple[dict[str, str], Pictures]:
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
        raise BadImport("unpacked", most=MOST_UNPACKED // MEGABYTE)
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
    if member.file_size > MEGABYTE and member.file_size > MOST_RATIO * member.compress_size:
        raise BadImport("bomb", member=shown)


def _is_litter(name: str) -> bool:
    """What file managers leave in zip files."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _shown(member: zipfile.ZipInfo) -> str:
    return single_line(member.filename)[:120]


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.file_size > most:
        raise BadImport("member-too-large", member=_shown(member), most=most // MEGABYTE)
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadImport("damaged", member=_shown(member)) from error


def _texts(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> dict[str, str]:
    """book.md where there is one, else every Markdown file in the order of their names."""
    found = [member for member in members if member.filename.lower().endswith(TEXTS)]
    books = [member for member in found if PurePosixPath(member.filename).name.lower() == "book.md"]
    found = books[:1] or [member for member in found if not _is_about(member.filename)]
    if not found:
        raise BadImport("no-text")
    if sum(member.file_size for member in found) > MOST_TEXT:
        raise BadImport("member-too-large", member=_shown(found[0]), most=MOST_TEXT // MEGABYTE)
    found.sort(key=lambda member: _natural(member.filename))
    return {member.filename: decoded(member.filename, _read(archive, member, MOST_TEXT)) for member in found}


def _is_about(name: str) -> bool:
    return PurePosixPath(name).stem.lower() in ("readme", "license", "changelog")


def _natural(name: str) -> list[tuple[int, str]]:
    """Chapter 2 before chapter 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name.lower())]


def decoded(name: str, data: bytes) -> str:
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadImport("not-utf-8", member=single_line(name)[:120], line=line) from error


@dataclass
class Pictures:
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


def _pictures(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> Pictures:
    found: dict[str, Asset] = {}
    names: set[str] = set()
    for member in members:
        if not member.filename.lower().endswith(PICTURES):
            continue
        name = _free_name(PurePosixPath(member.filename).stem, names)
        try:
            found[member.filename] = Asset.from_bytes(name, _read(archive, member, MOST_PICTURE))
        except BadPicture as error:
            raise BadImport("bad-picture", member=_shown(member)) from error
        names.add(name)
    others = (member.filename for member in members if member.filename.lower().endswith(OTHER_PICTURES))
    return Pictures(found, frozenset(others))


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
