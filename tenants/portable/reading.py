"""Reading an archive: everything in it is looked at before anything is made of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, cast
from zipfile import BadZipFile, ZipFile

from isal.igzip_lib import IsalError

from tenants.portable import manifest
from tenants.portable.archive import BLOCK, unpack_quickly
from tenants.portable.files import Carried
from tenants.portable.manifest import FILE, FILES, Manifest, Member, NotAnArchive, Read, Tampered
from tenants.portable.progress import Progress, silent
from tenants.threads import Threads

_DAMAGED: Final = (cast(type[Exception], IsalError), zlib.error, EOFError)
AT_ONCE: Final = 2  # members that are looked at side by side


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that is open and was found whole. `ours`: this installation made it, nobody changed it."""

    zip: ZipFile
    manifest: Manifest
    ours: bool
    digest: str

    def blocks(self, name: str) -> Iterator[bytes]:
        with self._open(name) as stream:
            unpack_quickly(stream)
            while block := stream.read(BLOCK):
                yield block

    def lines(self, name: str, *, needs: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
        """The objects in the lines of a member of JSON. Raises `Tampered` for a line that is none, or has
        not what it needs."""
        with self._open(name) as stream:
            for line in stream:
                try:
                    told = json.loads(line)
                except ValueError:
                    told = None
                if not isinstance(told, dict) or not told.keys() >= set(needs):
                    raise Tampered(f"a line of {name} in it is not as it has to be")
                yield told

    def raw_lines(self, name: str) -> Iterator[bytes]:
        """The rows of a member of COPY's text format, with their ends."""
        with self._open(name) as stream:
            yield from stream

    def stream(self, file: Carried) -> IO[bytes]:
        return self._open(f"files/{file.path}")

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self.zip.open(name)
        except KeyError:
            raise Tampered(f"{name} is not in it") from None
        except RuntimeError as error:  # encrypted, or packed in a way that nobody here can unpack
            raise Tampered(f"{name} in it cannot be read: {error}") from error

    def files(self, schema: str) -> Iterator[Carried]:
        """Those whose bytes are in it, with keys below a schema. Raises `Tampered` for an impossible path."""
        missing = set(self.manifest.missing)
        for line in self.lines(FILES, needs=FILE):
            path = PurePosixPath(str(line["path"]))
            if path.is_absolute() or ".." in path.parts or not path.parts:
                raise Tampered(f"a file in it has the path {path}")
            if line["path"] not in missing:
                yield Carried(f"{schema}/{path}", *(line[name] for name in FILE[1:]))


@contextmanager
def opened(path: Path, *, say: Progress = silent) -> Iterator[Archive]:
    """An archive whose every member is as it was written. Raises `NotAnArchive`, `Newer`, `Tampered`."""
    with _told(), ZipFile(path) as file:
        read = _manifest(file)
        archive = Archive(file, read.manifest, read.ours, read.digest)
        _check_members(archive, say)
        yield archive


def verify(path: Path, *, say: Progress = silent) -> Archive:
    """The same, and closed again."""
    with opened(path, say=say) as archive:
        return archive


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BadZipFile as error:
        raise NotAnArchive(f"it is cut off or damaged, or no archive at all: {error}") from error
    except _DAMAGED as error:
        raise Tampered(f"it is damaged: {error}") from error


def _manifest(file: ZipFile) -> Read:
    try:
        info = file.getinfo(manifest.NAME)
    except KeyError:
        raise NotAnArchive("it has no manifest: no archive of an organisation, or not a whole one") from None
    if info.file_size > manifest.MOST_BYTES:
        raise NotAnArchive("its manifest is larger than any can be")
    try:
        data = file.read(info)
    except RuntimeError as error:
        raise NotAnArchive(f"its manifest cannot be read: {error}") from error
    return manifest.read(data)


def _check_members(archive: Archive, say: Progress) -> None:
    """Each is there and as it was written, and there is no other. Raises `Tampered`."""
    names = archive.zip.namelist()
    if len(names) != len(set(names)):
        raise Tampered("it has two members of one name")
    progress = _Counted(say, sum(info.file_size for info in archive.zip.infolist()))
    with Threads(AT_ONCE) as pool:
        for member in pool.map(partial(_check, archive), archive.manifest.members()):
            progress.add(member.size)
    files = _check_files(archive, progress)
    expected = {one.member for one in archive.manifest.members()} | {manifest.NAME} | files
    if unknown := sorted(set(names) - expected):
        raise Tampered(f"it has members that its manifest does not name: {', '.join(unknown)[:200]}")
    if len(files) != archive.manifest.files:
        raise Tampered(f"it has {len(files)} files, and its manifest says {archive.manifest.files}")
    progress.end()


def _check_files(archive: Archive, progress: _Counted) -> set[str]:
    """Their members."""
    found = set()
    for file in archive.files("files"):
        if file.key not in archive.zip.NameToInfo:
            raise Tampered(f"{file.key} is not in it")
        if _digest(archive, file.key)[:2] != (file.size, file.sha256):
            raise Tampered(f"{file.key} in it is not what was written")
        found.add(file.key)
        progress.add(file.size)
    return found


class _Counted:
    """How many bytes of all have been looked at."""

    def __init__(self, say: Progress, total: int) -> None:
        self._say, self._total, self._done = say, total, 0

    def add(self, size: int) -> None:
        self._done += size
        self._say("Checking", self._done, self._total)

    def end(self) -> None:
        self._say("Checking", self._total, self._total)


def _check(archive: Archive, member: Member) -> Member:
    if member.member not in archive.zip.NameToInfo:
        raise Tampered(f"{member.member} is not in it")
    size, digest, lines = _digest(archive, member.member)
    if (size, digest, lines) != (member.size, member.sha256, member.rows):
        raise Tampered(f"{member.member} in it is not what was written")
    return member


def _digest(archive: Archive, name: str) -> tuple[int, str, int]:
    """Bytes, SHA-256 and lines."""
    digest, size, lines = hashlib.sha256(), 0, 0
    for block in archive.blocks(name):
        digest.update(block)
        size += len(block)
        lines += block.count(b"\n")
    return size, digest.hexdigest(), lines
