"""Books over REST, as a signed-in member's program."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from api.faults import FAULTS
from billing.models import Plan
from books.models import Book, Chapter, Illustration
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from formats import records
from formats.models import BookDownload
from generation.models import BookJob
from storage import files
from storage.models import StoredFile
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

BOOKS = "/api/v1/books/"
ASKED = {"topic": "Starting a community garden", "kind": "guide", "language": "en"}


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}


@pytest.fixture
def book(organisation: Organisation, member: Any) -> Book:
    """A finished guide of Max's, with two chapters, a cover and a PDF."""
    with entered(organisation):
        made = Book.objects.create(
            kind="guide", language="en", topic="Bees", title="Bees", status=Book.Status.READY, author=member
        )
        for number in (1, 2):
            chapter = Chapter.objects.create(book=made, number=number, title=f"Chapter {number}")
            write_chapter(chapter_id=chapter.pk, text=f"Text {number}.", origin=Revision.Origin.AI)
        picture = io.BytesIO()
        Image.new("RGB", (20, 28), "red").save(picture, "JPEG")
        cover = _stored(picture.getvalue(), "cover.jpg", "image/jpeg")
        Illustration.objects.create(book=made, kind=Illustration.Kind.COVER, alt="Bees", file=cover)
        pdf = next(row for row in records.expect_formats(made) if row.format == "PDF")
        records.record_ready(
            book_format=pdf,
            file=_stored(b"%PDF-1.7", "bees.pdf", "application/pdf"),
            content_hash="1",
            engine="e",
        )
    return made


def _stored(data: bytes, name: str, content_type: str) -> StoredFile:
    return files.save(data=data, name=name, content_type=content_type, kind=StoredFile.Kind.BOOK)


def post(client: HostClient, path: str, **body: Any) -> Any:
    return client.post(path, data=body, content_type="application/json")


def test_commission_answers_at_once_with_book_and_job(
    member_client: HostClient, organisation: Organisation
) -> None:
    response = post(member_client, BOOKS, **ASKED, notes=["Bees sleep in winter."])
    assert response.status_code == 202
    body = response.json()
    assert (body["book"]["status"], body["book"]["topic"]) == ("GENERATING", ASKED["topic"])
    assert body["job"]["status"] == "PENDING"
    assert response["Location"] == body["job"]["url"]
    with entered(organisation):
        assert str(BookJob.objects.get().book_id) == body["book"]["id"]
    assert member_client.get(body["job"]["url"]).json()["book"] == body["book"]["id"]


def test_commission_of_a_story_keeps_the_hero(member_client: HostClient, organisation: Organisation) -> None:
    hero = {"name": "Zoé", "age": 5, "pronoun": "she", "companion": "owl", "hair": "afro"}
    response = post(member_client, BOOKS, topic="The dark", kind="story", language="fr", hero=hero)
    assert response.status_code == 202
    with entered(organisation):
        made = Book.objects.select_related("hero").get()
        assert made.hero is not None
        assert (made.hero.name, made.hero.age, made.hero.companion, made.hero.looks["hair"]) == (
            "Zoé", 5, "owl", "afro",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "\x00\x01\x02"}, "topic"),
        ({"topic": "x" * 10_000}, "topic"),
        ({"title": "x" * 10_000}, "title"),
        ({"kind": "poem"}, "kind"),
        ({"language": "tlh"}, "language"),
        ({"notes": "not a list"}, "notes"),
        ({"notes": ["x" * 5_000]}, "notes"),
        ({"kind": "story", "hero": {"name": ""}}, "hero.name"),
        ({"kind": "story", "hero": {"name": "Zoé", "age": 900}}, "hero.age"),
        ({"kind": "story", "hero": {"name": "Zoé", "colour": "javascript:x"}}, "hero.colour"),
    ],
)
def test_bad_fields_are_named(
    member_client: HostClient, organisation: Organisation, asked: dict[str, Any], field: str
) -> None:
    response = post(member_client, BOOKS, **{**ASKED, **asked})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    named = [error["field"] for error in response.json()["errors"]]
    assert any(name == field or name.startswith((f"{field}[", f"{field}.")) for name in named), named
    with entered(organisation):
        assert not Book.objects.exists()


