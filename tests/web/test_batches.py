"""Batches as members see them: a file brought along, rows looked over, made, followed, taken."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from books.models import Book
from formats import records
from formats.models import BookDownload
from generation.batches import making, preparing
from generation.batches.models import Batch, BatchRow
from generation.batches.template import Template
from storage import files
from storage.models import StoredFile
from tenants.context import Current
from tenants.models import Membership, Organisation
from tests.conftest import HostClient
from tests.factories.billing import put_on
from tests.generation.batches.working import turn, work
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

pytestmark = pytest.mark.django_db
R, B = BatchRow.Status, Batch.Status
FIELDS = {"name": "Class 3b", "language": "en", "topic": "{name} and the kite"}


@pytest.fixture(autouse=True)
def pro(organisation: Organisation) -> Organisation:
    return put_on(organisation, "PRO")


@pytest.fixture
def batch(inside: Current, membership: Membership) -> Batch:
    heroes = [{"name": "Noor", "age": 7}, {"name": "Max", "hair": "purple"}, {"name": "Noor", "age": 7}]
    return prepared(membership, heroes)


def prepared(membership: Membership, heroes: list[dict[str, Any]]) -> Batch:
    return preparing.create_batch(
        by=membership,
        name="Class 3b",
        template=Template(topic="{name} and the kite", chapters=8),
        sheet=preparing.sheet_of_heroes(heroes),
    )


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("heroes.csv", data, "text/csv")


def test_first_visit_has_one_thing_to_do(page: HostClient) -> None:
    response = page.get("/batches/")

    (action,) = tree(response).cssselect(".empty a.btn-primary")
    assert action.get("href") == "/batches/new/"


def test_file_becomes_rows_to_look_over(page: HostClient, inside: Current) -> None:
    given = "Prénom;Cheveux;Classe\r\nZoé;tresses;3b\r\nMax;mauves;3b\r\n".encode("cp1252")
    response = page.post("/batches/new/", {**FIELDS, "file": file(given)})

    batch = Batch.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/batches/{batch.pk}/")
    shown = text_of(page.get(response["Location"]))
    assert "Windows-1252" in shown
    assert "One column is not used: “Classe”." in shown
    assert "Zoé" in shown
    assert "braids" in shown
    assert "“mauves” is not among: short, curly," in shown
    assert "1 book will be made; 1 row needs a look" in shown
    assert Book.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"file": file(b"Age\n7\n")}, "file", "hero’s name"),
        ({"file": file(b"")}, "file", "The file is empty."),
        ({}, "file", "This field is required."),
        ({"file": file(b"Name\nNoor\n"), "topic": "{nobody}"}, "topic", "“{nobody}” is not known here."),
        ({"file": file(b"Name\nNoor\n"), "name": " "}, "name", "This field is required."),
        ({"file": file(b"Name\nNoor\n"), "dedication": "x" * 401}, "dedication", "400"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    page: HostClient, inside: Current, given: dict[str, Any], field: str, told: str
) -> None:
    response = page.post("/batches/new/", {**FIELDS, **given})

    assert response.status_code == 422
    error = tree(response).cssselect(f"#id_{field}_error")[0].text_content()
    assert told in error
    assert Batch.objects.count() == 0


def test_wrong_row_is_put_right_on_its_page(page: HostClient, batch: Batch) -> None:
    address = f"/batches/{batch.pk}/rows/2/"
    options = tree(page.get(address)).cssselect("#id_hair option")
    assert options[-1].text == "“purple”"  # what the file said

    assert page.post(address, {"name": "Max", "hair": "purple"}).status_code == 422
    assert page.post(address, {"name": "Max", "hair": "curly"})["Location"] == f"/batches/{batch.pk}/"
    assert batch.rows.get(number=2).status == R.WAITING
    assert page.post(address, {"name": ""}).status_code == 422


def test_rows_can_be_left_out_and_taken_in(page: HostClient, batch: Batch) -> None:
    page.post(f"/batches/{batch.pk}/rows/1/leave-out/")
    assert batch.rows.get(number=1).status == R.LEFT_OUT
    page.post(f"/batches/{batch.pk}/rows/1/leave-out/", {"in": "1", "show": "left_out"})
    assert batch.rows.get(number=1).status == R.WAITING
    assert "says the same" in text_of(page.get(f"/batches/{batch.pk}/"))
    page.post(f"/batches/{batch.pk}/doubles/")
    assert batch.rows.get(number=3).status == R.LEFT_OUT


def test_other_file_takes_the_place_of_all_rows(page: HostClient, batch: Batch) -> None:
    address = f"/batches/{batch.pk}/edit/"
    page.post(address, {**FIELDS, "topic": "A boat"})
    batch.refresh_from_db()
    assert (batch.template["topic"], batch.template["chapters"], batch.rows.count()) == ("A boat", 8, 3)

    page.post(address, {**FIELDS, "file": file(b"Name\nLou\n")})
    assert [row.hero["name"] for row in batch.rows.all()] == ["Lou"]


def test_batch_is_begun_followed_and_cancelled(page: HostClient, batch: Batch) -> None:
    assert page.post(f"/batches/{batch.pk}/begin/").status_code == 302
    turn(batch)
    shown = page.get(f"/batches/{batch.pk}/")
    assert tree(shown).cssselect("#batch")[0].get("data-live") == f"/api/v1/batches/{batch.pk}/events/"
    assert "0 of 2 books are finished." in text_of(shown)
    part = page.get(f"/batches/{batch.pk}/", headers={"HX-Request": "true", "HX-Target": "div#batch"})
    assert not tree(part).cssselect("main")

    assert "What about the 2 books" in text_of(page.get(f"/batches/{batch.pk}/cancel/"))
    page.post(f"/batches/{batch.pk}/cancel/", {"making": "stop"})
    batch.refresh_from_db()
    assert batch.status == B.CANCELLED
    assert set(Book.objects.values_list("status", flat=True)) == {"CANCELLED"}


def test_paused_batch_says_why_and_goes_on(page: HostClient, batch: Batch, membership: Membership) -> None:
    making.begin_batch(by=membership, batch=batch)
    Batch.objects.filter(pk=batch.pk).update(
        status=B.PAUSED, reason="Your plan’s 2 books have all been used."
    )
    shown = page.get(f"/batches/{batch.pk}/")
    assert "Your plan’s 2 books have all been used." in text_of(shown)
    (action,) = tree(shown).cssselect("main .btn-primary")
    assert action.text_content().strip() == "Go on"

    page.post(f"/batches/{batch.pk}/go-on/")
    batch.refresh_from_db()
    assert batch.status == B.RUNNING
    assert page.post(f"/batches/{batch.pk}/go-on/", follow=True).status_code == 200
    assert page.post(f"/batches/{batch.pk}/retry/", follow=True).status_code == 200


def test_finished_files_come_as_one_archive(page: HostClient, batch: Batch, membership: Membership) -> None:
    making.begin_batch(by=membership, batch=batch)
    work(batch)
    for row in batch.rows.exclude(book=None).select_related("book"):
        Book.objects.filter(pk=row.book_id).update(title="The kite: up/down")
        pdf = records.expect_formats(row.book)[-1]
        kept = files.save(
            data=row.hero["name"].encode() * 9,
            name="book.pdf",
            content_type="application/pdf",
            kind=StoredFile.Kind.BOOK,
        )
        records.record_ready(book_format=pdf, file=kept, content_hash="1", engine="e")

    response = page.get(f"/batches/{batch.pk}/files/?format={pdf.format.lower()}")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.namelist() == ["001 Noor - The kite up down.pdf", "003 Noor - The kite up down.pdf"]
    assert archive.read(archive.namelist()[0]) == b"Noor" * 9
    assert response["Content-Disposition"].startswith('attachment; filename="class-3b-')
    assert BookDownload.objects.count() == 2
    assert page.get(f"/batches/{batch.pk}/files/?format=exe").status_code == 404


def test_archive_of_nothing_says_so(page: HostClient, batch: Batch) -> None:
    shown = page.get(f"/batches/{batch.pk}/files/", follow=True)
    assert "No file of this kind is finished yet." in text_of(shown)


def test_table_of_results_is_harmless(page: HostClient, membership: Membership, inside: Current) -> None:
    batch = prepared(membership, [{"name": "=1+1", "reference": "A-1"}, {"name": "Max", "hair": "x"}])
    lines = page.get(f"/batches/{batch.pk}/table/").content.decode().splitlines()

    assert lines[0] == "\ufeffRow,Name,Hair,Reference,State,Error,Title,Book,Address"
    assert lines[1] == "1,'=1+1,,A-1,Waiting,,,,"
    assert lines[2].startswith('2,Max,x,,Needs a look,"Hair: “x” is not among: short,')


@pytest.mark.parametrize("language", ["en", "fr"])
def test_example_file_can_be_brought_back(page: HostClient, inside: Current, language: str) -> None:
    example = page.get(f"/batches/example/?language={language}").content
    page.post("/batches/new/", {**FIELDS, "file": file(example)})

    assert list(BatchRow.objects.values_list("status", flat=True)) == [R.WAITING, R.WAITING]
    assert [row.hero["hair"] for row in BatchRow.objects.all()] == ["braids", "short"]
    assert page.get("/batches/example/?language=de").status_code == 404


def test_deleted_batch_is_gone(page: HostClient, batch: Batch) -> None:
    assert "3 rows are forgotten" in text_of(page.get(f"/batches/{batch.pk}/delete/"))
    assert page.post(f"/batches/{batch.pk}/delete/")["Location"] == "/batches/"
    assert page.get(f"/batches/{batch.pk}/").status_code == 404


def test_plan_without_batches_is_told_which_brings_them(
    page: HostClient, organisation: Organisation, inside: Current
) -> None:
    put_on(organisation, "FREE")
    for address in ("/batches/", "/batches/new/"):
        assert "This comes with the plan Pro." in text_of(page.get(address))
    assert page.post("/batches/new/", {**FIELDS, "file": file(b"Name\nNoor\n")}).status_code == 422
    assert Batch.objects.count() == 0


def test_guests_make_no_batches(guest_page: HostClient, batch: Batch) -> None:
    assert guest_page.get("/batches/").status_code == 403
    assert guest_page.get("/batches/new/").status_code == 403
    assert guest_page.get(f"/batches/{batch.pk}/").status_code == 404


def test_pages_ask_as_much_for_many_rows_as_for_one(
    page: HostClient, membership: Membership, inside: Current
) -> None:
    one = prepared(membership, [{"name": "Noor"}])
    single, listed = queries_of(page, f"/batches/{one.pk}/"), queries_of(page, "/batches/")
    many = prepared(membership, [{"name": f"Hero {n}", "hair": "x" if n % 2 else ""} for n in range(500)])
    prepared(membership, [{"name": "Noor"}])

    assert queries_of(page, f"/batches/{many.pk}/") == single
    assert queries_of(page, f"/batches/{many.pk}/?show=wrong&page=3") == single
    assert queries_of(page, "/batches/") == listed
