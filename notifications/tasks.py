"""Background work of notifications: load by id, call one function."""

from typing import Any
from uuid import UUID

from celery import shared_task

from notifications import digests, emails, outbox


@shared_task(
    name="notifications.send_email",
    autoretry_for=(OSError,),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=3,
)
def send_email(notification_id: str, **_: Any) -> None:
    emails.send_email(notification_id=UUID(notification_id))


@shared_task(
    name="notifications.send_invitation",
    autoretry_for=(OSError,),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=3,
)
def send_invitation(invitation_id: str, **_: Any) -> None:
    emails.send_invitation(invitation_id=UUID(invitation_id))


@shared_task(
    name="notifications.send_farewell",
    autoretry_for=(OSError,),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_farewell(email: str, reader: str, language: str, **_: Any) -> None:
    emails.farewell(email=email, reader=reader, language=language).send()


@shared_task(name="notifications.deliver")
def deliver(letter_id: str, **_: Any) -> None:
    outbox.deliver(letter_id=UUID(letter_id))


@shared_task(name="notifications.send_waiting_emails")
def send_waiting_emails() -> None:
    emails.send_waiting_emails()
    outbox.deliver_due()


@shared_task(name="notifications.send_due_digests")
def send_due_digests() -> None:
    digests.send_due_digests()


@shared_task(name="notifications.forget_old_letters")
def forget_old_letters() -> None:
    outbox.forget_old()
