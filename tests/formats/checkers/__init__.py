"""What judges e-books from outside: epubcheck and DAISY Ace, each started once for many books."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import playwright

from launcher import browser
from launcher.frontend import NODE_MODULES, node
from launcher.places import ROOT
from launcher.refusals import Refusal

_HERE = Path(__file__).parent
_SECONDS = 600


def epubcheck(books: Sequence[Path], report: Path) -> list[list[str]]:
    """Every message of epubcheck at any severity, for each book. Its Java comes from a wheel."""
    command: list[str | Path] = [sys.executable, _HERE / "run_epubcheck.py", report, *books]
    return _findings(command, report)


def ace(books: Sequence[Path], report: Path) -> list[list[str]]:
    """Every finding of Ace for each book. Raises `launcher.refusals.Refusal` where it has no browser."""
    if not (NODE_MODULES / "@daisy" / "ace-core").exists():
        raise Refusal("Ace is missing: run the tests with ./octavo test, which gets the npm packages.")
    job = report.with_suffix(".job.json")
    job.write_text(
        json.dumps(
            {
                "playwright": str(Path(playwright.__file__).parent / "driver" / "package"),
                "launch": _launch(browser.find()),
                "books": [str(book) for book in books],
                "report": str(report),
            }
        )
    )
    return _findings([node(), _HERE / "ace.cjs", job], report)


def _launch(found: browser.Browser) -> dict[str, Any]:
    """What Playwright's own `chromium.launch` takes, of what its Python does."""
    options: dict[str, Any] = {"executablePath": str(found.executable), "args": list(found.arguments)}
    if found.environment:
        options["env"] = os.environ | found.environment
    if found.without_default:
        options["ignoreDefaultArgs"] = list(found.without_default)
    return options


def _findings(command: Sequence[str | Path], report: Path) -> list[list[str]]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=_SECONDS)
    if done.returncode != 0 or not report.exists():
        raise AssertionError(f"The checker did not finish: {done.stderr or done.stdout}")
    found: list[list[str]] = json.loads(report.read_text())
    return found
