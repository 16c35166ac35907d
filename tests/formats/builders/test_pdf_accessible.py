"""The PDFs of every theme before checkers that we did not write: pdfua, outloud and qpdf; and their fonts."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pdfua import Severity, validate

from formats.builders.themes import THEMES
from tests.factories.manuscripts import picture_book
from tests.formats.builders.test_pages import SAMPLES, built, pdf_of

FRENCH = {"modern-novel", "workbook"}
BOOKS = [*SAMPLES, "picture-book"]
OUTLOUD = str(Path(sys.executable).with_name("outloud"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file of each theme, some of them French."""
    folder = tmp_path_factory.mktemp("pdf")
    made = {name: built(name, "fr" if name in FRENCH else "en") for name in SAMPLES}
    made["picture-book"] = pdf_of(picture_book(language="fr", scenes=5), THEMES["picture-book"]).data
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return {name: folder / f"{name}.pdf" for name in made}


@pytest.mark.parametrize("name", BOOKS)
def test_pdfua_finds_nothing(books: dict[str, Path], name: str) -> None:
    grave = [each for each in validate(str(books[name])).findings if each.severity is not Severity.INFO]
    assert [(each.rule_id, each.message) for each in grave] == []


def test_outloud_finds_no_error(books: dict[str, Path], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = [OUTLOUD, "--quiet", "--json", str(report), *map(str, books.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + report.read_text()[:2000]
    assert all(path.name in done.stdout for path in books.values())
    assert json.loads(report.read_text())


def test_planted_fault_is_found(books: dict[str, Path], tmp_path: Path) -> None:
    """A file whose structure was taken away passes neither."""
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(books["early-reader"]) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.Root.MarkInfo.Marked = False
        pdf.save(broken)
    assert any(each.severity is Severity.ERROR for each in validate(str(broken)).findings)
    command = [OUTLOUD, "--quiet", str(broken)]
    assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 1


@pytest.mark.parametrize("name", BOOKS)
def test_structure_is_sound_and_every_font_embedded(books: dict[str, Path], name: str) -> None:
    with pikepdf.open(io.BytesIO(books[name].read_bytes())) as pdf:
        assert pdf.check_pdf_syntax() == []
        fonts = [each for each in pdf.objects if _is_a_fonts_description(each)]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in fonts)


def _is_a_fonts_description(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.FontDescriptor
