"""What the activity log tells of groups and tiers: receivers of `tenants.signals`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from insights.actions import Action
from insights.recording import record
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Group, Membership, Organisation, Tier
from tenants.people.groups import Particulars, particulars_of

if TYPE_CHECKING:
    from django.db.models import Model


def listen() -> None:
    signals.group_made.connect(group_made)
    signals.group_changed.connect(group_changed)
    signals.group_deleted.connect(group_deleted)
    signals.group_members_added.connect(members_added)
    signals.group_members_removed.connect(members_removed)
    signals.tier_made.connect(tier_made)
    signals.tier_renamed.connect(tier_renamed)
    signals.tiers_ordered.connect(tiers_ordered)
    signals.tier_deleted.connect(tier_deleted)
    signals.member_tier_changed.connect(tier_given)


def group_made(*, organisation: Organisation, actor: User, group: Group, **signal: Any) -> None:
    _note(Action.GROUP_CREATED, organisation, actor, group)


def group_changed(
    *, organisation: Organisation, actor: User, group: Group, before: Particulars, **signal: Any
) -> None:
    """What is other than before, by its old value."""
    now = particulars_of(group)
    details: dict[str, Any] = {
        field: getattr(before, field)
        for field in ("name", "description")
        if getattr(before, field) != getattr(now, field)
    }
    if before.tier_id != now.tier_id:
        details["tier"] = group.tier.name if group.tier else ""
    _note(Action.GROUP_CHANGED, organisation, actor, group, details)


def group_deleted(*, organisation: Organisation, actor: User, group: Group, **signal: Any) -> None:
    _note(Action.GROUP_DELETED, organisation, actor, group)


def members_added(
    *, organisation: Organisation, actor: User, group: Group, memberships: Sequence[Membership], **signal: Any
) -> None:
    """A line for each, so that somebody's name can be taken out of theirs when their account goes."""
    for one in memberships:
        _note(Action.GROUP_MEMBER_ADDED, organisation, actor, group, _person(one.user))


def members_removed(
    *, organisation: Organisation, actor: User, group: Group, memberships: Sequence[Membership], **signal: Any
) -> None:
    for one in memberships:
        _note(Action.GROUP_MEMBER_REMOVED, organisation, actor, group, _person(one.user))


def tier_made(*, organisation: Organisation, actor: User, tier: Tier, **signal: Any) -> None:
    _note(Action.TIER_CREATED, organisation, actor, tier)


def tier_renamed(*, organisation: Organisation, actor: User, tier: Tier, before: str, **signal: Any) -> None:
    _note(Action.TIER_RENAMED, organisation, actor, tier, {"before": before})


def tiers_ordered(*, organisation: Organisation, actor: User, tiers: Sequence[Tier], **signal: Any) -> None:
    order = [tier.name for tier in tiers]
    _note(Action.TIERS_ORDERED, organisation, actor, organisation, {"order": order})


def tier_deleted(*, organisation: Organisation, actor: User, tier: Tier, **signal: Any) -> None:
    _note(Action.TIER_DELETED, organisation, actor, tier)


def tier_given(
    *, organisation: Organisation, actor: User, membership: Membership, before: Tier | None, **signal: Any
) -> None:
    given = membership.tier
    details = {
        **_person(membership.user),
        "before": before.name if before else "",
        "tier": given.name if given else "",
    }
    _note(Action.MEMBER_TIER_CHANGED, organisation, actor, organisation, details)


def _person(user: User) -> dict[str, str]:
    return {"name": user.get_full_name(), "email": user.email}


def _note(
    action: Action,
    organisation: Organisation,
    actor: User,
    resource: Model,
    details: dict[str, Any] | None = None,
) -> None:
    with entered(organisation):
        record(action, actor=actor, resource=resource, details=details)
