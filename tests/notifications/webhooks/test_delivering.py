"""Events reach receivers, signed, at least once, and nobody waits for somebody else's receiver."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from standardwebhooks.webhooks import WebhookVerificationError

from notifications.models import Kind, Notification
from notifications.outbox import deliver_due
from notifications.webhooks import claiming, endpoints, pausing, replaying, settling, tasks
from notifications.webhooks.catalogue import CATALOGUE, UnknownEvent, event_type
from notifications.webhooks.claiming import claim
from notifications.webhooks.dispatching import dispatch
from notifications.webhooks.endpoints import Wanted, secret_of
from notifications.webhooks.events import emit
from notifications.webhooks.models import Attempt, Delivery, Endpoint, Event, Problem, Reason
from notifications.webhooks.schedule import WAITS
from tenants.keys import uuid7
from tenants.models import Membership, Organisation, OrganisationStatus
from tests.emulators.receiver import running_receiver

JOINED = {"id": "1", "role": "MEMBER", "url": "https://octavo.example/api/v1/members/1/"}


def joined(endpoint: Endpoint, **data: str) -> Event:
    made = emit("member.joined", {**JOINED, **data}, organisation_id=endpoint.organisation_id)
    assert made is not None
    return made


def only() -> Delivery:
    return Delivery.objects.get()


def due_now() -> None:
    Delivery.objects.filter(status="WAITING").update(next_attempt_at=timezone.now())


def test_an_event_arrives_signed(endpoint, receiver, by):
    event = joined(endpoint)
    assert dispatch() == 1
    received = receiver.received[0]
    said = received.verified_by(secret_of(endpoint_id=endpoint.pk, by=by))
    assert said == {
        "type": "member.joined",
        "timestamp": event.occurred_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "data": JOINED,
    }
    assert received.webhook_id == f"evt_{event.pk.hex}"
    assert received.headers["content-type"] == "application/json; charset=utf-8"
    delivery = only()
    assert (delivery.status, delivery.attempts, delivery.last_status) == ("DELIVERED", 1, 204)
    assert dispatch() == 0


def test_another_secret_does_not_fit(endpoint, receiver, by):
    joined(endpoint)
    dispatch()
    with pytest.raises(WebhookVerificationError):
        receiver.received[0].verified_by("whsec_" + "A" * 44)


def test_for_a_day_both_secrets_sign(endpoint, receiver, by):
    before = secret_of(endpoint_id=endpoint.pk, by=by)
    endpoints.rotate_secret(endpoint_id=endpoint.pk, by=by)
    after = secret_of(endpoint_id=endpoint.pk, by=by)
    assert before != after
    joined(endpoint)
    dispatch()
    assert receiver.received[0].verified_by(before) == receiver.received[0].verified_by(after)
    Endpoint.objects.update(former_secret_until=timezone.now() - timedelta(seconds=1))
    joined(endpoint)
    dispatch()
    assert receiver.received[1].verified_by(after)
    with pytest.raises(WebhookVerificationError):
        receiver.received[1].verified_by(before)


def test_an_event_nobody_wants_costs_one_query(organisation, by, endpoint):
    Endpoint.objects.update(events=["book.completed"])
    with CaptureQueriesContext(connection) as queries:
        assert emit("member.joined", JOINED, organisation_id=organisation.pk) is None
    assert len(queries) == 1
    assert not Event.objects.exists()
    assert emit("book.completed", event_type("book.completed").example, organisation_id=organisation.pk)


@pytest.mark.parametrize(("kind", "data"), [("member.gone", JOINED), ("member.joined", {"id": "1"})])
def test_events_are_those_of_the_catalogue(endpoint, kind, data):
    with pytest.raises(UnknownEvent):
        emit(kind, data, organisation_id=endpoint.organisation_id)


def test_a_suspended_organisation_sends_nothing_until_it_is_open_again(endpoint, receiver, organisation):
    joined(endpoint)
    Organisation.objects.filter(pk=organisation.pk).update(status=OrganisationStatus.SUSPENDED)
    assert dispatch() == 0
    Organisation.objects.filter(pk=organisation.pk).update(status=OrganisationStatus.ACTIVE)
    assert dispatch() == 1


def test_another_organisation_hears_nothing(endpoint, other_organisation):
    assert emit("member.joined", JOINED, organisation_id=other_organisation.pk) is None


def test_a_failure_is_tried_again_as_the_schedule_says(endpoint, receiver):
    receiver.answers(500, b"no \0 way")
    event = joined(endpoint)
    for number, wait in enumerate(WAITS, start=1):
        due_now()
        assert dispatch() == 1
        delivery = only()
        assert (delivery.status, delivery.attempts) == ("WAITING", number)
        ahead = delivery.next_attempt_at - delivery.last_attempt_at
        assert wait <= ahead <= wait * 1.1
    due_now()
    dispatch()
    assert (only().status, only().last_problem) == ("FAILED", Problem.STATUS)
    assert dispatch() == 0
    assert receiver.ids == [event.webhook_id] * 10
    assert len({received.body for received in receiver.received}) == 1
    assert Attempt.objects.filter(answer="no � way", status=500).count() == 10


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("120", 120, 121), ("1", 5, 6), ("999999999", 86400, 86401), ("soon", 5, 6), ("-5", 5, 6)],
)
def test_receivers_may_ask_for_time(endpoint, receiver, header, least, most):
    receiver.answers(429, Retry_After=header)
    joined(endpoint)
    dispatch()
    wait = (only().next_attempt_at - only().last_attempt_at).total_seconds()
    assert least <= wait <= most


def test_or_name_a_date(endpoint, receiver):
    receiver.answers(503, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT")
    joined(endpoint)
    dispatch()
    assert only().next_attempt_at - only().last_attempt_at == timedelta(days=1)


def test_redirects_are_failures(endpoint, receiver):
    receiver.answers(302, Location=receiver.url)
    joined(endpoint)
    dispatch()
    assert (only().last_status, only().last_problem) == (302, Problem.STATUS)
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://127.0.0.1:1/", Problem.UNREACHABLE),
        ("http://nowhere.invalid/", Problem.REFUSED),
        ("http://a b/", Problem.REFUSED),
    ],
)
def test_what_cannot_be_reached_is_told(endpoint, url, problem):
    Endpoint.objects.update(url=url)
    joined(endpoint)
    dispatch()
    assert (only().last_status, only().last_problem) == (None, problem)


def test_private_addresses_are_not_asked(endpoint, receiver, settings):
    settings.OCTAVO_PRIVATE_ADDRESSES = False
    Endpoint.objects.update(url=receiver.url.replace("http:", "https:"))
    joined(endpoint)
    dispatch()
    assert only().last_problem == Problem.REFUSED
    assert receiver.received == []


def test_a_receiver_that_is_gone_hears_no_more(endpoint, receiver, owner):
    receiver.answers(410)
    joined(endpoint)
    dispatch()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.paused_because) == ("PAUSED", Reason.GONE)
    assert only().status == "FAILED"
    told = Notification.objects.get(user=owner, kind=Kind.WEBHOOK_PAUSED)
    assert "at 127.0.0.1 answered that it is gone" in told.words.body
    assert told.words.path == f"/organisation/webhooks/{endpoint.pk}/"


def test_days_of_failures_pause_an_endpoint(endpoint, receiver, owner):
    """Its owners hear of it, and what comes meanwhile is kept for them."""
    receiver.answers(500)
    joined(endpoint)
    dispatch()
    endpoint.refresh_from_db()
    assert endpoint.state == "ENABLED" and endpoint.failing_since
    Endpoint.objects.update(failing_since=timezone.now() - settling.PATIENCE - timedelta(minutes=1))
    due_now()
    dispatch()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.paused_because) == ("PAUSED", Reason.FAILING)
    joined(endpoint, id="2")
    assert [one.is_held for one in Delivery.objects.all()] == [True, True]
    assert dispatch() == 0
    receiver.answers(200)
    pausing.resume(endpoint_id=endpoint.pk)
    assert dispatch() == 2
    assert {one.said["data"]["id"] for one in receiver.received[-2:]} == {"1", "2"}
    assert Notification.objects.get(user=owner, kind=Kind.WEBHOOK_PAUSED).by_email


def test_the_owner_gets_an_e_mail(endpoint, receiver, owner, django_capture_on_commit_callbacks):
    from notifications.emails import send_email

    pausing.pause_by_itself(endpoint_id=endpoint.pk, reason=Reason.FAILING)
    send_email(notification_id=Notification.objects.get(kind=Kind.WEBHOOK_PAUSED).pk)
    deliver_due()
    assert "nothing could be delivered to 127.0.0.1" in mail.outbox[-1].body


def test_a_success_forgets_failures(endpoint, receiver):
    Endpoint.objects.update(failing_since=timezone.now() - timedelta(days=4))
    joined(endpoint)
    dispatch()
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None and endpoint.last_success_at


def test_whoever_dies_leaves_its_deliveries_to_others(endpoint, receiver):
    joined(endpoint)
    lost = claim(room=10)
    assert len(lost) == 1 and claim(room=10) == []
    assert dispatch() == 0
    Delivery.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert dispatch() == 1
    assert only().status == "DELIVERED"


def test_a_late_failure_of_a_lost_claim_counts_for_nothing(endpoint, receiver):
    from notifications.webhooks.sending import Answer

    joined(endpoint)
    (lost,) = claim(room=1)
    Delivery.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    (held,) = claim(room=1)
    failed = Answer(500, Problem.STATUS, "", "", 5, timezone.now())
    settling.settle(lost, failed)
    assert only().claim == held.claim and not Attempt.objects.exists()
    settling.settle(lost, Answer(200, "", "", "", 5, timezone.now()))
    assert only().status == "DELIVERED"


def test_one_endpoint_gets_few_at_once_and_all_have_their_turn(endpoint, by, receiver):
    other = endpoints.add(wanted=Wanted(f"{receiver.url}/other"), by=by)
    for number in range(claiming.AT_ONCE + 2):
        joined(endpoint, id=str(number))
    claimed = claim(room=100)
    assert sorted(one.endpoint_id for one in claimed) == sorted(
        [endpoint.pk] * claiming.AT_ONCE + [other.pk] * claiming.AT_ONCE
    )
    assert claim(room=100) == []


def test_one_organisation_gets_few_at_once(endpoint, by, receiver):
    for number in range(4):
        endpoints.add(wanted=Wanted(f"{receiver.url}/{number}"), by=by)
    for number in range(claiming.AT_ONCE):
        joined(endpoint, id=str(number))
    assert len(claim(room=100)) == claiming.AT_ONCE_FOR_ONE


@pytest.mark.django_db(transaction=True)
def test_a_slow_receiver_holds_nobody_up(endpoint, by, receiver):
    """Nine deliveries to one that hangs, then one to another, which arrives at once."""
    let_go = threading.Event()
    with running_receiver() as slow:
        slow.answer = lambda received: ((let_go.wait(10) and 204) or 500, {}, b"")
        Endpoint.objects.filter(pk=endpoint.pk).update(url=slow.url)
        for number in range(9):
            joined(endpoint, id=str(number))
        other = endpoints.add(wanted=Wanted(receiver.url), by=by)
        arrived = threading.Event()

        def note(received: object) -> tuple[int, dict[str, str], bytes]:
            arrived.set()
            return 204, {}, b""

        receiver.answer = note
        tasks.dispatch()
        joined(other, id="late")
        began = time.monotonic()
        assert arrived.wait(8)
        assert time.monotonic() - began < 5
        assert slow.received == []
        let_go.set()
        for thread in threading.enumerate():
            if thread.name == "webhooks":
                thread.join(20)
    assert not Delivery.objects.exclude(status="DELIVERED").exists()


def test_a_test_is_sent_to_one_alone(endpoint, by, receiver):
    endpoints.add(wanted=Wanted(f"{receiver.url}/other"), by=by)
    delivery = endpoints.test(endpoint_id=endpoint.pk, by=by)
    assert dispatch() == 1
    assert receiver.received[0].said["type"] == "webhook.test"
    delivery.refresh_from_db()
    assert delivery.status == "DELIVERED"


def test_what_was_delivered_is_delivered_again_under_the_same_id(endpoint, by, receiver):
    joined(endpoint)
    dispatch()
    replaying.replay(delivery_id=only().pk, by=by)
    assert dispatch() == 1
    assert len(set(receiver.ids)) == 1 and len(receiver.ids) == 2
    assert only().log.count() == 2


def test_all_that_failed_since_then_is_delivered_again(endpoint, by, receiver):
    now = timezone.now()
    for number, days in enumerate((1, 2, 9)):
        event = joined(endpoint, id=str(number))
        ended = {"status": "FAILED", "ended_at": now - timedelta(days=days), "next_attempt_at": None}
        event.deliveries.update(**ended)
    joined(endpoint, id="delivered").deliveries.update(status="DELIVERED", ended_at=now)
    since = now - timedelta(days=3)
    assert replaying.replay_failed(endpoint_id=endpoint.pk, since=since, by=by) == 2
    assert dispatch() == 2
    assert {one.said["data"]["id"] for one in receiver.received} == {"0", "1"}


def test_after_a_month_it_is_forgotten(endpoint, receiver):
    from notifications.webhooks.forgetting import forget_old

    old, young = joined(endpoint), joined(endpoint, id="2")
    dispatch()
    Event.objects.filter(pk=old.pk).update(occurred_at=timezone.now() - timedelta(days=31))
    assert forget_old() == 1
    assert list(Event.objects.all()) == [young]
    assert only().event_id == young.pk and Attempt.objects.count() == 1


def test_all_goes_with_the_organisation(endpoint, receiver, organisation):
    joined(endpoint)
    dispatch()
    Membership.objects.all().delete()
    organisation.delete()
    assert not Endpoint.objects.exists() and not Event.objects.exists() and not Attempt.objects.exists()


def test_examples_can_be_sent(endpoint, receiver):
    """Each event of the catalogue, with the data of its example."""
    for one in CATALOGUE:
        assert emit(one.name, one.example, organisation_id=endpoint.organisation_id)
    while dispatch():
        pass
    shown = {one.name: json.dumps(one.example) for one in CATALOGUE}
    assert {one.said["type"]: json.dumps(one.said["data"]) for one in receiver.received} == shown


def test_ids_tell_nothing_twice():
    assert Event(pk=uuid7()).webhook_id != Event(pk=uuid7()).webhook_id


@pytest.mark.django_db(transaction=True)
def test_thirty_percent_of_failures_lose_nothing(endpoint, receiver, monkeypatch):
    """The small version of bench/api_deliveries.py, without deaths."""
    monkeypatch.setattr("notifications.webhooks.schedule.WAITS", (timedelta(0),) * 9)
    numbers = iter(range(10_000))
    receiver.answer = lambda received: (503 if next(numbers) % 10 < 3 else 204, {}, b"")
    sent = {joined(endpoint, id=str(number)).webhook_id for number in range(60)}
    while Delivery.objects.filter(status="WAITING").exists():
        dispatch()
    assert set(receiver.ids) == sent
    assert Delivery.objects.filter(status="DELIVERED").count() == 60
