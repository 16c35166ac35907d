"""Writing and reading the archive: a zip file (with zip64), of which each member can be had by itself.

It is written under `<name>.part` and gets its name when it is whole. What a killed export has left there is
read by its local headers: files that are whole are kept, the rest is cut off.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from isal import isal_zlib

BLOCK: Final = 1024 * 1024
LEVEL: Final = 1  # of ISA-L's deflate: rows come faster than a higher one packs them
_LOCAL_HEADER: Final = struct.Struct("<4s2B4HL2L2H")  # .ZIP File Format Specification 6.3, section 4.3.7
_SIGNATURE: Final = b"PK\003\004"
_UTF8: Final = 0x800
_ZIP64: Final = 1  # header ID of the extra field, section 4.5.3


class CannotWrite(OSError):
    """The archive cannot be written: the disk is full, or the folder is not ours. Nothing looks finished."""


class InUse(CannotWrite):
    """Another export writes the same file."""


class Sink:
    """Counts and digests what is written to one member."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.size = 0
        self.lines = 0

    def write(self, data: bytes | memoryview) -> None:
        self._target.write(data)
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class PartialArchive:
    """An archive that is being written. Raises `CannotWrite` wherever the disk does not take it."""

    def __init__(self, target: Path, *, wanted: Mapping[str, str]) -> None:
        """`wanted` are members that are kept where they lie there already, with their SHA-256."""
        self.target = target
        self._path = target.with_name(f"{target.name}.part")
        with _told(self._path):
            _make_folder(self._path.parent)
            self._file = self._opened_alone()
            kept = self._salvage(wanted)
        self._zip = ZipFile(self._file, "w", allowZip64=True, compresslevel=LEVEL)  # goes on from here
        for member in kept:
            self._zip.filelist.append(member)
            self._zip.NameToInfo[member.filename] = member

    def _opened_alone(self) -> IO[bytes]:
        while True:
            file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.close()
                raise InUse(errno.EBUSY, f"another export is writing {self.target}") from error
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), self._path.stat()):
                    return file
            file.close()  # between the two it was finished, and has its own name now

    def _salvage(self, wanted: Mapping[str, str]) -> list[ZipInfo]:
        """What of an earlier export is wanted still; the rest is cut off, or blanked between the others."""
        whole = list(_whole_members(self._file))
        kept = [one for one in whole if wanted.get(one.filename) == _digest_of(self._file, one)]
        end = _end_of(kept[-1]) if kept else 0
        for one in whole:
            if one not in kept and one.header_offset < end:
                _blank(self._file, one)
        self._file.seek(end)
        self._file.truncate()
        return kept

    def has(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    @property
    def names(self) -> list[str]:
        return list(self._zip.NameToInfo)

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Sink]:
        """Write a member. What is broken off by an error is not in the archive."""
        self._zip.compression = ZIP_DEFLATED if packed else ZIP_STORED
        with _told(self._path):
            began = self._zip.start_dir
            try:
                with self._zip.open(name, "w", force_zip64=True) as target:
                    if packed:
                        _pack_quickly(target)
                    yield Sink(target)
            except BaseException:
                self._take_back(name, began)
                raise

    def _take_back(self, name: str, began: int) -> None:
        member = self._zip.NameToInfo.pop(name, None)
        if member is not None:
            self._zip.filelist.remove(member)
        self._zip.start_dir = began
        self._file.seek(began)
        self._file.truncate()

    def drop(self, name: str) -> None:
        """Take a member out, its bytes too: somebody has deleted the file meanwhile."""
        member = self._zip.NameToInfo.pop(name)
        self._zip.filelist.remove(member)
        with _told(self._path):
            _blank(self._file, member)
            self._file.seek(self._zip.start_dir)

    def flush(self) -> None:
        with _told(self._path):
            self._file.flush()

    def seal(self) -> Path:
        """Write the directory of members, to be read back before `publish`; gives where it lies."""
        with _told(self._path):
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())
        return self._path

    def publish(self) -> None:
        """It is whole: give it its name."""
        with _told(self._path):
            self._path.replace(self.target)
            self._file.close()

    def leave(self) -> None:
        """Break off. What is whole in it is found again by the next export to the same file."""
        self._zip.fp = None  # or it would write a directory when it is forgotten
        with suppress(OSError):  # what is still in its buffer finds no room either
            self._file.close()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise CannotWrite(errno.ENOTDIR, f"{path} is no folder") from error


def _pack_quickly(target: Any) -> None:
    """By ISA-L, which packs rows several times faster than zlib; zipfile does not let one choose."""
    target._compressor = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)


def unpack_quickly(source: Any) -> None:
    """The same for a member that is open for reading, from its beginning."""
    if getattr(source, "_compress_type", None) == ZIP_DEFLATED:
        source._decompressor = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except CannotWrite:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            reason = f"no room for {path}"
        elif error.filename is None and error.errno is None:
            raise  # not of this file
        else:
            reason = f"{path} cannot be written: {error.strerror or error}"
        raise CannotWrite(error.errno, reason) from error


def _whole_members(file: IO[bytes]) -> Iterator[ZipInfo]:
    """Those from the beginning up to the first that is not whole."""
    offset, end = 0, file.seek(0, os.SEEK_END)
    while (member := _member_at(file, offset, end)) is not None:
        yield member
        offset = _end_of(member)


def _member_at(file: IO[bytes], offset: int, end: int) -> ZipInfo | None:
    file.seek(offset)
    head = file.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(_SIGNATURE):
        return None
    fields = _LOCAL_HEADER.unpack(head)
    flags, method, crc, packed, size, name_length, extra_length = *fields[3:5], *fields[7:12]
    name, extra = file.read(name_length), file.read(extra_length)
    if len(extra) == 20 and struct.unpack("<HH", extra[:4]) == (_ZIP64, 16):
        size, packed = struct.unpack("<QQ", extra[4:])
    member = ZipInfo(name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
    member.header_offset, member.compress_type, member.flag_bits = offset, method, flags
    member.CRC, member.compress_size, member.file_size = crc, packed, size
    member.external_attr = 0o600 << 16
    # Until a member is whole its sizes are not in its header.
    return member if packed and _end_of(member) <= end else None


def _end_of(member: ZipInfo) -> int:
    """The byte behind a member that was written here, always with the extra field of zip64."""
    return _start_of(member) + member.compress_size


def _start_of(member: ZipInfo) -> int:
    encoded = member.filename.encode("utf-8" if member.flag_bits & _UTF8 else "cp437", "replace")
    return member.header_offset + _LOCAL_HEADER.size + len(encoded) + 20


def _digest_of(file: IO[bytes], member: ZipInfo) -> str:
    """SHA-256 of what is in it; "" where it cannot be unpacked."""
    unpack: Any = zlib.decompressobj(-15) if member.compress_type == ZIP_DEFLATED else None
    digest, left = hashlib.sha256(), member.compress_size
    file.seek(_start_of(member))
    try:
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            digest.update(unpack.decompress(block) if unpack else block)
        digest.update(unpack.flush() if unpack else b"")
    except zlib.error:
        return ""
    return digest.hexdigest()


def _blank(file: IO[bytes], member: ZipInfo) -> None:
    left = member.compress_size
    file.seek(_start_of(member))
    while left:
        left -= file.write(bytes(min(BLOCK, left)))
