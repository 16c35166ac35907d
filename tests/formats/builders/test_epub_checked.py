"""Every kind of e-book, judged by epubcheck and by DAISY Ace: not one finding."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from formats.builders import build
from formats.builders.themes import THEMES
from launcher.refusals import Refusal
from tests.factories.ebooks import BOOKS, DRESSED, LOOKS_LIKE_ANOTHER
from tests.factories.manuscripts import manuscript_of
from tests.formats import checkers


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("books")
    files = {name: folder / f"{number}.epub" for number, name in enumerate(BOOKS)}
    for name, path in files.items():
        theme = THEMES.get(DRESSED.get(name, ""))
        path.write_bytes(build(manuscript_of(BOOKS[name]()), format="epub", theme=theme).data)
    return files


def test_epubcheck_finds_nothing(books: dict[str, Path], tmp_path: Path) -> None:
    findings = checkers.epubcheck(list(books.values()), tmp_path / "report.json")
    assert dict(zip(books, findings, strict=True)) == {name: [] for name in books}


@pytest.mark.timeout(600)
def test_ace_finds_nothing(books: dict[str, Path], tmp_path: Path) -> None:
    judged = {name: path for name, path in books.items() if name not in LOOKS_LIKE_ANOTHER}
    try:
        findings = checkers.ace(list(judged.values()), tmp_path / "report.json")
    except Refusal as error:
        pytest.skip(str(error))
    assert len(judged) >= 12
    assert dict(zip(judged, findings, strict=True)) == {name: [] for name in judged}


def test_checkers_find_what_is_planted(tmp_path: Path) -> None:
    """So that silence above is worth something."""
    broken = tmp_path / "broken.epub"
    data = build(manuscript_of(BOOKS["one chapter"]()), format="epub").data
    broken.write_bytes(with_fault(data))
    assert any("RSC-" in line for line in checkers.epubcheck([broken], tmp_path / "epubcheck.json")[0])
    try:
        found = checkers.ace([broken], tmp_path / "ace.json")[0]
    except Refusal as error:
        pytest.skip(str(error))
    assert any("image-alt" in line for line in found)
    assert any("accessibilityfeature" in line for line in found)


def with_fault(data: bytes) -> bytes:
    """The book silent on its accessibility, with a picture that is neither there nor described."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as copy:
        for entry in book.infolist():
            text = book.read(entry)
            if entry.filename.endswith("package.opf"):
                text = re.sub(rb'<meta property="schema:accessibilityFeature">.*?</meta>', b"", text)
            if entry.filename.endswith("chapter-1.xhtml"):
                text = text.replace(b"</section>", b'<img src="images/none.png"/></section>')
            copy.writestr(entry, text)
    return out.getvalue()
