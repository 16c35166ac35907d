"""Webhooks over REST."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from notifications.webhooks.dispatching import dispatch
from notifications.webhooks.events import emit
from notifications.webhooks.models import Delivery, Endpoint
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.emulators.receiver import Receiver, running_receiver
from tests.factories.api_keys import KeyClient, make_key
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
WEBHOOKS = "/api/v1/webhooks/"
DELIVERIES = f"{WEBHOOKS}deliveries/"
MEMBER = {"id": "1", "role": "MEMBER", "url": "https://octavo.example/api/v1/members/1/"}


def post(client: HostClient, address: str, /, **body: Any) -> Any:
    return client.post(address, body, content_type="application/json")


@pytest.fixture
def receiver() -> Any:
    with running_receiver() as found:
        yield found


@pytest.fixture
def made(owner_client: HostClient, receiver: Receiver) -> dict[str, Any]:
    answer = post(owner_client, WEBHOOKS, address=receiver.url, events=["member.joined"])
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_an_integrator_sets_one_up_and_hears_of_things(
    owner_client: HostClient, organisation: Organisation, made: dict[str, Any], receiver: Receiver
) -> None:
    address = f"{WEBHOOKS}{made['id']}/"
    assert made["url"].endswith(address)
    assert (made["events"], made["state"], made["health"]) == (["member.joined"], "ENABLED", "UNTRIED")
    told = post(owner_client, f"{address}secret/")
    assert told["Cache-Control"] == "no-store"
    emit("member.joined", MEMBER, organisation_id=organisation.pk)
    dispatch()
    assert receiver.received[0].verified_by(told.json()["secret"])["data"] == MEMBER
    listed = owner_client.get(f"{DELIVERIES}?endpoint={made['id']}&status=DELIVERED").json()["results"]
    assert [(one["event"], one["type"], one["last_status"]) for one in listed] == [
        (receiver.ids[0], "member.joined", 204)
    ]
    whole = owner_client.get(f"{DELIVERIES}{listed[0]['id']}/").json()
    assert whole["body"].encode() == receiver.received[0].body
    assert [one["status"] for one in whole["log"]] == [204]
    assert owner_client.get(address).json()["health"] == "GOOD"


def test_replaying(owner_client: HostClient, made: dict[str, Any], receiver: Receiver) -> None:
    tested = post(owner_client, f"{WEBHOOKS}{made['id']}/test/")
    assert tested.status_code == 202
    dispatch()
    again = post(owner_client, f"{DELIVERIES}{tested.json()['id']}/replay/")
    assert (again.status_code, again.json()["status"]) == (202, "WAITING")
    dispatch()
    assert len(receiver.ids) == 2 and len(set(receiver.ids)) == 1
    Delivery.objects.update(status="FAILED", ended_at=timezone.now())
    since = {"since": "2020-01-01T00:00:00Z"}
    assert post(owner_client, f"{WEBHOOKS}{made['id']}/replay-failed/", **since).json() == {"deliveries": 1}


def test_changing_pausing_rotating_removing(owner_client: HostClient, made: dict[str, Any]) -> None:
    address = f"{WEBHOOKS}{made['id']}/"
    changed = owner_client.patch(address, {"events": []}, content_type="application/json").json()
    assert (changed["events"], changed["address"]) == ([], made["address"])
    assert post(owner_client, f"{address}pause/").json()["paused_because"] == "MEMBER"
    assert post(owner_client, f"{address}resume/").json()["state"] == "ENABLED"
    before = post(owner_client, f"{address}secret/").json()
    assert post(owner_client, f"{address}rotate/").json() != before
    assert owner_client.delete(address).status_code == 204
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "ftp://hooks.example/"}, "address"),
        ({"address": "https://user:word@hooks.example/"}, "address"),
        ({"address": "https://hooks.example/" + "x" * 2000}, "address"),
        ({"events": ["book.eaten"]}, "events.0"),
        ({"events": "book.created"}, "events"),
        ({"description": "x" * 201}, "description"),
    ],
)
def test_odd_input_is_told(owner_client: HostClient, wrong: dict[str, Any], field: str) -> None:
    answer = post(owner_client, WEBHOOKS, **{"address": "https://hooks.example/", **wrong})
    assert answer.status_code == 400
    assert field in json.dumps(answer.json()["errors"])
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("address", ["http://hooks.example/", "https://127.0.0.1/", "https://[::1]/"])
def test_private_addresses_are_told(owner_client: HostClient, settings: Any, address: str) -> None:
    settings.OCTAVO_PRIVATE_ADDRESSES = False
    assert post(owner_client, WEBHOOKS, address=address).status_code == 400


def test_an_organisation_has_twenty(owner_client: HostClient, organisation: Organisation) -> None:
    Endpoint.objects.bulk_create(
        Endpoint(organisation=organisation, url="https://hooks.example/", secret="x") for _ in range(20)
    )
    assert post(owner_client, WEBHOOKS, address="https://hooks.example/").status_code == 400


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
def test_only_who_runs_the_organisation(
    member_client: HostClient, member: Any, role: Role, made: dict[str, Any]
) -> None:
    Membership.objects.filter(user=member).update(role=role)
    for address in (WEBHOOKS, DELIVERIES, f"{WEBHOOKS}events/", f"{WEBHOOKS}{made['id']}/"):
        assert member_client.get(address).status_code == 403


def test_keys_that_read_do_not_see_secrets(made: dict[str, Any], owner: Any) -> None:
    key = make_key(Membership.objects.get(user=owner), "webhooks:read")
    reading = KeyClient(key.secret)
    assert reading.get(f"{WEBHOOKS}{made['id']}/").status_code == 200
    assert reading.post(f"{WEBHOOKS}{made['id']}/secret/").status_code == 403


def test_events_are_listed(owner_client: HostClient) -> None:
    listed = owner_client.get(f"{WEBHOOKS}events/").json()
    assert {"name", "when", "example"} == listed[0].keys()
    assert "book.completed" in [one["name"] for one in listed]


def test_lists_take_as_many_questions_however_long(
    owner_client: HostClient, organisation: Organisation, made: dict[str, Any]
) -> None:
    emit("member.joined", MEMBER, organisation_id=organisation.pk)
    few = queries_of(owner_client, WEBHOOKS), queries_of(owner_client, DELIVERIES)
    for _number in range(3):
        emit("member.joined", MEMBER, organisation_id=organisation.pk)
        post(owner_client, WEBHOOKS, address="https://hooks.example/")
    assert (queries_of(owner_client, WEBHOOKS), queries_of(owner_client, DELIVERIES)) == few
