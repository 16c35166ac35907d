"""Mail through a real SMTP server, configured as an installation's is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.utils import timezone

from config import environment
from notifications import notify
from notifications.emails import send_email, send_waiting_emails
from notifications.models import Kind, Notification
from tests.emulators import mail_server
from tests.emulators.mail_server import Inbox

pytestmark = pytest.mark.django_db

BOOK = {"title": "Léa et l’étoile", "path": "/books/1/"}


@pytest.fixture
def inbox(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    with mail_server.running() as kept:
        monkeypatch.setenv("EMAIL_URL", f"smtp://{kept.address}")
        for name, value in environment.email("EMAIL_URL", "console:").items():
            setattr(settings, name, value)
        yield kept


def test_mail_arrives_as_text_and_html(inbox: Inbox, inside: object, member: Any) -> None:
    member.language = "fr"
    member.save()
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert told is not None
    send_email(notification_id=told.id)
    (received,) = inbox.messages
    assert received["To"] == member.email
    assert "Léa et l’étoile" in received["Subject"]
    parts = [part.get_content_type() for part in received.walk() if not part.is_multipart()]
    assert parts == ["text/plain", "text/html"]
    body = received.get_body(preferencelist=("plain",))
    assert body is not None and "Léa et l’étoile" in body.get_content()


def test_refused_mail_waits_and_is_sent_later(inbox: Inbox, inside: object, member: Any) -> None:
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert told is not None
    inbox.refusal = "451 Try again later"
    with pytest.raises(SMTPException):
        send_email(notification_id=told.id)
    inbox.refusal = ""
    Notification.objects.filter(pk=told.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert send_waiting_emails() == 1
    assert len(inbox.messages) == 1


def test_server_that_is_away_loses_nothing(inside: object, member: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert told is not None
    with pytest.raises(OSError, match="refused"):
        send_email(notification_id=told.id)
    assert Notification.objects.get(pk=told.pk).emailed_at is None
