"""The page of downloads: state, checks, pictures, making again, editions."""

from __future__ import annotations

import pytest

from books.models import Book
from formats import records
from formats.models import BookDownload, BookFormat, Edition, EditionFile
from formats.problems import Problem, stored
from generation.models import BookJob
from storage import files
from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.factories.books import add_format, make_book, make_file, write_chapter
from tests.factories.manuscripts import jpeg
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.generation.driving import drive
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

CHECKS = [
    {"rule": "pdf-fonts", "outcome": "pass", "detail": {"fonts": 6, "missing": 0}},
    {"rule": "pdf-ua", "outcome": "warn", "detail": {}},
]


@pytest.fixture
def book(shelf: User) -> Book:
    book = make_book(shelf)
    book.jobs.update(status=BookJob.Status.COMPLETED)
    write_chapter(book, 1)
    return book


@pytest.fixture
def colleague_page(organisation: Organisation) -> HostClient:
    """The browser of a member who may look at the book and not change it."""
    user = UserFactory(name="Lena Looks")
    MembershipFactory(organisation=organisation, user=user, role=Role.MEMBER)
    return HostClient(organisation).sign_in(user)


def add_pdf(book: Book) -> BookFormat:
    row = add_format(book)
    records.record_ready(
        book_format=row,
        file=make_file(b"%PDF-1.7 verified", name="b.pdf", content_type="application/pdf"),
        content_hash="1",
        engine="e",
        checks=CHECKS,
        pages=214,
        preview=make_file(jpeg(60, 20), name="p.jpg", content_type="image/jpeg"),
    )
    row.refresh_from_db()
    return row


