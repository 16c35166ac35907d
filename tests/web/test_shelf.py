"""The shelf: whose books, how found, in how many queries."""

from __future__ import annotations

import pytest

from books.models import Book
from collaboration.models import BookCollaborator
from tenants.accounts.models import User
from tests.conftest import HostClient
from tests.factories.books import add_picture, make_book, make_story
from tests.queries import queries_of
from tests.web.conftest import text_of, tree


def test_shelf_asks_strangers_to_sign_in(client: HostClient) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_empty_shelf_has_a_picture_a_sentence_and_one_action(page: HostClient) -> None:
    response = page.get("/")
    empty = tree(response).xpath("//div[@class='empty']")[0]
    assert len(empty.xpath(".//img")) == len(empty.xpath(".//p")) == 1
    assert [link.get("href") for link in empty.xpath(".//a")] == ["/books/new/"]


def test_shelf_shows_books_newest_first(page: HostClient, shelf: User) -> None:
    make_book(shelf, title="The first")
    make_book(shelf, title="The second")
    names = [
        name.text for name in tree(page.get("/")).xpath("//span[contains(@class, 'book-caption')]/strong")
    ]
    assert names == ["The second", "The first"]


def test_shelf_shows_covers_where_they_are_drawn(page: HostClient, shelf: User) -> None:
    plain = make_book(shelf, title="Plain")
    cover = add_picture(make_book(shelf, title="Drawn"))
    pictures = [image.get("src") for image in tree(page.get("/")).xpath("//ul[@class='shelf']//img")]
    assert len(pictures) == 1
    assert pictures[0].startswith(f"/books/{cover.book_id}/pictures/{cover.pk}/")
    assert plain.title in text_of(page.get("/"))


def test_books_in_the_making_stand_above_the_shelf(page: HostClient, shelf: User) -> None:
    book = make_book(shelf, title="Not yet", status=Book.Status.GENERATING)
    response = page.get("/")
    assert tree(response).xpath(f"//div[@id='making']//a[@href='/books/{book.pk}/progress/']")
    assert not tree(response).xpath("//ul[@class='shelf']")


def test_cards_are_refreshed_whole_once_a_book_has_ended(page: HostClient, shelf: User) -> None:
    going = make_book(shelf, status=Book.Status.GENERATING)
    ended = make_book(shelf)
    assert "HX-Refresh" not in page.get(f"/making/?book={going.pk}")
    assert page.get(f"/making/?book={going.pk}&book={ended.pk}")["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=kite", ["The Kite"]),
        ("kind=guide", ["Starting a Community Garden"]),
        ("q=nothing", []),
        ("q=%00", None),
    ],
)
def test_shelf_is_searched_and_filtered(
    page: HostClient, shelf: User, query: str, found: list[str] | None
) -> None:
    make_book(shelf)
    make_story(shelf)
    response = page.get(f"/?{query}")
    names = [name.text for name in tree(response).xpath("//span[contains(@class, 'book-caption')]/strong")]
    assert names == (["The Kite", "Starting a Community Garden"] if found is None else found)


def test_search_by_htmx_answers_with_the_books_alone(page: HostClient, shelf: User) -> None:
    make_book(shelf)
    response = page.get("/?q=garden", headers={"HX-Request": "true", "HX-Target": "div#shelf"})
    assert "<html" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "Starting a Community Garden" in response.content.decode()


def test_guest_sees_only_books_they_were_asked_to_join(guest_page: HostClient, shelf: User) -> None:
    make_book(shelf, title="Not for guests")
    shared = make_book(shelf, title="Shared with Gwen")
    gwen = User.objects.get(email="gwen@acme.example")
    BookCollaborator.objects.create(book=shared, user=gwen, role="VIEWER", status="ACTIVE")
    seen = text_of(guest_page.get("/"))
    assert "Shared with Gwen" in seen
    assert "Not for guests" not in seen
    assert "New book" not in seen


def test_other_organisation_has_its_own_shelf(
    page: HostClient, stranger_page: HostClient, shelf: User
) -> None:
    make_book(shelf, title="Acme’s own")
    assert "Acme’s own" in text_of(page.get("/"))
    assert "Acme’s own" not in text_of(stranger_page.get("/"))


def test_queries_do_not_grow_with_the_shelf(page: HostClient, shelf: User) -> None:
    def fill(count: int) -> int:
        for number in range(count):
            make_story(shelf, title=f"Story {number}")
            make_book(shelf, status=Book.Status.GENERATING)
        return queries_of(page, "/")

    assert fill(1) == fill(5)


def test_shelf_is_turned_in_pages(page: HostClient, shelf: User) -> None:
    for number in range(26):
        make_book(shelf, title=f"Book {number}")
    response = page.get("/?page=2&kind=guide")
    names = [name.text for name in tree(response).xpath("//span[contains(@class, 'book-caption')]/strong")]
    assert names == ["Book 1", "Book 0"]
    assert tree(response).xpath("//nav[@class='pages']//a[@rel='prev'][@href='?kind=guide&page=1']")
