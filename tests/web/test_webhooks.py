"""The pages on which owners and admins look after webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from insights.models import ActivityLog
from notifications.webhooks.dispatching import dispatch
from notifications.webhooks.events import emit
from notifications.webhooks.models import Delivery, Endpoint
from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.emulators.receiver import Receiver, running_receiver
from tests.factories.billing import put_on
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

PATH = "/organisation/webhooks/"
MEMBER = {"id": "1", "role": "MEMBER", "url": "https://octavo.example/api/v1/members/1/"}


@pytest.fixture
def page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as found:
        yield found


@pytest.fixture
def endpoint(page: HostClient, receiver: Receiver) -> Endpoint:
    given = {"url": receiver.url, "hears": "chosen", "events": ["member.joined", "book.completed"]}
    response = page.post(f"{PATH}new/", given)
    assert response.status_code == 302, text_of(response)
    return Endpoint.objects.get()


def follow(page: HostClient, path: str, **form: str) -> str:
    return text_of(page.post(path, form, follow=True, HTTP_HOST=page.organisation.host))  # type: ignore[union-attr]


def test_one_is_added_tried_and_looked_at(page: HostClient, receiver: Receiver) -> None:
    assert "Nobody is told yet" in text_of(page.get(PATH))
    form = text_of(page.get(f"{PATH}new/"))
    assert "A book is finished: text, pictures and files." in form and "book.completed" in form
    assert "Added." in follow(page, f"{PATH}new/", url=receiver.url, hears="everything", description="Shop")
    endpoint = Endpoint.objects.get()
    here = f"{PATH}{endpoint.pk}/"
    assert "Nothing yet. Send a test" in text_of(page.get(here))
    sent = page.post(f"{here}test/")
    waiting = page.get(sent["Location"])
    assert tree(waiting).xpath("//@hx-trigger") == ["every 1s"]
    assert "It is on its way." in text_of(waiting)
    receiver.answers(200, b"<b>thanks</b>")
    dispatch()
    done = page.get(sent["Location"])
    assert tree(done).xpath("//@hx-trigger") == []
    assert "Delivered" in text_of(done) and "<b>thanks</b>" in text_of(done)
    assert receiver.ids[0] in text_of(done) and "This is a test." in text_of(done)
    listed = text_of(page.get(PATH))
    assert "Shop" in listed and "Works" in listed and "last day: 1 delivered" in listed


def test_the_secret_is_shown_when_asked_for(page: HostClient, endpoint: Endpoint, receiver: Receiver) -> None:
    here = f"{PATH}{endpoint.pk}/"
    assert "whsec_" not in text_of(page.get(here))
    shown = page.post(f"{here}secret/")
    assert "no-store" in shown["Cache-Control"]
    secret = tree(shown).xpath("//button/@data-copy")[0]
    page.post(f"{here}test/")
    dispatch()
    assert receiver.received[0].verified_by(secret)["type"] == "webhook.test"
    assert "For 24 hours" in text_of(page.get(f"{here}rotate/"))
    assert "The former secret signs, too" in follow(page, f"{here}rotate/")
    assert tree(page.post(f"{here}secret/")).xpath("//button/@data-copy")[0] != secret


def test_it_is_changed_paused_resumed_and_removed(page: HostClient, endpoint: Endpoint) -> None:
    here = f"{PATH}{endpoint.pk}/"
    form = tree(page.get(f"{here}edit/"))
    assert sorted(form.xpath("//input[@name='events'][@checked]/@value")) == [
        "book.completed",
        "member.joined",
    ]
    assert "Saved." in follow(page, f"{here}edit/", url=endpoint.url, hears="everything")
    assert "Paused by a member" in follow(page, f"{here}pause/")
    assert "It goes on" in follow(page, f"{here}resume/")
    assert "Remove this endpoint?" in text_of(page.get(f"{here}remove/"))
    assert "The webhook is removed." in follow(page, f"{here}remove/")
    assert page.get(here).status_code == 404
    told = ActivityLog.objects.filter(action__startswith="webhook.").order_by("created_at")
    kinds = ["added", "changed", "paused", "resumed", "removed"]
    assert list(told.values_list("action", flat=True)) == [f"webhook.{kind}" for kind in kinds]


def test_what_failed_is_delivered_again(page: HostClient, endpoint: Endpoint, receiver: Receiver) -> None:
    here = f"{PATH}{endpoint.pk}/"
    for days in (0, 3):
        event = emit("member.joined", MEMBER, organisation_id=endpoint.organisation_id)
        assert event
        ended = timezone.now() - timedelta(days=days)
        event.deliveries.update(status="FAILED", ended_at=ended, next_attempt_at=None)
    assert "1 delivery begins again." in follow(page, f"{here}replay/", hours="24")
    assert "Nothing failed in that time." in follow(page, f"{here}replay/", hours="1")
    assert page.post(f"{here}replay/", {"hours": "9999"}).status_code == 422
    dispatch()
    assert len(receiver.received) == 1
    one = Delivery.objects.get(status="DELIVERED")
    follow(page, f"{PATH}deliveries/{one.pk}/replay/")
    dispatch()
    assert receiver.ids == [receiver.ids[0]] * 2


def test_the_log_is_filtered(page: HostClient, endpoint: Endpoint) -> None:
    emit("member.joined", MEMBER, organisation_id=endpoint.organisation_id)
    here = f"{PATH}{endpoint.pk}/"
    rows = "//ul[@class='rows']/li"
    assert len(tree(page.get(f"{here}?status=WAITING&type=member.joined")).xpath(rows)) == 1
    assert "Nothing like that was sent." in text_of(page.get(f"{here}?status=FAILED"))
    assert len(tree(page.get(f"{here}?status=odd&type=\x00&page=x")).xpath(rows)) == 1


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"url": ""}, "This field is required."),
        ({"url": "ftp://hooks.example/"}, "begins with https://"),
        ({"url": "https://hooks.example/\x00"}, "Null characters are not allowed."),
        ({"url": "https://hooks.example/" + "x" * 2000}, "at most 2000 characters"),
        ({"hears": "chosen"}, "Tick at least one event."),
        ({"hears": "nothing"}, "Select a valid choice."),
        ({"hears": "chosen", "events": "book.eaten"}, "Select a valid choice."),
        ({"description": "x" * 201}, "at most 200 characters"),
    ],
)
def test_odd_input_is_explained(page: HostClient, form: dict[str, str], told: str) -> None:
    response = page.post(f"{PATH}new/", {"url": "https://hooks.example/", "hears": "everything", **form})
    assert response.status_code == 422
    assert told in text_of(response)
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
def test_only_who_runs_the_organisation(
    member_client: HostClient, member: User, role: Role, endpoint: Endpoint
) -> None:
    Membership.objects.filter(user=member).update(role=role)
    assert member_client.get(PATH).status_code == 403
    assert member_client.post(f"{PATH}{endpoint.pk}/secret/").status_code == 403


def test_a_plan_without_it_says_so(page: HostClient, organisation: Organisation) -> None:
    from billing.models import Plan

    put_on(organisation, "FREE")
    for plan in Plan.objects.filter(code="FREE"):
        Plan.objects.filter(pk=plan.pk).update(features=[one for one in plan.features if one != "webhooks"])
    assert "This comes with the plan" in text_of(page.get(PATH))
    answer = page.post(f"{PATH}new/", {"url": "https://hooks.example/", "hears": "everything"})
    assert answer.status_code == 422 and "This comes with the plan" in text_of(answer)


def test_pages_take_as_many_questions_however_much_there_is(page: HostClient, endpoint: Endpoint) -> None:
    def more(number: int) -> Any:
        for _time in range(number):
            emit("member.joined", MEMBER, organisation_id=endpoint.organisation_id)
        return [queries_of(page, path) for path in (PATH, f"{PATH}{endpoint.pk}/")]

    few = more(1)
    Endpoint.objects.create(organisation=endpoint.organisation, url="https://hooks.example/", secret="x")
    assert more(4) == few
