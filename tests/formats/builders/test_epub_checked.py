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

pytestmark = pytest.mark.timeout(600)

BROKEN = "broken"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("books")
    files = {name: folder / f"{number}.epub" for number, name in enumerate(BOOKS)}
    for name, path in files.items():
        theme = THEMES.get(DRESSED.get(name, ""))
        path.write_bytes(build(manuscript_of(BOOKS[name]()), format="epub", theme=theme).data)
    return files


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with faults, so that silence over the others is worth something."""
    path = tmp_path_factory.mktemp("broken") / "broken.epub"
    path.write_bytes(with_fault(build(manuscript_of(BOOKS["one chapter"]()), format="epub").data))
    return path


@pytest.fixture(scope="module")
def by_epubcheck(books: dict[str, Path], broken: Path) -> dict[str, list[str]]:
    """What it finds in each book; it is started once for all of them, as Ace is."""
    found = checkers.epubcheck([*books.values(), broken], broken.with_name("epubcheck.json"))
    return dict(zip((*books, BROKEN), found, strict=True))


@pytest.fixture(scope="module")
def by_ace(books: dict[str, Path], broken: Path) -> dict[str, list[str]]:
    judged = {name: path for name, path in books.items() if name not in LOOKS_LIKE_ANOTHER}
    try:
        found = checkers.ace([*judged.values(), broken], broken.with_name("ace.json"))
    except Refusal as error:
        pytest.skip(str(error))
    return dict(zip((*judged, BROKEN), found, strict=True))


def test_epubcheck_finds_nothing(books: dict[str, Path], by_epubcheck: dict[str, list[str]]) -> None:
    assert without_planted(by_epubcheck) == {name: [] for name in books}


def test_ace_finds_nothing(books: dict[str, Path], by_ace: dict[str, list[str]]) -> None:
    judged = books.keys() - LOOKS_LIKE_ANOTHER
    assert len(judged) >= 12
    assert without_planted(by_ace) == {name: [] for name in judged}


def test_epubcheck_finds_what_is_planted(by_epubcheck: dict[str, list[str]]) -> None:
    assert any("RSC-" in line for line in by_epubcheck[BROKEN])


def test_ace_finds_what_is_planted(by_ace: dict[str, list[str]]) -> None:
    assert any("image-alt" in line for line in by_ace[BROKEN])
    assert any("accessibilityfeature" in line for line in by_ace[BROKEN])


def without_planted(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: lines for name, lines in found.items() if name != BROKEN}


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
