"""Tiers: an organisation's levels of members, in an order, and which of them somebody has.

A member has the highest of their own tier and those of their groups. Ranks run from 1, the lowest, without
gaps. Every doing locks the organisation's row first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from tenants.models import GroupMember, Membership, Tier
from tenants.organisations.naming import check_name, tidied
from tenants.people import members
from tenants.signals import (
    member_tier_changed,
    tier_deleted,
    tier_made,
    tier_renamed,
    tiers_ordered,
)

MOST = 20  # tiers of one organisation
_ASIDE = 1_000  # above every rank, where tiers wait while they change places


def tier_of(membership: Membership) -> Tier | None:
    """The highest of a member's own tier and their groups', by one query."""
    rank = with_rank(Membership.objects.filter(pk=membership.pk)).values("held_rank")
    return Tier.objects.filter(organisation_id=membership.organisation_id, rank=Subquery(rank)).first()


def tiers_of(memberships: Iterable[Membership]) -> dict[UUID, Tier]:
    """The tiers of those who have one, by the memberships' ids; two queries for however many."""
    ranked = with_rank(Membership.objects.filter(pk__in=[one.pk for one in memberships]))
    held = list(ranked.exclude(held_rank=None).values_list("pk", "organisation_id", "held_rank"))
    tiers = Tier.objects.filter(organisation_id__in={organisation_id for _pk, organisation_id, _rank in held})
    by_rank = {(tier.organisation_id, tier.rank): tier for tier in tiers}
    return {pk: by_rank[organisation_id, rank] for pk, organisation_id, rank in held}


def with_rank(memberships: QuerySet[Membership]) -> QuerySet[Any]:
    """The same, each with `held_rank`: the rank of the tier that they have, or None."""
    in_groups = GroupMember.objects.filter(membership=OuterRef("pk"), group__tier__isnull=False)
    best = in_groups.order_by("-group__tier__rank").values("group__tier__rank")[:1]
    # PostgreSQL's GREATEST passes over what is null.
    return memberships.annotate(held_rank=Greatest("tier__rank", Subquery(best)))


def tiers_in(organisation_id: UUID) -> QuerySet[Tier]:
    """All, from the highest to the lowest."""
    return Tier.objects.filter(organisation_id=organisation_id).order_by("-rank")


def holders(organisation_id: UUID) -> dict[int, int]:
    """How many members have each tier, by its rank."""
    ranked = with_rank(Membership.objects.filter(organisation_id=organisation_id)).exclude(held_rank=None)
    return dict(ranked.values("held_rank").annotate(people=Count("pk")).values_list("held_rank", "people"))


def make_tier(*, by: Membership, name: str) -> Tier:
    """A new tier, above all others. Raises `NotAllowed`, and `ValidationError` for an unfit name."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        rank = Tier.objects.filter(organisation_id=by.organisation_id).count() + 1
        if rank > MOST:
            raise ValidationError(_("An organisation has at most %(most)d tiers.") % {"most": MOST})
        tier = Tier(organisation=by.organisation, rank=rank)
        _settle(tier, name)
        tier_made.send(Tier, organisation=by.organisation, actor=by.user, tier=tier)
    return tier


def rename_tier(*, tier_id: UUID, by: Membership, name: str) -> Tier:
    """Raises `NotAllowed`, `Tier.DoesNotExist`, and `ValidationError` for a name that does not fit."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        tier = _tier(tier_id, by)
        before = tier.name
        _settle(tier, name)
        if tier.name != before:
            tier_renamed.send(Tier, organisation=by.organisation, actor=by.user, tier=tier, before=before)
    return tier


def move_tier(*, tier_id: UUID, by: Membership, up: bool) -> None:
    """One place up or down; at the end it stays. Raises `NotAllowed`, or `Tier.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        tiers = list(tiers_in(by.organisation_id))
        here = tiers.index(_tier(tier_id, by))
        there = here - 1 if up else here + 1
        if 0 <= there < len(tiers):
            tiers[here], tiers[there] = tiers[there], tiers[here]
            _order(tiers, by)


def order_tiers(*, tier_ids: Sequence[UUID], by: Membership) -> None:
    """Rank them anew, from the highest to the lowest.

    Raises `NotAllowed`, and `ValidationError` where it is not each tier of the organisation once.
    """
    with members.alone(by.organisation_id):
        by = members.running(by)
        tiers = {tier.pk: tier for tier in tiers_in(by.organisation_id)}
        if len(tier_ids) != len(tiers) or set(tier_ids) != set(tiers):
            raise ValidationError({"tiers": _("Name each tier of the organisation once.")})
        if list(tier_ids) != list(tiers):
            _order([tiers[tier_id] for tier_id in tier_ids], by)


def delete_tier(*, tier_id: UUID, by: Membership) -> None:
    """Whoever had it has their next lower one, or none. Raises `NotAllowed`, or `Tier.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        tier = _tier(tier_id, by)
        tier_deleted.send(Tier, organisation=by.organisation, actor=by.user, tier=tier)
        tier.delete()
        _rank(list(tiers_in(by.organisation_id)))


def give_tier(*, membership_id: UUID, tier_id: UUID | None, by: Membership) -> Membership:
    """Give a member a tier of their own, or none.

    Raises `NotAllowed`, `Membership.DoesNotExist`, or `Tier.DoesNotExist`.
    """
    with members.alone(by.organisation_id):
        by = members.running(by)
        mates = Membership.objects.filter(organisation_id=by.organisation_id)
        membership: Membership = mates.select_related("user", "tier").get(pk=membership_id)
        before = membership.tier
        membership.tier = _tier(tier_id, by) if tier_id else None
        if membership.tier != before:
            membership.save(update_fields=["tier"])
            member_tier_changed.send(
                Membership,
                organisation=by.organisation,
                actor=by.user,
                membership=membership,
                before=before,
            )
    return membership


def _settle(tier: Tier, name: str) -> None:
    tier.name = tidied(name)
    tier.clean_fields(exclude=["organisation"])
    check_name(tier)
    tier.save()


def _order(tiers: Sequence[Tier], by: Membership) -> None:
    _rank(tiers)
    tiers_ordered.send(Tier, organisation=by.organisation, actor=by.user, tiers=tiers)


def _rank(tiers: Sequence[Tier]) -> None:
    """By two steps: within one, the database compares each row with those that have not moved yet."""
    rows = Tier.objects.filter(pk__in=[tier.pk for tier in tiers])
    ranks = [When(pk=tier.pk, then=Value(rank)) for rank, tier in enumerate(reversed(tiers), start=1)]
    rows.update(rank=F("rank") + _ASIDE)
    if ranks:
        rows.update(rank=Case(*ranks))


def _tier(tier_id: UUID, by: Membership) -> Tier:
    return Tier.objects.get(organisation_id=by.organisation_id, pk=tier_id)
