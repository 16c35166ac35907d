"""When somebody's e-mails come: at once, or together by the day or week at an hour of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from notifications.models import EmailPace, Notification, Pace
from tenants.accounts.models import User

TOGETHER = (Pace.DAILY, Pace.WEEKLY)


def pace_of(user: User) -> EmailPace:
    """The person's wish; one that is not saved says what holds without any."""
    return EmailPace.objects.filter(user=user).first() or EmailPace(user=user)


def set_pace(*, user: User, pace: str, hour: int, weekday: int) -> EmailPace:
    """Keep a wish. What waits for a digest that will not come any more leaves in a last one, at once; with
    `NEVER` it does not leave at all."""
    wish = EmailPace(user=user, pace=Pace(pace), hour=hour, weekday=weekday)
    wish.clean_fields()
    now = timezone.now()
    with transaction.atomic():
        if wish.pace == Pace.NEVER:
            drop_waiting(user_id=user.pk)
        last = wish.pace == Pace.AT_ONCE and is_waiting(user_id=user.pk)
        wish.next_at = now if last else following(wish, now)
        EmailPace.objects.update_or_create(
            user=user,
            defaults={name: getattr(wish, name) for name in ("pace", "hour", "weekday", "next_at")},
        )
    return wish


def following(wish: EmailPace, after: datetime) -> datetime | None:
    """The first moment after `after` at which a digest is due; None where none comes.

    On the day on which clocks are put forward over the hour, the digest comes an hour later.
    """
    if wish.pace not in TOGETHER:
        return None
    zone = ZoneInfo(wish.user.time_zone)
    day = after.astimezone(zone).date()
    if wish.pace == Pace.WEEKLY:
        day += timedelta(days=(wish.weekday - day.weekday()) % 7)
    moment = _moment(day, wish.hour, zone)
    if moment <= after:
        moment = _moment(day + timedelta(days=1 if wish.pace == Pace.DAILY else 7), wish.hour, zone)
    return moment


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def is_waiting(*, user_id: UUID) -> bool:
    return waiting(user_id=user_id).exists()


def drop_waiting(*, user_id: UUID) -> int:
    """No e-mail tells of what waits any more; it stays in the app."""
    return waiting(user_id=user_id).update(by_email=False)


def waiting(*, user_id: UUID) -> QuerySet[Notification]:
    """What somebody is still to be told by a digest."""
    return Notification.objects.filter(user_id=user_id, by_email=True, in_digest=True, emailed_at=None)
