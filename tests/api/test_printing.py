"""Packages for printers over REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from books.models import Book
from formats.models import PrintPackage
from storage import files
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ORDER = {"printer": "lulu", "binding": "hardcover", "paper": "cream", "trim": "6x9"}


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}


@pytest.fixture
def book(organisation: Organisation, member: User) -> Book:
    with entered(organisation):
        return Book.objects.create(
            kind="novel", language="en", title="Bees", topic="Bees", status=Book.Status.READY, author=member
        )


@pytest.fixture
def caller(client: HostClient, member: User) -> HostClient:
    return client.sign_in(member)


def address(book: Book) -> str:
    return f"/api/v1/books/{book.pk}/print-packages/"


def post(caller: HostClient, book: Book, **asked: Any) -> Any:
    return caller.post(address(book), {**ORDER, **asked}, content_type="application/json")


def test_order_is_answered_at_once(caller: HostClient, book: Book) -> None:
    answer = post(caller, book)
    assert answer.status_code == 202
    body = answer.json()
    assert (body["status"], body["interior_url"], body["specification"]["binding"]) == (
        "PENDING",
        None,
        "hardcover",
    )
    again = caller.get(answer["Location"]).json()
    assert again["id"] == body["id"]
    assert caller.get(f"{answer['Location']}cover/").status_code == 409


def test_bad_orders_name_their_field(caller: HostClient, book: Book) -> None:
    for wrong, field in (
        ({"paper": "papyrus"}, "paper"),
        ({"printer": "kdp"}, "binding"),
        ({"space": "cmyk"}, "space"),
        ({"trim": "custom"}, "trim"),
        ({"spine_mm": 900}, "spine_mm"),
    ):
        answer = post(caller, book, **wrong)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_report_and_files(caller: HostClient, book: Book, organisation: Organisation) -> None:
    with entered(organisation):
        cover = files.save(data=b"%PDF-1.4", name="c.pdf", content_type="application/pdf", kind="BOOK")
        finding = {"rule": "fonts", "outcome": "pass", "detail": {"file": "cover"}}
        made = PrintPackage.objects.create(
            book=book, printer="kdp", specification=ORDER, cover=cover, status="READY", report=[finding]
        )
    body = caller.get(f"{address(book)}{made.pk}/").json()
    assert body["report"] == [
        {
            "file": "cover", "rule": "fonts", "outcome": "pass", "sentence": "Every font is embedded.",
            "detail": {"file": "cover"},
        }
    ]  # fmt: skip
    assert b"".join(caller.get(body["cover_url"]).streaming_content) == b"%PDF-1.4"
    assert caller.delete(f"{address(book)}{made.pk}/").status_code == 204
    assert caller.get(address(book)).json()["results"] == []


def test_list_costs_the_same_however_long(caller: HostClient, book: Book, organisation: Organisation) -> None:
    def add(count: int) -> None:
        with entered(organisation):
            for _each in range(count):
                PrintPackage.objects.create(book=book, printer="kdp", specification=ORDER)

    add(1)
    few = queries_of(caller, address(book))
    add(8)
    assert queries_of(caller, address(book)) == few
