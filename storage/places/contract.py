"""What every place can do, and the three ways in which it can fail."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, ClassVar, Final, cast

from django.core.files.storage import Storage
from django.utils.http import content_disposition_header

from storage.places import cdn

BLOCK: Final = 256 * 1024  # bytes of one read from a disk
PART: Final = 8 * 1024 * 1024  # of one part of an upload; what is smaller goes in one request
PIECE: Final = 1024 * 1024  # of one read from a cloud
CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 30  # without a byte
TRIES: Final = 4  # of one request, with growing waits between them
RESUMES: Final = 3  # of one download that was cut


class PlaceFault(Exception):
    """A place did not do what it was asked. Nothing was half stored."""


class Unavailable(PlaceFault):
    """It does not answer, or was cut off in the middle: the same may well succeed later."""


class Refused(PlaceFault):
    """It does not let us: the key, the bucket or a right is wrong, which an operator has to mend."""


def fault_by(status: int, told: str) -> PlaceFault:
    """What the HTTP status of a service's answer means, 0 for no answer: whether it may pass by itself."""
    passing = status >= 500 or status in (0, 408, 429)
    return (Unavailable if passing else Refused)(told)


class Damaged(PlaceFault):
    """The bytes that came are not those that were kept."""


class Missing(FileNotFoundError):
    """Nothing lies under that key."""


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a file beside its bytes. `size` in bytes; `sha256` in hex."""

    name: str
    content_type: str
    size: int
    sha256: str

    def disposition(self, *, attached: bool = True) -> str:
        """For Content-Disposition (RFC 6266)."""
        return content_disposition_header(attached, self.name) or "inline"


@dataclass(frozen=True, slots=True)
class Lying:
    """An object as a place lists it. `size` in bytes; `modified` is aware."""

    key: str
    size: int
    modified: datetime


class Place(Storage):
    """Beside Django's storage, which django-storages fulfils. All of these raise `PlaceFault`s."""

    lends: ClassVar[bool] = True  # whether it hands files out by links of its own
    called: ClassVar[str]  # for people
    cdn: tuple[str, ...] | None = None

    def put(self, key: str, stream: IO[bytes], about: About) -> None:
        """Store the whole stream, from its start, in bounded memory. Where it fails nothing is there."""
        raise NotImplementedError

    def pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Bytes from `start` up to but without `end`. Raises `Missing`."""
        raise NotImplementedError

    def stat(self, key: str) -> Lying | None:
        raise NotImplementedError

    def remove(self, key: str) -> None:
        """What is not there is removed already."""
        with self.told():
            self.delete(key)

    def empty(self, prefix: str) -> None:
        """Remove everything under a prefix."""
        for one in self.listing(prefix):
            self.remove(one.key)

    def listing(self, prefix: str) -> Iterator[Lying]:
        """Everything under a prefix, in the order of its keys' bytes."""
        raise NotImplementedError

    def forget_unfinished(self, prefix: str, *, before: datetime) -> int:
        """Let go of uploads that nobody will finish; says how many. Services that do so by themselves: 0."""
        return 0

    def prepare(self) -> str:
        """Make the bucket where it is missing: its name, or "" where it was there."""
        raise NotImplementedError

    def presigned(self, key: str, about: About, *, attached: bool, seconds: int) -> str | None:
        """The service's own signed link; None where it cannot sign."""
        raise NotImplementedError

    def told(self) -> AbstractContextManager[None]:
        """Within it, the service's errors are raised as `PlaceFault`s or `Missing`."""
        raise NotImplementedError

    def link(self, key: str, about: About, *, attached: bool, seconds: int) -> str | None:
        """An address at which the file can be had for that long without asking us; None: ask us."""
        if self.cdn is not None:
            return cdn.link(self.cdn, key, seconds=seconds)
        with self.told():
            return self.presigned(key, about, attached=attached, seconds=seconds)

    def stream(self, key: str, *, start: int, end: int) -> Iterator[bytes]:
        """The same as `pieces`, going on where it was cut off, a few times."""
        resumes = 0
        while start < end:
            try:
                for piece in self.pieces(key, start, end):
                    start += len(piece)
                    yield piece
                return
            except Unavailable:
                resumes += 1
                if resumes > RESUMES:
                    raise

    def seekable(self, key: str, *, size: int) -> IO[bytes]:
        """The whole file, to be read in any order: in memory while it is small, else on this disk."""
        held = tempfile.SpooledTemporaryFile(max_size=PART)  # noqa: SIM115 - the caller closes it
        try:
            with closing(cast(Any, self.stream(key, start=0, end=size))) as pieces:
                for piece in pieces:
                    held.write(piece)
        except BaseException:
            held.close()
            raise
        held.seek(0)
        return cast(IO[bytes], held)
