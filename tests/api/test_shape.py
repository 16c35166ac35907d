"""The one shape of all views: parameters, pages, orders, fields, tags."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from api.views import View, ViewSet
from books.models import Book
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from tenants.context import entered
from tenants.models import Group, Membership, Organisation
from tests.api.conftest import Errors
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, issue_key

pytestmark = pytest.mark.django_db

BOOKS = "/api/v1/books/"
GROUPS = "/api/v1/groups/"
JSON = "application/json"
NOT_OURS = {"DescriptionView"}  # drf-spectacular's


@pytest.fixture
def books(organisation: Organisation, member: Any) -> list[Book]:
    """Five guides of Max's, the newest last, one of them in French."""
    with entered(organisation):
        made = [
            Book.objects.create(
                kind="guide",
                language="fr" if number == 3 else "en",
                topic=f"About {number}",
                title=f"Book {number}",
                status=Book.Status.READY if number % 2 else Book.Status.DRAFT,
                author=member,
            )
            for number in range(5)
        ]
        chapter = made[0].chapters.create(number=1, title="One")
        write_chapter(chapter_id=chapter.pk, text="Text.", origin=Revision.Origin.AI)
    return made


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["title"] for one in answer.json()["results"]]


def test_every_view_has_the_shape() -> None:
    named = get_resolver("api.urls").reverse_dict
    assert named
    views = {_view_of(pattern) for pattern in get_resolver("api.urls").url_patterns}
    assert sorted(one.__name__ for one in views if not issubclass(one, View)) == sorted(NOT_OURS)


def test_every_list_says_its_orders_and_what_it_can_be_asked() -> None:
    for pattern in get_resolver("api.urls").url_patterns:
        view = _view_of(pattern)
        if not issubclass(view, ViewSet):
            continue
        known = {name for name in dir(view) if callable(getattr(view, name))}
        for declared in (view.queries, view.orders, dict.fromkeys((*view.bytes, *view.stored)), view.outside):
            assert set(declared) - {"list", "create"} <= known, (view, declared)


def _view_of(pattern: Any) -> type:
    found: type = getattr(pattern.callback, "cls", None) or pattern.callback.view_class
    return found


class TestLists:
    def test_cursor_leads_through_all_of_it_and_back(
        self, member_client: HostClient, books: list[Book], organisation: Organisation
    ) -> None:
        first = member_client.get(f"{BOOKS}?limit=2")
        assert titles(first) == ["Book 4", "Book 3"]
        with entered(organisation):
            Book.objects.create(kind="guide", language="en", topic="n", title="New", author=books[0].author)
        second = member_client.get(first.json()["next"])
        assert titles(second) == ["Book 2", "Book 1"]
        assert titles(member_client.get(second.json()["next"])) == ["Book 0"]
        assert titles(member_client.get(second.json()["previous"])) == ["Book 4", "Book 3"]

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("status=READY", ["Book 3", "Book 1"]),
            ("language=fr", ["Book 3"]),
            ("q=book+2", ["Book 2"]),
            ("q=ABOUT 4", ["Book 4"]),
            ("ordering=title&limit=2", ["Book 0", "Book 1"]),
            ("ordering=-title&status=DRAFT", ["Book 4", "Book 2", "Book 0"]),
            ("created_after=2100-01-01T00:00:00Z", []),
            ("kind=story", []),
        ],
    )
    def test_filters_and_orders(
        self, member_client: HostClient, books: list[Book], asked: str, expected: list[str]
    ) -> None:
        assert titles(member_client.get(f"{BOOKS}?{asked}")) == expected

    def test_times_leave_out_the_moment_itself(
        self, member_client: HostClient, books: list[Book], organisation: Organisation
    ) -> None:
        middle = timezone.now() + timedelta(days=1)
        with entered(organisation):
            Book.objects.filter(pk=books[1].pk).update(created_at=middle, updated_at=middle)
        told = member_client.get(f"{BOOKS}{books[1].pk}/").json()["created_at"]
        assert told.endswith("Z")
        assert titles(member_client.get(BOOKS, {"created_after": told})) == []
        assert len(titles(member_client.get(BOOKS, {"created_before": told}))) == 4
        later = (middle - timedelta(seconds=1)).isoformat()
        assert titles(member_client.get(BOOKS, {"updated_after": later})) == ["Book 1"]

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=ten", "limit"),
            ("limit=%C2%B2", "limit"),
            ("cursor=nonsense", "cursor"),
            ("cursor=cD1ub25zZW5zZQ==", "cursor"),
            ("cursor=cD0lMDA=", "cursor"),
            ("ordering=text", "ordering"),
            ("ordering=author__password", "ordering"),
            ("status=GONE", "status"),
            ("q=%00", "q"),
            ("created_after=yesterday", "created_after"),
            ("fields=id,secret", "fields"),
            ("page=2", "page"),
            ("author__password=x", "author__password"),
        ],
    )
    def test_nonsense_names_its_parameter(
        self, member_client: HostClient, books: list[Book], errors: Errors, asked: str, field: str
    ) -> None:
        assert list(errors(member_client.get(f"{BOOKS}?{asked}"))) == [field]

    def test_unknown_parameters_are_told_the_known_ones(self, member_client: HostClient) -> None:
        answer = member_client.get(f"{BOOKS}?page=2&colour=red")
        assert answer.json()["type"].endswith("#unknown-parameter")
        assert {"limit", "cursor", "ordering", "fields", "status", "q"} <= set(
            answer.json()["detail"].rstrip(".").replace(",", "").split()
        )
        assert [one["field"] for one in answer.json()["errors"]] == ["colour", "page"]

    def test_writes_know_no_parameters_either(self, owner_client: HostClient) -> None:
        answer = owner_client.post(f"{GROUPS}?fields=id", {"name": "Foxes"}, content_type=JSON)
        assert (answer.status_code, Group.objects.count()) == (400, 0)


