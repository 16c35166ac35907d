"""Files, editions and designs over REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from books.models import Book
from formats import records
from formats.models import BookDesign, BookDownload, Edition
from generation.models import BookJob
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation, Role
from tests.conftest import HostClient
from tests.factories.books import add_format, make_book, make_file, write_chapter
from tests.factories.manuscripts import jpeg
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.generation.driving import drive
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}


@pytest.fixture
def book(organisation: Organisation, member: User) -> Book:
    """A finished guide of Max's with a PDF that was verified."""
    with entered(organisation):
        made = make_book(member)
        made.jobs.update(status=BookJob.Status.COMPLETED)
        write_chapter(made, 1)
        records.record_ready(
            book_format=add_format(made),
            file=make_file(b"%PDF-1.7 verified", name="b.pdf", content_type="application/pdf"),
            content_hash="1",
            engine="e",
            checks=[{"rule": "pdf-fonts", "outcome": "pass", "detail": {"fonts": 6, "missing": 0}}],
            pages=214,
            preview=make_file(jpeg(60, 20), name="p.jpg", content_type="image/jpeg"),
        )
    return made


@pytest.fixture
def looker(organisation: Organisation) -> HostClient:
    """A member who may look at the book and not change it."""
    user = UserFactory(name="Lena Looks")
    MembershipFactory(organisation=organisation, user=user, role=Role.MEMBER)
    return HostClient(organisation).sign_in(user)


def of(book: Book, part: str) -> str:
    return f"/api/v1/books/{book.pk}/{part}"


def send(client: HostClient, method: str, path: str, body: Any) -> Any:
    return getattr(client, method)(path, data=body, content_type="application/json")


def test_formats_tell_checks_pages_and_whether_they_are_up_to_date(
    member_client: HostClient, book: Book
) -> None:
    told = {row["format"]: row for row in member_client.get(of(book, "formats/")).json()}
    pdf = told["PDF"]
    assert pdf["checks"] == [
        {"rule": "pdf-fonts", "outcome": "pass", "sentence": "All 6 fonts are embedded."}
    ]
    assert (pdf["pages"], pdf["up_to_date"], pdf["status"]) == (214, False, "READY")
    picture = member_client.get(pdf["preview_url"])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert (told["EPUB"]["preview_url"], told["EPUB"]["download_url"]) == (None, None)
    assert member_client.get(of(book, "formats/epub/first-pages/")).status_code == 409


def test_one_format_is_rebuilt_and_then_up_to_date(
    member_client: HostClient, book: Book, organisation: Organisation
) -> None:
    started = send(member_client, "post", of(book, "formats/rebuild/"), {"formats": ["HTML"]})
    assert (started.status_code, started.json()["book"]) == (202, str(book.pk))
    with entered(organisation):
        drive()
    told = {row["format"]: row for row in member_client.get(of(book, "formats/")).json()}
    assert (told["HTML"]["up_to_date"], told["PDF"]["up_to_date"]) == (True, False)
    again = send(member_client, "post", of(book, "formats/rebuild/"), {"formats": ["HTML"]})
    assert (again.status_code, again.content) == (204, b"")


@pytest.mark.parametrize("formats", [["EXE"], "PDF", [["PDF"]], ["PDF"] * 11, [None]])
def test_bad_formats_are_named(member_client: HostClient, book: Book, formats: Any) -> None:
    response = send(member_client, "post", of(book, "formats/rebuild/"), {"formats": formats})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["errors"][0]["field"].startswith("formats")


def test_edition_is_kept_read_taken_and_deleted(
    member_client: HostClient, book: Book, organisation: Organisation
) -> None:
    made = send(member_client, "post", of(book, "editions/"), {"name": "First printing"})
    assert made.status_code == 201
    edition = made.json()
    assert (edition["name"], edition["number"]) == ("First printing", 1)
    assert member_client.get(of(book, "editions/")).json()["results"] == [edition]
    assert member_client.get(of(book, f"editions/{edition['id']}/")).json() == edition
    (kept,) = edition["files"]
    taken = member_client.get(kept["download_url"])
    assert b"".join(taken.streaming_content) == b"%PDF-1.7 verified"
    with entered(organisation):
        stored = StoredFile.objects.count()
        assert BookDownload.objects.count() == 1
    assert member_client.delete(of(book, f"editions/{edition['id']}/")).status_code == 204
    with entered(organisation):
        assert (Edition.objects.count(), StoredFile.objects.count()) == (0, stored)


