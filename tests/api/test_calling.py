"""Requests with a key: let in, turned away, and how little they pass through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.utils import timezone

from billing.calls import taking, valkey
from books.models import Book
from formats import records
from insights.models import ActivityLog
from storage import files
from storage.models import StoredFile
from tenants.api_keys import recognising, request_log, revoking, rotating
from tenants.api_keys.models import ApiKey, LoggedRequest
from tenants.context import entered
from tenants.models import Membership, Organisation, Role
from tenants.organisations import suspension
from tenants.organisations.deletion import close
from tenants.people import members
from tests.conftest import AsyncHostClient, HostClient
from tests.factories.api_keys import KeyClient, issue_key, make_key
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

BOOKS = "/api/v1/books/"


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    request_log._waiting.clear()
    yield
    request_log._waiting.clear()


def problem(response: Any) -> tuple[int, str, str]:
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    return response.status_code, body["type"].rpartition("#")[2], body["detail"]


def test_key_says_which_organisation(owning: Membership, organisation: Organisation) -> None:
    secret = issue_key(owning).secret
    for host in (None, organisation):
        answer = KeyClient(secret, host).get("/api/v1/organisation/")
        assert (answer.status_code, answer.json()["name"]) == (200, "Acme")


def test_own_host_of_another_organisation_is_not_for_it(
    owning: Membership, other_organisation: Organisation
) -> None:
    answer = KeyClient(issue_key(owning).secret, other_organisation).get(BOOKS)
    assert problem(answer)[:2] == (401, "authentication-failed")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Octavo", error="invalid_token"'


def test_no_key(platform_client: HostClient, client: HostClient) -> None:
    for visitor in (platform_client, client):
        answer = visitor.get(BOOKS)
        assert problem(answer)[:2] == (401, "not-authenticated")
        assert answer["WWW-Authenticate"] == 'Bearer realm="Octavo"'


@pytest.mark.parametrize("secret", ["", "octavo_", "octavo_" + "a" * 36, "é", "a b"])
def test_what_is_no_key(platform_client: HostClient, secret: str) -> None:
    headers = {"authorization": f"bearer {secret}".encode().decode("latin-1"), "accept-language": "fr"}
    answer = platform_client.get(BOOKS, headers=headers)
    assert problem(answer)[:2] == (401, "authentication-failed")
    assert answer["Content-Language"] == "fr"


def test_a_session_is_nothing_on_the_platforms_host(platform_client: HostClient, owner: Any) -> None:
    assert platform_client.sign_in(owner).get(BOOKS).status_code == 401


def test_expired(owning: Membership) -> None:
    made = make_key(owning, expires_at=timezone.now() - timedelta(seconds=1))
    assert problem(KeyClient(made.secret).get(BOOKS)) == (
        401,
        "authentication-failed",
        "This key has expired.",
    )


def test_expires_while_it_is_remembered(owning: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_key(owning, expires_at=timezone.now() + timedelta(hours=1))
    assert KeyClient(made.secret).get(BOOKS).status_code == 200
    later = timezone.now().timestamp() + 3601
    monkeypatch.setattr(recognising, "time", lambda: later)
    assert KeyClient(made.secret).get(BOOKS).status_code == 401


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """What happens here is committed as far as receivers know."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_revoked_at_once(owning: Membership, committed: Any) -> None:
    made = issue_key(owning)
    program = KeyClient(made.secret)
    assert program.get(BOOKS).status_code == 200
    with committed():
        revoking.revoke(key_id=made.key.pk, by=owning)
    assert problem(program.get(BOOKS)) == (401, "authentication-failed", "This key was revoked.")


def test_another_process_hears_of_it_within_a_second(owning: Membership) -> None:
    made = issue_key(owning)
    assert KeyClient(made.secret).get(BOOKS).status_code == 200
    ApiKey.objects.update(revoked_at=timezone.now())
    assert KeyClient(made.secret).get(BOOKS).status_code == 200  # nobody was told
    whose = str(made.key.organisation_id)
    cast(Any, caches["shared"]).tell("tenants.api_keys:changes", whose, kept=1_000)  # as another process says
    recognising._memory._look_at = 0.0
    assert KeyClient(made.secret).get(BOOKS).status_code == 401


def test_ends_with_the_membership(owning: Membership, plain: Membership, committed: Any) -> None:
    made = make_key(plain)
    program = KeyClient(made.secret)
    assert program.get(BOOKS).status_code == 200
    with committed():
        members.remove_member(membership_id=plain.pk, by=owning)
    assert program.get(BOOKS).status_code == 401
    assert ApiKey.objects.get(pk=made.key.pk).state == "REVOKED"