def test_file_shows_pages_checks_and_its_first_pages(page: HostClient, book: Book) -> None:
    row = add_pdf(book)
    response = page.get(f"/books/{book.pk}/files/")
    shown = text_of(response)
    assert "214 pages" in shown
    assert "1 check passed, 1 to look at" in shown
    assert "All 6 fonts are embedded." in shown
    (picture,) = tree(response).xpath("//img[@class='first-pages']")
    assert picture.get("alt") == "The first pages"
    answer = page.get(picture.get("src"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "private" in answer["Cache-Control"]
    assert page.get(picture.get("src"), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert row.preview is not None


def test_file_from_before_a_change_says_so_and_is_made_again(page: HostClient, book: Book) -> None:
    add_pdf(book)
    address = f"/books/{book.pk}/files/"
    assert "1 file is from before the latest change" in text_of(page.get(address))

    assert page.post(f"{address}rebuild/", {"format": "PDF"})["Location"] == address
    waiting = page.get(address)
    assert tree(waiting).xpath("//div[@id='files']/@hx-trigger") == ["every 3s"]
    assert "Being made again. Until then this is the file from before." in text_of(waiting)

    drive()
    states = tree(page.get(address)).xpath("//li[@data-state]/@data-state")
    assert states.count("ready") == 1
    assert not tree(page.get(address)).xpath("//div[@id='files']/@hx-trigger")


def test_everything_up_to_date_is_said_and_starts_nothing(page: HostClient, book: Book) -> None:
    page.post(f"/books/{book.pk}/files/rebuild/")
    drive()
    jobs = BookJob.objects.count()
    response = page.post(f"/books/{book.pk}/files/rebuild/", follow=True)
    assert text_of(response).count("Everything is up to date.") == 2
    assert BookJob.objects.count() == jobs


def test_file_that_failed_says_why_and_can_be_made_again(page: HostClient, book: Book) -> None:
    row = add_pdf(book)
    records.record_failure(book_format=row, error=stored(Problem("too-large")))
    response = page.get(f"/books/{book.pk}/files/")
    assert "The file grew larger than a book may be." in text_of(response)
    assert tree(response).xpath("//form[.//input[@name='format' and @value='PDF']]")


def test_part_of_the_page_is_given_to_htmx(page: HostClient, book: Book) -> None:
    add_pdf(book)
    part = page.get(f"/books/{book.pk}/files/", headers={"HX-Request": "true", "HX-Target": "div#files"})
    assert b"<html" not in part.content
    assert "no-store" in part["Cache-Control"]


def test_nothing_is_made_for_who_may_only_look(colleague_page: HostClient, book: Book) -> None:
    add_pdf(book)
    shown = tree(colleague_page.get(f"/books/{book.pk}/files/"))
    assert not shown.xpath("//main//form | //a[contains(@href, 'editions')]")
    for part in ("files/rebuild/", "editions/new/"):
        assert colleague_page.post(f"/books/{book.pk}/{part}").status_code == 403
    assert not Edition.objects.exists()


@pytest.mark.parametrize("name", ["EXE", "pdf; drop", "x" * 5000])
def test_unknown_format_is_not_made(page: HostClient, book: Book, name: str) -> None:
    assert page.post(f"/books/{book.pk}/files/rebuild/", {"format": name}).status_code == 404


def test_picture_that_is_not_there_is_not_found(page: HostClient, book: Book) -> None:
    add_format(book, "EPUB")
    for name in ("epub", "pdf", "exe"):
        assert page.get(f"/books/{book.pk}/files/{name}/pages/").status_code == 404


def test_edition_is_kept_taken_and_deleted(page: HostClient, book: Book) -> None:
    row = add_pdf(book)
    assert row.file is not None
    content = files.read(row.file)
    page.post(f"/books/{book.pk}/editions/new/", {"name": "As sent to <Rosa>"})
    edition = Edition.objects.get()
    files_page = page.get(f"/books/{book.pk}/files/")
    assert "As sent to <Rosa>" in text_of(files_page)

    download = page.get(f"/books/{book.pk}/editions/{edition.pk}/pdf/")
    assert b"".join(download.streaming_content) == content
    assert download["Content-Disposition"].startswith("attachment")
    assert BookDownload.objects.get().format == row

    asked = page.get(f"/books/{book.pk}/editions/{edition.pk}/delete/")
    assert "Delete this edition?" in text_of(asked)
    assert Edition.objects.exists()
    page.post(f"/books/{book.pk}/editions/{edition.pk}/delete/")
    assert not Edition.objects.exists()
    assert files.read(row.file) == content


def test_bad_name_of_an_edition_is_told_beside_it(page: HostClient, book: Book) -> None:
    add_pdf(book)
    response = page.post(f"/books/{book.pk}/editions/new/", {"name": "x" * 121})
    assert response.status_code == 422
    assert tree(response).xpath("//input[@name='name' and @aria-invalid='true']")


def test_edition_without_files_is_refused_with_a_reason(page: HostClient, book: Book) -> None:
    response = page.post(f"/books/{book.pk}/editions/new/", {"name": "Early"})
    assert response.status_code == 422
    assert "There is no file to keep yet." in text_of(response)


def test_edition_of_another_book_is_not_found(page: HostClient, book: Book, shelf: User) -> None:
    add_pdf(book)
    page.post(f"/books/{book.pk}/editions/new/", {})
    edition, other = Edition.objects.get(), make_book(shelf)
    assert page.get(f"/books/{other.pk}/editions/{edition.pk}/pdf/").status_code == 404
    assert page.post(f"/books/{other.pk}/editions/{edition.pk}/delete/").status_code == 404
    assert Edition.objects.exists()


def test_queries_do_not_grow_with_editions(page: HostClient, book: Book, membership: Membership) -> None:
    row = add_pdf(book)

    def keep(numbers: range) -> None:
        for number in numbers:
            edition = Edition.objects.create(
                book=book, number=number, name=f"No. {number}", created_by=membership.user
            )
            EditionFile.objects.create(
                edition=edition, format="PDF", file=row.file, content_hash="1", built_at=row.built_at
            )

    keep(range(1, 2))
    few = queries_of(page, f"/books/{book.pk}/files/")
    keep(range(2, 12))
    assert queries_of(page, f"/books/{book.pk}/files/") == few
