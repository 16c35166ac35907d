"""A disk on which whoever writes is killed after a while."""

from __future__ import annotations

from pathlib import Path
from typing import IO, ClassVar

from storage.places import About
from storage.places.disk import Disk


class Killed(BaseException):
    """As a signal would end it: nothing that catches errors stops this."""


class Dying(Disk):
    lives: ClassVar[int] = 0

    def put(self, key: str, stream: IO[bytes], about: About) -> None:
        if Dying.lives == 0:
            half = Path(self.path(key)).with_suffix(".half.part")
            half.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(b"half")
            raise Killed
        Dying.lives -= 1
        super().put(key, stream, about)
