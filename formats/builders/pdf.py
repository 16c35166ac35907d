"""PDF by Typst: the manuscript becomes a Typst program whose every user string is a string literal.

The pages are designed in the templates beside this file. The result is tagged (PDF/UA-1), with bookmarks, page
labels and embedded fonts. Where a book holds characters that no font has, the standard forbids the
label: it is tagged just the same but without that claim, and a warning says so.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import typst

from formats.assets import Asset
from formats.builders import BuildFailed, Built, stand_ins
from formats.builders.stand_ins import NotPutBack, Photograph
from formats.builders.themes import Theme
from formats.builders.typst_source import project
from formats.fonts import typst_fonts
from formats.manuscript import Manuscript
from formats.problems import Problem

_TEMPLATES = Path(__file__).parent / "typst"


def build(manuscript: Manuscript, theme: Theme) -> Built:
    """Raises `BuildFailed` where Typst cannot set the book, such as with a damaged picture."""
    with tempfile.TemporaryDirectory(prefix="octavo-pdf-") as folder:
        return Press(Path(folder)).set(manuscript, theme)


class Press:
    """A folder with a compiler on it. What it has set before, it sets again in a fraction of the time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pictures: dict[str, str] = {}  # hashes by file name
        self._photographs: dict[str, Photograph] = {}  # those that something stands in for, by file name
        (root / "pictures").mkdir()
        for template in _TEMPLATES.glob("*.typ"):
            shutil.copyfile(template, root / template.name)
        self._compiler: typst.Compiler | None = None

    def set(self, manuscript: Manuscript, theme: Theme) -> Built:
        """Raises `BuildFailed`."""
        program = project(manuscript, theme)
        for name, text in program.items():
            (self._root / name).write_text(text, encoding="utf-8")
        for asset in manuscript.assets.values():
            if self._pictures.get(asset.file_name) != asset.sha256:
                self._show(asset)
        built = _compile(self.compiler, manuscript)
        names = {asset.file_name for asset in manuscript.assets.values()}
        photographs = {name: self._photographs[name] for name in names & self._photographs.keys()}
        shown = {name for name in photographs if any(f'/{name}"' in text for text in program.values())}
        try:
            return replace(built, data=stand_ins.put_back(built.data, photographs, shown=shown))
        except NotPutBack:
            for name in names & self._photographs.keys():
                (self._root / "pictures" / name).write_bytes(self._photographs.pop(name).data)
            return _compile(self.compiler, manuscript)

    def _show(self, asset: Asset) -> None:
        """Put the picture, or what stands in for it, where Typst finds it."""
        data, name = asset.read(), asset.file_name
        photograph = stand_ins.for_photograph(data, name=asset.sha256)
        self._photographs.pop(name, None)
        if photograph:
            self._photographs[name] = photograph
        (self._root / "pictures" / name).write_bytes(photograph.shown if photograph else data)
        self._pictures[name] = asset.sha256

    @property
    def compiler(self) -> typst.Compiler:
        """Made when main.typ is there, since it asks for it."""
        if self._compiler is None:
            self._compiler = typst.Compiler(
                input=str(self._root / "main.typ"),
                root=str(self._root),
                font_paths=typst_fonts(),
                ignore_system_fonts=True,
                package_path=str(self._root / "no-packages"),
                package_cache_path=str(self._root / "no-packages"),
            )
        return self._compiler


def _compile(compiler: typst.Compiler, manuscript: Manuscript) -> Built:
    stamp = int(manuscript.modified.timestamp())
    try:
        return Built(_bytes(compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)))
    except typst.TypstError as error:
        return _without_the_claim(compiler, stamp, error)


def _without_the_claim(compiler: typst.Compiler, stamp: int, error: typst.TypstError) -> Built:
    try:
        data = _bytes(compiler.compile(format="pdf", timestamp=stamp, pdf_tags=True))
    except typst.TypstError as second:
        problem = Problem("pdf-not-set", figures={"words": second.message})
        raise BuildFailed(problem, detail=second.diagnostic) from second
    return Built(data, (Problem("no-claim", figures={"words": error.message}),))


def _bytes(result: bytes | list[bytes] | None) -> bytes:
    assert isinstance(result, bytes)
    return result
