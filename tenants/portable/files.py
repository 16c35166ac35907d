"""What exporting and importing ask of whoever keeps the organisations' files: `storage` says it at start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import UUID

from tenants.portable.progress import Progress


class Gone(LookupError):
    """A file's row is there, and its bytes are not, or are others than were kept."""


class Away(RuntimeError):
    """A place for files does not answer or refuses: the same may succeed later."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A file as its row tells of it. `key` begins with the schema; `size` in bytes; `sha256` in hex."""

    key: str
    name: str
    content_type: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Below the organisation's prefix."""
        return self.key.partition("/")[2]


class FileStore(Protocol):
    """All within the organisation entered. All of these raise `Away`."""

    def listed(self) -> Iterator[Carried]:
        """Its files by their rows, in the order of their paths; those still being written are left out."""

    def pieces(self, file: Carried) -> Iterator[bytes]:
        """Its bytes from wherever it lies. Raises `Gone`."""

    def has(self, file: Carried) -> bool:
        """Whether all of it lies in the place where new files of a new organisation go."""

    def put(self, file: Carried, stream: IO[bytes]) -> None:
        """There, the whole of it or nothing."""

    def place_for_archive(self, archive_id: UUID) -> tuple[str, str]:
        """Where an archive of the organisation itself goes: the place's name, and a key below its prefix."""

    def keep_archive(self, path: Path, *, place: str, key: str, name: str, say: Progress) -> str:
        """Put it there, in bounded memory, and read it back; its SHA-256. It counts against nothing."""

    def remove_archive(self, *, place: str, key: str) -> None:
        """What is not there is removed already."""

    def settled(self) -> Mapping[str, Mapping[str, Any]]:
        """By table, what columns of file rows are once the bytes lie there."""

    def key_columns(self) -> frozenset[tuple[str, str]]:
        """Tables and columns that begin with the schema's name."""

    def lying(self, schema: str) -> Mapping[str, int]:
        """How many objects lie under a prefix, by place; places without any are left out."""

    def empty(self, schema: str) -> None:
        """Remove everything under a prefix from every place."""


_stores: list[FileStore] = []


def register(store: FileStore) -> None:
    _stores[:] = [store]


def store() -> FileStore:
    return _stores[0]
