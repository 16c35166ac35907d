"""Builders turn a manuscript into a file: pure functions, the same manuscript and theme giving the same bytes."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal

from formats.builders.themes import THEMES, Theme, theme_for
from formats.checks import Check
from formats.manuscript import BookSource, Manuscript
from formats.problems import Problem, Told

FormatName = Literal["pdf", "pdf-css", "epub", "docx", "html", "markdown", "markdown-zip"]


class BuildFailed(Told):
    """A file could not be made. The problem can be shown to a member; `detail` is for the log."""

    def __init__(self, problem: Problem | str, *, detail: str = "") -> None:
        super().__init__(problem)
        self.detail = detail


@dataclasses.dataclass(frozen=True, slots=True)
class Built:
    """A finished file. `warnings` are shortcomings that a member may want to know of.

    The rest is found by the sandbox once the file is there: the rules that were verified, how many pages it
    has, and a picture of the first ones (JPEG).
    """

    data: bytes = dataclasses.field(repr=False)
    warnings: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    pages: int | None = None
    preview: bytes | None = dataclasses.field(default=None, repr=False)


_OWN = "octavo 1"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """One format. `maker` is what makes it, our own code or a package; `entry` is its function in `module`."""

    name: FormatName
    media_type: str
    extension: str
    module: str
    maker: str = _OWN
    entry: str = "build"

    @property
    def engine(self) -> str:
        """What makes it, with its version. Looked up when first asked: a child has no need of it."""
        return _OWN if self.maker == _OWN else _with_version(self.maker)

    @property
    def function(self) -> Callable[[Manuscript, Theme], Built]:
        """Imported when first used, so that naming the formats costs nothing."""
        function: Callable[[Manuscript, Theme], Built] = getattr(import_module(self.module), self.entry)
        return function


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

BUILDERS: Mapping[FormatName, Builder] = {
    builder.name: builder
    for builder in (
        Builder(
            name="pdf",
            media_type="application/pdf",
            extension="pdf",
            module="formats.builders.pdf",
            maker="typst",
        ),
        Builder(
            name="pdf-css",
            media_type="application/pdf",
            extension="pdf",
            module="formats.builders.css_pdf",
            maker="weasyprint",
        ),
        Builder(
            name="epub",
            media_type="application/epub+zip",
            extension="epub",
            module="formats.builders.epub",
        ),
        Builder(name="docx", media_type=_DOCX, extension="docx", module="formats.builders.docx"),
        Builder(name="html", media_type="text/html", extension="html", module="formats.builders.html"),
        Builder(
            name="markdown",
            media_type="text/markdown",
            extension="md",
            module="formats.builders.markdown",
        ),
        Builder(
            name="markdown-zip",
            media_type="application/zip",
            extension="zip",
            module="formats.builders.markdown",
            entry="build_zip",
        ),
    )
}


def build(manuscript: Manuscript, *, format: FormatName, theme: Theme | None = None) -> Built:
    """Make one file in this process. Raises `BuildFailed`. Platform code goes through `sandbox.build`."""
    return BUILDERS[format].function(manuscript, theme or theme_for(manuscript.kind))


def content_hash(source: BookSource, *, format: FormatName, theme: Theme | None = None) -> str:
    """64 hexadecimal digits that change when the file could: with source, theme, engine or our own code."""
    builder = BUILDERS[format]
    theme = theme or theme_for(source.meta.kind)
    parts = (repr(source), repr(theme), builder.name, builder.engine, _code_digest())
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


@cache
def _with_version(package: str) -> str:
    from importlib import metadata

    return f"{package} {metadata.version(package)}"


@cache
def _code_digest() -> str:
    """What this code itself is: a changed template or rule makes old files out of date."""
    root = Path(__file__).parent.parent
    names = ("blocks.py", "markdown.py", "manuscript.py", "typography/*.py", "builders/**/*.*")
    files = sorted({path for name in names for path in root.glob(name) if path.suffix != ".pyc"})
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


__all__ = [
    "BUILDERS",
    "THEMES",
    "BuildFailed",
    "Builder",
    "Built",
    "Theme",
    "build",
    "content_hash",
    "theme_for",
]
