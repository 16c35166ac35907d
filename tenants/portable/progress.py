"""How far it is: a bar on a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import IO, Final

Progress = Callable[[str, int, int], None]  # what is being done, how much of it, of how much

_WIDTH: Final = 30
_EVERY: Final = 0.1  # seconds


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


class Bar:
    """A `Progress` for people."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._told = ("", -1)
        self._at = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        if self._live:
            self._draw(what, share, done, total)
        elif self._told != (what, step := int(share * 10)):
            self._told = (what, step)
            self._stream.write(f"{what}: {done:,} of {total:,}\n")
            self._stream.flush()

    def _draw(self, what: str, share: float, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self._at < _EVERY:
            return
        self._at = now
        filled = "█" * int(share * _WIDTH)
        end = "\n" if done >= total else ""
        self._stream.write(f"\r\x1b[K{what:<16} {filled:<{_WIDTH}} {share:4.0%}  {done:,} of {total:,}{end}")
        self._stream.flush()
