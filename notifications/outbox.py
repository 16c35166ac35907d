"""E-mails leave by way of rows, so that none is lost when the mail server or provider is away.

`Outbox` is Django's e-mail backend here: whatever sends an e-mail writes a `Letter` in its own transaction. A
worker hands letters on by the carrier, the backend that `EMAIL_URL` names. A letter is claimed by one
conditional UPDATE that also sets when another may try, so two workers never send the same one; a worker that
dies leaves it to be tried again after `LEASE`. Only one that dies between the carrier's yes and ours sends it
twice, each time with the same Message-ID, by which receivers tell a copy.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from notifications.models import Letter, LetterState
from notifications.refusals import Refused, check_taken, reason_of
from tenants.doorbell import enqueue
from tenants.sealing import seal, unseal

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any carrier's time-outs together
# How long to wait after each failed attempt; after the last, about two days, a letter is given up.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
AWAY_AFTER = 3  # failures in a row; the rest waits for the next round
SENT_KEPT = timedelta(days=7)
GIVEN_UP_KEPT = timedelta(days=30)


class Outbox(BaseEmailBackend):
    """Django's e-mail backend: writes letters instead of sending, part of the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                _post(message, recipient)
        return len(email_messages)


def _post(message: EmailMessage, recipient: str) -> None:
    letter = Letter.objects.create(
        to=recipient.lower(), subject=message.subject[:255], sealed=seal(json.dumps(_packed(message)))
    )
    enqueue("notifications.deliver", letter_id=letter.pk)


def deliver(*, letter_id: UUID) -> bool:
    """Hand a letter to the carrier unless it is on its way, sent or not due; tells whether it went."""
    now = timezone.now()
    waiting = Letter.objects.filter(pk=letter_id, state=LetterState.WAITING, next_try_at__lte=now)
    if not waiting.update(next_try_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    letter = Letter.objects.get(pk=letter_id)
    try:
        message = _message(letter)
        message.send()
        check_taken(message)
    except Exception as error:
        _put_off(letter, error)
        return False
    _end(letter, LetterState.SENT)
    return True


def deliver_due(*, most: int = 200) -> int:
    """Try what is due, oldest first, until the carrier seems to be away; how many letters went."""
    due = Letter.objects.filter(state=LetterState.WAITING, next_try_at__lte=timezone.now())
    ids = due.order_by("next_try_at").values_list("pk", flat=True)[:most]
    went = failed = 0
    for letter_id in ids:
        taken = deliver(letter_id=letter_id)
        went, failed = went + taken, 0 if taken else failed + 1
        if failed == AWAY_AFTER:  # each may wait for a time-out, and a worker has other things to do
            break
    return went


def try_again(*, letter_id: UUID) -> bool:
    """Set a letter that was given up on its way again, with all attempts before it."""
    given_up = Letter.objects.filter(pk=letter_id, state=LetterState.GIVEN_UP).exclude(sealed="")
    changed = given_up.update(
        state=LetterState.WAITING, attempts=0, next_try_at=timezone.now(), ended_at=None
    )
    if changed:
        enqueue("notifications.deliver", letter_id=letter_id)
    return bool(changed)


def forget_old() -> int:
    """Delete what was sent a week, or given up a month ago; how many letters."""
    now, ended = timezone.now(), Letter.objects.all()
    gone = ended.filter(state=LetterState.SENT, ended_at__lt=now - SENT_KEPT).delete()[0]
    return gone + ended.filter(state=LetterState.GIVEN_UP, ended_at__lt=now - GIVEN_UP_KEPT).delete()[0]


def forget_person(*, addresses: Sequence[str], **signal: Any) -> None:
    """Receiver of `tenants.signals.account_erased`: also what was still on its way to them."""
    Letter.objects.filter(to__in=addresses).delete()


def _put_off(letter: Letter, error: Exception) -> None:
    refused, reason = reason_of(error)
    tired = letter.attempts > len(WAITS)
    Letter.objects.filter(pk=letter.pk).update(failure=reason[:300])
    if refused is Refused.FOR_GOOD or tired:
        logger.error("letter given up", extra={"letter": str(letter.pk), "reason": reason}, exc_info=error)
        _end(letter, LetterState.GIVEN_UP)
        return
    wait = WAITS[letter.attempts - 1]
    logger.warning("letter not taken", extra={"letter": str(letter.pk), "reason": reason})
    Letter.objects.filter(pk=letter.pk).update(next_try_at=timezone.now() + wait)


def _end(letter: Letter, state: LetterState) -> None:
    """One that was given up keeps what it says, for another attempt."""
    changes: dict[str, Any] = {"state": state, "ended_at": timezone.now()}
    if state is LetterState.SENT:
        changes |= {"sealed": "", "failure": ""}
    Letter.objects.filter(pk=letter.pk).update(**changes)


def _packed(message: EmailMessage) -> dict[str, Any]:
    return {
        "subject": message.subject,
        "body": message.body,
        "from_email": message.from_email,
        "reply_to": list(message.reply_to),
        "headers": dict(message.extra_headers),
        "alternatives": [[part[0], part[1]] for part in getattr(message, "alternatives", [])],
        "attachments": [_attachment(part) for part in message.attachments],
    }


def _attachment(part: Any) -> list[str]:
    name, content, mimetype = part
    data = content if isinstance(content, bytes) else str(content).encode()
    return [name, base64.b64encode(data).decode(), mimetype]


def _message(letter: Letter) -> EmailMultiAlternatives:
    packed = json.loads(unseal(letter.sealed))
    attachments = packed.pop("attachments")
    packed["headers"].setdefault("Message-ID", f"<{letter.pk}@{settings.PUBLIC_HOST.partition(':')[0]}>")
    message = EmailMultiAlternatives(**packed, to=[letter.to], connection=carrier())
    for name, data, mimetype in attachments:
        message.attach(name, base64.b64decode(data), mimetype)
    return message


def carrier() -> Any:
    """The backend that really sends, as `EMAIL_URL` names it."""
    return get_connection(settings.OCTAVO_CARRIER)
