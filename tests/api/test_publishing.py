"""What a publisher says of a book, over REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from books.models import Book, BookMetadata
from generation.models import BookJob
from tenants.accounts.models import User
from tenants.context import Current
from tests.conftest import HostClient
from tests.factories.books import add_format, make_book, write_chapter
from tests.queries import queries_of

JSON = "application/json"


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def book(inside: Current, member: User) -> Book:
    return make_book(member)


def errors(response: Any, status: int = 400) -> dict[str, str]:
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    return {each["field"]: each["message"] for each in response.json()["errors"]}


def test_metadata_is_read_and_changed_by_parts(member_client: HostClient, book: Book) -> None:
    address = f"/api/v1/books/{book.pk}/metadata/"
    before = member_client.get(address).json()
    assert (before["title"], before["isbn_print"], before["contents_depth"]) == (book.title, "", 1)
    changes = {
        "isbn_print": "0-306-40615-2",
        "published_on": "2027-03-01",
        "subjects": [{"scheme": "thema", "code": "yfb"}],
        "keywords": ["soil"],
        "subtitle": "A year",
    }

    after = member_client.patch(address, changes, content_type=JSON).json()

    assert after == {
        **before,
        **changes,
        "isbn_print": "9780306406157",
        "subjects": [{"scheme": "thema", "code": "YFB"}],
    }
    assert member_client.get(address).json() == after
    assert BookJob.objects.filter(book=book, purpose=BookJob.Purpose.FORMATS).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"isbn_print": "9780306406158"}, "isbn_print"),
        ({"title": ""}, "title"),
        ({"published_on": "tomorrow"}, "published_on"),
        ({"contents_depth": 4}, "contents_depth"),
        ({"description": "x" * 4001}, "description"),
        ({"subjects": [{"scheme": "dewey", "code": "823"}]}, "subjects.0.scheme"),
        ({"subjects": [{"scheme": "bisac", "code": "JUV"}]}, "subjects"),
        ({"subjects": "YFB"}, "subjects"),
        ({"keywords": ["x" * 101]}, "keywords.0"),
        ({"publisher": None}, "publisher"),
        ({"publisher": "\u0000"}, "publisher"),
    ],
)
def test_bad_metadata_names_its_field(
    member_client: HostClient, book: Book, change: dict[str, Any], field: str
) -> None:
    response = member_client.patch(f"/api/v1/books/{book.pk}/metadata/", change, content_type=JSON)
    assert list(errors(response)) == [field]
    assert not BookMetadata.objects.exists()


def test_people_are_named_in_order(member_client: HostClient, book: Book) -> None:
    address = f"/api/v1/books/{book.pk}/contributors/"
    people = [{"name": "Ines Roy", "role": "ill"}, {"name": "Ada Fern", "role": "aut"}]
    assert member_client.put(address, {"people": people}, content_type=JSON).json() == {"people": people}
    assert member_client.get(address).json() == {"people": people}
    assert member_client.get(f"/api/v1/books/{book.pk}/").json()["author_name"] == "Ada Fern"


@pytest.mark.parametrize(
    ("people", "field"),
    [
        ([{"name": ""}], "people.0.name"),
        ([{"name": 5}], "people.0.name"),
        ([{"name": "Ada", "role": "king"}], "people.0.role"),
        ([{"name": f"Person {n}"} for n in range(61)], "people"),
        (None, "people"),
    ],
)
def test_bad_people_name_their_field(member_client: HostClient, book: Book, people: Any, field: str) -> None:
    address = f"/api/v1/books/{book.pk}/contributors/"
    response = member_client.put(address, {"people": people}, content_type=JSON)
    assert list(errors(response)) == [field]


def test_sections_are_added_moved_changed_and_deleted(member_client: HostClient, book: Book) -> None:
    address = f"/api/v1/books/{book.pk}/sections/"
    first = member_client.post(address, {"role": "glossary", "text": "A."}, content_type=JSON)
    assert first.status_code == 201
    assert (first.json()["placement"], first.json()["position"], first.json()["title"]) == (
        "BACK",
        1,
        "Glossary",
    )
    second = member_client.post(
        address, {"role": "appendix", "text": "B.", "title": "Tables", "position": 1}, content_type=JSON
    ).json()
    assert [(one["title"], one["position"]) for one in member_client.get(address).json()] == [
        ("Tables", 1),
        ("Glossary", 2),
    ]

    one = f"{address}{second['id']}/"
    changed = member_client.patch(one, {"text": "  C.", "position": 2}, content_type=JSON).json()
    assert (changed["text"], changed["position"]) == ("  C.", 2)
    assert member_client.get(one).json()["title"] == "Tables"
    assert member_client.delete(one).status_code == 204
    assert [each["title"] for each in member_client.get(address).json()] == ["Glossary"]
    assert member_client.get(one).status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"role": "poem", "text": "A"}, "role"),
        ({"role": "section", "text": "A"}, "title"),
        ({"role": "preface", "text": ""}, "text"),
        ({"role": "preface"}, "text"),
        ({"role": "preface", "text": "A", "placement": "MIDDLE"}, "placement"),
        ({"role": "preface", "text": "A", "position": 0}, "position"),
    ],
)
def test_bad_section_names_its_field(
    member_client: HostClient, book: Book, asked: dict[str, Any], field: str
) -> None:
    response = member_client.post(f"/api/v1/books/{book.pk}/sections/", asked, content_type=JSON)
    assert list(errors(response)) == [field]
    assert not book.matter.exists()


def test_part_begins_and_is_told_with_the_chapters(member_client: HostClient, book: Book) -> None:
    write_chapter(book, 1)
    address = f"/api/v1/books/{book.pk}/chapters/1/part/"
    assert member_client.put(address, {"part": "The sea"}, content_type=JSON).json() == {"part": "The sea"}
    assert member_client.get(f"/api/v1/books/{book.pk}/chapters/").json()[0]["part"] == "The sea"
    assert list(errors(member_client.put(address, {}, content_type=JSON))) == ["part"]
    missing = f"/api/v1/books/{book.pk}/chapters/9/part/"
    assert member_client.put(missing, {"part": "A"}, content_type=JSON).status_code == 404


def test_onix_is_given_once_everything_is_there(member_client: HostClient, book: Book) -> None:
    address = f"/api/v1/books/{book.pk}/onix/"
    assert set(errors(member_client.get(address), 409)) == {"publisher", "published_on", "product"}
    changes = {"publisher": "Alder Press", "published_on": "2027-03-01", "isbn_print": "9780306406157"}
    member_client.patch(f"/api/v1/books/{book.pk}/metadata/", changes, content_type=JSON)
    add_format(book, "EPUB")
    response = member_client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    assert response.content.count(b"<Product>") == 2


def test_queries_do_not_grow_with_the_sections(
    member_client: HostClient, inside: Current, member: User
) -> None:
    def count(sections: int) -> int:
        book = make_book(member)
        for _ in range(sections):
            asked = {"role": "preface", "text": "A"}
            address = f"/api/v1/books/{book.pk}/sections/"
            assert member_client.post(address, asked, content_type=JSON).status_code == 201
        return queries_of(member_client, f"/api/v1/books/{book.pk}/sections/")

    assert count(1) == count(5)