@pytest.mark.parametrize("name", ["x" * 121, ["a"], {"a": 1}])
def test_bad_name_of_an_edition_is_told(member_client: HostClient, book: Book, name: Any) -> None:
    response = send(member_client, "post", of(book, "editions/"), {"name": name})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "name"


def test_editions_take_as_many_queries_however_many(
    member_client: HostClient, book: Book, organisation: Organisation
) -> None:
    send(member_client, "post", of(book, "editions/"), {})
    few = queries_of(member_client, of(book, "editions/"))
    for _number in range(5):
        send(member_client, "post", of(book, "editions/"), {})
    assert queries_of(member_client, of(book, "editions/")) == few


def test_design_is_read_and_changed_in_part(
    member_client: HostClient, book: Book, organisation: Organisation
) -> None:
    before = member_client.get(of(book, "design/")).json()
    assert (before["theme"], before["page_width_mm"]) == ("", 152.4)
    custom = {"trim": "custom", "width_mm": "130", "height_mm": "200.04"}
    assert send(member_client, "patch", of(book, "design/"), custom).status_code == 200
    after = send(member_client, "patch", of(book, "design/"), {"theme": "workbook"}).json()
    assert (after["theme"], after["trim"], after["page_width_mm"], after["page_height_mm"]) == (
        "workbook",
        "custom",
        130.0,
        200.0,
    )
    with entered(organisation):
        assert BookDesign.objects.get().theme == "workbook"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"theme": "gothic"}, "theme"),
        ({"trim": "0x0"}, "trim"),
        ({"trim": "custom", "width_mm": 0, "height_mm": 200}, "width_mm"),
        ({"trim": "custom", "width_mm": 1e9, "height_mm": 200}, "width_mm"),
        ({"trim": "custom", "width_mm": -1, "height_mm": 200}, "width_mm"),
        ({"trim": "custom", "width_mm": "NaN", "height_mm": 200}, "width_mm"),
        ({"trim": "custom", "width_mm": "wide", "height_mm": 200}, "width_mm"),
        ({"trim": "custom", "width_mm": None, "height_mm": 200}, "width_mm"),
    ],
)
def test_design_that_cannot_be_is_refused_by_field(
    member_client: HostClient, book: Book, sent: dict[str, Any], field: str
) -> None:
    response = send(member_client, "patch", of(book, "design/"), sent)
    assert response.status_code == 400
    assert field in {error["field"] for error in response.json()["errors"]}


def test_themes_and_sizes_are_listed(member_client: HostClient) -> None:
    themes = {row["name"]: row for row in member_client.get("/api/v1/books/themes/").json()}
    trims = {row["name"]: row for row in member_client.get("/api/v1/books/trims/").json()}
    assert themes["picture-book"]["pictures_only"]
    assert not themes["classic-novel"]["pictures_only"]
    assert (trims["A5"]["width_mm"], trims["A5"]["height_mm"]) == (148.0, 210.0)


@pytest.mark.parametrize(
    ("method", "part", "body"),
    [
        ("post", "formats/rebuild/", {}),
        ("post", "editions/", {"name": "Mine"}),
        ("patch", "design/", {"theme": "workbook"}),
    ],
)
def test_who_may_only_look_changes_nothing(
    looker: HostClient, book: Book, organisation: Organisation, method: str, part: str, body: dict[str, str]
) -> None:
    assert send(looker, method, of(book, part), body).status_code == 403
    with entered(organisation):
        assert not Edition.objects.exists()
        assert not BookDesign.objects.exists()
        assert not book.jobs.filter(purpose=BookJob.Purpose.FORMATS).exists()
