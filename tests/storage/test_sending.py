"""Files on their way to whoever may have them: in parts, by links, and never to others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db.models import F
from django.test import RequestFactory

from books.models import Book
from formats.models import BookDownload
from storage import lending, places
from storage.models import StoredFile
from storage.sending import handed_out, streamed
from tenants.accounts.models import User
from tenants.context import Current, entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.books import add_format, make_book
from tests.storage.conftest import Service, use
from tests.storage.test_files import keep

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 8  # 2048 bytes


@pytest.fixture
def file(inside: Current, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoredFile:
    use(settings, monkeypatch, tmp_path.as_uri())
    return keep(DATA)


def ask(file: StoredFile, **headers: str) -> Any:
    answer: Any = streamed(RequestFactory().get("/", headers=headers), file)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=2000-", 2000, 2048),
        ("bytes=-48", 2000, 2048),
        ("bytes=-9999", 0, 2048),
        ("bytes=2047-9999", 2047, 2048),
    ],
)
def test_part_is_answered_with_that_part(file: StoredFile, asked: str, start: int, end: int) -> None:
    answer = ask(file, Range=asked)
    assert (answer.status_code, answer.body) == (206, DATA[start:end])
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/2048"
    assert answer["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "asked", ["", "lines=1-2", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "bytes=a-b", "bytes=1--2"]
)
def test_what_is_no_part_is_answered_with_the_whole(file: StoredFile, asked: str) -> None:
    answer = ask(file, Range=asked)
    assert (answer.status_code, answer.body) == (200, DATA)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"] == 'attachment; filename="book.pdf"'


@pytest.mark.parametrize("asked", ["bytes=2048-", "bytes=5000-6000", "bytes=-0"])
def test_part_beyond_the_end_is_refused(file: StoredFile, asked: str) -> None:
    answer = ask(file, Range=asked)
    assert (answer.status_code, answer.body) == (416, b"")
    assert answer["Content-Range"] == "bytes */2048"


def test_part_of_what_was_replaced_is_the_whole_of_the_new(file: StoredFile) -> None:
    tag = ask(file)["ETag"]
    for condition, status in (
        (tag, 206),
        ('"another"', 200),
        (f"W/{tag}", 200),
        ("Sun, 22 Nov 2026 10:00:00 GMT", 200),
    ):
        assert ask(file, **{"Range": "bytes=0-9", "If-Range": condition}).status_code == status


def test_whoever_has_it_already_gets_nothing(file: StoredFile) -> None:
    tag = ask(file)["ETag"]
    for held in (tag, f"W/{tag}", "*", f'"other", {tag}'):
        assert ask(file, **{"If-None-Match": held}).status_code == 304
    assert ask(file, **{"If-None-Match": '"other"'}).status_code == 200


def test_file_that_cannot_be_read_is_found_out_before_the_answer_begins(file: StoredFile) -> None:
    places.named("default").remove(file.key)
    with pytest.raises(places.Missing):
        streamed(RequestFactory().get("/"), file)


def test_tokens_last_five_minutes_on_their_organisations_host(
    file: StoredFile, other_organisation: Organisation
) -> None:
    assert timedelta(minutes=5) >= lending.LIFE
    token = lending.signed_token(file)
    assert lending.file_by_token(token) == file
    for late in (timedelta(0), timedelta(seconds=-1)):
        with pytest.raises(lending.LinkExpired):
            lending.file_by_token(token, max_age=late - timedelta(seconds=1))
    with entered(other_organisation), pytest.raises(lending.LinkExpired):
        lending.file_by_token(token)


@pytest.fixture
def book(service: Service, organisation: Organisation, member: User) -> Book:
    """A book of Max's in a cloud, with its PDF."""
    with entered(organisation):
        made = make_book(member)
        add_format(made, data=DATA)
    return made


@pytest.mark.parametrize(
    "address", ["/books/{}/files/pdf/download/", "/api/v1/books/{}/formats/pdf/download/"]
)
def test_download_leads_to_the_cloud_and_is_logged(
    address: str, book: Book, organisation: Organisation, member: User
) -> None:
    answer = HostClient(organisation).sign_in(member).get(address.format(book.pk))
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "no-store"
    fetched = httpx.get(answer["Location"])
    assert (fetched.status_code, fetched.content) == (200, DATA)
    assert "attachment" in fetched.headers["Content-Disposition"]
    with entered(organisation):
        (logged,) = BookDownload.objects.all()
        assert (logged.book_id, logged.user_id) == (book.pk, member.pk)


def test_strangers_are_led_nowhere(book: Book, organisation: Organisation, other_member: User) -> None:
    address = f"/api/v1/books/{book.pk}/formats/pdf/download/"
    for client in (HostClient(organisation), HostClient(organisation).sign_in(other_member)):
        answer = client.get(address)
        assert answer.status_code in (401, 403, 404)
        assert "Location" not in answer


def test_cloud_that_does_not_answer_is_a_503(
    book: Book, service: Service, impatient: None, organisation: Organisation, member: User
) -> None:
    """Of a picture, which passes through us."""
    service.cloud.wire.cut_after = 0
    with entered(organisation):
        book.formats.update(preview=F("file"))
    client = HostClient(organisation).sign_in(member)
    answer = client.get(f"/api/v1/books/{book.pk}/formats/pdf/first-pages/")
    assert answer.status_code == 503
    assert answer.json()["detail"].startswith("Files cannot be reached at the moment.")
    assert client.get(f"/books/{book.pk}/files/pdf/pages/").status_code == 503


def test_disk_streams(file: StoredFile) -> None:
    assert handed_out(RequestFactory().get("/"), file).status_code == 200
