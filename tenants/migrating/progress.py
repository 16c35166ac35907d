"""How a run goes on, for whoever watches: a live bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Any, Final, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_EVERY: Final = 5.0  # seconds between two lines


@contextmanager
def watching(stream: TextIO, *, quiet: bool = False) -> Iterator[Any]:
    """Somebody who shows a run on this stream (a `running.Watcher`)."""
    if quiet:
        yield Silence()
    elif stream.isatty():
        with Bars(stream) as bars:
            yield bars
    else:
        yield Lines(partial(_print, stream))


def _print(stream: TextIO, line: str) -> None:
    with suppress(BrokenPipeError):  # who has read so far has gone: the run goes on
        print(line, file=stream, flush=True)


class Silence:
    def total(self, organisations: int) -> None: ...
    def done(self) -> None: ...
    def stage(self, name: str, organisations: int) -> None: ...
    def passed(self) -> None: ...
    def say(self, line: str) -> None: ...


class Lines:
    """For logs: what a stage is, and how far all is every few seconds."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._total = self._done = 0
        self._next = monotonic() + _EVERY

    def total(self, organisations: int) -> None:
        self._total = organisations

    def done(self) -> None:
        self._done += 1
        if monotonic() >= self._next:
            self._next = monotonic() + _EVERY
            self._write(f"{self._done} of {self._total} organisations migrated")

    def stage(self, name: str, organisations: int) -> None:
        self._write(f"Migrating {organisations} organisation{'s' * (organisations != 1)}: {name}")

    def passed(self) -> None:
        """Nothing: `done` says enough."""

    def say(self, line: str) -> None:
        self._write(line)


class Bars:
    """For terminals: a bar for all organisations, and one for the stage."""

    def __init__(self, stream: TextIO) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
        )
        self._all = self._progress.add_task("Organisations", total=None)
        self._stage = self._progress.add_task("", total=None, visible=False)

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def total(self, organisations: int) -> None:
        self._progress.update(self._all, total=organisations)

    def done(self) -> None:
        self._progress.advance(self._all)

    def stage(self, name: str, organisations: int) -> None:
        self._progress.reset(self._stage, description=name, total=organisations, visible=True)

    def passed(self) -> None:
        self._progress.advance(self._stage)

    def say(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False)
