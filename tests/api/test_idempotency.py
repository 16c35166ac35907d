"""Writes that are sent again: the same answer, and nothing done twice."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from api import idempotency, turns
from api.faults import FAULTS
from api.models import KeptAnswer
from billing.models import Payment
from books.models import Book
from generation import commission
from tenants.context import entered
from tenants.models import Group, Membership, Organisation
from tests.billing.subscriptions.conftest import customer
from tests.billing.subscriptions.living import Customer, price
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, issue_key, make_key

__all__ = ["customer"]
pytestmark = pytest.mark.django_db

BOOKS = "/api/v1/books/"
GROUPS = "/api/v1/groups/"
CHECKOUT = "/api/v1/subscription/checkout/"
ASKED = {"topic": "Starting a community garden", "kind": "guide", "language": "en"}
KEY = "0b59b3a4-8a5c-4d5a-a5a2-0f3e4d1a2b3c"


def post(client: HostClient, path: str, body: Any, *, key: str = KEY) -> Any:
    return client.post(path, body, content_type="application/json", headers={"idempotency-key": key})


def fault(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("#")[2]


def test_same_request_gets_the_same_answer(member_client: HostClient, organisation: Organisation) -> None:
    first, again = post(member_client, BOOKS, ASKED), post(member_client, BOOKS, ASKED)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.content == first.content
    assert [again[name] for name in ("Location", "Retry-After", "Content-Type")] == [
        first[name] for name in ("Location", "Retry-After", "Content-Type")
    ]
    assert "Idempotency-Replayed" not in first and again["Idempotency-Replayed"] == "true"
    assert first["X-Request-Id"] != again["X-Request-Id"]
    with entered(organisation):
        assert Book.objects.count() == 1


def test_order_of_fields_is_nothing_and_quotes_are_nothing(member_client: HostClient) -> None:
    first = post(member_client, BOOKS, ASKED)
    again = post(member_client, BOOKS, dict(reversed(ASKED.items())), key=f'"{KEY}"')
    assert again.content == first.content


@pytest.mark.parametrize("other", [{**ASKED, "topic": "Bees"}, {**ASKED, "tone": ""}])
def test_another_body_is_refused(member_client: HostClient, other: dict[str, str]) -> None:
    post(member_client, BOOKS, ASKED)
    assert fault(post(member_client, BOOKS, other)) == (422, "idempotency-key-reused")


def test_another_address_is_refused(owner_client: HostClient) -> None:
    made = post(owner_client, GROUPS, {"name": "Foxes"})
    assert fault(post(owner_client, "/api/v1/tiers/", {"name": "Foxes"})) == (422, "idempotency-key-reused")
    again = owner_client.delete(f"{GROUPS}{made.json()['id']}/", headers={"idempotency-key": KEY})
    assert fault(again) == (422, "idempotency-key-reused")


def test_what_is_gone_was_deleted_once(owner_client: HostClient) -> None:
    address = f"{GROUPS}{post(owner_client, GROUPS, {'name': 'Foxes'}).json()['id']}/"
    for _time in range(2):
        assert owner_client.delete(address, headers={"idempotency-key": "gone"}).status_code == 204
    assert owner_client.delete(address).status_code == 404


def test_keys_are_each_callers_own(
    owner_client: HostClient, member_client: HostClient, owning: Membership
) -> None:
    robots = [KeyClient(make_key(owning).secret) for _number in range(2)]
    for client in (owner_client, member_client, *robots):
        assert "Idempotency-Replayed" not in post(client, BOOKS, ASKED)
    assert KeptAnswer.objects.count() == 4


def test_a_form_in_parts_is_the_same_with_another_boundary(
    member_client: HostClient, organisation: Organisation
) -> None:
    def bring(text: bytes) -> Any:
        file = SimpleUploadedFile("book.md", text, "text/markdown")
        return member_client.post(
            f"{BOOKS}import/", {"file": file, "kind": "guide"}, headers={"idempotency-key": KEY}
        )

    first, again = bring(b"# A\n\n## B\n\nC.\n"), bring(b"# A\n\n## B\n\nC.\n")
    assert (first.status_code, again.content) == (202, first.content)
    assert fault(bring(b"# A\n\n## B\n\nD.\n")) == (422, "idempotency-key-reused")
    with entered(organisation):
        assert Book.objects.count() == 1


def test_refusals_are_not_kept(owner_client: HostClient) -> None:
    assert post(owner_client, GROUPS, {"name": ""}).status_code == 400
    assert post(owner_client, GROUPS, {"name": "Foxes"}).status_code == 201
    assert Group.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "a" * 256, '"' + 254 * "a" + '"', "é", "a b"])
def test_odd_keys(owner_client: HostClient, key: str) -> None:
    assert fault(post(owner_client, GROUPS, {"name": "Foxes"}, key=key)) == (400, "bad-idempotency-key")


def test_reading_needs_no_key(owner_client: HostClient) -> None:
    assert owner_client.get(GROUPS, headers={"idempotency-key": KEY}).status_code == 200
    assert not KeptAnswer.objects.exists()


def test_after_a_day_the_key_is_new(owner_client: HostClient) -> None:
    post(owner_client, GROUPS, {"name": "Foxes"})
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert post(owner_client, GROUPS, {"name": "Bees"}).status_code == 201
    post(owner_client, GROUPS, {"name": "Owls"}, key="another")
    KeptAnswer.objects.filter(key="another").update(created_at=timezone.now() - timedelta(hours=25))
    assert (idempotency.forget_old(), KeptAnswer.objects.get().key) == (1, KEY)


def test_what_is_kept_cannot_be_read_in_the_table(owner_client: HostClient) -> None:
    post(owner_client, GROUPS, {"name": "Secret foxes"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT api_keptanswer::text FROM public.api_keptanswer")
        assert "foxes" not in cursor.fetchone()[0]


def test_rights_are_asked_each_time(
    owner_client: HostClient, owning: Membership, member_client: HostClient
) -> None:
    post(owner_client, GROUPS, {"name": "Foxes"})
    Membership.objects.filter(pk=owning.pk).update(role="MEMBER")
    assert post(owner_client, GROUPS, {"name": "Foxes"}).status_code == 403


def test_a_failure_of_ours_leaves_neither_book_nor_answer(
    member_client: HostClient, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks after the book was made, such as keeping the answer."""
    monkeypatch.setattr(idempotency, "_content", lambda response: {"status": -1})
    member_client.raise_request_exception = False
    assert fault(post(member_client, BOOKS, ASKED)) == (500, "internal-error")
    monkeypatch.undo()
    with entered(organisation):
        assert not Book.objects.exists()
    assert post(member_client, BOOKS, ASKED).status_code == 202


