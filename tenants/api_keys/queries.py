"""Reading keys and the log of requests, and noting when a key was last used."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet

from tenants.api_keys.models import ApiKey, LoggedRequest
from tenants.postgresql.raw import sql

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Use:
    """That a key was used, and from where."""

    key_id: UUID
    at: datetime
    address: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests to show: of one key, with one method, of a class of statuses (4 is 400 to 499), between
    two days in `zone`, with words in their path."""

    key_id: UUID | None = None
    method: str = ""
    status: int | None = None
    since: date | None = None
    until: date | None = None
    path: str = ""
    zone: ZoneInfo = _UTC


EVERYTHING = Wanted()


def keys_of(organisation_id: UUID) -> QuerySet[ApiKey]:
    """All that there ever were, the newest first, with the people they act for."""
    found = ApiKey.objects.filter(organisation_id=organisation_id)
    return found.select_related("membership__user", "created_by").order_by("-id")


def requests_of(organisation_id: UUID, wanted: Wanted = EVERYTHING) -> QuerySet[LoggedRequest]:
    """Newest first, with their keys."""
    found = LoggedRequest.objects.filter(organisation_id=organisation_id)
    if wanted.key_id:
        found = found.filter(key_id=wanted.key_id)
    if wanted.method:
        found = found.filter(method=wanted.method)
    if wanted.status:
        found = found.filter(status__gte=wanted.status * 100, status__lt=wanted.status * 100 + 100)
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since, wanted.zone))
    if wanted.until:
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1), wanted.zone))
    if wanted.path:
        found = found.filter(path__contains=wanted.path)
    return found.select_related("key").order_by("-at", "-id")


def older_than(found: QuerySet[LoggedRequest], last: LoggedRequest | None) -> QuerySet[LoggedRequest]:
    """What comes after a request, newest first."""
    if last is None:
        return found
    earlier = found.filter(at__lte=last.at)  # by which the index is entered at the right place
    return earlier.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


def note_uses(uses: Iterable[Use]) -> None:
    """Say of keys when and from where they were last used, in one statement."""
    rows = [
        {"id": str(use.key_id), "at": use.at.astimezone(UTC).isoformat(), "address": use.address}
        for use in uses
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql(_NOTE), {"rows": json.dumps(rows)})


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


_NOTE = """
UPDATE {api_keys_apikey} AS key SET last_used_at = used.at, last_used_address = used.address
FROM jsonb_to_recordset(%(rows)s::jsonb) AS used (id uuid, at timestamptz, address inet)
WHERE key.id = used.id AND (key.last_used_at IS NULL OR key.last_used_at < used.at)
"""
