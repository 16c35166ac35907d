"""The organisation's files over REST, and the page about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from books.models import Book
from formats.models import BookDownload
from generation import holdings
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.books import add_format, make_book
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    disk = {"BACKEND": "storage.places.disk.Disk", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": disk}


@pytest.fixture
def book(organisation: Organisation, member: User) -> Book:
    with entered(organisation):
        made = make_book(member)
        add_format(made)
    return made


@pytest.fixture
def client(organisation: Organisation, member: User) -> HostClient:
    return HostClient(organisation).sign_in(member)


def pdf(organisation: Organisation) -> StoredFile:
    with entered(organisation):
        return holdings.held().get(use="format")


def test_list_tells_what_files_are_for(client: HostClient, book: Book, organisation: Organisation) -> None:
    (found,) = client.get("/api/v1/files/?use=format").json()["results"]
    file = pdf(organisation)
    assert found["id"] == str(file.pk)
    assert (found["book"], found["use"], found["size"]) == (str(book.pk), "format", file.size)
    assert client.get(f"/api/v1/files/?book={book.pk}&ordering=-size&limit=1").status_code == 200
    assert client.get(f"/api/v1/files/{file.pk}/").json() == found


def test_list_asks_the_same_whatever_its_length(
    client: HostClient, book: Book, organisation: Organisation, member: User
) -> None:
    few = queries_of(client, "/api/v1/files/")
    with entered(organisation):
        for _number in range(4):
            add_format(make_book(member))
    assert queries_of(client, "/api/v1/files/") == few


def test_download_gives_the_bytes_or_a_part(
    client: HostClient, book: Book, organisation: Organisation
) -> None:
    address = f"/api/v1/files/{pdf(organisation).pk}/download/"
    whole = client.get(address)
    assert b"".join(whole.streaming_content) == b"%PDF-1.7 a book"
    part = client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF")
    with entered(organisation):
        assert BookDownload.objects.count() == 2


def test_link_opens_for_whoever_has_it_on_this_organisations_host(
    client: HostClient, book: Book, organisation: Organisation, other_organisation: Organisation
) -> None:
    told = client.get(f"/api/v1/files/{pdf(organisation).pk}/link/").json()
    path = urlsplit(told["url"]).path
    answer = HostClient(organisation).get(path)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a book"
    assert HostClient(organisation).get(path[:-2] + "x/").status_code == 404
    assert HostClient(other_organisation).get(path).status_code == 404


def test_only_uploads_can_be_deleted(client: HostClient, book: Book, organisation: Organisation) -> None:
    answer = client.delete(f"/api/v1/files/{pdf(organisation).pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


def test_room_is_told_to_those_who_run_the_organisation(
    client: HostClient, book: Book, organisation: Organisation, owner: User
) -> None:
    assert client.get("/api/v1/storage/").status_code == 403
    assert client.get("/organisation/files/").status_code == 403
    runs = HostClient(organisation).sign_in(owner)
    told = runs.get("/api/v1/storage/").json()
    assert told["size"] == sum(one["size"] for one in told["uses"])
    assert told["books"][0]["book"] == str(book.pk)
    page = runs.get("/organisation/files/").content.decode()
    assert "Room that files take" in page
    assert book.display_title in page
    assert "default (disk)" in page


def test_page_without_files_says_so(organisation: Organisation, owner: User) -> None:
    page = HostClient(organisation).sign_in(owner).get("/organisation/files/").content.decode()
    assert "There are no files yet." in page
