"""Notifications as e-mails: text and HTML, in the reader's language."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from notifications.models import Notification
from notifications.wording import words

logger = logging.getLogger(__name__)

KEPT_WAITING = timedelta(minutes=1)  # before the sweeper sends what the first ring did not
GIVEN_UP_AFTER = timedelta(days=2)


def send_email(*, notification_id: UUID) -> bool:
    """Send the e-mail of a notification unless it has been sent; tells whether it was.

    Whoever marks it first sends it. If the mail server refuses, the mark is taken back and the error raised.
    """
    marked = Notification.objects.filter(id=notification_id, by_email=True, emailed_at=None).update(
        emailed_at=Now()
    )
    if not marked:
        return False
    notification = Notification.objects.select_related("user", "organisation").get(id=notification_id)
    try:
        message(notification).send()
    except Exception:
        Notification.objects.filter(id=notification_id).update(emailed_at=None)
        raise
    return True


def send_waiting_emails() -> int:
    """Send what has been waiting, because a ring was lost or the mail server was away; how many were sent."""
    now = timezone.now()
    waiting = Notification.objects.filter(
        by_email=True,
        emailed_at=None,
        created_at__lt=now - KEPT_WAITING,
        created_at__gt=now - GIVEN_UP_AFTER,
    ).order_by("created_at")
    sent = 0
    for notification_id in waiting.values_list("id", flat=True)[:100]:
        try:
            sent += send_email(notification_id=notification_id)
        except OSError:  # SMTPException is one too
            logger.warning("mail server away", exc_info=True)
            break
    return sent


def message(notification: Notification) -> EmailMultiAlternatives:
    """The e-mail as it will be sent."""
    user, organisation = notification.user, notification.organisation
    language = user.language or (organisation.language if organisation else settings.LANGUAGE_CODE)
    found = words(kind=notification.kind, data=notification.data, language=language)
    template = f"notifications/email/{language}/{notification.kind.replace('.', '_')}"
    context = {
        **notification.data,
        "words": found,
        "language": language,
        "name": user.get_short_name(),
        "url": organisation.url(found.path) if organisation else settings.PUBLIC_URL,
        "organisation_name": organisation.name if organisation else "Octavo",
    }
    with override(language):
        mail = EmailMultiAlternatives(
            subject=" ".join(found.title.split()),
            body=render_to_string(f"{template}.txt", context),
            to=[user.email],
        )
        mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail
