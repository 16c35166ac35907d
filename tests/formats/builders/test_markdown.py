"""book.md reads back as the book it was written from."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import yaml

from formats.builders import build
from formats.manuscript import BookSource, ChapterSource, Manuscript, assemble
from tests.factories.manuscripts import guide, hostile, manuscript_of, meta, picture_book


def text_of(source: BookSource) -> str:
    return build(manuscript_of(source), format="markdown").data.decode()


def read_back(source: BookSource) -> Manuscript:
    """The chapters of book.md, assembled again."""
    parts = re.split(r"^# (.*?)(?: \{\.[\w-]+\})?$", text_of(source), flags=re.MULTILINE)[1:]
    titles, bodies = parts[::2], parts[1::2]
    chapters = [ChapterSource(title=t, markdown=b) for t, b in zip(titles, bodies, strict=True)]
    return assemble(source.meta, chapters, source.assets)


def test_front_matter_is_yaml() -> None:
    known = yaml.safe_load(text_of(guide()).split("---\n")[1])
    assert known["title"] == "Starting a Garden"
    assert known["author"] == ["Rosa Lind"]
    assert known["cover"] == "images/cover.jpg"
    assert known["date"] == "2026-03-04"
    assert known["ai-disclosure"] == "Parts of this book were written with the help of software."


def test_hostile_front_matter_is_yaml_too() -> None:
    source = hostile()
    known = yaml.safe_load(text_of(source).split("\n---\n")[0].removeprefix("---\n"))
    assert known["title"] == manuscript_of(source).title
    assert known["description"] == "]]>"


@pytest.mark.parametrize(
    "title",
    ['a: "b" # c', "- x", "---", "a\u2028b\x85c", "{a: b}", "null", "'", "\\", "é 😀", "!!python/object:x"],
)
def test_any_title_survives_the_front_matter(title: str) -> None:
    source = BookSource(
        meta=meta(title=title, language="de"), chapters=(ChapterSource(title="x", markdown="y"),)
    )
    known = yaml.safe_load(text_of(source).split("\n---\n")[0].removeprefix("---\n"))
    assert known["title"] == manuscript_of(source).title


def test_every_block_reads_back_as_itself() -> None:
    source = guide(chapters=1)
    original, again = manuscript_of(source), read_back(source)
    assert [chapter.title for chapter in again.chapters] == [part.title for part in original.sections]
    for before, after in zip(original.sections, again.chapters, strict=True):
        assert len(before.footnotes) == len(after.footnotes)
        assert _anchorless(after.blocks) == _anchorless(before.blocks)
        assert _anchorless(after.footnotes) == _anchorless(before.footnotes)


@pytest.mark.parametrize(
    "markdown",
    [
        "1\\. not a list\n\n\\- nor this\n\n\\# nor a heading\n\n\\+ x\n\n\\> y\n\n10\\) z",
        "a \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\![g](h) \\<i> &amp;amp; \\~~j~~ \\\\ k \\| l",
        "*a*b **c**d *e **f** g* ~~h~~",
        "` a `` b ` and ``` `` ```",
        "- a\n- b\n\n* c\n\n1. d\n\n1) e",
        "- a\n\n  - b\n\n    > c\n\n    ```\n    d\n    ```\n- e",
        "````\n```\n````\n\n> ```\n> x\n> ```",
        "a\\\n- b\\\n1. c\\\n# d",
        "\\=== \n\nx\n\\---\n\n\\:-- x",
        "www\\.example.org me\\@example.org https\\://example.org",
        "|a|b|\n|:-|-:|\n|x \\| y|`z`|\n||*q*|",
        "x[^a]\n\n[^a]: 1\\. note\n\n    - two",
        '![a \\]b](images/gate.jpg "c \\" d")\n\n[x](https://x.org/a_b*c(d))',
    ],
    ids=range(13),
)
def test_awkward_words_read_back_as_themselves(markdown: str) -> None:
    source = BookSource(
        meta=meta(language="de"),
        chapters=(ChapterSource(title="x", markdown=markdown),),
        assets=guide().assets,
    )
    before, after = manuscript_of(source).chapters[0], read_back(source).chapters[0]
    assert _anchorless(after.blocks) == _anchorless(before.blocks)
    assert _anchorless(after.footnotes) == _anchorless(before.footnotes)


def _anchorless(things: object) -> str:
    return re.sub(r"anchor='[^']*'", "", repr(things))


def test_notes_of_two_chapters_keep_apart() -> None:
    text = text_of(guide(chapters=2))
    assert "[^chapter-1-1]: A key" in text
    assert "[^chapter-2-1]: A key" in text


def test_pictures_are_named_as_the_zip_holds_them() -> None:
    data = build(manuscript_of(picture_book()), format="markdown-zip").data
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == ["book.md", "images/cover.jpg", *(f"images/scene-{n}.jpg" for n in range(3))]
    text = archive.read("book.md").decode()
    assert text == text_of(picture_book())
    assert set(re.findall(r"\((images/[^)]+)\)", text)) < set(archive.namelist())
    assert data == build(manuscript_of(picture_book()), format="markdown-zip").data
