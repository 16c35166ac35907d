"""Reading the activity log: whole or in part, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from insights import spreadsheets
from insights.actions import Action
from insights.models import ActivityLog

_CHUNK = 2000
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines to show: those of one kind of thing ("book"), of one person, between two days in `zone`."""

    subject: str = ""
    actor_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    zone: ZoneInfo = _UTC


EVERYTHING = Filter()


def subjects() -> list[str]:
    """The first words of the actions, in the order of `Action`: user, organisation, member, book and more."""
    return list(dict.fromkeys(action.value.split(".")[0] for action in Action))


def activity_of_organisation(organisation_id: UUID, wanted: Filter = EVERYTHING) -> QuerySet[ActivityLog]:
    return _filtered(ActivityLog.objects.filter(organisation_id=organisation_id), wanted)


def activity_of_person(user_id: UUID, wanted: Filter = EVERYTHING) -> QuerySet[ActivityLog]:
    """What one did oneself, in all organisations and in none."""
    return _filtered(ActivityLog.objects.filter(actor_id=user_id), wanted)


def own_activity(user_id: UUID, organisation_id: UUID, wanted: Filter = EVERYTHING) -> QuerySet[ActivityLog]:
    """What one did in an organisation and outside any: what one did in others is seen there."""
    mine = activity_of_person(user_id, wanted)
    return mine.filter(Q(organisation_id=organisation_id) | Q(organisation_id=None))


def older_than(lines: QuerySet[ActivityLog], last: ActivityLog | None) -> QuerySet[ActivityLog]:
    """What comes after a line, newest first: a place in the log costs the same however long it is."""
    if last is None:
        return lines
    same_moment = Q(created_at=last.created_at, pk__lt=last.pk)
    # The first condition says nothing new, but it is one by which the index is entered at the right place.
    earlier = lines.filter(created_at__lte=last.created_at)
    return earlier.filter(Q(created_at__lt=last.created_at) | same_moment)


def as_csv(lines: QuerySet[ActivityLog]) -> Iterator[str]:
    """The log as lines of CSV (RFC 4180, UTC times of ISO 8601), however long it is: a chunk at a time, with
    no connection held in between.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    yield from spreadsheets.as_csv(_rows(lines))


def _rows(lines: QuerySet[ActivityLog]) -> Iterator[tuple[str, ...]]:
    yield _("When"), _("Who"), _("Action"), _("What"), _("Details"), _("From"), _("With")
    for line in _each(lines):
        details = "; ".join(f"{key}: {value}" for key, value in line.details.items())
        yield (
            line.created_at.astimezone(UTC).isoformat(timespec="seconds"),
            line.actor_name or "Octavo",
            line.action,
            line.resource_name,
            details,
            line.ip_address or "",
            line.device,
        )


def _each(lines: QuerySet[ActivityLog]) -> Iterator[ActivityLog]:
    last: ActivityLog | None = None
    while chunk := list(older_than(lines, last)[:_CHUNK]):
        yield from chunk
        last = chunk[-1]


def _filtered(lines: QuerySet[ActivityLog], wanted: Filter) -> QuerySet[ActivityLog]:
    if wanted.subject in subjects():
        lines = lines.filter(
            action__in=[action.value for action in Action if action.value.startswith(f"{wanted.subject}.")]
        )
    if wanted.actor_id:
        lines = lines.filter(actor_id=wanted.actor_id)
    if wanted.since:
        lines = lines.filter(created_at__gte=_midnight(wanted.since, wanted.zone))
    if wanted.until:
        lines = lines.filter(created_at__lt=_midnight(wanted.until + timedelta(days=1), wanted.zone))
    return lines.order_by("-created_at", "-id")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
