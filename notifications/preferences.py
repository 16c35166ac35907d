"""How somebody wishes to be told of each kind of thing."""

from __future__ import annotations

from collections.abc import Mapping

from notifications.models import Kind, Preference
from tenants.accounts.models import User

WAYS = ("in_app", "by_email")


def wishes_of(user: User) -> list[Preference]:
    """One for each kind, in the kinds' order. What cannot wait is told in every way; where there is no wish,
    the row is not saved and says what holds without one."""
    kept = {one.kind: one for one in Preference.objects.filter(user=user)}
    return [
        Preference(user=user, kind=kind) if kind.cannot_wait or kind not in kept else kept[kind]
        for kind in Kind
    ]


def wish(*, user: User, kind: Kind, ways: Mapping[str, bool]) -> None:
    """Keep a wish: of `WAYS` those that are named. What cannot wait is told whatever is wished."""
    if not kind.cannot_wait:
        Preference.objects.update_or_create(user=user, kind=kind, defaults=dict(ways))
