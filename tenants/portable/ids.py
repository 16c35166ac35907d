"""Ids of an archive, and what they become where it is imported.

An organisation whose id is free keeps all of its ids. Where it is taken, since the archive is imported
beside the original, all rows in shared tables get new ones: made from the old ones, so that nothing has to be
kept in memory of those to which nothing refers, and with the time that is in them, so that their order stays.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

_ID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IN_TEXT: Final = re.compile(_ID)
_IN_BYTES: Final = re.compile(_ID.encode())


class Ids:
    """From ids of the archive to those here, all in their usual text form."""

    def __init__(self, *, organisation: str, becomes: str) -> None:
        self.organisation = organisation
        self.becomes = becomes
        self.known: dict[str, str] = {organisation: becomes}
        self.people: dict[str, str] = {}
        self.changed: dict[str, str] = {}
        self.left_out: set[str] = set()  # rows of the archive that are not written
        self._changed_bytes: dict[bytes, bytes] = {}

    @property
    def are_new(self) -> bool:
        return self.organisation != self.becomes

    def row(self, old: str) -> str:
        """The id that a row of a shared table gets."""
        return fresh(old, self.becomes) if self.are_new else old

    def learn(self, ids: Iterable[str]) -> None:
        """Rows to which others may refer."""
        self.known.update((old, self.row(old)) for old in ids)

    def settle(self) -> None:
        """Once all are learned."""
        self.known.update(self.people)
        self.changed = {old: new for old, new in self.known.items() if old != new}
        self._changed_bytes = {old.encode(): new.encode() for old, new in self.changed.items()}

    def in_text(self, text: str) -> str:
        return _IN_TEXT.sub(lambda found: self.changed.get(found[0], found[0]), text)

    def in_bytes(self, data: bytes) -> bytes:
        return _IN_BYTES.sub(lambda found: self._changed_bytes.get(found[0], found[0]), data)

    def of_bytes(self, data: bytes) -> bytes:
        return self._changed_bytes.get(data, data)


def fresh(old: str, salt: str) -> str:
    """Another UUID of version 7 with the same time in it (RFC 9562, section 5.7)."""
    was = UUID(old).int
    random = int.from_bytes(hashlib.sha256(f"{salt}:{old}".encode()).digest()[:10], "big")
    number = (was >> 80 << 80) | random
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=number))


def is_id(value: Any) -> bool:
    return isinstance(value, str) and _IN_TEXT.fullmatch(value) is not None
