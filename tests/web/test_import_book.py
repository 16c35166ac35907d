"""The page that brings a book along."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.models import Plan
from books.models import Book
from formats.builders import build
from formats.importing import MOST_BYTES
from tests.conftest import HostClient
from tests.factories.manuscripts import guide, manuscript_of
from tests.web.conftest import text_of, tree

pytestmark = pytest.mark.django_db

ADDRESS = "/books/import/"


def sent(data: bytes, name: str = "book.zip", **fields: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data), "kind": "guide", **fields}


def test_zip_file_becomes_a_book_on_the_shelf(page: HostClient, inside: Any) -> None:
    data = build(manuscript_of(guide(chapters=2)), format="markdown-zip").data
    response = page.post(ADDRESS, sent(data))
    book = Book.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/books/{book.pk}/")
    assert "Starting a Garden" in text_of(page.get("/"))
    assert page.get(f"/books/{book.pk}/pictures/").status_code == 200
    assert page.get(f"/books/{book.pk}/read/1/").status_code == 200
    assert "Imported a book" in text_of(page.get(f"/books/{book.pk}/activity/"))


def test_single_markdown_file_becomes_a_book_of_the_kind_asked_for(page: HostClient, inside: Any) -> None:
    page.post(ADDRESS, sent(b"# The Harbour\n\nRain.\n", name="my-novel.md", kind="novel"))
    assert Book.objects.values_list("title", "kind").get() == ("The Harbour", "novel")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"PK\x03\x04nonsense", "book.zip", "damaged"),
        (b"\x89PNG", "cover.png", "neither a zip file nor a Markdown file"),
        (b"# a\n\n\xff\n", "book.md", "line 3"),
        (b"---\nkind: poem\n---\n# a\n\nb\n", "book.md", "“kind”"),
    ],
)
def test_fault_of_the_file_stands_beside_it(
    page: HostClient, inside: Any, data: bytes, name: str, words: str
) -> None:
    response = page.post(ADDRESS, sent(data, name=name))
    assert response.status_code == 422
    assert words in tree(response).xpath("//*[@id='id_file_error']")[0].text_content()
    assert tree(response).xpath("//input[@name='file'][@aria-invalid='true']")
    assert not Book.objects.exists()


def test_fault_is_told_in_french(page: HostClient, inside: Any) -> None:
    response = page.post(ADDRESS, sent(b"\x89PNG", name="x.png"), headers={"accept-language": "fr"})
    assert response.status_code == 422
    assert tree(response).xpath("//html/@lang") == ["fr"]


@pytest.mark.parametrize("fields", [{}, {"kind": "guide"}, {"kind": "poem"}])
def test_nothing_sent_is_told(page: HostClient, fields: dict[str, str]) -> None:
    response = page.post(ADDRESS, fields)
    assert response.status_code == 422
    assert tree(response).xpath("//*[@id='id_file_error']")


def test_too_large_file_is_told(page: HostClient, inside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES > 1_000_000
    monkeypatch.setattr("web.forms.importing.MOST_BYTES", 10)
    response = page.post(ADDRESS, sent(b"# a\n\nbcdefghijk\n", name="a.md"))
    assert "larger than" in tree(response).xpath("//*[@id='id_file_error']")[0].text_content()


def test_used_up_plan_is_told(page: HostClient, inside: Any) -> None:
    Plan.objects.update(books_limit=0)
    response = page.post(ADDRESS, sent(b"# a\n\nb\n", name="a.md"))
    assert response.status_code == 422
    assert tree(response).xpath("//*[@data-refused]//*[@role='alert']")
    assert not Book.objects.exists()


def test_guest_cannot_import(guest_page: HostClient) -> None:
    assert guest_page.get(ADDRESS).status_code == 403
    assert guest_page.post(ADDRESS, sent(b"# a\n\nb\n", name="a.md")).status_code == 403


def test_new_book_page_and_shelf_lead_there(page: HostClient, inside: Any) -> None:
    assert tree(page.get("/books/new/")).xpath(f"//a[@href='{ADDRESS}']")
    page.post(ADDRESS, sent(b"# a\n\nb\n", name="a.md"))
    assert tree(page.get("/")).xpath(f"//a[@href='{ADDRESS}']")
    assert page.get(ADDRESS).status_code == 200
