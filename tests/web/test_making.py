"""A book in the making: what its page shows in every state, stopping, going on, approving the outline."""

from __future__ import annotations

import pytest

from books.models import Book
from generation.models import BookJob
from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.books import add_picture, make_book, plan_chapter, write_chapter
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of
from tests.web.conftest import text_of, tree
from web import journeys

HTMX = {"HX-Request": "true", "HX-Target": "div#journey"}


def in_the_making(author: User, **job: object) -> Book:
    book = make_book(author, status=Book.Status.GENERATING)
    write_chapter(book, 1, title="Ground")
    plan_chapter(book, 2, title="Water")
    plan_chapter(book, 3, title="Neighbours")
    BookJob.objects.filter(book=book).update(**{"done": 1, "total": 3, "words": 5, "writing": "Water", **job})
    return book


def test_contents_fill_in(page: HostClient, shelf: User) -> None:
    book = in_the_making(shelf)
    response = page.get(f"/books/{book.pk}/progress/")
    states = [row.get("data-state") for row in tree(response).xpath("//li[@class='contents-row']")]
    assert states == ["written", "writing", "waiting"]
    assert "Chapter 2 of 3: “Water”" in text_of(response)


def test_written_chapters_are_readable_at_once(page: HostClient, shelf: User) -> None:
    book = in_the_making(shelf)
    links = tree(page.get(f"/books/{book.pk}/progress/")).xpath("//span[@class='contents-title']/a/@href")
    assert links == [f"/books/{book.pk}/read/1/"]


def test_costs_are_shown_to_those_who_may_see_them(
    page: HostClient, shelf: User, organisation: Organisation
) -> None:
    book = in_the_making(shelf, cost_micros=1_230_000)
    reader = UserFactory(email="moe@acme.example")
    MembershipFactory(organisation=organisation, user=reader)
    others = HostClient(organisation).sign_in(reader)
    for address in (f"/books/{book.pk}/progress/", f"/books/{book.pk}/details/"):
        assert "1.23" in text_of(page.get(address))
        assert "1.23" not in text_of(others.get(address))


def test_page_follows_the_live_stream_of_its_job(page: HostClient, shelf: User) -> None:
    book = in_the_making(shelf)
    job = BookJob.objects.get(book=book)
    live = tree(page.get(f"/books/{book.pk}/progress/")).xpath("//*[@id='journey']")[0]
    assert live.get("data-live") == f"/api/v1/jobs/{job.pk}/events/"
    assert live.get("hx-trigger") == "octavo:live"


def test_without_scripts_the_page_reloads_itself_until_the_end(page: HostClient, shelf: User) -> None:
    book = in_the_making(shelf)
    assert tree(page.get(f"/books/{book.pk}/progress/")).xpath("//noscript/meta[@http-equiv='refresh']")
    BookJob.objects.update(status=BookJob.Status.COMPLETED)
    assert not tree(page.get(f"/books/{book.pk}/progress/")).xpath("//meta[@http-equiv='refresh']")


def test_htmx_gets_the_changing_part_alone(page: HostClient, shelf: User) -> None:
    book = in_the_making(shelf)
    response = page.get(f"/books/{book.pk}/progress/", headers=HTMX)
    assert "<html" not in response.content.decode()
    assert tree(response).xpath("//*[@data-going]")


def test_part_is_never_shown_in_the_place_of_the_page(page: HostClient, shelf: User) -> None:
    address = f"/books/{in_the_making(shelf).pk}/progress/"
    assert "no-store" in page.get(address, headers=HTMX)["Cache-Control"]
    assert "HX-Request" in page.get(address)["Vary"]


