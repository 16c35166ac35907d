"""Which limits of calls are reached: said in Valkey, where each call looks, some seconds late at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.db import transaction

from billing import alerts, usage
from billing.calls.taking import as_text
from billing.calls.valkey import client, key
from billing.limits import LimitReached, Of, Standing, standings, windows
from billing.models import Metric, Subscription
from tenants.context import in_public
from tenants.models import Membership, Organisation

_TOGETHER = (Of.PLAN, Of.ORGANISATION)


def mark_reached(counted: Iterable[tuple[UUID, UUID, int]]) -> None:
    """Look at those whose calls were just counted, and at those who were refused so far: organisation,
    person, calls."""
    calls: dict[tuple[UUID, UUID | None], int] = {
        (organisation_id, user_id): number for organisation_id, user_id, number in counted
    }
    with in_public():
        for organisation_id, user_id in calls.keys() | _refused():
            _mark(organisation_id, user_id, calls.get((organisation_id, user_id), 0))


def _refused() -> set[tuple[UUID, UUID | None]]:
    found: set[tuple[UUID, UUID | None]] = set()
    for name in cast(list[str], client().hkeys(key("reached"))):
        organisation, _colon, user = name.partition(":")
        found.add((UUID(organisation), UUID(user) if user else None))
    return found


def _mark(organisation_id: UUID, user_id: UUID | None, calls: int) -> None:
    if not Subscription.objects.filter(organisation_id=organisation_id).exists():  # it is gone
        client().hdel(key("reached"), organisation_id.hex)
        return
    members = Membership.objects.filter(organisation_id=organisation_id)
    member = members.filter(user_id=user_id).first() if user_id else None
    standing = standings(organisation_id, Metric.API_CALLS, member)
    _say(organisation_id.hex, [one for one in standing if one.of in _TOGETHER])
    if user_id is not None:
        _say(f"{organisation_id.hex}:{user_id.hex}", [one for one in standing if one.of not in _TOGETHER])
    if calls:
        _tell_what_nears(organisation_id, [one for one in standing if one.of in _TOGETHER], calls)


def _say(name: str, standing: list[Standing]) -> None:
    full = [one for one in standing if one.limit is not None and one.used >= one.limit]
    if full:
        client().hset(key("reached"), name, as_text(_refusal(full[0])))
    else:
        client().hdel(key("reached"), name)


def _refusal(one: Standing) -> LimitReached:
    return LimitReached(
        metric=one.metric,
        limit=one.limit or 0,
        left=0,
        renewed_on=one.renewed_on,
        of=one.of,
        window=one.window,
    )


def _tell_what_nears(organisation_id: UUID, standing: list[Standing], calls: int) -> None:
    for one in standing:
        if one.limit is None:
            continue
        for percent in alerts.crossed(before=one.used - calls, now=one.used, cap=one.limit):
            day = usage.today(Organisation.objects.get(pk=organisation_id))
            with transaction.atomic():
                alerts.tell(
                    organisation_id=organisation_id,
                    metric=one.metric,
                    window=one.window,
                    period=windows.period(one.window, day),
                    percent=percent,
                    cap=one.limit,
                )
