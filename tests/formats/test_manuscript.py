"""Putting a book together: titles, pictures, typography, and what the builders can rely on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formats.assets import Asset
from formats.blocks import Figure, Image, Paragraph, Text, plain_text
from formats.builders import BUILDERS, content_hash, theme_for
from formats.manuscript import BadBook, ChapterSource, assemble, headings, pictures
from tests.factories.manuscripts import guide, jpeg, manuscript_of, meta, picture_book


def chapter(markdown: str, **known: str) -> ChapterSource:
    return ChapterSource(title="One", markdown=markdown, **known)


def test_same_source_gives_an_equal_manuscript() -> None:
    assert manuscript_of(guide()) == manuscript_of(guide())
    assert hash(manuscript_of(guide()).chapters) == hash(manuscript_of(guide()).chapters)


def test_titles_are_set_on_one_line_in_the_books_typography() -> None:
    book = assemble(
        meta(title=" It's\n \x00 here ", language="en"), [ChapterSource(title='"So"', markdown="")]
    )
    assert book.title == "It’s here"
    assert book.chapters[0].title == "“So”"


def test_untitled_chapter_is_called_by_its_number() -> None:
    book = assemble(meta(), [chapter("a"), ChapterSource(title=" \x00 ", markdown="b")])
    assert [each.title for each in book.chapters] == ["One", "2"]


def test_pictures_answer_to_their_id_and_to_their_file_name() -> None:
    assets = [Asset.from_bytes("gate", jpeg())]
    markdown = "![a](gate)\n\n![b](images/gate.jpg)\n\n![c](http://x.org/gate.jpg)\n\n![d](other)"
    book = assemble(meta(), [chapter(markdown, picture="gate", picture_alt="e")], assets)
    assert [each.alt for each in pictures(book.chapters[0])] == ["e", "a", "b"]
    assert book.chapters[0].blocks[2:] == (Paragraph((Text("c"),)), Paragraph((Text("d"),)))
    assert book.chapters[0].picture == Figure("gate", "e")


def test_picture_that_is_not_there_is_left_out() -> None:
    book = assemble(meta(), [chapter("a", picture="lost", picture_alt="e")])
    assert (book.chapters[0].picture, book.cover) == (None, None)


def test_headings_and_pictures_are_found_wherever_they_stand() -> None:
    book = manuscript_of(guide(chapters=1))
    assert [plain_text(each.children) for each in headings(book.chapters[0])] == [
        "Choosing the ground",
        "What to ask",
    ]
    assert [type(each) for each in pictures(book.chapters[0])] == [Image, Image, Figure]


def test_book_without_chapters_is_refused() -> None:
    with pytest.raises(BadBook):
        assemble(meta(), [])


def test_chapter_beyond_the_limits_is_named() -> None:
    with pytest.raises(BadBook, match="“One”, line 1: A table has 501 rows"):
        assemble(meta(), [chapter("|a|\n|-|\n" + "|b|\n" * 501)])


def test_nonsense_language_becomes_undetermined() -> None:
    assert assemble(meta(language='en" onload="x'), [chapter("a")]).language == "und"
    assert assemble(meta(language="fr-CA"), [chapter("a")]).language == "fr-CA"


def test_content_hash_changes_with_anything_that_the_file_shows() -> None:
    source = picture_book()
    known = content_hash(source, format="epub")
    assert known == content_hash(picture_book(), format="epub")
    others = [
        replace(source, meta=replace(source.meta, title="Another")),
        replace(source, meta=replace(source.meta, modified=source.meta.modified.replace(year=2027))),
        replace(source, chapters=source.chapters[:2]),
        replace(source, chapters=(replace(source.chapters[0], markdown="x"), *source.chapters[1:])),
        replace(source, assets=(Asset.from_bytes("cover", jpeg(shade=200)), *source.assets[1:])),
    ]
    hashes = {content_hash(each, format="epub") for each in others}
    hashes |= {content_hash(source, format=name) for name in BUILDERS}
    hashes.add(content_hash(source, format="epub", theme=theme_for("novel")))
    assert len(hashes) == len(others) + len(BUILDERS) + 1
    assert known in hashes
