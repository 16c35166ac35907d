"""From Valkey into the database: each call exactly once, whenever a worker may die.

What was counted is put aside under an id, written together with that id in one transaction, and then
dropped. Whoever finds something put aside has to finish that first; where its id has been written already,
only the dropping was missing.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from billing import clock
from billing.calls.ceilings import mark_reached
from billing.calls.taking import QUARTER
from billing.calls.valkey import Away, Script, key
from billing.limits import count
from billing.models import CallFlush, Metric
from tenants.api_keys.queries import Use, note_uses
from tenants.context import in_public
from tenants.keys import uuid7

logger = logging.getLogger(__name__)

KEPT: Final = timedelta(days=1)  # ids of what has been written


@dataclass(frozen=True, slots=True)
class _Aside:
    """What was put aside: calls by organisation, person and quarter of an hour, and the last use of keys."""

    id: UUID
    calls: Mapping[tuple[UUID, UUID, int], int]
    uses: list[Use]


def flush() -> int:
    """Write down what has been counted; how many calls that was, 0 where Valkey is away."""
    try:
        aside = _put_aside()
        written = _write(aside) if aside else 0
        if aside:
            _DROP(_keys(), aside.id.hex)
        mark_reached(_people(aside))
    except Away as error:
        logger.warning("calls are not written down: %s", error)
        return 0
    return written


def forget_old() -> int:
    """Forget which flushes were written long ago."""
    gone, _each = CallFlush.objects.filter(written_at__lt=timezone.now() - KEPT).delete()
    return gone


def _put_aside() -> _Aside | None:
    answer = _PUT_ASIDE(_keys(), uuid7().hex)
    if answer is None:
        return None
    counted, used = (dict(zip(pairs[::2], pairs[1::2], strict=True)) for pairs in answer)
    flush_id = UUID(counted.pop("flush"))
    return _Aside(
        id=flush_id,
        calls={_place(name): int(calls) for name, calls in counted.items()},
        uses=[_use(name, words) for name, words in used.items()],
    )


def _write(aside: _Aside) -> int:
    with in_public(), transaction.atomic():
        if not _is_new(aside.id):
            return 0
        for (organisation_id, user_id, quarter), calls in sorted(aside.calls.items()):
            at = datetime.fromtimestamp(quarter * QUARTER, tz=UTC) + clock.ahead()
            count(organisation_id, Metric.API_CALLS, calls, person_id=user_id, at=at)
        note_uses(aside.uses)
    return sum(aside.calls.values())


def _is_new(flush_id: UUID) -> bool:
    """Whoever writes the same at the same moment is waited for."""
    try:
        with transaction.atomic():
            CallFlush.objects.create(id=flush_id)
    except IntegrityError:
        return False
    return True


def _people(aside: _Aside | None) -> list[tuple[UUID, UUID, int]]:
    """Whose calls were counted, and how many."""
    found: Counter[tuple[UUID, UUID]] = Counter()
    for (organisation_id, user_id, _quarter), calls in (aside.calls if aside else {}).items():
        found[organisation_id, user_id] += calls
    return [(organisation_id, user_id, calls) for (organisation_id, user_id), calls in found.items()]


def _place(name: str) -> tuple[UUID, UUID, int]:
    organisation, user, quarter = name.split(":")
    return UUID(organisation), UUID(user), int(quarter)


def _use(name: str, words: str) -> Use:
    seconds, _space, address = words.partition(" ")
    return Use(UUID(name), datetime.fromtimestamp(int(seconds), tz=UTC), address or None)


def _keys() -> tuple[str, ...]:
    return key("counts"), key("used"), key("aside"), key("aside:used")


_PUT_ASIDE = Script("""
if redis.call('EXISTS', KEYS[3]) == 0 then
    if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
    redis.call('RENAME', KEYS[1], KEYS[3])
    redis.call('HSET', KEYS[3], 'flush', ARGV[1])
    if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[4]) end
end
return {redis.call('HGETALL', KEYS[3]), redis.call('HGETALL', KEYS[4])}
""")

_DROP = Script("""
if redis.call('HGET', KEYS[3], 'flush') == ARGV[1] then redis.call('DEL', KEYS[3], KEYS[4]) end
""")
