"""A book imported over REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from api.faults import FAULTS
from billing.models import Plan
from books.models import Book
from formats.builders import build
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.manuscripts import manuscript_of, picture_book

pytestmark = pytest.mark.django_db

IMPORT = "/api/v1/books/import/"


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}


def sent(data: bytes, name: str = "book.zip", **fields: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data), **fields}


def test_import_answers_with_book_and_job(member_client: HostClient, organisation: Organisation) -> None:
    data = build(manuscript_of(picture_book(language="fr")), format="markdown-zip").data
    response = member_client.post(IMPORT, sent(data))
    assert response.status_code == 202
    body = response.json()
    assert (body["book"]["title"], body["book"]["status"]) == ("L’étoile", "READY")
    assert (body["book"]["kind"], body["book"]["language"]) == ("story", "fr")
    assert response["Location"] == body["job"]["url"]
    assert member_client.get(body["job"]["url"]).status_code == 200
    chapters = member_client.get(f"/api/v1/books/{body['book']['id']}/chapters/").json()
    assert len(chapters) == 3
    pictures = member_client.get(f"/api/v1/books/{body['book']['id']}/pictures/").json()
    assert [picture["chapter"] for picture in pictures] == [None, 1, 2, 3]


def test_kind_may_be_named(member_client: HostClient) -> None:
    response = member_client.post(IMPORT, sent(b"# a\n\nb\n", name="a.md", kind="novel"))
    assert response.json()["book"]["kind"] == "novel"


@pytest.mark.parametrize(
    ("fields", "status", "name", "words"),
    [
        ({}, 422, "bad-import", "empty"),
        (sent(b"", name="a.md"), 422, "bad-import", "empty"),
        (sent(b"PK\x03\x04x"), 422, "bad-import", "damaged"),
        (sent(b"# a\n\nb", name="a.md", kind="poem"), 400, "invalid", ""),
    ],
    ids=["nothing", "empty", "damaged", "kind"],
)
def test_fault_is_a_problem(
    member_client: HostClient, organisation: Organisation, fields: Any, status: int, name: str, words: str
) -> None:
    response = member_client.post(IMPORT, fields)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["type"] == FAULTS[name].type
    assert words in response.json()["detail"]
    with entered(organisation):
        assert not Book.objects.exists()


def test_used_up_plan_is_a_402(member_client: HostClient) -> None:
    Plan.objects.update(books_limit=0)
    assert member_client.post(IMPORT, sent(b"# a\n\nb\n", name="a.md")).status_code == 402
