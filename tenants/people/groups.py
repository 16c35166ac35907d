"""Groups of members: made, described, filled and deleted by who runs the organisation.

Every doing locks the organisation's row first, so that names stay one of a kind and nobody is put in a group
while they leave.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tenants.models import Group, GroupMember, Membership, Tier
from tenants.organisations.naming import check_name, tidied
from tenants.people import members
from tenants.signals import (
    group_changed,
    group_deleted,
    group_made,
    group_members_added,
    group_members_removed,
)

MOST = 200  # groups of one organisation
MOST_AT_ONCE = 200  # members put in or taken out


@dataclass(frozen=True, slots=True)
class Particulars:
    name: str
    description: str = ""
    tier_id: UUID | None = None


def groups_of(organisation_id: UUID) -> QuerySet[Group]:
    """All, by name, each with its tier and with `size`, how many are in it."""
    groups = Group.objects.filter(organisation_id=organisation_id).select_related("tier")
    return groups.annotate(size=Count("members")).order_by("name", "pk")


def members_of(group: Group) -> QuerySet[Membership]:
    """Who is in a group, by name, each with their person."""
    inside = Membership.objects.filter(groups__group=group).select_related("user")
    return inside.order_by("user__name", "pk")


def make_group(*, by: Membership, particulars: Particulars) -> Group:
    """A new group, empty. Raises `NotAllowed`, and `ValidationError` for what does not fit."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        if Group.objects.filter(organisation_id=by.organisation_id).count() >= MOST:
            raise ValidationError(_("An organisation has at most %(most)d groups.") % {"most": MOST})
        group = Group(organisation=by.organisation)
        _settle(group, particulars)
        group_made.send(Group, organisation=by.organisation, actor=by.user, group=group)
    return group


def change_group(*, group_id: UUID, by: Membership, particulars: Particulars) -> Group:
    """Set a group's name, description and tier.

    Raises `NotAllowed`, `Group.DoesNotExist`, and `ValidationError` for what does not fit.
    """
    with members.alone(by.organisation_id):
        by = members.running(by)
        group = _group(group_id, by)
        before = particulars_of(group)
        _settle(group, particulars)
        if particulars_of(group) != before:
            group_changed.send(Group, organisation=by.organisation, actor=by.user, group=group, before=before)
    return group


def delete_group(*, group_id: UUID, by: Membership) -> None:
    """Its members stay in the organisation. Raises `NotAllowed`, or `Group.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        group = _group(group_id, by)
        group_deleted.send(Group, organisation=by.organisation, actor=by.user, group=group)
        group.delete()


def add_members(*, group_id: UUID, membership_ids: Collection[UUID], by: Membership) -> list[Membership]:
    """Put members in a group: all of them, or nobody. Gives those who were not in it before.

    Raises `NotAllowed`, `Group.DoesNotExist`, `Membership.DoesNotExist` where one of them is not a member of
    the organisation, and `ValidationError` for more than `MOST_AT_ONCE`.
    """
    wanted = _distinct(membership_ids)
    with members.alone(by.organisation_id):
        by = members.running(by)
        group = _group(group_id, by)
        found = Membership.objects.filter(organisation_id=by.organisation_id, pk__in=wanted)
        if found.count() != len(wanted):
            raise Membership.DoesNotExist
        added = list(found.exclude(groups__group=group).select_related("user").order_by("user__name", "pk"))
        GroupMember.objects.bulk_create(GroupMember(group=group, membership=one) for one in added)
        if added:
            group_members_added.send(
                Group, organisation=by.organisation, actor=by.user, group=group, memberships=added
            )
    return added


def remove_members(*, group_id: UUID, membership_ids: Collection[UUID], by: Membership) -> list[Membership]:
    """Take members out of a group; gives those who were in it. They stay in the organisation.

    Raises `NotAllowed`, `Group.DoesNotExist`, and `ValidationError` for more than `MOST_AT_ONCE`.
    """
    unwanted = _distinct(membership_ids)
    with members.alone(by.organisation_id):
        by = members.running(by)
        group = _group(group_id, by)
        removed = list(members_of(group).filter(pk__in=unwanted))
        group.members.filter(membership__in=removed).delete()
        if removed:
            group_members_removed.send(
                Group, organisation=by.organisation, actor=by.user, group=group, memberships=removed
            )
    return removed


def particulars_of(group: Group) -> Particulars:
    return Particulars(name=group.name, description=group.description, tier_id=group.tier_id)


def _settle(group: Group, particulars: Particulars) -> None:
    given = {**asdict(particulars), "name": tidied(particulars.name)}
    given["description"] = tidied(particulars.description)
    for field, value in given.items():
        setattr(group, field, value)
    group.clean_fields(exclude=["organisation", "tier"])
    check_name(group)
    _check_tier(group)
    group.save()


def _check_tier(group: Group) -> None:
    if group.tier_id is None:
        return
    if not Tier.objects.filter(organisation_id=group.organisation_id, pk=group.tier_id).exists():
        raise ValidationError({"tier": _("Choose a tier of this organisation.")})


def _group(group_id: UUID, by: Membership) -> Group:
    return Group.objects.select_related("tier").get(organisation_id=by.organisation_id, pk=group_id)


def _distinct(membership_ids: Collection[UUID]) -> set[UUID]:
    distinct = set(membership_ids)
    if len(distinct) > MOST_AT_ONCE:
        raise ValidationError(_("Choose at most %(most)d people at once.") % {"most": MOST_AT_ONCE})
    return distinct