def test_acts_with_the_role_of_its_member(owning: Membership, plain: Membership, committed: Any) -> None:
    program = KeyClient(make_key(plain).secret)
    assert problem(program.get("/api/v1/invitations/"))[:2] == (403, "forbidden")
    with committed():
        members.change_role(membership_id=plain.pk, role=Role.ADMIN, by=owning)
    assert program.get("/api/v1/invitations/").status_code == 200


def test_account_that_is_closed(owning: Membership, committed: Any) -> None:
    program = KeyClient(make_key(owning).secret)
    with committed():
        owning.user.is_active = False
        owning.user.save()
    assert program.get(BOOKS).status_code == 401


def test_rotated_works_for_a_while(owning: Membership, committed: Any) -> None:
    old = issue_key(owning, "books:read")
    with committed():
        new = rotating.rotate(key_id=old.key.pk, overlap_hours=1, by=owning)
    assert new.key.scopes == ["books:read"]
    assert [KeyClient(one.secret).get(BOOKS).status_code for one in (old, new)] == [200, 200]
    ApiKey.objects.filter(pk=old.key.pk).update(retires_at=timezone.now())
    recognising.forget_keys()
    assert [KeyClient(one.secret).get(BOOKS).status_code for one in (old, new)] == [401, 200]


def test_scope_that_is_missing(owning: Membership) -> None:
    program = KeyClient(make_key(owning, "books:read").secret)
    assert program.get(BOOKS).status_code == 200
    answer = program.post(BOOKS, {"topic": "Bees"}, content_type="application/json")
    assert problem(answer) == (403, "missing-scope", "This key would need the scope books:write.")
    assert answer["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="books:write"'


@pytest.mark.parametrize(
    ("allowed", "status"),
    [(["127.0.0.0/8"], 200), (["203.0.113.0/24", "::/0"], 403), (["203.0.113.0/24", "127.0.0.1"], 200)],
)
def test_addresses(owning: Membership, allowed: list[str], status: int) -> None:
    program = KeyClient(make_key(owning, addresses=allowed).secret)
    assert program.get(BOOKS).status_code == status


def test_address_within_another_form_of_it(owning: Membership) -> None:
    program = KeyClient(make_key(owning, addresses=["203.0.113.0/24"]).secret)
    assert program.get(BOOKS, REMOTE_ADDR="::ffff:203.0.113.7").status_code == 200


def test_organisation_that_is_closed(owning: Membership, owner: Any, committed: Any) -> None:
    program = KeyClient(issue_key(owning).secret)
    with committed():
        suspension.suspend(organisation_id=owning.organisation_id)
    assert problem(program.get(BOOKS)) == (403, "forbidden", "Acme is suspended. An owner can ask for help.")
    with committed():
        suspension.resume(organisation_id=owning.organisation_id)
        close(Organisation.objects.get(pk=owning.organisation_id), actor=owner)
    assert problem(program.get(BOOKS))[:2] == (403, "forbidden")


def test_no_query_for_key_and_organisation(owning: Membership) -> None:
    program = KeyClient(issue_key(owning).secret)
    assert program.get("/api/v1/books/trims/").status_code == 200
    assert queries_of(program, "/api/v1/books/trims/") == 0


def test_writes_need_no_token_of_a_form(owning: Membership) -> None:
    program = KeyClient(issue_key(owning).secret, enforce_csrf_checks=True)
    answer = program.patch("/api/v1/profile/", {"name": "Ada L."}, content_type="application/json")
    assert answer.status_code == 200
    assert not answer.cookies


def test_session_still_needs_it(organisation: Organisation, owner: Any) -> None:
    visitor = HostClient(organisation, enforce_csrf_checks=True).sign_in(owner)
    answer = visitor.patch("/api/v1/profile/", {"name": "Ada L."}, content_type="application/json")
    assert answer.status_code == 403


def test_activity_says_which_key(owning: Membership) -> None:
    made = issue_key(owning, name="Night job")
    program = KeyClient(made.secret)
    assert program.post("/api/v1/groups/", {"name": "G"}, content_type="application/json").status_code == 201
    line = ActivityLog.objects.latest("created_at")
    assert (line.action, line.actor_id, line.ip_address) == ("group.created", owning.user_id, "127.0.0.1")
    assert line.device == f"API key: Night job ({made.key.prefix}…)"


def test_what_is_not_there(owning: Membership) -> None:
    answer = KeyClient(issue_key(owning).secret).get("/api/v1/nowhere/")
    assert problem(answer) == (404, "not-found", "There is no such address in the API.")


def test_headers(owning: Membership) -> None:
    answer = KeyClient(make_key(owning, per_minute=5).secret).get(BOOKS)
    assert answer["RateLimit-Policy"] == '"plan";q=60;w=60, "key";q=5;w=60'
    assert answer["RateLimit"] == '"plan";r=59;t=1, "key";r=4;t=12'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert int(answer["Content-Length"]) == len(answer.content)


def test_too_often(owning: Membership) -> None:
    program = KeyClient(make_key(owning, per_minute=2).secret)
    assert [program.get(BOOKS).status_code for _ in range(2)] == [200, 200]
    answer = program.get(BOOKS)
    assert problem(answer)[:2] == (429, "throttled")
    assert 29 <= int(answer["Retry-After"]) <= 30
    assert '"key";r=0' in answer["RateLimit"]
    assert KeyClient(make_key(owning).secret).get(BOOKS).status_code == 200  # another key's is its own


def test_all_keys_together_have_the_plans_pace(owning: Membership, settings: Any) -> None:
    settings.OCTAVO_API_RATES = {"": 3}
    programs = [KeyClient(make_key(owning).secret) for _ in range(2)]
    assert [programs[n % 2].get(BOOKS).status_code for n in range(4)] == [200, 200, 200, 429]


def test_goes_through_where_valkey_is_away(
    owning: Membership, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program = KeyClient(issue_key(owning).secret)
    assert program.get(BOOKS).status_code == 200
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    valkey.client.cache_clear()
    try:
        answer = program.get(BOOKS)
    finally:
        valkey.client.cache_clear()
        monkeypatch.setattr(taking, "_away_until", 0.0)
    assert answer.status_code == 200
    assert "RateLimit" not in answer
    assert "neither limited nor counted" in caplog.text


def test_requests_are_written_down(owning: Membership) -> None:
    made = issue_key(owning, "books:read")
    program = KeyClient(made.secret)
    program.get(f"{BOOKS}?q=secret", headers={"x-request-id": "abcdefgh-1"})
    program.post(BOOKS, {}, content_type="application/json")
    assert request_log.write_down() == 2
    rows = LoggedRequest.objects.order_by("id").values_list(
        "key", "method", "path", "status", "address", "request_id"
    )
    assert rows[0] == (made.key.pk, "GET", BOOKS, 200, "127.0.0.1", "abcdefgh-1")
    assert rows[1][:4] == (made.key.pk, "POST", BOOKS, 403)


def test_old_requests_are_forgotten(owning: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    KeyClient(issue_key(owning).secret).get(BOOKS)
    request_log.write_down()
    assert request_log.forget_old() == 0
    monkeypatch.setattr(request_log, "KEPT", timedelta(seconds=-5))
    assert request_log.forget_old() == 1


@pytest.fixture
def secret(owning: Membership) -> str:
    return issue_key(owning).secret


@pytest.mark.django_db(transaction=True)
async def test_asynchronously(secret: str) -> None:
    """As the server runs it."""
    program = AsyncHostClient("localhost:8000")
    answer = await program.get("/api/v1/organisation/", headers={"authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["name"]) == (200, "Acme")


@pytest.fixture
def book_file(organisation: Organisation, owner: Any, settings: Any, tmp_path: Path) -> str:
    """The address of a book's Markdown."""
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}
    with entered(organisation):
        book = Book.objects.create(title="Bees", author=owner, status=Book.Status.READY, kind="guide")
        row = next(one for one in records.expect_formats(book) if one.format == "MARKDOWN")
        stored = files.save(
            data=b"# Bees\n" * 20_000, name="bees.md", content_type="text/markdown", kind=StoredFile.Kind.BOOK
        )
        records.record_ready(book_format=row, file=stored, content_hash="1", engine="e")
        return f"/api/v1/books/{book.pk}/formats/markdown/download/"


@pytest.mark.django_db(transaction=True)
async def test_files_stream_inside_the_organisation(secret: str, book_file: str) -> None:
    program = AsyncHostClient("localhost:8000")
    answer = await program.get(book_file, headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert answer.streaming
    pieces = [piece async for piece in answer]
    assert b"".join(pieces) == b"# Bees\n" * 20_000


def test_what_is_taken_from_django() -> None:
    """`api.calling` calls a method of Django's handler that is not documented."""
    assert callable(BaseHandler._get_response)  # type: ignore[attr-defined]
    for name in ("_view_middleware", "_template_response_middleware", "_exception_middleware"):
        assert getattr(BaseHandler, name) is None
