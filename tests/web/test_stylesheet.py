"""Pages in the member's own CSS."""

from __future__ import annotations

from typing import Any

import pytest

from books.models import Book
from formats import freshness
from formats.models import BookDesign
from tenants.accounts.models import User
from tests.conftest import HostClient
from tests.factories.books import make_book
from tests.web.conftest import text_of, tree


@pytest.fixture
def book(shelf: User) -> Book:
    return make_book(author=shelf)


def test_sheet_is_kept_and_the_pdf_alone_is_made_by_the_other_engine(page: HostClient, book: Book) -> None:
    page.post(f"/books/{book.pk}/design/stylesheet/", {"stylesheet": "h1 { color: teal }\r\n"})
    assert BookDesign.objects.get().stylesheet == "h1 { color: teal }"
    assert freshness.wanted(book, "PDF", disclosure="").builder == "pdf-css"
    assert freshness.wanted(book, "EPUB", disclosure="").builder == "epub"


def test_another_sheet_puts_the_pdf_alone_out_of_date(page: HostClient, book: Book) -> None:
    hashes = []
    for sheet in ("h1 { color: teal }", "h1 { color: navy }"):
        page.post(f"/books/{book.pk}/design/stylesheet/", {"stylesheet": sheet})
        hashes.append([freshness.wanted(book, name, disclosure="").content_hash for name in ("PDF", "EPUB")])
    (pdf, epub), (pdf_after, epub_after) = hashes
    assert pdf != pdf_after
    assert epub == epub_after


def test_empty_sheet_brings_the_theme_back(page: HostClient, book: Book) -> None:
    BookDesign.objects.create(book=book, stylesheet="h1 { color: teal }")
    page.post(f"/books/{book.pk}/design/stylesheet/", {"stylesheet": "  "})
    assert freshness.wanted(book, "PDF", disclosure="").builder == "pdf"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("h1 { color: red }\n}}", "Line 2 cannot be read as CSS."),
        ("h1 { color red }", "Line 1 cannot be read as CSS."),
        ("x" * 100_001, "at most 100000 characters"),
        ("h1 { color: red } \x00", "Null characters are not allowed."),
    ],
)
def test_odd_sheets_are_explained_and_kept_in_the_form(
    page: HostClient, book: Book, sheet: str, told: str
) -> None:
    response = page.post(f"/books/{book.pk}/design/stylesheet/", {"stylesheet": sheet})
    assert response.status_code == 422
    assert told in text_of(response)
    shown: Any = tree(response).xpath("//textarea[@name='stylesheet']")[0].text_content()
    assert shown.strip().startswith(sheet[:10])
    assert not BookDesign.objects.exists()


def test_readers_write_no_sheets(guest_page: HostClient, book: Book) -> None:
    assert guest_page.post(f"/books/{book.pk}/design/stylesheet/", {"stylesheet": ""}).status_code == 404
