"""A book's own pages, its files and pictures, and that nobody else has them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from books.models import Book, BookSection
from formats import problems
from formats.models import BookDownload, BookFormat, PrintPackage
from formats.problems import Problem
from generation.editions import keep_edition
from generation.models import BookJob
from insights.actions import Action
from insights.recording import record
from tenants.accounts.models import User
from tenants.models import Membership
from tests.conftest import HostClient
from tests.factories.books import add_format, add_picture, make_book, make_file, make_story, write_chapter
from tests.queries import queries_of
from tests.web.conftest import text_of, tree
from web.urls import urlpatterns

PARTS = ["", "pictures/", "files/", "design/", "print/", "publishing/", "activity/", "details/"]


def everything(author: User) -> Book:
    book = make_story(author)
    add_format(book)
    BookSection.objects.create(book=book, title="Preface", text="Before.")
    keep_edition(membership=Membership.objects.get(user=author), book=book)
    interior = make_file(b"%PDF-1.7 pages", name="interior.pdf", content_type="application/pdf")
    order = {"printer": "kdp", "binding": "paperback", "paper": "cream", "trim": "6x9", "space": "srgb"}
    sides = {"width_mm": 152.4, "height_mm": 228.6}
    PrintPackage.objects.create(
        book=book,
        printer="kdp",
        status="READY",
        specification={**order, **sides},
        interior=interior,
        pages=200,
        spine="12.70",
        built_at=timezone.now(),
    )
    record(Action.BOOK_FINISHED, actor=None, resource=book)
    return book


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens(page: HostClient, shelf: User, part: str) -> None:
    book = everything(shelf)
    response = page.get(f"/books/{book.pk}/{part}")
    assert response.status_code == 200
    assert tree(response).xpath("//nav[@class='tabs-line']/a[@aria-current='page']/@href") == [
        f"/books/{book.pk}/{part}"
    ]
    assert "The Kite" in text_of(response)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_for_a_book_with_nothing_yet(page: HostClient, shelf: User, part: str) -> None:
    book = make_book(shelf, status=Book.Status.CANCELLED)
    assert page.get(f"/books/{book.pk}/{part}").status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_queries_do_not_grow_with_the_book(page: HostClient, shelf: User, part: str) -> None:
    def count(chapters: int) -> int:
        book = make_book(shelf)
        add_picture(book)
        for number in range(1, chapters + 1):
            add_picture(book, chapter=write_chapter(book, number))
            record(Action.CHAPTER_EDITED, actor=shelf, resource=book)
        add_format(book)
        return queries_of(page, f"/books/{book.pk}/{part}")

    assert count(1) == count(6)


def test_book_in_the_making_shows_its_progress(page: HostClient, shelf: User) -> None:
    book = make_book(shelf, status=Book.Status.GENERATING)
    assert page.get(f"/books/{book.pk}/")["Location"] == f"/books/{book.pk}/progress/"


def test_stopped_book_says_why_and_offers_another_try(page: HostClient, shelf: User) -> None:
    book = make_book(shelf, status=Book.Status.FAILED)
    BookJob.objects.update(error="The key was refused.")
    response = page.get(f"/books/{book.pk}/")
    assert "The key was refused." in text_of(response)
    assert tree(response).xpath(f"//form[@action='/books/{book.pk}/retry/']")


def test_chapter_being_rewritten_is_marked(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    chapter = write_chapter(book, 1)
    page.post(f"/books/{book.pk}/chapters/1/rewrite/", {"instruction": "Shorter."})
    assert "being rewritten" in text_of(page.get(f"/books/{book.pk}/"))
    assert chapter.text in text_of(page.get(f"/books/{book.pk}/read/1/"))


def test_download_gives_the_file_and_is_logged(page: HostClient, shelf: User) -> None:
    row = add_format(make_book(shelf), data=b"%PDF-1.7 the bytes")
    response = page.get(f"/books/{row.book_id}/files/pdf/download/", headers={"User-Agent": "Reader/1"})
    assert b"".join(response.streaming_content) == b"%PDF-1.7 the bytes"
    assert response["Content-Disposition"].startswith("attachment")
    logged = BookDownload.objects.get()
    assert (logged.format, logged.user, logged.user_agent) == (row, shelf, "Reader/1")


def test_file_that_is_not_ready_says_so(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    BookFormat.objects.create(book=book, format="EPUB")
    response = page.get(f"/books/{book.pk}/files/epub/download/", follow=True)
    assert "This file is not ready yet." in text_of(response)
    assert not BookDownload.objects.exists()


def test_file_that_could_not_be_made_is_told_in_the_members_words(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    failed = BookFormat.Status.FAILED
    BookFormat.objects.create(book=book, format="EPUB", status=failed, error="Traceback: [Errno 28]")
    shown = text_of(page.get(f"/books/{book.pk}/files/"))
    assert "This file could not be made." in shown
    assert "Errno" not in shown


def test_file_that_could_not_be_made_is_told_with_its_place(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    failed = BookFormat.Status.FAILED
    rows = Problem("rows", chapter="<Beans>", line=12, figures={"rows": 5000, "most": 500})
    BookFormat.objects.create(book=book, format="EPUB", status=failed, error=problems.stored(rows))
    assert "“<Beans>”, line 12: A table has 5,000 rows" in text_of(page.get(f"/books/{book.pk}/files/"))
    (answer,) = page.get(f"/api/v1/books/{book.pk}/formats/").json()
    assert answer["error"].startswith("“<Beans>”, line 12: A table has 5,000 rows")


def test_unknown_format_is_not_found(page: HostClient, shelf: User) -> None:
    assert page.get(f"/books/{make_book(shelf).pk}/files/exe/download/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "width"), [("100", 360), ("700", 720), ("", 900), ("99999", 900), ("x", 900)]
)
def test_picture_is_as_wide_as_asked(page: HostClient, shelf: User, asked: str, width: int) -> None:
    picture = add_picture(make_book(shelf))
    response = page.get(f"/books/{picture.book_id}/pictures/{picture.pk}/?w={asked}")
    data = b"".join(response.streaming_content) if response.streaming else response.content
    assert Image.open(io.BytesIO(data)).width == width
    assert "private" in response["Cache-Control"]


def test_picture_known_already_is_not_sent_again(page: HostClient, shelf: User) -> None:
    picture = add_picture(make_book(shelf))
    address = f"/books/{picture.book_id}/pictures/{picture.pk}/?w=360"
    tag = page.get(address)["ETag"]
    assert page.get(address, headers={"If-None-Match": tag}).status_code == 304


def book_addresses(book: Book) -> Iterator[str]:
    """Every address that names a book."""
    known: dict[str, Any] = {
        "book_id": book.pk,
        "number": 1,
        "revision": 1,
        "format_": "pdf",
        "picture_id": book.illustrations.first().pk,
        "section_id": book.matter.first().pk,
        "edition_id": book.editions.first().pk,
        "package_id": book.print_packages.first().pk,
        "part": "interior",
        "name": "classic-novel",
    }
    for pattern in urlpatterns:
        names = pattern.pattern.converters
        if "book_id" in names:
            yield reverse(f"web:{pattern.name}", kwargs={name: known[name] for name in names})


def test_no_address_of_a_book_opens_on_another_organisations_host(
    page: HostClient, stranger_page: HostClient, shelf: User
) -> None:
    book = everything(shelf)
    addresses = list(book_addresses(book))
    assert len(addresses) >= 15
    for address in addresses:
        assert stranger_page.get(address).status_code in (404, 405), address
        assert stranger_page.post(address).status_code in (404, 405), address
    assert page.get(addresses[0]).status_code == 200


def test_no_address_of_a_book_opens_for_a_guest_who_was_not_asked(
    guest_page: HostClient, shelf: User
) -> None:
    for address in book_addresses(everything(shelf)):
        assert guest_page.get(address).status_code in (404, 405), address
        assert guest_page.post(address).status_code in (404, 405), address


def test_no_address_of_a_book_opens_for_strangers(client: HostClient, shelf: User) -> None:
    for address in book_addresses(everything(shelf)):
        response = client.get(address)
        assert response.status_code in (302, 405), address
        if response.status_code == 302:
            assert "/accounts/login/" in response["Location"]
