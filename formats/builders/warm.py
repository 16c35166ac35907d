"""Keeps books that are being edited set in warm child processes, so that an edit costs a fraction of a build.

    pages = warm.render_pages(source, theme=theme, first=1, count=2, width_px=480)   # PNG files
    count = warm.page_count(source, theme=theme)
    built = warm.pdf(source, theme=theme)                                             # as the sandbox would make it

A child belongs to one book (`source.meta.identifier`) and has the sandbox's limits and protection. It ends when
nobody has asked it for a while, when its memory has grown large, when the book has got another picture from a
file, or when this process ends. All functions block
and are safe from several threads; they raise what `sandbox.build` raises. There are `MOST_BOOKS` children at
most: another book takes the place of the one that has been idle longest, or waits for its turn.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from formats.builders import Built, Theme, sandbox
from formats.builders.sandbox import LimitReached, Limits
from formats.manuscript import BookSource
from formats.problems import Problem, problem_of

MOST_BOOKS = 2  # each holds some 400 megabytes for a long book
IDLE_SECONDS = 120.0
MOST_PAGES = 16  # in one answer
NARROWEST, WIDEST = 16, 2000  # pixels of a page
_LIMITS = Limits()  # of one question


def render_pages(
    source: BookSource, *, theme: Theme, first: int, count: int, width_px: int, limits: Limits = _LIMITS
) -> list[bytes]:
    """PNG pictures of so many pages from the `first`, counted from 1; fewer where the book ends before.

    `width_px` is a page's width in pixels, 16 to 2000; `count` is at most 16. Raises `ValueError` for others.
    """
    if first < 1 or not 0 < count <= MOST_PAGES or not NARROWEST <= width_px <= WIDEST:
        raise ValueError(f"no pages {first} to {first + count - 1} of {width_px} pixels can be drawn")
    asked = Asked(source, theme, "pages", first, count, width_px)
    answer = _warm.ask(asked, limits)
    return answer.pictures


def page_count(source: BookSource, *, theme: Theme, limits: Limits = _LIMITS) -> int:
    """How many pages the PDF has."""
    return _warm.ask(Asked(source, theme, "count"), limits).pages


def pdf(source: BookSource, *, theme: Theme, limits: Limits = _LIMITS) -> Built:
    """The bytes and warnings of `sandbox.build(source, format="pdf", theme=theme)`; not checked."""
    return _warm.ask(Asked(source, theme, "pdf"), limits).built()


def close() -> None:
    """End every child; the next question starts another."""
    _warm.close()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the child is asked: the first page, how many, and how wide only matter to "pages"."""

    source: BookSource
    theme: Theme
    what: Literal["pdf", "pages", "count"]
    first: int = 1
    count: int = 1
    width_px: int = 100


@dataclass(frozen=True, slots=True)
class _Answer:
    pages: int
    warnings: tuple[Problem, ...]
    file: bytes
    pictures: list[bytes]

    def built(self) -> Built:
        return Built(self.file, self.warnings, pages=self.pages)


class _Gone(Exception):
    """The child had ended, or ended while it was asked. `served` tells whether it had answered before."""

    def __init__(self, code: int, complaint: str, *, served: bool) -> None:
        super().__init__(code)
        self.code, self.complaint, self.served = code, complaint, served


