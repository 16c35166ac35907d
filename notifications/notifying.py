"""Telling somebody something: a row for the app, and an e-mail for those who wish it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from notifications import stream
from tenants.context import current_or_none, entered
from tenants.doorbell import enqueue

if TYPE_CHECKING:
    from notifications.models import Kind, Notification
    from tenants.accounts.models import User


def user_topic(user: User) -> str:
    """The live topic on which a person hears of new notifications."""
    return f"user:{user.pk}"


def notify(user: User, kind: str, data: Mapping[str, Any]) -> Notification | None:
    """Tell `user` of something in the organisation entered, by the ways they have chosen.

    `kind` is one of `notifications.models.Kind`, `data` plain JSON with what its words need (see
    `notifications.wording`). Part of the caller's transaction; the e-mail leaves after it, or waits for the
    person's digest. None where they wish to hear nothing of this kind. Kinds that cannot wait are told in
    every way and at once, whatever the wish.
    """
    from notifications.models import Kind, Notification

    in_app, by_email, in_digest = _wishes(user, Kind(kind))
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
        in_digest=in_digest,
    )
    if in_app:
        _announce(user, {"id": str(notification.id), "kind": kind})
    if by_email and not in_digest:
        transaction.on_commit(lambda: _ring_for(notification), robust=True)
    return notification


def _announce(user: User, event: Mapping[str, Any]) -> None:
    """Live, wherever the reader may be: what is told in no organisation shows in all of theirs."""
    from tenants.models import Organisation

    if current_or_none():
        stream.publish(user_topic(user), event, kind="notification")
        return
    for organisation in Organisation.objects.filter(memberships__user=user):
        with entered(organisation):
            stream.publish(user_topic(user), event, kind="notification")


def _ring_for(notification: Notification) -> None:
    enqueue("notifications.send_email", after_commit=False, notification_id=notification.id)


def _wishes(user: User, kind: Kind) -> tuple[bool, bool, bool]:
    """Whether in the app, by e-mail, and by the digest."""
    from notifications.models import EmailPace, Pace, Preference

    if kind.cannot_wait:
        return True, True, False
    wish = Preference.objects.filter(user=user, kind=kind).first()
    in_app, by_email = (wish.in_app, wish.by_email) if wish else (True, True)
    pace = EmailPace.objects.filter(user=user).values_list("pace", flat=True).first()
    return in_app, by_email and pace != Pace.NEVER, pace in (Pace.DAILY, Pace.WEEKLY)
