"""What is verified in a finished file: each rule with its outcome, found by reading the bytes that were made.

    report = inspect(data, format="pdf")
    report.checks   # (Check("pdf-tagged", "pass"), Check("pdf-fonts", "pass", {"fonts": 6}), ...)
    report.pages    # 214; None where a format has no pages of its own

Pure, and without a web framework: it runs in the build's limited child process. `formats.checks.sentences`
says each rule in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Literal

Outcome = Literal["pass", "warn", "fail"]
Detail = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule and what became of it. `detail` holds the figures that its sentence names."""

    rule: str
    outcome: Outcome
    detail: Detail = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Report:
    checks: tuple[Check, ...]
    pages: int | None = None


def inspect(data: bytes, *, format: str) -> Report:
    """Read a finished file of one of `formats.builders.BUILDERS`. One that cannot be read fails one rule."""
    inspector: Callable[[bytes], Report] = import_module(_INSPECTORS[format]).inspect
    return inspector(data)


def found(rule: str, good: object, *, otherwise: Outcome = "fail", **detail: int | str) -> Check:
    return Check(rule, "pass" if good else otherwise, detail)


_INSPECTORS = {
    "pdf": "formats.checks.pdf",
    "pdf-css": "formats.checks.pdf",
    "epub": "formats.checks.epub",
    "docx": "formats.checks.docx",
    "html": "formats.checks.html",
    "markdown": "formats.checks.markdown",
    "markdown-zip": "formats.checks.markdown",
}
