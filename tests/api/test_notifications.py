"""Notifications and wishes over REST."""

from __future__ import annotations

from typing import Any

import pytest

from notifications.models import EmailPace, Kind, Notification, Preference
from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.queries import queries_of

JSON = "application/json"
NOTIFICATIONS = "/api/v1/notifications/"
PREFERENCES = f"{NOTIFICATIONS}preferences/"


def news(user: User, organisation: Organisation) -> Notification:
    return Notification.objects.create(
        user=user,
        organisation=organisation,
        kind=Kind.BOOK_FINISHED,
        data={"title": "The Kite", "path": "/books/"},
    )


def unread(client: HostClient) -> int:
    return int(client.get(f"{NOTIFICATIONS}unread/").json()["unread"])


def test_news_are_told_in_words_and_read(
    guest_client: HostClient, organisation: Organisation, owner: User
) -> None:
    guest = User.objects.get(email="gwen@acme.example")
    first, _second = news(guest, organisation), news(guest, organisation)
    others = news(owner, organisation)
    told = guest_client.get(NOTIFICATIONS).json()["results"]
    assert [one["title"] for one in told] == ["“The Kite” is finished"] * 2
    assert {one["path"] for one in told} == {"/books/"}
    assert unread(guest_client) == 2
    assert guest_client.post(f"{NOTIFICATIONS}{first.pk}/read/").json()["read_at"]
    assert unread(guest_client) == 1
    assert guest_client.post(f"{NOTIFICATIONS}{others.pk}/read/").status_code == 404
    assert guest_client.post(f"{NOTIFICATIONS}read/").status_code == 204
    assert unread(guest_client) == 0
    others.refresh_from_db()
    assert others.read_at is None


def test_wishes_are_changed_by_parts(member_client: HostClient, member: User) -> None:
    before = member_client.get(PREFERENCES).json()
    assert [one["kind"] for one in before["kinds"]] == Kind.values
    assert {(one["in_app"], one["by_email"]) for one in before["kinds"]} == {(True, True)}
    assert before["emails"] == {"pace": "at_once", "hour": 8, "weekday": 0}
    changes = {"kinds": [{"kind": "book.finished", "by_email": False}], "emails": {"pace": "weekly"}}
    after = member_client.patch(PREFERENCES, changes, content_type=JSON).json()
    assert after["emails"] == {"pace": "weekly", "hour": 8, "weekday": 0}
    wished = {one["kind"]: (one["in_app"], one["by_email"]) for one in after["kinds"]}
    assert wished == {**dict.fromkeys(Kind.values, (True, True)), "book.finished": (True, False)}
    assert EmailPace.objects.get(user=member).pace == "weekly"
    assert member_client.get(PREFERENCES).json() == after


def test_what_cannot_wait_is_told_whatever_is_wished(member_client: HostClient, member: User) -> None:
    changes = {"kinds": [{"kind": "organisation.deleting", "in_app": False, "by_email": False}]}
    after = member_client.patch(PREFERENCES, changes, content_type=JSON).json()
    told = next(one for one in after["kinds"] if one["kind"] == "organisation.deleting")
    assert (told["always"], told["in_app"], told["by_email"]) == (True, True, True)
    assert not Preference.objects.filter(user=member).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kinds": [{"kind": "cake"}]}, "kinds.0.kind"),
        ({"kinds": [{"in_app": False}]}, "kinds.0.kind"),
        ({"kinds": "all"}, "kinds"),
        ({"emails": {"pace": "hourly"}}, "emails.pace"),
        ({"emails": {"hour": 24}}, "emails.hour"),
        ({"emails": {"weekday": 7}}, "emails.weekday"),
    ],
)
def test_odd_wishes_name_their_field(
    member_client: HostClient, member: User, errors: Any, change: dict[str, Any], field: str
) -> None:
    assert list(errors(member_client.patch(PREFERENCES, change, content_type=JSON))) == [field]
    assert not Preference.objects.filter(user=member).exists()


def test_news_cost_the_same_for_many(
    member_client: HostClient, member: User, organisation: Organisation
) -> None:
    news(member, organisation)
    few = queries_of(member_client, NOTIFICATIONS)
    for _one in range(8):
        news(member, organisation)
    assert queries_of(member_client, NOTIFICATIONS) == few
