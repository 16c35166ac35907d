"""Processes of a benchmark that do what they are asked, one thing after the other, and say what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bench.installation import ROOT

Deed = Callable[..., dict[str, Any]]


class Asked:
    """One such process. Asking it raises `RuntimeError` where it fails; its errors are on stderr."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, deed: str, **options: Any) -> Any:
        """Have it do something; gives what it answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([deed, options]), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"asked to {deed}, the process ended with {self._process.wait()}")
        return json.loads(line)


@contextmanager
def asked(module: str, **environment: str) -> Iterator[Asked]:
    """A process of `python -m module`, which calls `answer`, in this environment and more."""
    process = subprocess.Popen(
        [sys.executable, "-m", module], cwd=ROOT, env={**os.environ, **environment},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Asked(process)
    finally:
        process.kill()
        process.wait()


def answer(deeds: Mapping[str, Deed]) -> None:
    """Do what is asked on stdin until it is closed. Whatever else writes to stdout goes to stderr."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        deed, options = json.loads(line)
        print(json.dumps(deeds[deed](**options)), file=answers, flush=True)
