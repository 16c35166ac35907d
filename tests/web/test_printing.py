"""The page for printers: ordering, what was found, taking and deleting, and who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from books.models import Book
from formats.models import PrintPackage
from insights.models import ActivityLog
from storage import files
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

pytestmark = pytest.mark.django_db

ORDER = {"printer": "kdp", "binding": "paperback", "paper": "cream", "trim": "6x9", "space": "srgb"}
REPORT = [
    {"rule": "fonts", "outcome": "pass", "detail": {"file": "interior"}},
    {
        "rule": "safe-area", "outcome": "fail",
        "detail": {"file": "interior", "safe": 6.35, "found": 2.1, "on": [3, 4], "on_count": 2},
    },
    {"rule": "spine-figure", "outcome": "warn", "detail": {"file": "cover", "spine": 11.25}},
    {"rule": "unheard-of", "outcome": "fail", "detail": {"file": "cover"}},
]  # fmt: skip


@pytest.fixture
def book(organisation: Organisation, member: User) -> Book:
    with entered(organisation):
        return Book.objects.create(
            kind="novel", language="en", title="Bees", topic="Bees", status=Book.Status.READY, author=member
        )


def package(book: Book, organisation: Organisation, **more: Any) -> PrintPackage:
    with entered(organisation):
        made = {name: _stored(name) for name in ("interior", "cover")}
        return PrintPackage.objects.create(
            **{
                "book": book,
                "printer": "kdp",
                "specification": {**ORDER, "width_mm": 152.4, "height_mm": 228.6},
                "status": PrintPackage.Status.READY,
                "pages": 200,
                "spine": "12.70",
                "report": REPORT,
                "built_at": timezone.now(),
                **made,
                **more,
            }
        )


def _stored(name: str) -> StoredFile:
    return files.save(
        data=b"%PDF-1.7 " + name.encode(),
        name=f"bees-{name}.pdf",
        content_type="application/pdf",
        kind="BOOK",
    )


def address(book: Book, *more: object) -> str:
    return "/".join(["", "books", str(book.pk), "print", *map(str, more), ""])


def test_first_visit_offers_the_printers(page: HostClient, book: Book) -> None:
    shown = page.get(address(book))
    assert shown.status_code == 200
    assert [link.text for link in tree(shown).xpath("//a[@class='print-printer']")] == [
        "Amazon KDP", "Lulu", "IngramSpark", "Another printer",
    ]  # fmt: skip
    selected = tree(shown).xpath("//select[@name='paper']/option[@selected]/@value")
    assert selected == ["cream"]


def test_another_printer_offers_its_own(page: HostClient, book: Book) -> None:
    form = tree(page.get(address(book) + "?printer=lulu")).xpath("//form[.//select[@name='binding']]")[0]
    assert form.xpath(".//select[@name='binding']/option/@value") == ["paperback", "hardcover"]
    assert not form.xpath(".//select[@name='space']")


def test_order_is_taken(page: HostClient, book: Book, organisation: Organisation) -> None:
    answer = page.post(address(book), ORDER)
    assert (answer.status_code, answer["Location"]) == (302, address(book))
    with entered(organisation):
        row = PrintPackage.objects.get()
        assert (row.printer, row.specification["paper"], row.status) == ("kdp", "cream", "PENDING")
    waiting = page.get(address(book))
    assert tree(waiting).xpath("//*[@id='packages']/@hx-trigger") == ["every 3s"]
    assert "Being made" in text_of(waiting)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"paper": "papyrus"}, "paper"),
        ({"trim": "custom", "width_mm": "60", "height_mm": "390"}, "trim"),
        ({"trim": "custom", "width_mm": "", "height_mm": ""}, "trim"),
        ({"standard": "pdf/x-1a", "space": "srgb"}, "standard"),
        ({"binding": "hardcover"}, "binding"),
    ],
)
def test_bad_order_is_shown_again(
    page: HostClient, book: Book, organisation: Organisation, wrong: dict[str, str], field: str
) -> None:
    answer = page.post(address(book), {**ORDER, **wrong})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    with entered(organisation):
        assert not PrintPackage.objects.exists()


def test_findings_are_told_in_words_the_worst_first(
    page: HostClient, book: Book, organisation: Organisation
) -> None:
    package(book, organisation)
    shown = page.get(address(book))
    text = text_of(shown)
    assert "Type stands 2.1 mm from the edge; 6.35 mm have to stay free. It could be cut off." in text
    assert "Pages 3, 4" in text
    assert "Compare the spine of 11.25 mm with its own cover template" in text
    assert tree(shown).xpath("//details[contains(@class, 'preflight')][1]//li/@data-outcome") == [
        "fail",
        "pass",
    ]


def test_files_are_downloaded_and_logged(page: HostClient, book: Book, organisation: Organisation) -> None:
    made = package(book, organisation)
    for part in ("interior", "cover"):
        answer = page.get(address(book, made.pk, part))
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 " + part.encode()
        assert f"bees-{part}.pdf" in answer["Content-Disposition"]
    assert page.get(address(book, made.pk, "jacket")).status_code == 404
    with entered(organisation):
        assert ActivityLog.objects.filter(action="print.downloaded").count() == 2


def test_file_that_is_not_there_yet(page: HostClient, book: Book, organisation: Organisation) -> None:
    made = package(book, organisation, interior=None, cover=None, status=PrintPackage.Status.PENDING)
    assert page.get(address(book, made.pk, "cover"))["Location"] == address(book)


def test_package_is_deleted(page: HostClient, book: Book, organisation: Organisation) -> None:
    made = package(book, organisation)
    assert "gone for good" in text_of(page.get(address(book, made.pk, "delete")))
    assert page.post(address(book, made.pk, "delete"))["Location"] == address(book)
    with entered(organisation):
        assert not PrintPackage.objects.exists()


def test_unfinished_book_is_not_printed(page: HostClient, book: Book, organisation: Organisation) -> None:
    with entered(organisation):
        Book.objects.update(status=Book.Status.FAILED)
    assert "once every chapter is written" in text_of(page.get(address(book)))


def test_guests_and_strangers_see_nothing(
    guest_page: HostClient, stranger_page: HostClient, book: Book, organisation: Organisation
) -> None:
    made = package(book, organisation)
    for client in (guest_page, stranger_page):
        assert client.get(address(book)).status_code == 404
        assert client.post(address(book), ORDER).status_code == 404
        assert client.get(address(book, made.pk, "cover")).status_code == 404


def test_queries_do_not_grow_with_the_packages(
    page: HostClient, book: Book, organisation: Organisation
) -> None:
    package(book, organisation)
    few = queries_of(page, address(book))
    for _more in range(6):
        package(book, organisation)
    assert queries_of(page, address(book)) == few