class _Child:
    """One process for one book. Only one thread at a time may ask it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="octavo-warm-"))
        self._served = False
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 closed by `end`
        self._process = subprocess.Popen(
            [sys.executable, "-m", "formats.builders.warm_child", str(self.folder), str(IDLE_SECONDS)],
            cwd=sandbox.ROOT,
            env=sandbox.environment(self.folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, asked: Asked, limits: Limits) -> _Answer:
        """Raises `_Gone`, and what `sandbox.build` raises."""
        (self.folder / "result.json").unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError), (self.folder / "asked.pickle").open("wb") as file:
            pickle.dump((asdict(limits), asked), file)
        self._wait_for_answer(limits.wall_seconds)
        result = sandbox.outcome(self.folder, 0, "")
        self._served = True
        return self._read(result)

    def _wait_for_answer(self, seconds: float) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._gone() from None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not ready:
            self.end()
            raise LimitReached(Problem("too-slow"))
        if not os.read(self._process.stdout.fileno(), 1):
            raise self._gone()

    def _gone(self) -> _Gone:
        code = self._process.wait()
        self._complaints.seek(0)
        complaint = self._complaints.read().decode(errors="replace")[-2000:]
        return _Gone(code, complaint, served=self._served)

    def _read(self, result: dict[str, Any]) -> _Answer:
        file = self.folder / "file"
        pictures = (self.folder / f"{number}.png" for number in range(result["pictures"]))
        return _Answer(
            pages=result["pages"],
            warnings=tuple(problem_of(str(each.pop("code")), each) for each in result["warnings"]),
            file=file.read_bytes() if result["has_file"] else b"",
            pictures=[picture.read_bytes() for picture in pictures],
        )

    def end(self) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        for file in (self._process.stdin, self._process.stdout, self._complaints):
            assert file is not None
            with contextlib.suppress(OSError):
                file.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Warm:
    """The children by book, in the order in which they were last asked."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._idle: dict[UUID, _Child] = {}
        self._busy: set[UUID] = set()

    def ask(self, asked: Asked, limits: Limits) -> _Answer:
        try:
            with self._child_of(asked.source.meta.identifier) as child:
                return child.ask(asked, limits)
        except _Gone as gone:
            if not gone.served and gone.code != 0:
                return _failed(gone)
        try:  # it had grown old, or had ended for being idle: a new one gets the whole of the limits
            with self._child_of(asked.source.meta.identifier) as child:
                return child.ask(asked, limits)
        except _Gone as gone:
            return _failed(gone)

    @contextmanager
    def _child_of(self, book: UUID) -> Iterator[_Child]:
        """The book's child, for this thread alone. One that ended, or failed in an unknown way, is not kept."""
        child = self._take(book)
        healthy = False
        try:
            child = child or _Child()
            yield child
            healthy = True
        except Exception as error:
            healthy = not isinstance(error, _Gone | OSError)
            raise
        finally:
            self._give_back(book, child, healthy=healthy)

    def _take(self, book: UUID) -> _Child | None:
        with self._changed:
            while book in self._busy or (book not in self._idle and len(self._busy) >= MOST_BOOKS):
                self._changed.wait()
            self._busy.add(book)
            child = self._idle.pop(book, None)
            surplus = len(self._busy) + len(self._idle) - MOST_BOOKS
            ended = [other for other, idle in self._idle.items() if idle.has_ended()]
            oldest = [other for other in self._idle if other not in ended]
            leaving = [self._idle.pop(other) for other in (*ended, *oldest[: max(surplus - len(ended), 0)])]
        for other in leaving:
            other.end()
        if child and child.has_ended():
            child.end()
            return None
        return child

    def _give_back(self, book: UUID, child: _Child | None, *, healthy: bool) -> None:
        keep = child is not None and healthy and not child.has_ended()
        if child and not keep:
            child.end()
        with self._changed:
            self._busy.discard(book)
            if child and keep:
                self._idle[book] = child
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            children, self._idle = list(self._idle.values()), {}
        for child in children:
            child.end()

    def forget(self) -> None:
        """After a fork: the children belong to the parent."""
        self._changed, self._idle, self._busy = threading.Condition(), {}, set()


def _failed(gone: _Gone) -> _Answer:
    """A child that ended without an answer has none; says why in the sandbox's words."""
    with tempfile.TemporaryDirectory() as nothing:
        sandbox.outcome(Path(nothing), gone.code, gone.complaint)
    raise AssertionError("an empty folder holds no result")


_warm = _Warm()
atexit.register(close)
os.register_at_fork(after_in_child=_warm.forget)
