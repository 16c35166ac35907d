"""E-mails that come together: when, to whom, with what, and once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django.utils.html import escape

from notifications import digests, notify
from notifications.digests import send_digest, send_due_digests
from notifications.emails import send_email, send_waiting_emails
from notifications.models import EmailPace, Kind, Notification, Pace
from notifications.pace import following, set_pace
from notifications.queries import mark_read
from tenants.accounts.models import User
from tenants.context import entered, in_public
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient

pytestmark = pytest.mark.django_db

SETTINGS = {"name": "Max Member", "language": "", "theme": "system", "time_zone": "Europe/Paris"}


def book(title: str) -> dict[str, str]:
    return {"title": title, "path": f"/books/{title}/"}


def wish(user: User, pace: Pace = Pace.DAILY, hour: int = 8, weekday: int = 0) -> EmailPace:
    return set_pace(user=user, pace=pace, hour=hour, weekday=weekday)


def due(user: User) -> None:
    EmailPace.objects.filter(user=user).update(next_at=timezone.now() - timedelta(seconds=1))


def tell(organisation: Organisation, user: User, title: str) -> Notification:
    with entered(organisation):
        told = notify(user, Kind.BOOK_FINISHED, book(title))
    assert told
    return told


@pytest.fixture
def everywhere(organisation: Organisation, other_organisation: Organisation, member: User) -> User:
    """Max, in both organisations, with a digest."""
    Membership.objects.create(organisation=other_organisation, user=member, role=Role.GUEST)
    wish(member)
    return member


def test_digest_tells_of_all_organisations(
    organisation: Organisation, other_organisation: Organisation, everywhere: User
) -> None:
    told = [tell(organisation, everywhere, "Kite"), tell(other_organisation, everywhere, "Sea")]
    assert not any(send_email(notification_id=one.id) for one in told)
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert send_waiting_emails() == 0
    due(everywhere)
    assert send_due_digests() == 1
    (sent,) = mail.outbox
    assert sent.subject == "2 pieces of news"
    for part in (sent.body, sent.alternatives[0].content):
        assert part.index("Acme") < part.index("Kite") < part.index("Globex") < part.index("Sea")
        assert f"http://{other_organisation.host}/books/Sea/" in part
    assert "List-Unsubscribe" in sent.extra_headers
    assert not Notification.objects.filter(emailed_at=None).exists()


def test_what_was_read_is_left_out(organisation: Organisation, member: User) -> None:
    wish(member)
    read, _unread = tell(organisation, member, "Read"), tell(organisation, member, "Unread")
    with entered(organisation):
        mark_read(member, notification_ids=[read.id])
    due(member)
    assert send_due_digests() == 1
    (sent,) = mail.outbox
    assert "“Unread” is finished" in sent.body
    assert "“Read”" not in sent.body
    read.refresh_from_db()
    assert (read.by_email, read.emailed_at) == (False, None)
    assert sent.subject == "1 piece of news from Acme"


def test_nothing_is_sent_where_nothing_is_left(organisation: Organisation, member: User) -> None:
    wish(member)
    tell(organisation, member, "Read")
    with entered(organisation):
        mark_read(member)
    due(member)
    assert send_due_digests() == 0
    assert mail.outbox == []
    assert EmailPace.objects.get().next_at > timezone.now()


def test_somebody_who_left_learns_nothing_more(
    organisation: Organisation, other_organisation: Organisation, everywhere: User
) -> None:
    tell(organisation, everywhere, "Kite")
    tell(other_organisation, everywhere, "Sea")
    Membership.objects.filter(organisation=organisation).delete()
    due(everywhere)
    send_due_digests()
    assert "Kite" not in mail.outbox[0].body
    assert "Sea" in mail.outbox[0].body


def test_who_left_gets_no_single_e_mail_either(organisation: Organisation, member: User) -> None:
    told = tell(organisation, member, "Kite")
    Membership.objects.all().delete()
    assert not send_email(notification_id=told.id)
    assert mail.outbox == []


def test_one_that_cannot_be_written_keeps_nobody_elses_waiting(
    organisation: Organisation, owner: User, member: User
) -> None:
    for reader in (owner, member):
        wish(reader)
        tell(organisation, reader, "Kite")
        due(reader)
    EmailPace.objects.filter(user=owner).update(next_at=timezone.now() - timedelta(hours=1))  # comes first
    Notification.objects.filter(user=owner).update(kind="nothing.known")
    assert send_due_digests() == 1
    assert [mail.to for mail in mail.outbox] == [[member.email]]


def test_digest_is_in_the_readers_language(organisation: Organisation, member: User) -> None:
    member.language = "fr"
    member.save()
    wish(member)
    tell(organisation, member, "Cerf-volant")
    due(member)
    send_due_digests()
    assert "Voici ce que vous n’avez pas encore lu" in mail.outbox[0].body
    assert "«\u202fCerf-volant\u202f» est terminé" in mail.outbox[0].alternatives[0].content


def test_what_cannot_wait_comes_at_once(member: User) -> None:
    wish(member, Pace.NEVER)
    with in_public():
        told = notify(
            member, Kind.ORGANISATION_DELETING, {"organisation": "Acme", "name": "Ada", "path": "/"}
        )
    assert told and send_email(notification_id=told.id)
    assert "Acme" in mail.outbox[0].subject


def test_long_news_are_counted(organisation: Organisation, member: User) -> None:
    wish(member)
    for number in range(digests.SHOWN + 3):
        tell(organisation, member, f"Book {number}")
    due(member)
    send_due_digests()
    assert "And 3 more." in mail.outbox[0].body


def test_digest_that_fails_is_whole_the_next_time(
    organisation: Organisation, member: User, settings: Any
) -> None:
    """As when a worker dies between claiming and sending: the transaction never was."""
    wish(member)
    tell(organisation, member, "Kite")
    due(member)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(OSError, match="refused"):
        send_digest(user_id=member.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_digests() == 1
    assert send_due_digests() == 0
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_digest(organisation: Organisation, member: User) -> None:
    wish(member)
    tell(organisation, member, "Kite")
    due(member)
    start, went = threading.Barrier(4), []

    def work() -> None:
        start.wait(10)
        went.append(send_digest(user_id=member.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert sorted(went) == [False, False, False, True]
    assert len(mail.outbox) == 1


PARIS, NEW_YORK, KATHMANDU = "Europe/Paris", "America/New_York", "Asia/Kathmandu"


@pytest.mark.parametrize(("zone", "pace", "hour", "weekday", "after", "expected"), [
    (PARIS, "daily", 8, 0, "2026-07-01T05:59", "2026-07-01T06:00"),
    (PARIS, "daily", 8, 0, "2026-07-01T06:00", "2026-07-02T06:00"),
    (PARIS, "daily", 8, 0, "2026-01-01T06:30", "2026-01-01T07:00"),  # winter time
    (NEW_YORK, "daily", 23, 0, "2026-07-01T00:00", "2026-07-01T03:00"),  # the day before, there
    (KATHMANDU, "daily", 8, 0, "2026-07-01T00:00", "2026-07-01T02:15"),
    (PARIS, "weekly", 8, 0, "2026-07-01T12:00", "2026-07-06T06:00"),  # a Wednesday
    (PARIS, "weekly", 8, 2, "2026-07-01T12:00", "2026-07-08T06:00"),
    (PARIS, "weekly", 18, 2, "2026-07-01T12:00", "2026-07-01T16:00"),
    (PARIS, "daily", 2, 0, "2026-03-28T12:00", "2026-03-29T01:00"),  # two o'clock is left out that day
    (PARIS, "daily", 2, 0, "2026-10-24T12:00", "2026-10-25T00:00"),  # two o'clock comes twice: the first
])  # fmt: skip
def test_digest_comes_by_ones_own_clock(
    zone: str, pace: str, hour: int, weekday: int, after: str, expected: str
) -> None:
    one = EmailPace(user=User(time_zone=zone), pace=pace, hour=hour, weekday=weekday)
    moment = following(one, datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_profile_sets_the_pace(member_client: HostClient, member: User) -> None:
    page = member_client.get("/profile/").content.decode()
    always = page.partition("What always comes, at once")[2]
    assert all(str(escape(kind.label)) in always for kind in Kind if kind.cannot_wait)
    for kind in Kind:
        assert (f'name="{kind}:by_email"' in page) is not kind.cannot_wait
    wanted = {**SETTINGS, "pace": "weekly", "hour": "7", "weekday": "4"}
    assert member_client.post("/profile/", wanted).status_code == 302
    one = EmailPace.objects.get(user=member)
    assert (one.pace, one.hour, one.weekday) == ("weekly", 7, 4)
    assert one.next_at is not None
    local = one.next_at.astimezone(ZoneInfo("Europe/Paris"))
    assert (local.weekday(), local.hour) == (4, 7)


@pytest.mark.parametrize("odd", [{"pace": "hourly"}, {"hour": "24"}, {"hour": "x"}, {"weekday": "7"}])
def test_odd_paces_are_refused(member_client: HostClient, odd: dict[str, str]) -> None:
    assert member_client.post("/profile/", {**SETTINGS, **odd}).status_code == 422
    assert not EmailPace.objects.exists()


def test_coming_back_to_at_once_sends_what_waited(organisation: Organisation, member: User) -> None:
    wish(member)
    tell(organisation, member, "Kite")
    wish(member, Pace.AT_ONCE)
    assert send_due_digests() == 1
    assert EmailPace.objects.get().next_at is None
    assert send_email(notification_id=tell(organisation, member, "Sea").id)