class TestFields:
    def test_only_what_is_named(self, member_client: HostClient, books: list[Book]) -> None:
        (first, *_others) = member_client.get(f"{BOOKS}?fields=id,title").json()["results"]
        assert first == {"id": str(books[4].pk), "title": "Book 4"}
        assert member_client.get(f"{BOOKS}{books[0].pk}/?fields=title").json() == {"title": "Book 0"}
        (chapter,) = member_client.get(f"{BOOKS}{books[0].pk}/chapters/?fields=number,words").json()
        assert chapter == {"number": 1, "words": 1}

    def test_large_columns_stay_in_the_database(self, member_client: HostClient, books: list[Book]) -> None:
        with CaptureQueriesContext(connection) as queries:
            member_client.get(f"{BOOKS}?fields=id,title")
        (asked,) = [query["sql"] for query in queries if '"books_book"."title"' in query["sql"]]
        assert '"premise"' not in asked

    def test_unknown_fields_of_an_empty_list(self, member_client: HostClient, errors: Errors) -> None:
        assert list(errors(member_client.get(f"{BOOKS}?fields=secret"))) == ["fields"]


class TestTags:
    def test_what_one_has_is_not_sent_again(self, member_client: HostClient, books: list[Book]) -> None:
        address = f"{BOOKS}{books[0].pk}/"
        tag = member_client.get(address)["ETag"]
        for given in (tag, f'"other", W/{tag}', "*"):
            again = member_client.get(address, headers={"if-none-match": given})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert member_client.get(address, headers={"if-none-match": '"other"'}).status_code == 200

    def test_a_lost_update_is_refused(self, owner_client: HostClient) -> None:
        made = owner_client.post(GROUPS, {"name": "Foxes"}, content_type=JSON).json()
        address = f"{GROUPS}{made['id']}/"
        tag = owner_client.get(address)["ETag"]

        def rename(name: str, tag: str) -> Any:
            return owner_client.patch(address, {"name": name}, content_type=JSON, headers={"if-match": tag})

        mine, late = rename("Owls", tag), rename("Bees", tag)
        assert (mine.status_code, late.status_code) == (200, 412)
        assert late.json()["type"].endswith("#changed-meanwhile")
        assert mine["ETag"] == owner_client.get(address)["ETag"] != tag
        assert owner_client.delete(address, headers={"if-match": tag}).status_code == 412
        assert owner_client.delete(address, headers={"if-match": mine["ETag"]}).status_code == 204
        assert owner_client.delete(address, headers={"if-match": "*"}).status_code == 412

    def test_text_of_a_chapter_by_its_tag(
        self, member_client: HostClient, books: list[Book], errors: Errors
    ) -> None:
        address = f"{BOOKS}{books[0].pk}/chapters/1/"
        tag = member_client.get(address)["ETag"]
        assert list(errors(member_client.put(address, {"text": "New."}, content_type=JSON))) == ["revision"]
        saved = member_client.put(address, {"text": "New."}, content_type=JSON, headers={"if-match": tag})
        assert (saved.status_code, saved.json()["revision"]) == (200, 2)
        late = member_client.put(address, {"text": "Late."}, content_type=JSON, headers={"if-match": tag})
        assert late.status_code == 412

    @pytest.mark.parametrize(
        ("path", "change"),
        [
            ("books/{book}/metadata/", {"publisher": "Acme Press"}),
            ("books/{book}/design/", {"theme": "modern-novel"}),
            ("organisation/", {"name": "Acme & Sons"}),
            ("profile/", {"name": "Ada"}),
            ("notifications/preferences/", {"emails": {"pace": "daily"}}),
        ],
    )
    def test_the_tag_of_a_change_is_that_of_the_next_read(
        self, owner_client: HostClient, books: list[Book], path: str, change: dict[str, Any]
    ) -> None:
        address = "/api/v1/" + path.format(book=books[0].pk)
        tag = owner_client.get(address)["ETag"]
        changed = owner_client.patch(address, change, content_type=JSON, headers={"if-match": tag})
        assert (changed.status_code, changed["ETag"] != tag) == (200, True)
        assert owner_client.get(address)["ETag"] == changed["ETag"]

    def test_by_key_too(self, owning: Membership, books: list[Book]) -> None:
        robot = KeyClient(issue_key(owning).secret)
        address = f"{BOOKS}{books[0].pk}/metadata/"
        tag = robot.get(address)["ETag"]
        for expected in (200, 412):
            body = json.dumps({"publisher": f"Press {expected}"})
            answer = robot.patch(address, body, content_type=JSON, headers={"if-match": tag})
            assert answer.status_code == expected

    def test_answers_are_nobody_elses(self, member_client: HostClient, books: list[Book]) -> None:
        answer = member_client.get(BOOKS)
        assert answer["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Cookie"} <= set(answer["Vary"].replace(",", "").split())
