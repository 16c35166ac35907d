"""Starts programs in stages, keeps them running, and stops them in order."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from launcher.embedded.identity import as_child
from launcher.places import ROOT
from launcher.refusals import Refusal

ROUND = 0.05  # seconds between two looks at the programs
FIRST_START = 60.0  # seconds in which a program must be ready for the first time
TRIES = 6  # that a program ends by itself, soon after its start, before we give up on it
SOON = 10.0  # seconds
LONGEST_PAUSE = 30.0  # seconds before a program that keeps ending is tried again
STEADY = 60.0  # seconds after which a program counts as well again
GRACE = 10.0  # seconds to end by itself when asked
LONGEST_LOG = 10_000_000  # bytes, then the log gets a new file and one old one is kept


class Program(Protocol):
    """What the supervisor needs to know of a program."""

    name: str
    stop_signal: signal.Signals
    log: Path

    @property
    def environment(self) -> Mapping[str, str]: ...

    def prepare(self) -> None: ...

    def command(self) -> list[str]: ...

    def is_ready(self, pid: int) -> bool: ...

    def mend(self) -> None: ...


@dataclass
class Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0  # in a row, for the length of the pause
    stillborn: int = 0  # in a row, for giving up
    next_try: float = 0.0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def is_ready(self) -> bool:
        return self.process is not None and self.is_running and self.program.is_ready(self.process.pid)

    def start(self) -> None:
        self.program.prepare()
        with log_file(self.program.log) as log:
            self.process = subprocess.Popen(
                self.program.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT,
                env=os.environ | self.program.environment, start_new_session=True,
            )  # fmt: skip
        self.started = time.monotonic()

    def note_failure(self) -> float:
        """Counts an end that nobody asked for, and gives the pause in seconds before the next try."""
        age = time.monotonic() - self.started
        by_itself = self.process is not None and (self.process.returncode or 0) >= 0
        self.stillborn = self.stillborn + 1 if by_itself and age < SOON else 0
        if age > STEADY:
            self.failures = 0
        pause: float = min(LONGEST_PAUSE, 0.25 * 2**self.failures)
        self.failures += 1
        self.next_try = time.monotonic() + pause
        self.end_group()
        self.process = None
        return pause

    def end_group(self) -> None:
        """Ends what the program started and left behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Owns the children. `say` is told, in a sentence, of everything that a person may want to know."""

    def __init__(self, *, say: Callable[[str], None]) -> None:
        self.say = say
        self.stages: list[list[Child]] = []

    def start(self, programs: Iterable[Program]) -> None:
        """Starts the programs side by side and returns when all are ready. Raises Refusal."""
        stage = [Child(program) for program in programs]
        self.stages.append(stage)
        deadline = time.monotonic() + FIRST_START
        while not all(child.is_ready for child in stage):
            for child in stage:
                self.bring_up(child, deadline)
            for earlier in self.stages[:-1]:
                self.keep_up(earlier)
            time.sleep(ROUND)

    def look(self) -> None:
        """One round: starts again what has ended. Call it every few tenths of a second.

        Raises Refusal where a program cannot be kept up.
        """
        for stage in self.stages:
            self.keep_up(stage)

    def follow(self, command: list[str], *, environment: Mapping[str, str], cwd: Path | None = None) -> int:
        """Runs a command at the terminal while keeping the programs up; returns its exit status.

        Ctrl-C is the command's to answer: a shell, for one, goes on.
        """
        process = subprocess.Popen(as_child(command), env=os.environ | environment, cwd=cwd)
        try:
            running = True
            while running:
                with forwarding_interrupts(process):
                    self.look()
                    time.sleep(ROUND)
                    running = process.poll() is None
        except BaseException:
            end(process, GRACE)
            raise
        return process.returncode if process.returncode >= 0 else 128 - process.returncode

    def watch(self) -> None:
        """Keeps the programs up until Ctrl-C."""
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                self.look()
                time.sleep(ROUND)

    def stop(self) -> None:
        """Stops the last stage first; what does not end in time is killed."""
        with undisturbed():
            while self.stages:
                stop_stage(self.stages.pop())

    def bring_up(self, child: Child, deadline: float) -> None:
        if child.is_running:
            if time.monotonic() > deadline:
                raise Refusal(f"{child.program.name} is not ready after {FIRST_START:.0f} s{evidence(child)}")
        elif child.process is not None:
            child.note_failure()
            give_up_in_time(child)
            child.program.mend()
        elif time.monotonic() >= child.next_try:
            child.start()

    def keep_up(self, stage: list[Child]) -> None:
        for child in stage:
            if child.process is not None and not child.is_running:
                code = child.process.returncode
                pause = child.note_failure()
                give_up_in_time(child)
                child.program.mend()
                self.say(
                    f"{child.program.name} ended unasked ({ending(code)}); "
                    f"starting it again in {pause:.1f} s, see {child.program.log}."
                )
            elif child.process is None and time.monotonic() >= child.next_try:
                child.start()


def stop_stage(stage: list[Child]) -> None:
    for child in stage:
        if child.process is not None and child.is_running:
            child.process.send_signal(child.program.stop_signal)
    deadline = time.monotonic() + GRACE
    for child in stage:
        if child.process is not None:
            wait_or_kill(child.process, deadline - time.monotonic())
            child.end_group()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C changes nothing: stopping is under way and takes seconds at most."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = [(number, signal.signal(number, signal.SIG_IGN)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in handlers:
            signal.signal(number, handler)


@contextlib.contextmanager
def forwarding_interrupts(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """At a terminal the command hears Ctrl-C by itself; elsewhere it is told."""
    try:
        yield
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            process.send_signal(signal.SIGINT)


def log_file(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > LONGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    process.send_signal(signal.SIGTERM)
    wait_or_kill(process, patience)


def wait_or_kill(process: subprocess.Popen[bytes], patience: float) -> None:
    try:
        process.wait(max(0.0, patience))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


def give_up_in_time(child: Child) -> None:
    """What is killed is started again for ever; what ends by itself each time needs a person."""
    if child.stillborn >= TRIES:
        raise Refusal(f"{child.program.name} does not start{evidence(child)}")


def evidence(child: Child) -> str:
    """The last line of its log that says something, and where the log is."""
    try:
        lines = [line for line in child.program.log.read_text(errors="replace").splitlines() if line.strip()]
    except OSError:
        lines = []
    return f" ({lines[-1].strip() if lines else 'its log is empty'}): see {child.program.log}."