@pytest.mark.parametrize(
    ("job", "says", "action"),
    [
        ({"status": "COMPLETED"}, "Finished.", "Read it"),
        (
            {"status": "FAILED", "error": "The key was refused."},
            "The key was refused.",
            "Try again",
        ),
        ({"status": "CANCELLED"}, "You stopped this book.", "Go on with it"),
        (
            {"status": "GENERATING_OUTLINE", "awaiting_approval": True},
            "ready for you",
            "Look the",
        ),
        ({"status": "PENDING"}, "Sharpening the pencils.", "Read what is there"),
    ],
)
def test_every_state_has_a_sentence_and_an_action(
    page: HostClient, shelf: User, job: dict[str, object], says: str, action: str
) -> None:
    book = in_the_making(shelf, **job)
    response = page.get(f"/books/{book.pk}/progress/")
    assert says in text_of(response)
    pressable = tree(response).xpath(
        "//main//a[contains(@class, 'btn')]|//main//button[contains(@class, 'btn')]"
    )
    assert any(action in one.text_content() for one in pressable)
    primary = tree(response).xpath("//*[contains(@class, 'btn-primary')]")
    assert len(primary) <= 1


@pytest.mark.parametrize(
    ("job", "percent"),
    [
        ({"status": "PENDING"}, 0),
        ({"status": "GENERATING_OUTLINE", "done": 3, "total": 3}, 2),
        ({"status": "WRITING_CHAPTERS", "done": 0, "total": 4}, 10),
        ({"status": "WRITING_CHAPTERS", "done": 2, "total": 4}, 45),
        ({"status": "FINALIZING", "done": 4, "total": 4}, 99),
        ({"status": "COMPLETED", "done": 4, "total": 4}, 100),
    ],
)
def test_percent_grows_and_reaches_the_whole_only_at_the_end(job: dict[str, object], percent: int) -> None:
    assert journeys.percent(BookJob(**job)) == percent


def test_queries_do_not_grow_with_the_book(page: HostClient, shelf: User) -> None:
    def count(chapters: int) -> int:
        book = make_book(shelf, status=Book.Status.GENERATING)
        for number in range(1, chapters + 1):
            add_picture(book, chapter=write_chapter(book, number))
        return queries_of(page, f"/books/{book.pk}/progress/")

    assert count(1) == count(6)


def test_cancelling_asks_first_and_stops(page: HostClient, shelf: User) -> None:
    page.post("/books/new/", {"kind": "guide", "language": "en", "topic": "Gardens", "begin": "straight"})
    book = Book.objects.get()
    assert "Stop making this book?" in text_of(page.get(f"/books/{book.pk}/cancel/"))
    response = page.post(f"/books/{book.pk}/cancel/", follow=True)
    assert response.status_code == 200
    assert BookJob.objects.get().status == BookJob.Status.CANCELLED


def test_cancelled_book_goes_on_when_asked(page: HostClient, shelf: User) -> None:
    page.post("/books/new/", {"kind": "guide", "language": "en", "topic": "Gardens", "begin": "straight"})
    book = Book.objects.get()
    page.post(f"/books/{book.pk}/cancel/")
    response = page.post(f"/books/{book.pk}/retry/")
    assert response["Location"] == f"/books/{book.pk}/progress/"
    assert not BookJob.objects.get().is_over


def test_retrying_what_runs_says_why_not(page: HostClient, shelf: User) -> None:
    page.post("/books/new/", {"kind": "guide", "language": "en", "topic": "Gardens", "begin": "straight"})
    book = Book.objects.get()
    assert "has not stopped" in text_of(page.post(f"/books/{book.pk}/retry/", follow=True))


def test_only_those_who_may_edit_can_stop_it(guest_page: HostClient, page: HostClient, shelf: User) -> None:
    from collaboration.models import BookCollaborator

    book = in_the_making(shelf)
    gwen = User.objects.get(email="gwen@acme.example")
    BookCollaborator.objects.create(book=book, user=gwen, role="VIEWER", status="ACTIVE")
    seen = guest_page.get(f"/books/{book.pk}/progress/")
    assert seen.status_code == 200
    assert not tree(seen).xpath("//a[@data-dialog='stop']")
    assert guest_page.post(f"/books/{book.pk}/cancel/").status_code == 403
    assert guest_page.post(f"/books/{book.pk}/retry/").status_code == 403
