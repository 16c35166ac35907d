"""The only door to a chapter's text."""

from __future__ import annotations

import pytest

from books.models import Book, Chapter
from collaboration.models import Revision
from collaboration.revisions import (
    LONGEST_TEXT,
    TextChangedMeanwhile,
    TextTooLong,
    restore_revision,
    write_chapter,
)

pytestmark = pytest.mark.django_db

AI, PERSON = Revision.Origin.AI, Revision.Origin.PERSON


@pytest.fixture
def chapter(inside: object) -> Chapter:
    book = Book.objects.create(kind="guide", language="en", topic="Bees")
    return Chapter.objects.create(book=book, number=1, title="The hive")


def write(chapter: Chapter, text: str, **more: object) -> Revision | None:
    return write_chapter(chapter_id=chapter.pk, text=text, **{"origin": PERSON, **more})  # type: ignore[arg-type]


def test_each_text_is_kept_and_the_last_is_shown(chapter: Chapter) -> None:
    write(chapter, "One bee.", origin=AI)
    write(chapter, "Two bees.\n\nAnd a third.")
    chapter.refresh_from_db()
    assert (chapter.text, chapter.words, chapter.revision) == ("Two bees.\n\nAnd a third.", 5, 2)
    assert [(r.number, r.content) for r in chapter.revisions.all()] == [
        (2, "Two bees.\n\nAnd a third."),
        (1, "One bee."),
    ]


def test_versions_count_edits_in_the_minor_and_rewriting_in_the_major(chapter: Chapter) -> None:
    for text, origin in (("a", AI), ("b", PERSON), ("c", PERSON), ("d", AI), ("e", PERSON)):
        write(chapter, text, origin=origin)
    versions = list(chapter.revisions.order_by("number").values_list("version", flat=True))
    assert versions == ["v1.0", "v1.1", "v1.2", "v2.0", "v2.1"]


def test_same_text_makes_no_revision(chapter: Chapter) -> None:
    write(chapter, "One bee.")
    assert write(chapter, "One bee.") is None
    assert chapter.revisions.count() == 1


def test_edit_of_an_old_text_is_refused_and_changes_nothing(chapter: Chapter) -> None:
    write(chapter, "One bee.")
    write(chapter, "Two bees.")
    with pytest.raises(TextChangedMeanwhile) as told:
        write(chapter, "Three bees.", expected=1)
    assert told.value.current == 2
    chapter.refresh_from_db()
    assert (chapter.text, chapter.revisions.count()) == ("Two bees.", 2)


def test_text_that_is_too_long_is_refused(chapter: Chapter) -> None:
    with pytest.raises(TextTooLong):
        write(chapter, "x" * (LONGEST_TEXT + 1))
    assert chapter.revisions.count() == 0


def test_incomplete_text_is_kept_but_not_shown_as_finished(chapter: Chapter) -> None:
    write(chapter, "One bee and", origin=AI, complete=False)
    chapter.refresh_from_db()
    assert (chapter.text, chapter.status) == ("One bee and", Chapter.Status.INCOMPLETE)
    write(chapter, "One bee and another.", origin=AI)
    chapter.refresh_from_db()
    assert chapter.status == Chapter.Status.WRITTEN


def test_restoring_shows_an_earlier_text_as_a_new_revision(chapter: Chapter) -> None:
    first = write(chapter, "One bee.", title="Bees")
    write(chapter, "Two bees.", title="More bees")
    assert first is not None
    restored = restore_revision(revision=first, author_id=None)
    chapter.refresh_from_db()
    assert restored is not None and restored.number == 3
    assert (chapter.text, chapter.title, chapter.revision) == ("One bee.", "Bees", 3)


def test_changes_say_how_much_and_what_was_asked(chapter: Chapter) -> None:
    write(chapter, "One.\n\nTwo.\n\nThree.", origin=AI)
    revision = write(chapter, "One.\n\nTwo and a half.", instruction="shorter")
    assert revision is not None
    assert revision.changes == {"paragraphs_added": 1, "paragraphs_removed": 2, "instruction": "shorter"}
