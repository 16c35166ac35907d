"""What is verified in finished files: ours pass, and each planted fault is found."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from formats.builders import FormatName, build
from formats.checks import Report, inspect
from formats.checks.sentences import SENTENCES, told
from formats.firstpages import MOST_BYTES, picture_of
from tests.factories.manuscripts import guide, manuscript_of, picture_book

FORMATS: tuple[FormatName, ...] = ("pdf", "epub", "docx", "html", "markdown", "markdown-zip")


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    book = manuscript_of(guide(chapters=2))
    return {name: build(book, format=name).data for name in FORMATS}


def amiss(report: Report) -> set[str]:
    return {check.rule for check in report.checks if check.outcome != "pass"}


@pytest.mark.parametrize("name", FORMATS)
def test_our_own_files_pass_every_rule(built: dict[str, bytes], name: str) -> None:
    report = inspect(built[name], format=name)
    assert amiss(report) == set()
    assert len(report.checks) >= 3
    assert {check.rule for check in report.checks} <= set(SENTENCES)


@pytest.mark.parametrize("name", FORMATS)
def test_our_picture_book_passes_too(name: FormatName) -> None:
    data = build(manuscript_of(picture_book(language="fr")), format=name).data
    assert amiss(inspect(data, format=name)) == set()


@pytest.mark.parametrize("name", FORMATS[:4])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"%PDF-1.7 not a pdf"])
def test_what_cannot_be_read_fails_and_does_not_raise(name: str, data: bytes) -> None:
    assert any(check.outcome == "fail" for check in inspect(data, format=name).checks)


def test_pages_are_counted(built: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(built["pdf"])) as pdf:
        assert inspect(built["pdf"], format="pdf").pages == len(pdf.pages) > 5
    assert inspect(built["epub"], format="epub").pages is None


def _without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _without_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def _without_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def _with_another_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].mediabox = [0, 0, 300, 300]


def _without_a_font(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each:
            del each.FontFile3
        elif isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each.FontFile2


def _without_alt(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.Figure:
            del each.Alt


def _with_script(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.OpenAction = pdf.make_indirect(script)


def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (_without_tags, "pdf-tagged"),
        (_without_claim, "pdf-ua"),
        (_without_bookmarks, "pdf-bookmarks"),
        (_with_another_size, "pdf-size"),
        (_without_a_font, "pdf-fonts"),
        (_without_alt, "pdf-alt"),
        (_with_script, "pdf-inert"),
        (_without_language, "pdf-language"),
    ],
)
def test_planted_fault_of_a_pdf_is_found(
    built: dict[str, bytes], fault: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(built["pdf"])) as pdf:
        fault(pdf)
        pdf.save(out)
    assert rule in amiss(inspect(out.getvalue(), format="pdf"))


def rezipped(
    data: bytes, change: Callable[[dict[str, bytes]], None], *, mimetype_first: bool = True
) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    names = sorted(files, key=lambda name: (name == "mimetype") is not mimetype_first)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, files[name])
    return out.getvalue()


def _replacing(ending: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.endswith(ending) and old in files[name])
        files[name] = files[name].replace(old, new)

    return change


def _removing(ending: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        del files[next(name for name in files if name.endswith(ending))]

    return change


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_removing(".jpg"), "epub-package"),
        (_replacing("chapter-1.xhtml", b"</body>", b""), "epub-documents"),
        (_replacing("chapter-1.xhtml", b'alt="A gate of oak"', b'alt=""'), "epub-alt"),
        (_replacing("chapter-1.xhtml", b"</body>", b"<script>1</script></body>"), "epub-inert"),
        (_replacing("chapter-1.xhtml", b'href="chapter-2.xhtml', b'href="nowhere.xhtml'), "epub-links"),
        (_replacing("nav.xhtml", b'href="chapter-2.xhtml"', b'href="chapter-1.xhtml"'), "epub-contents"),
        (_replacing(".opf", b"schema:accessMode", b"schema:other"), "epub-access"),
        (_replacing(".opf", b"cover-image", b""), "epub-cover"),
    ],
)
def test_planted_fault_of_an_epub_is_found(
    built: dict[str, bytes], change: Callable[[dict[str, bytes]], None], rule: str
) -> None:
    assert rule in amiss(inspect(rezipped(built["epub"], change), format="epub"))


def test_epub_that_does_not_begin_with_its_type_is_found(built: dict[str, bytes]) -> None:
    data = rezipped(built["epub"], lambda files: None, mimetype_first=False)
    assert "epub-zip" in amiss(inspect(data, format="epub"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_removing("word/media/gate.jpg"), "docx-relations"),
        (_replacing("word/document.xml", b"</w:body>", b""), "docx-documents"),
        (_replacing("word/document.xml", b'w:val="Heading1"', b'w:val="Nothing"'), "docx-styles"),
        (_replacing("word/document.xml", b' descr="A gate of oak"', b""), "docx-alt"),
        (_replacing("[Content_Types].xml", b'Extension="jpg"', b'Extension="gif"'), "docx-types"),
        (_replacing("docProps/core.xml", b"Starting a Garden", b""), "docx-title"),
    ],
)
def test_planted_fault_of_a_word_document_is_found(
    built: dict[str, bytes], change: Callable[[dict[str, bytes]], None], rule: str
) -> None:
    assert rule in amiss(inspect(rezipped(built["docx"], change), format="docx"))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"</body>", b"<script>1</script></body>", "html-inert"),
        (b"</body>", b'<p onclick="x">x</p></body>', "html-inert"),
        (b"</body>", b'<a href="javascript:x">x</a></body>', "html-inert"),
        (b"</body>", b'<img src="https://example.org/x.png" alt="x"></body>', "html-alone"),
        (b"</style>", b"p {background: url('https://example.org/x.png')}</style>", "html-alone"),
        (b"</style>", b"@import 'x.css';</style>", "html-alone"),
        (b"</body>", b"<h6>x</h6><h1>y</h1><h4>z</h4></body>", "html-headings"),
        (b"</body>", b'<a href="#nowhere">x</a></body>', "html-links"),
    ],
)
def test_planted_fault_of_a_page_is_found(built: dict[str, bytes], old: bytes, new: bytes, rule: str) -> None:
    assert rule in amiss(inspect(built["html"].replace(old, new), format="html"))


def test_checks_are_told_in_words_with_their_figures() -> None:
    kept = [
        {"rule": "pdf-fonts", "outcome": "pass", "detail": {"fonts": 6, "missing": 0}},
        {"rule": "pdf-alt", "outcome": "fail", "detail": {"pictures": 9, "missing": 2}},
        {"rule": "nesting", "outcome": "warn", "detail": {"most": 20}},
        {"rule": "of tomorrow", "outcome": "pass", "detail": {}},
        {"rule": "pdf-pages", "outcome": "pass", "detail": {}},
        "nonsense",
    ]
    said = told(kept)
    assert [(one.outcome, one.sentence) for one in said[:2]] == [
        ("pass", "All 6 fonts are embedded."),
        ("fail", "Pictures without an alternative text: 2 of 9."),
    ]
    assert "20 deep" in said[2].sentence
    assert len(said) == 3
    assert told(None) == []


def test_picture_of_first_pages_is_small(built: dict[str, bytes]) -> None:
    data = picture_of(built["pdf"])
    assert len(data) <= MOST_BYTES
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "JPEG"
        assert picture.width > 2 * picture.height
