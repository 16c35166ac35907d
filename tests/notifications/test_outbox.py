"""E-mails leave once, are tried again, and are given up where that makes no sense."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connection, transaction
from django.utils import timezone

from insights.actions import Action
from insights.models import ActivityLog
from notifications import outbox
from notifications.models import Letter, LetterState
from tenants.people import departure
from tests.conftest import HostClient
from tests.emulators.mail_server import Inbox
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "notifications.outbox.Outbox"
    settings.OCTAVO_CARRIER = "django.core.mail.backends.locmem.EmailBackend"


def post(to: str = "ada@people.example", subject: str = "Hello") -> Letter:
    send_mail(subject, "A line", None, [to], html_message="<p>A line</p>")
    return Letter.objects.latest("pk")


def due_now() -> None:
    Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_letter_arrives_as_it_was_written() -> None:
    written = EmailMultiAlternatives(
        "Grüße", "Text", "Us <us@octavo.example>", ["Ada@People.example"], headers={"X-One": "1"},
        reply_to=["answers@octavo.example"],
    )  # fmt: skip
    written.attach_alternative("<p>Text</p>", "text/html")
    written.attach("notes.txt", "Kept", "text/plain")
    written.send()
    letter = Letter.objects.get()
    assert outbox.deliver(letter_id=letter.pk)
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.from_email) == ("Grüße", "Text", "Us <us@octavo.example>")
    assert (sent.to, sent.reply_to) == (["ada@people.example"], ["answers@octavo.example"])
    assert sent.alternatives[0].content == "<p>Text</p>"
    assert sent.attachments[0].content in ("Kept", b"Kept")
    assert sent.extra_headers == {"X-One": "1", "Message-ID": f"<{letter.pk}@localhost>"}


def test_what_a_letter_says_is_sealed_and_gone_once_it_is_sent() -> None:
    letter = post()
    assert "A line" not in letter.sealed
    outbox.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.sealed) == (LetterState.SENT, "")


def test_letter_of_what_did_not_happen_is_not_sent() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post()
        1 / 0  # noqa: B018
    assert Letter.objects.count() == 0


def test_letter_leaves_once() -> None:
    letter = post()
    assert [outbox.deliver(letter_id=letter.pk) for _ in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1


def test_waits_grow_until_a_letter_is_given_up(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.OCTAVO_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = post()
    waits = []
    for _ in range(len(outbox.WAITS)):
        outbox.deliver(letter_id=letter.pk)
        letter.refresh_from_db()
        waits.append(round((letter.next_try_at - timezone.now()).total_seconds() / 60))
        assert outbox.deliver_due() == 0
        due_now()
    assert waits == [wait.total_seconds() // 60 for wait in outbox.WAITS]
    assert letter.state == LetterState.WAITING
    with caplog.at_level(logging.ERROR):
        assert outbox.deliver_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.GIVEN_UP, len(outbox.WAITS) + 1)
    assert "refused" in letter.failure
    assert "letter given up" in caplog.text


def test_carrier_that_is_away_holds_no_worker_for_long(settings: Any) -> None:
    settings.OCTAVO_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    for _ in range(outbox.AWAY_AFTER + 4):
        post()
    assert outbox.deliver_due() == 0
    assert Letter.objects.filter(attempts=1).count() == outbox.AWAY_AFTER
    settings.OCTAVO_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.deliver_due() == 4


def test_letter_of_a_worker_that_died_is_sent_after_its_lease() -> None:
    letter = post()
    Letter.objects.update(attempts=1, next_try_at=timezone.now() + outbox.LEASE)  # claimed, then nothing
    assert outbox.deliver_due() == 0
    due_now()
    assert outbox.deliver_due() == 1
    letter.refresh_from_db()
    assert letter.attempts == 2


@pytest.mark.parametrize(("said", "state"), [
    ("550 No such user here", LetterState.GIVEN_UP),
    ("451 Try again later", LetterState.WAITING),
])  # fmt: skip
def test_mail_servers_answers_are_told_apart(
    inbox: Inbox, settings: Any, said: str, state: LetterState
) -> None:
    settings.EMAIL_BACKEND = "notifications.outbox.Outbox"
    settings.OCTAVO_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    inbox.refusal = said
    letter = post()
    outbox.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == (state, said)


def test_letter_that_no_key_opens_is_given_up(settings: Any) -> None:
    letter = post()
    settings.OCTAVO_SEALING_KEYS = ["another key, thirty-two letters long"]
    outbox.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == LetterState.GIVEN_UP


def test_old_letters_are_forgotten() -> None:
    now, kept = timezone.now(), [post(), post(), post()]
    for letter, state, days in zip(kept, ("SENT", "GIVEN_UP", "SENT"), (8, 31, 6), strict=True):
        Letter.objects.filter(pk=letter.pk).update(state=state, ended_at=now - timedelta(days=days))
    assert outbox.forget_old() == 2
    assert Letter.objects.get() == kept[2]


def test_letters_go_with_the_account(organisation: Any, member: Any, owner: Any) -> None:
    post(member.email)
    post(owner.email)
    departure.delete_account(user=member)
    assert not Letter.objects.filter(to=member.email).exists()
    assert Letter.objects.filter(to=owner.email).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter() -> None:
    letter, start = post(), threading.Barrier(4)
    went: list[bool] = []

    def work() -> None:
        start.wait(10)
        went.append(outbox.deliver(letter_id=letter.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert sorted(went) == [False, False, False, True]
    assert len(mail.outbox) == 1


def test_console_shows_what_was_given_up_and_sends_it_again(super_admin: Any) -> None:
    page, letter = HostClient().sign_in(super_admin), post(subject="Lost one")
    Letter.objects.update(state=LetterState.GIVEN_UP, failure="550 No such user", attempts=9)
    shown = page.get("/console/e-mails/").content.decode()
    assert "Lost one" in shown and "550 No such user" in shown and "9 attempts" in shown
    assert 'e-mails/">1</a>' in page.get("/console/").content.decode()
    page.post(f"/console/e-mails/{letter.pk}/retry/")
    assert outbox.deliver(letter_id=letter.pk)
    assert ActivityLog.objects.filter(action=Action.LETTER_RETRIED).count() == 1
    page.post(f"/console/e-mails/{letter.pk}/retry/")
    assert Letter.objects.get().state == LetterState.SENT
    assert "Nothing here" in page.get("/console/e-mails/?state=WAITING").content.decode()
    assert "No e-mail was given up" in page.get("/console/e-mails/?state=nonsense").content.decode()


def test_console_is_for_staff(member_client: HostClient) -> None:
    letter = post()
    stranger = HostClient().sign_in(UserFactory())
    assert stranger.get("/console/e-mails/").status_code == 404
    assert stranger.post(f"/console/e-mails/{letter.pk}/retry/").status_code == 404


def test_console_costs_the_same_for_many_letters(super_admin: Any) -> None:
    page = HostClient().sign_in(super_admin)
    for _ in range(3):
        post()
    few = queries_of(page, "/console/e-mails/?state=WAITING")
    for _ in range(20):
        post()
    assert queries_of(page, "/console/e-mails/?state=WAITING") == few
