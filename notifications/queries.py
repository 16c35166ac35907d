"""What somebody has been told."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from notifications import stream
from notifications.models import Notification
from notifications.notifying import user_topic
from tenants.accounts.models import User
from tenants.context import current_or_none


def notifications_of(user: User) -> QuerySet[Notification]:
    """Newest first: those of the organisation entered and those of none."""
    inside = current_or_none()
    places = [inside.organisation_id] if inside else []
    mine = Notification.objects.filter(user=user, in_app=True)
    return mine.filter(organisation_id__in=places) | mine.filter(organisation=None)


def unread_count(user: User) -> int:
    return notifications_of(user).filter(read_at=None).count()


def mark_read(user: User, *, notification_ids: list[UUID] | None = None) -> int:
    """Mark those named, or all, as read; how many were not before."""
    unread = notifications_of(user).filter(read_at=None)
    if notification_ids is not None:
        unread = unread.filter(id__in=notification_ids)
    marked = unread.update(read_at=Now())
    if marked and current_or_none():
        stream.publish(user_topic(user), {"read": marked}, kind="notification")
    return marked
