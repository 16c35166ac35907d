"""Notifications and invitations as e-mails, in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models.functions import Now
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications import stopping
from notifications.letters import letter_to
from notifications.models import Kind, Notification
from notifications.wording import Words, words
from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Organisation
from tenants.organisations.branding import logo_url
from tenants.people.invitations import link_of

logger = logging.getLogger(__name__)

KEPT_WAITING = timedelta(minutes=1)  # before the sweeper sends what the first ring did not
GIVEN_UP_AFTER = timedelta(days=2)


def send_email(*, notification_id: UUID) -> bool:
    """Send the e-mail of a notification unless it has been sent or waits for a digest; tells whether it was.

    Marked and put into the outbox in one transaction: it leaves once, or stays to be sent. Whoever is not in
    the organisation any more, or has no account to be in, gets nothing.
    """
    with transaction.atomic():
        waiting = Notification.objects.filter(
            id=notification_id, by_email=True, in_digest=False, emailed_at=None
        )
        if not waiting.update(emailed_at=Now()):
            return False
        notification = Notification.objects.select_related("user", "organisation").get(id=notification_id)
        if not may_be_told(notification):
            Notification.objects.filter(id=notification_id).update(by_email=False, emailed_at=None)
            return False
        message(notification).send()
    return True


def may_be_told(notification: Notification) -> bool:
    user, organisation = notification.user, notification.organisation
    if organisation is None or not user.is_active:
        return user.is_active
    return Membership.objects.filter(user=user, organisation=organisation).exists()


def send_waiting_emails() -> int:
    """Send what has been waiting, because a ring was lost or the mail server was away; how many were sent."""
    now = timezone.now()
    waiting = Notification.objects.filter(
        by_email=True,
        in_digest=False,
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
            sent += _try(partial(send_email, notification_id=notification_id))
        for invitation_id in invited.order_by("created_at").values_list("id", flat=True)[:100]:
            sent += _try(partial(send_invitation, invitation_id=invitation_id))
    except OSError:  # SMTPException is one too
        logger.warning("mail server away", exc_info=True)
    return sent


def _try(send: partial[bool]) -> bool:
    """One that cannot be written keeps nobody else's waiting; where the mail server is away, all wait."""
    try:
        return send()
    except OSError:
        raise
    except Exception:
        logger.exception("e-mail not sent", extra=send.keywords)
        return False


def send_invitation(*, invitation_id: UUID) -> bool:
    """Send the e-mail of an open invitation unless it has been sent; tells whether it was."""
    waiting = Invitation.objects.exclude(email="").filter(
        id=invitation_id, emailed_at=None, revoked_at=None, uses_left__gt=0, expires_at__gt=timezone.now()
    )
    with transaction.atomic():
        if not waiting.update(emailed_at=Now()):
            return False
        invitation = Invitation.objects.select_related("organisation", "invited_by").get(id=invitation_id)
        invitation_message(invitation).send()
    return True


def message(notification: Notification) -> EmailMultiAlternatives:
    """The e-mail as it will be sent, with a link that stops others of its kind where they can be stopped."""
    user, organisation, kind = notification.user, notification.organisation, Kind(notification.kind)
    language = language_of(user, organisation.language if organisation else "")
    found = words(kind=kind, data=notification.data, language=language)
    stop_url = "" if kind.cannot_wait else stopping.url(user_id=user.pk, what=kind)
    context = {
        **notification.data,
        "words": found,
        "reader": user.get_short_name(),
        "url": organisation.url(found.path) if organisation else settings.PUBLIC_URL,
        "organisation_name": organisation.name if organisation else "",
        "logo_url": logo_url(organisation) if organisation else "",
        "settings_url": organisation.url("/profile/") if organisation else stop_url,
        "stop_url": stop_url,
        "cannot_wait": kind.cannot_wait,
    }
    template = _template_of(kind, language)
    headers = stopping.headers(stop_url) if stop_url else {}
    return letter_to(user.email, template=template, language=language, context=context, headers=headers)


def message_to_address(
    address: str, *, organisation: Organisation, kind: Kind, data: Mapping[str, Any]
) -> EmailMultiAlternatives:
    """The same for an address that is nobody's account, such as that for invoices: in the organisation's
    language, with its name for a reader."""
    language = organisation.language
    found = words(kind=kind, data=data, language=language)
    context = {
        **data,
        "words": found,
        "reader": organisation.name,
        "url": organisation.url(found.path),
        "organisation_name": organisation.name,
        "logo_url": logo_url(organisation),
        "cannot_wait": True,
    }
    return letter_to(address, template=_template_of(kind, language), language=language, context=context)


def _template_of(kind: Kind, language: str) -> str:
    """Its own where there is more to say than its two lines of `notifications.wording`."""
    own = kind.value.replace(".", "_")
    try:
        get_template(f"notifications/email/{language}/{own}.html")
    except TemplateDoesNotExist:
        return "news"
    return own


def invitation_message(invitation: Invitation) -> EmailMultiAlternatives:
    """The e-mail as it will be sent, in the person's language where they have an account, else the
    organisation's."""
    organisation = invitation.organisation
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    language = known or organisation.language
    with override(language):
        inviter = invitation.invited_by.get_full_name() if invitation.invited_by else organisation.name
        title = _("%(name)s invites you to %(organisation)s") % {
            "name": inviter,
            "organisation": organisation.name,
        }
        context = {
            "words": Words(title, "", ""),
            "organisation_name": organisation.name,
            "logo_url": logo_url(organisation),
            "inviter": inviter,
            "role": invitation.get_role_display(),
            "day": date_format(invitation.expires_at, "DATE_FORMAT"),
            "url": link_of(invitation),
        }
    return letter_to(invitation.email, template="invitation", language=language, context=context)


def farewell(*, email: str, reader: str, language: str) -> EmailMultiAlternatives:
    """That an account is deleted, to who had it."""
    context = {"reader": reader, "url": settings.PUBLIC_URL, "account": True}
    return letter_to(email, template="farewell", language=language, context=context)


def language_of(user: User, other: str = "") -> str:
    """The person's own, else `other`, else the platform's."""
    return user.language or other or settings.LANGUAGE_CODE
