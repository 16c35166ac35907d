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
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications.models import Notification
from notifications.wording import words
from tenants.accounts.models import User
from tenants.invitations import link_of
from tenants.models import Invitation

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
    invited = Invitation.objects.exclude(email="").filter(
        emailed_at=None,
        revoked_at=None,
        created_at__lt=now - KEPT_WAITING,
        created_at__gt=now - GIVEN_UP_AFTER,
    )
    sent = 0
    try:
        for notification_id in waiting.values_list("id", flat=True)[:100]:
            sent += send_email(notification_id=notification_id)
        for invitation_id in invited.order_by("created_at").values_list("id", flat=True)[:100]:
            sent += send_invitation(invitation_id=invitation_id)
    except OSError:  # SMTPException is one too
        logger.warning("mail server away", exc_info=True)
    return sent


def send_invitation(*, invitation_id: UUID) -> bool:
    """Send the e-mail of an open invitation unless it has been sent; tells whether it was."""
    waiting = Invitation.objects.exclude(email="").filter(
        id=invitation_id, emailed_at=None, revoked_at=None, uses_left__gt=0, expires_at__gt=timezone.now()
    )
    if not waiting.update(emailed_at=Now()):
        return False
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(id=invitation_id)
    try:
        invitation_message(invitation).send()
    except Exception:
        Invitation.objects.filter(id=invitation_id).update(emailed_at=None)
        raise
    return True


def invitation_message(invitation: Invitation) -> EmailMultiAlternatives:
    """The e-mail as it will be sent, in the person's language where they have an account, else the
    organisation's."""
    organisation = invitation.organisation
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    language = known or organisation.language
    with override(language):
        inviter = invitation.invited_by.get_full_name() if invitation.invited_by else organisation.name
        subject = _("%(name)s invites you to %(organisation)s") % {
            "name": inviter,
            "organisation": organisation.name,
        }
        context = {
            "words": {"title": subject},
            "language": language,
            "organisation_name": organisation.name,
            "inviter": inviter,
            "role": invitation.get_role_display(),
            "day": date_format(invitation.expires_at, "DATE_FORMAT"),
            "url": link_of(invitation),
        }
        template = f"notifications/email/{language}/invitation"
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"{template}.txt", context),
            to=[invitation.email],
        )
        mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


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
        "reader": user.get_short_name(),
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


def farewell(*, email: str, reader: str, language: str) -> EmailMultiAlternatives:
    """That an account is deleted, to who had it."""
    with override(language):
        subject = _("Your account is deleted")
        context = {
            "words": {"title": subject},
            "language": language,
            "reader": reader,
            "url": settings.PUBLIC_URL,
        }
        template = f"notifications/email/{language}/farewell"
        mail = EmailMultiAlternatives(
            subject=subject, body=render_to_string(f"{template}.txt", context), to=[email]
        )
        mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail
