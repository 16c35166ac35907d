"""One's own picture in the place of one of the book's: on the page and over the API."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from api.faults import FAULTS
from billing.models import Plan
from books.models import Illustration
from formats.sources import book_source
from generation.models import BookJob
from insights.actions import Action
from insights.models import ActivityLog
from storage import files
from storage.models import StoredFile
from tenants.accounts.models import User
from tests.conftest import HostClient
from tests.factories.books import make_story
from tests.storage.test_pictures import GPS, encoded, photograph
from tests.web.conftest import text_of, tree


def telephone() -> bytes:
    """A photograph as telephones take it: lying, with its place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 30.0)
    return encoded(photograph(), "JPEG", exif=exif)


@pytest.fixture
def cover(shelf: User) -> Illustration:
    return make_story(shelf).illustrations.get(kind=Illustration.Kind.COVER)


def address(picture: Illustration, part: str = "replace/") -> str:
    return f"/books/{picture.book_id}/pictures/{picture.pk}/{part}"


def send(page: HostClient, picture: Illustration, data: bytes | None, alt: str = "Our own kite") -> Any:
    sent = {"alt": alt}
    if data is not None:
        sent["file"] = SimpleUploadedFile("../x.svg", data, "text/html")  # type: ignore[assignment]
    return page.post(address(picture), sent)


def test_pictures_tab_leads_to_the_form(page: HostClient, cover: Illustration) -> None:
    links = tree(page.get(f"/books/{cover.book_id}/pictures/")).xpath("//figcaption/a/@href")
    assert address(cover) in links
    assert "What the picture shows" in text_of(page.get(address(cover)))


def test_picture_is_replaced_made_ready_and_told(
    page: HostClient, cover: Illustration, django_capture_on_commit_callbacks: Any
) -> None:
    data, before = telephone(), cover.file_id
    with django_capture_on_commit_callbacks(execute=True):
        assert send(page, cover, data)["Location"] == f"/books/{cover.book_id}/pictures/"
    cover.refresh_from_db()
    assert (cover.alt, cover.provider) == ("Our own kite", "upload")
    assert cover.file is not None
    shown = Image.open(io.BytesIO(files.read(cover.file)))
    assert (shown.size, dict(shown.getexif())) == ((160, 240), {})
    assert not StoredFile.objects.filter(pk=before).exists()
    log = ActivityLog.objects.get(action=Action.PICTURE_REPLACED)
    assert log.resource_id == str(cover.book_id)
    assert cover.book.jobs.filter(purpose=BookJob.Purpose.FORMATS).count() == 1
    (asset,) = [each for each in book_source(cover.book).assets if each.id == "cover"]
    assert (asset.media_type, asset.width, asset.height) == ("image/jpeg", 160, 240)


def test_original_comes_back_as_it_was_sent_and_is_not_shown(page: HostClient, cover: Illustration) -> None:
    data = telephone()
    send(page, cover, data)
    response = page.get(address(cover, "original/"))
    assert b"".join(response.streaming_content) == data
    assert response["Content-Disposition"] == 'attachment; filename="cover-original.jpg"'
    assert response["Content-Type"] == "application/octet-stream"


def test_description_alone_is_changed(page: HostClient, cover: Illustration) -> None:
    before = cover.file_id
    assert send(page, cover, None, "In other words").status_code == 302
    cover.refresh_from_db()
    assert (cover.alt, cover.file_id) == ("In other words", before)


@pytest.mark.parametrize(
    ("data", "alt", "words"),
    [
        (b"<svg onload=alert(1)/>", "x", "This is no picture that can be used."),
        (telephone()[:500], "x", "cut off or damaged"),
        (b"", "x", "empty"),
        (encoded(Image.new("RGB", (2, 2)), "PNG"), "x", "each side needs at least 16"),
        (telephone(), " ", "This field is required."),
        (telephone(), "x" * 501, "at most 500 characters"),
    ],
    ids=["svg", "cut", "empty", "dot", "no words", "many words"],
)
def test_what_cannot_be_used_is_told_beside_the_field(
    page: HostClient, cover: Illustration, data: bytes, alt: str, words: str
) -> None:
    stored = StoredFile.objects.count()
    response = send(page, cover, data, alt)
    assert response.status_code == 422
    assert words in text_of(response)
    cover.refresh_from_db()
    assert (cover.alt, StoredFile.objects.count()) == ("A kite in a tree", stored)


def test_full_storage_is_told_and_changes_nothing(page: HostClient, cover: Illustration) -> None:
    Plan.objects.update(storage_limit=1)
    response = send(page, cover, telephone())
    assert response.status_code == 422
    assert "more storage" in text_of(response)
    cover.refresh_from_db()
    assert cover.alt == "A kite in a tree"


def test_guest_who_may_only_look_cannot_replace(
    page: HostClient, cover: Illustration, django_user_model: Any
) -> None:
    cover.book.author = django_user_model.objects.create(email="other@acme.example")
    cover.book.save()
    assert send(page, cover, telephone()).status_code == 403
    assert address(cover) not in page.get(f"/books/{cover.book_id}/pictures/").content.decode()


def put(page: HostClient, cover: Illustration, **sent: Any) -> Any:
    body = encode_multipart(BOUNDARY, sent)
    return page.put(
        f"/api/v1/books/{cover.book_id}/pictures/{cover.pk}/", body, content_type=MULTIPART_CONTENT
    )


def test_api_replaces_and_refuses(page: HostClient, cover: Illustration) -> None:
    file = SimpleUploadedFile("x.png", encoded(photograph(), "PNG"))
    response = put(page, cover, file=file, alt="By the API")
    assert (response.status_code, response.json()["alt"]) == (200, "By the API")
    shown = page.get(f"/api/v1/books/{cover.book_id}/pictures/{cover.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    refused = put(page, cover, file=SimpleUploadedFile("x.png", b"<svg/>"), alt="x")
    assert (refused.status_code, refused.json()["type"]) == (422, FAULTS["bad-picture"].type)
    assert put(page, cover, file=SimpleUploadedFile("x.png", b"x")).status_code == 400
