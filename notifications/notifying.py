"""Telling somebody something: a row for the app, and an e-mail for those who wish it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from notifications import stream
from tenants.context import current_or_none
from tenants.doorbell import enqueue

if TYPE_CHECKING:
    from notifications.models import Notification
    from tenants.accounts.models import User


def user_topic(user: User) -> str:
    """The live topic on which a person hears of new notifications."""
    return f"user:{user.pk}"


def notify(user: User, kind: str, data: Mapping[str, Any]) -> Notification | None:
    """Tell `user` of something in the organisation entered, by the ways they have chosen.

    `kind` is one of `notifications.models.Kind`, `data` plain JSON with what its words need (see
    `notifications.wording`). Part of the caller's transaction; the e-mail leaves after it. None where the
    person wishes to hear nothing of this kind.
    """
    from notifications.models import Kind, Notification, Preference

    wish = Preference.objects.filter(user=user, kind=Kind(kind)).first()
    in_app, by_email = (wish.in_app, wish.by_email) if wish else (True, True)
    if not in_app and not by_email:
        return None
    inside = current_or_none()
    notification = Notification.objects.create(
        user=user,
        organisation_id=inside.organisation_id if inside else None,
        kind=kind,
        data=dict(data),
        in_app=in_app,
        by_email=by_email,
    )
    if inside and in_app:
        stream.publish(user_topic(user), {"id": str(notification.id), "kind": kind}, kind="notification")
    if by_email:
        transaction.on_commit(lambda: _ring_for(notification), robust=True)
    return notification


def _ring_for(notification: Notification) -> None:
    enqueue("notifications.send_email", after_commit=False, notification_id=notification.id)
