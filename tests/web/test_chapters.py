"""Having a chapter written anew, and every text that it has had."""

from __future__ import annotations

import pytest

from books.models import Chapter
from collaboration import revisions
from collaboration.models import Revision
from generation.models import BookJob
from insights.models import ActivityLog
from tenants.accounts.models import User
from tests.conftest import HostClient
from tests.factories.books import make_book, plan_chapter, write_chapter
from tests.queries import queries_of
from tests.web.conftest import text_of, tree


def two_versions(author: User) -> Chapter:
    chapter = write_chapter(make_book(author), 1, "The first text.")
    revisions.write_chapter(chapter_id=chapter.pk, text="The second text.", origin=Revision.Origin.PERSON)
    return chapter


def test_rewriting_starts_a_journey_with_the_instruction(page: HostClient, shelf: User) -> None:
    chapter = write_chapter(make_book(shelf), 1)
    response = page.post(
        f"/books/{chapter.book_id}/chapters/1/rewrite/", {"instruction": "Let it rain."}, follow=True
    )
    assert "is being rewritten" in text_of(response)
    job = BookJob.objects.get(purpose=BookJob.Purpose.CHAPTER)
    assert (job.options["number"], job.options["instruction"]) == (1, "Let it rain.")
    chapter.refresh_from_db()
    assert chapter.revision == 1


@pytest.mark.parametrize("instruction", ["", "   ", "x" * 2_001])
def test_instruction_is_needed_and_bounded(page: HostClient, shelf: User, instruction: str) -> None:
    chapter = write_chapter(make_book(shelf), 1)
    response = page.post(f"/books/{chapter.book_id}/chapters/1/rewrite/", {"instruction": instruction})
    assert response.status_code == 422
    assert tree(response).xpath("//*[@id='id_instruction_error']")
    assert not BookJob.objects.filter(purpose=BookJob.Purpose.CHAPTER).exists()


def test_chapter_without_text_cannot_be_rewritten(page: HostClient, shelf: User) -> None:
    chapter = plan_chapter(make_book(shelf), 1)
    response = page.post(f"/books/{chapter.book_id}/chapters/1/rewrite/", {"instruction": "Shorter."})
    assert response.status_code == 422
    assert tree(response).xpath("//*[@role='alert']")


def test_versions_are_listed_newest_first(page: HostClient, shelf: User) -> None:
    chapter = two_versions(shelf)
    response = page.get(f"/books/{chapter.book_id}/chapters/1/versions/")
    listed = [one.text for one in tree(response).xpath("//li/span[@class='contents-number']")]
    assert listed == ["v1.1", "v1.0"]
    assert len(tree(response).xpath("//*[contains(@class, 'pill-good')]")) == 1


def test_earlier_version_is_shown_and_restored_as_a_new_one(page: HostClient, shelf: User) -> None:
    chapter = two_versions(shelf)
    address = f"/books/{chapter.book_id}/chapters/1/versions/1/"
    assert "The first text." in text_of(page.get(address))
    page.post(address)
    chapter.refresh_from_db()
    assert (chapter.text, chapter.revision) == ("The first text.", 3)
    assert ActivityLog.objects.filter(action="chapter.restored", actor_id=shelf.pk).count() == 1


def test_files_follow_a_restored_text(page: HostClient, shelf: User) -> None:
    chapter = two_versions(shelf)
    page.post(f"/books/{chapter.book_id}/chapters/1/versions/1/")
    assert BookJob.objects.filter(book=chapter.book_id, purpose=BookJob.Purpose.FORMATS).count() == 1


def test_version_that_is_shown_cannot_be_brought_back(page: HostClient, shelf: User) -> None:
    chapter = two_versions(shelf)
    assert not tree(page.get(f"/books/{chapter.book_id}/chapters/1/versions/2/")).xpath("//main//form")


def test_unknown_version_is_not_found(page: HostClient, shelf: User) -> None:
    chapter = two_versions(shelf)
    assert page.get(f"/books/{chapter.book_id}/chapters/1/versions/9/").status_code == 404
    assert page.post(f"/books/{chapter.book_id}/chapters/1/versions/9/").status_code == 404


def test_queries_do_not_grow_with_the_versions(page: HostClient, shelf: User) -> None:
    chapter = two_versions(shelf)

    def write(number: int) -> None:
        text = f"Text number {number}."
        revisions.write_chapter(
            chapter_id=chapter.pk, text=text, origin=Revision.Origin.PERSON, author_id=shelf.pk
        )

    def count() -> int:
        return queries_of(page, f"/books/{chapter.book_id}/chapters/1/versions/")

    write(0)
    few = count()
    for number in range(1, 6):
        write(number)
    assert count() == few
