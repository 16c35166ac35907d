"""The links that stop e-mails: signed, good signed out, and for nothing but what they name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from notifications import notify, stopping
from notifications.emails import send_email
from notifications.models import EmailPace, Kind, Pace, Preference
from notifications.pace import set_pace
from tests.conftest import HostClient

pytestmark = pytest.mark.django_db

BOOK = {"title": "The Kite", "path": "/books/1/"}


def path_of(user: Any, what: str) -> str:
    return "/" + stopping.url(user_id=user.pk, what=what).split("/", 3)[3]


def wishes(user: Any) -> dict[str, tuple[bool, bool]]:
    return {one.kind: (one.in_app, one.by_email) for one in Preference.objects.filter(user=user)}


def test_email_has_both_fields(inside: object, member: Any) -> None:
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert told
    send_email(notification_id=told.id)
    headers = mail.outbox[0].extra_headers
    address = stopping.url(user_id=member.pk, what=Kind.BOOK_FINISHED)
    assert headers == {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert address in mail.outbox[0].body


def test_email_that_cannot_wait_has_none(inside: object, member: Any) -> None:
    told = notify(member, Kind.OWNERSHIP_RECEIVED, {"organisation": "Acme", "name": "Ada", "path": "/"})
    assert told
    send_email(notification_id=told.id)
    assert mail.outbox[0].extra_headers == {}
    assert "/e-mails/" not in mail.outbox[0].body


def test_one_click_stops_that_kind_alone(platform_client: HostClient, member: Any) -> None:
    """As a mail program sends it: a form of one field, no cookies, no token of ours. RFC 8058, 3.2."""
    Preference.objects.create(user=member, kind=Kind.BOOK_FINISHED, in_app=False, by_email=True)
    mail_program = Client(enforce_csrf_checks=True, HTTP_HOST=platform_client.defaults["HTTP_HOST"])
    body = {"List-Unsubscribe": "One-Click"}
    assert mail_program.post(path_of(member, Kind.BOOK_FINISHED), body).status_code == 200
    assert wishes(member) == {Kind.BOOK_FINISHED: (False, False)}
    assert not EmailPace.objects.exists()


def test_looking_changes_nothing(platform_client: HostClient, member: Any) -> None:
    path = path_of(member, Kind.BOOK_FAILED)
    for ask in (platform_client.get, platform_client.head):
        assert ask(path).status_code == 200
    assert wishes(member) == {}


def test_page_stops_and_sends_again(platform_client: HostClient, member: Any) -> None:
    path = path_of(member, Kind.BOOK_FAILED)
    page = platform_client.post(path, {"page": "yes"}, follow=True)
    assert b"These e-mails have stopped" in page.content
    assert wishes(member) == {Kind.BOOK_FAILED: (True, False)}
    page = platform_client.post(path, {"page": "yes", "resume": "yes"}, follow=True)
    assert b"Stop these e-mails?" in page.content
    assert wishes(member) == {Kind.BOOK_FAILED: (True, True)}


def test_digest_is_stopped_and_comes_again(platform_client: HostClient, inside: object, member: Any) -> None:
    set_pace(user=member, pace=Pace.WEEKLY, hour=6, weekday=4)
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert told
    path = path_of(member, stopping.DIGEST)
    platform_client.post(path)
    wish = EmailPace.objects.get()
    assert (wish.pace, wish.hour, wish.weekday, wish.next_at) == (Pace.NEVER, 6, 4, None)
    told.refresh_from_db()
    assert not told.by_email
    platform_client.post(path, {"resume": "yes"})
    assert EmailPace.objects.get().pace == Pace.DAILY


@pytest.mark.parametrize("change", [
    lambda path: path.replace("/e-mails/", "/e-mails/x"),
    lambda path: path[:-3] + "/",
    lambda path: "/e-mails/nonsense/",
])  # fmt: skip
def test_altered_link_is_refused(platform_client: HostClient, member: Any, change: Any) -> None:
    path = change(path_of(member, Kind.BOOK_FAILED))
    assert platform_client.post(path).status_code == 404
    assert wishes(member) == {}


def test_what_cannot_wait_cannot_be_stopped(platform_client: HostClient, member: Any) -> None:
    assert platform_client.post(path_of(member, Kind.ORGANISATION_DELETING)).status_code == 404
    assert wishes(member) == {}


def test_link_of_nobody_is_refused(platform_client: HostClient, member: Any) -> None:
    path = path_of(member, Kind.BOOK_FAILED)
    member.delete()
    assert platform_client.post(path).status_code == 404
