"""Words in another language are marked as such in every format, and come back from Markdown."""

from __future__ import annotations

import io
import zipfile

import pytest

from formats.builders import build
from formats.builders.markdown import text
from formats.builders.themes import theme_for
from formats.builders.typst_source import project
from formats.manuscript import ChapterSource, assemble
from formats.markdown import parse
from tests.factories.manuscripts import meta

MARKDOWN = "The [mot *juste*]{lang=fr-CA}, [שלום]{lang=he} and [left]{dir=ltr}."
BOOK = assemble(meta(), [ChapterSource(title="One", markdown=MARKDOWN)])


def member(format: str, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(build(BOOK, format=format).data)) as archive:  # type: ignore[arg-type]
        return archive.read(name).decode()


@pytest.mark.parametrize("format", ["epub", "html"])
def test_spans_of_markup_have_language_and_direction(format: str) -> None:
    page = (
        member("epub", "EPUB/chapter-1.xhtml")
        if format == "epub"
        else build(BOOK, format="html").data.decode()
    )
    assert '<span lang="fr-CA" xml:lang="fr-CA">mot <em>juste</em></span>' in page
    assert '<span lang="he" xml:lang="he" dir="rtl">שלום</span>' in page
    assert '<span dir="ltr">left</span>' in page


def test_runs_of_word_have_language_and_direction() -> None:
    document = member("docx", "word/document.xml")
    assert '<w:rPr><w:lang w:val="fr-CA"/></w:rPr><w:t xml:space="preserve">mot </w:t>' in document
    assert '<w:rPr><w:rtl/><w:lang w:val="he" w:bidi="he"/></w:rPr>' in document


def test_program_of_typst_has_language_and_direction() -> None:
    program = "".join(project(BOOK, theme_for("guide")).values())
    assert '#text(lang: "fr", region: "CA")[' in program
    assert '#text(lang: "he", region: none)[' in program
    assert "dir: ltr)[" in program


def test_spans_come_back_from_markdown() -> None:
    exported = text(BOOK)
    assert "[mot *juste*]{lang=fr-CA}, [שלום]{lang=he} and [left]{dir=ltr}" in exported
    literal = assemble(meta(), [ChapterSource(title="One", markdown=r"\[x\]{lang=fr}")])
    again = parse(text(literal).split("# One", 1)[1])
    assert again.blocks == literal.chapters[0].blocks
