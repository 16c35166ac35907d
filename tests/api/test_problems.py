"""Every error is a problem with the request's id, on both hosts, in the asked language."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from api import parsing
from api.books import BookViewSet
from api.faults import FAULTS, PAGE
from tenants.models import Membership, Organisation, OrganisationStatus
from tenants.resolution import forget_resolutions
from tests.conftest import AsyncHostClient, HostClient
from tests.factories.api_keys import KeyClient, issue_key

pytestmark = pytest.mark.django_db

BOOKS = "/api/v1/books/"
GROUPS = "/api/v1/groups/"
JSON = "application/json"


@pytest.fixture(params=["session", "key", "key on the organisation's host"])
def caller(
    request: Any, organisation: Organisation, owning: Membership, owner_client: HostClient
) -> HostClient:
    if request.param == "session":
        return owner_client
    secret = issue_key(owning).secret
    return KeyClient(secret) if request.param == "key" else KeyClient(secret, organisation)


def problem(answer: Any) -> tuple[int, str]:
    """Status and name, where all else is as it must be."""
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert told["request_id"] == answer["X-Request-Id"]
    assert told["status"] == answer.status_code
    assert told["title"] and told["detail"] and told["instance"].startswith("/api/")
    page, _hash, name = told["type"].partition("#")
    assert page == PAGE and name in FAULTS
    return answer.status_code, name


@pytest.mark.parametrize(
    ("method", "path", "sent", "expected"),
    [
        ("get", "/api/v1/nothing/", {}, (404, "not-found")),
        ("get", "/api/", {}, (404, "not-found")),
        ("get", "/api/v2/books/", {}, (404, "not-found")),
        ("get", f"{BOOKS}{'0' * 36}/", {}, (404, "not-found")),
        ("get", f"{BOOKS}x%00y/", {}, (404, "not-found")),
        ("delete", BOOKS, {}, (405, "method-not-allowed")),
        ("get", BOOKS, {"headers": {"accept": "text/html"}}, (406, "not-acceptable")),
        ("post", GROUPS, {"data": "x", "content_type": "text/plain"}, (415, "unsupported-media-type")),
        ("post", GROUPS, {"data": "{", "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": b"\xff", "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": "[" * 100_000, "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": "[" * 60 + "]" * 60, "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": '{"name": "\\ud800"}', "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": '{"name": NaN}', "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": "9" * 5000, "content_type": JSON}, (400, "malformed")),
        ("post", GROUPS, {"data": '{"name": "\\u0000"}', "content_type": JSON}, (400, "invalid")),
        ("post", GROUPS, {"data": "[]", "content_type": JSON}, (400, "invalid")),
        ("post", GROUPS, {"data": "null", "content_type": JSON}, (400, "invalid")),
    ],
)  # fmt: skip
def test_odd_requests(
    caller: HostClient, method: str, path: str, sent: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert problem(getattr(caller, method)(path, **sent)) == expected


def test_oversized(caller: HostClient, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert problem(caller.post(GROUPS, {"name": "x" * 1000}, content_type=JSON)) == (413, "too-large")
    form = encode_multipart(BOUNDARY, {"name": "x" * 2000})
    answer = caller.put("/api/v1/profile/picture/", form, content_type=MULTIPART_CONTENT)
    assert problem(answer) == (413, "too-large")


def test_a_change_that_is_null_is_refused(owner_client: HostClient) -> None:
    answer = owner_client.patch("/api/v1/profile/", "null", content_type=JSON)
    assert problem(answer) == (400, "invalid")


def test_deepest_is_taken(owner_client: HostClient, errors: Any) -> None:
    nested = json.dumps({"name": "x", "other": 1})
    assert owner_client.post(GROUPS, nested, content_type=JSON).status_code == 201
    most = "[" * parsing.DEEPEST + "]" * parsing.DEEPEST
    assert problem(owner_client.post(GROUPS, most, content_type=JSON)) == (400, "invalid")


def test_what_breaks_tells_no_details(caller: HostClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(BookViewSet, "get_queryset", broken)
    caller.raise_request_exception = False
    answer = caller.get(BOOKS)
    assert problem(answer) == (500, "internal-error")
    assert b"hunter2" not in answer.content


def test_closed_organisation_and_unknown_host(organisation: Organisation, owner_client: HostClient) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(status=OrganisationStatus.SUSPENDED)
    forget_resolutions()
    assert problem(owner_client.get(BOOKS)) == (403, "forbidden")
    unknown = HostClient(Organisation(slug="nobody"))
    assert problem(unknown.get(BOOKS)) == (404, "not-found")


def test_nobody_and_strangers(client: HostClient, other_member: Any, organisation: Organisation) -> None:
    assert problem(client.get(BOOKS)) == (401, "not-authenticated")
    assert problem(HostClient(organisation).sign_in(other_member).get(BOOKS)) == (404, "not-found")


def test_in_the_asked_language(caller: HostClient) -> None:
    answer = caller.get("/api/v1/nothing/", headers={"accept-language": "fr"})
    assert (answer["Content-Language"], problem(answer)) == ("fr", (404, "not-found"))


@pytest.mark.django_db(transaction=True)
async def test_through_the_asynchronous_handler(async_member_client: AsyncHostClient) -> None:
    for path, expected in ((f"{BOOKS}?page=1", 400), ("/api/v1/nothing/", 404)):
        answer = await async_member_client.get(path)
        assert problem(answer)[0] == expected


@pytest.mark.parametrize("given", ["8e03978e-40d5-43e8-bc93-6894a57f9324", "trace.1_2-3"])
def test_fit_ids_are_taken(caller: HostClient, given: str) -> None:
    assert caller.get(BOOKS, headers={"x-request-id": given})["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space in it", "<script>alert(1)", "été-été-été"])
def test_others_get_ours(caller: HostClient, given: str) -> None:
    answered = caller.get(BOOKS, headers={"x-request-id": given.encode().decode("latin-1")})
    assert re.fullmatch(r"req_[0-9a-f]{32}", answered["X-Request-Id"])


def test_without_the_slash_one_is_sent_on(caller: HostClient) -> None:
    sent = caller.post("/api/v1/groups?x=1", {"name": "Foxes"}, content_type=JSON)
    assert (sent.status_code, sent["Location"]) == (308, "/api/v1/groups/?x=1")
    assert problem(caller.post("/api/v1/nothing", {}, content_type=JSON)) == (404, "not-found")


def test_pages_have_ids_too(member_client: HostClient) -> None:
    assert member_client.get("/")["X-Request-Id"].startswith("req_")