class TestOutside:
    """What asks the payment service, whose answer no transaction takes back."""

    def test_checkout_is_begun_once(self, owner_client: HostClient, customer: Customer) -> None:
        wanted = {"price": str(price("STARTER").pk)}
        first, again = post(owner_client, CHECKOUT, wanted), post(owner_client, CHECKOUT, wanted)
        assert (first.status_code, again.content) == (200, first.content)
        assert Payment.objects.count() == 1

    def test_a_refusal_frees_the_key(self, owner_client: HostClient, customer: Customer) -> None:
        assert post(owner_client, CHECKOUT, {"price": "nonsense"}).status_code == 400
        assert post(owner_client, CHECKOUT, {"price": str(price("STARTER").pk)}).status_code == 200

    def test_a_lost_answer_says_where_to_look(self, owner_client: HostClient, customer: Customer) -> None:
        wanted = {"price": str(price("STARTER").pk)}
        post(owner_client, CHECKOUT, wanted)
        KeptAnswer.objects.update(state=KeptAnswer.State.UNKNOWN)
        again = post(owner_client, CHECKOUT, wanted)
        assert fault(again) == (409, "outcome-unknown")
        assert "/api/v1/payments/" in again.json()["detail"]

    def test_whoever_died_over_it_leaves_it_unknown(
        self, owner_client: HostClient, customer: Customer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted = {"price": str(price("STARTER").pk)}
        post(owner_client, CHECKOUT, wanted)
        monkeypatch.setattr(turns, "WAIT", 0.0)
        KeptAnswer.objects.update(state=KeptAnswer.State.DOING)
        again = post(owner_client, CHECKOUT, wanted)
        assert (fault(again), again["Retry-After"]) == ((409, "idempotency-key-in-use"), "1")
        KeptAnswer.objects.update(created_at=timezone.now() - timedelta(seconds=61))
        assert fault(post(owner_client, CHECKOUT, wanted)) == (409, "outcome-unknown")


@pytest.mark.django_db(transaction=True)
class TestSideBySide:
    def test_a_hundred_posts_make_one_book(
        self, live_server: Any, on_enterprise: Organisation, owning: Membership
    ) -> None:
        organisation = on_enterprise  # whose plan allows so many requests at once
        send = sender(live_server, organisation, issue_key(owning).secret)
        send("GET", BOOKS)
        with ThreadPoolExecutor(100) as pool:
            answers = list(pool.map(lambda _number: send("POST", BOOKS, ASKED), range(100)))
        assert Counter(status for status, _body, _headers in answers) == {202: 100}
        assert len({body for _status, body, _headers in answers}) == 1
        assert sum("Idempotency-Replayed" not in headers for _status, _body, headers in answers) == 1
        with entered(organisation):
            assert Book.objects.count() == 1

    def test_while_the_first_runs_the_others_are_told_to_wait(
        self,
        live_server: Any,
        organisation: Organisation,
        owning: Membership,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """In another process it would be the same: the lock is PostgreSQL's."""
        monkeypatch.setattr(turns, "WAIT", 0.2)
        begun, go_on = threading.Event(), threading.Event()
        made = commission.commission_book

        def slowly(**asked: Any) -> Any:
            begun.set()
            assert go_on.wait(20)
            return made(**asked)

        monkeypatch.setattr(commission, "commission_book", slowly)
        send = sender(live_server, organisation, issue_key(owning).secret)
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(send, "POST", BOOKS, ASKED)
            assert begun.wait(20)
            status, body, headers = send("POST", BOOKS, ASKED)
            assert (status, json.loads(body)["type"]) == (409, FAULTS["idempotency-key-in-use"].type)
            assert headers["Retry-After"] == "1"
            go_on.set()
            assert first.result()[0] == 202
        assert send("POST", BOOKS, ASKED)[1] == first.result()[1]


Sent = tuple[int, bytes, dict[str, str]]


def sender(live_server: Any, organisation: Organisation, secret: str) -> Callable[..., Sent]:
    """Sends one request on a connection of its own, with the key."""
    address = urlsplit(live_server.url)

    def send(method: str, path: str, body: Any = None) -> Sent:
        try:
            return send_once(method, path, body)
        except ConnectionError:  # so many at once that the server hangs up: what else is the key for?
            return send(method, path, body)

    def send_once(method: str, path: str, body: Any) -> Sent:
        headers = {
            "Host": organisation.host,
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": KEY,
        }
        wire = HTTPConnection(address.hostname or "", address.port, timeout=60)
        try:
            wire.request(method, path, json.dumps(body) if body else None, headers)
            answer = wire.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            wire.close()

    return send
