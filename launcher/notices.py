"""What the launcher tells the person at the terminal, on standard error so that results stay apart."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator

TICK = 0.25  # seconds between two updates of a running step's clock


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def refuse(sentence: str) -> None:
    say(f"octavo: {sentence}")


@contextlib.contextmanager
def step(doing: str) -> Iterator[None]:
    """A line that says what is being done, with the seconds it takes."""
    begun = time.monotonic()
    if not sys.stderr.isatty():
        say(f"{doing} ...")
        yield
        return
    over = threading.Event()
    clock = threading.Thread(target=tick, args=(doing, begun, over), daemon=True)
    clock.start()
    try:
        yield
    finally:
        over.set()
        clock.join()
        sys.stderr.write("\n")


def tick(doing: str, begun: float, over: threading.Event) -> None:
    while True:
        ended = over.wait(TICK)
        sys.stderr.write(f"\r\x1b[K{doing} ... {time.monotonic() - begun:.0f} s")
        sys.stderr.flush()
        if ended:
            return