def test_errors_speak_the_asked_language(member_client: HostClient) -> None:
    response = member_client.post(
        BOOKS, data={**ASKED, "topic": ""}, content_type="application/json", headers={"accept-language": "fr"}
    )
    assert response.json()["status"] == 400
    assert response["Content-Language"] == "fr"


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "\x00"])
def test_what_is_no_object_is_refused(member_client: HostClient, body: str) -> None:
    response = member_client.post(BOOKS, data=body, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_used_up_plan_says_so(member_client: HostClient, organisation: Organisation) -> None:
    Plan.objects.filter(code="FREE").update(books_limit=1)
    assert post(member_client, BOOKS, **ASKED).status_code == 202
    response = post(member_client, BOOKS, **ASKED)
    assert (response.status_code, response.json()["type"]) == (402, FAULTS["limit-reached"].type)
    with entered(organisation):
        assert Book.objects.count() == 1


def test_list_pages_and_does_not_query_for_each_row(
    member_client: HostClient, organisation: Organisation
) -> None:
    few = queries_of(member_client, BOOKS)
    with entered(organisation):
        for number in range(30):
            Book.objects.create(kind="guide", language="en", topic=f"Bees {number}")
    assert queries_of(member_client, BOOKS) == few
    first = member_client.get(BOOKS).json()
    second = member_client.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (25, 5, None)


def test_jobs_list_does_not_query_for_each_row(member_client: HostClient) -> None:
    post(member_client, BOOKS, **ASKED)
    few = queries_of(member_client, "/api/v1/jobs/")
    for _ in range(3):
        post(member_client, BOOKS, **ASKED)
    assert queries_of(member_client, "/api/v1/jobs/") == few


def test_chapters_are_read_and_edited(member_client: HostClient, book: Book) -> None:
    chapters = member_client.get(f"{BOOKS}{book.pk}/chapters/").json()
    assert [(one["number"], one["revision"], "text" in one) for one in chapters] == [
        (1, 1, False),
        (2, 1, False),
    ]
    path = f"{BOOKS}{book.pk}/chapters/1/"
    assert member_client.get(path).json()["text"] == "Text 1."
    edited = member_client.put(path, data={"text": "Better.", "revision": 1}, content_type="application/json")
    assert (edited.status_code, edited.json()["text"], edited.json()["revision"]) == (200, "Better.", 2)


def test_lost_update_is_refused(member_client: HostClient, book: Book) -> None:
    path = f"{BOOKS}{book.pk}/chapters/1/"
    member_client.put(path, data={"text": "Mine.", "revision": 1}, content_type="application/json")
    late = member_client.put(path, data={"text": "Late.", "revision": 1}, content_type="application/json")
    assert (late.status_code, late.json()["type"]) == (412, FAULTS["changed-meanwhile"].type)
    assert member_client.get(path).json()["text"] == "Mine."


def test_earlier_text_is_restored(member_client: HostClient, book: Book) -> None:
    path = f"{BOOKS}{book.pk}/chapters/1/"
    member_client.put(path, data={"text": "Worse.", "revision": 1}, content_type="application/json")
    listed = member_client.get(f"{path}revisions/").json()["results"]
    assert [(one["number"], one["version"]) for one in listed] == [(2, "v1.1"), (1, "v1.0")]
    assert post(member_client, f"{path}revisions/1/restore/").json()["text"] == "Text 1."


def test_rewriting_begins_a_job(member_client: HostClient, book: Book) -> None:
    response = post(member_client, f"{BOOKS}{book.pk}/chapters/1/regenerate/", instruction="shorter")
    assert response.status_code == 202
    assert response.json()["book"] == str(book.pk)
    assert post(member_client, f"{BOOKS}{book.pk}/chapters/1/regenerate/", instruction=" ").status_code == 400
    again = post(member_client, f"{BOOKS}{book.pk}/chapters/1/regenerate/", instruction="shorter")
    assert (again.status_code, again.json()["type"]) == (409, FAULTS["not-possible-now"].type)


def test_files_are_listed_and_downloads_logged(
    member_client: HostClient, organisation: Organisation, book: Book, member: Any
) -> None:
    listed = {one["format"]: one for one in member_client.get(f"{BOOKS}{book.pk}/formats/").json()}
    assert (listed["PDF"]["status"], listed["PDF"]["size"]) == ("READY", 8)
    assert listed["EPUB"]["download_url"] is None
    response = member_client.get(listed["PDF"]["download_url"])
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert 'filename="bees.pdf"' in response["Content-Disposition"]
    with entered(organisation):
        assert BookDownload.objects.get().user_id == member.pk
    missing = member_client.get(f"{BOOKS}{book.pk}/formats/epub/download/")
    assert (missing.status_code, missing.json()["type"]) == (409, FAULTS["not-ready"].type)


def test_cover_comes_as_it_is_and_as_png(member_client: HostClient, book: Book) -> None:
    original = member_client.get(f"{BOOKS}{book.pk}/cover/")
    assert original["Content-Type"] == "image/jpeg"
    png = member_client.get(f"{BOOKS}{book.pk}/cover/?type=png")
    with Image.open(io.BytesIO(png.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (20, 28))
    pictures = member_client.get(f"{BOOKS}{book.pk}/pictures/").json()
    assert b"".join(member_client.get(pictures[0]["url"]).streaming_content)[:2] == b"\xff\xd8"


def test_job_is_cancelled_and_tried_again(member_client: HostClient) -> None:
    job = post(member_client, BOOKS, **ASKED).json()["job"]
    assert post(member_client, f"{job['url']}retry/").status_code == 409
    assert post(member_client, f"{job['url']}cancel/").json()["status"] == "CANCELLED"
    assert post(member_client, f"{job['url']}cancel/").status_code == 409
    assert post(member_client, f"{job['url']}retry/").json()["status"] == "GENERATING_OUTLINE"
    assert post(member_client, f"{job['url']}approve/").status_code == 409


def test_nonsense_ids_are_not_found(member_client: HostClient, book: Book) -> None:
    nonsense = f"{book.pk}/pictures/{'-' * 36}/"
    for path in (
        "x/",
        f"{'0' * 36}/",
        nonsense,
        f"{book.pk}/chapters/99/",
        f"{book.pk}/formats/exe/download/",
    ):
        assert member_client.get(BOOKS + path).status_code == 404, path


def test_sign_in_is_asked_for(client: HostClient) -> None:
    response = client.get(BOOKS)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


def test_writing_needs_the_csrf_token(organisation: Organisation, member: Any) -> None:
    strict = HostClient(organisation, enforce_csrf_checks=True).sign_in(member)
    assert post(strict, BOOKS, **ASKED).status_code == 403


def test_description_tells_of_every_operation(client: HostClient) -> None:
    response = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    described = json.loads(response.content)
    assert described["openapi"].startswith("3.")
    assert "post" in described["paths"]["/api/v1/books/"]
    assert "/api/v1/books/{id}/formats/{format_name}/download/" in described["paths"]
