"""Who belongs to an organisation: all of them, or those who answer to a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from tenants.models import GroupMember, Membership, Role
from tenants.people.members import BY_RANK
from tenants.people.tiers import with_rank

LONGEST_SEARCH = 100  # characters


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to show: those with `text` in their name or e-mail address, of one role, in one group, with one
    tier, be it their own or a group's."""

    text: str = ""
    role: Role | None = None
    group_id: UUID | None = None
    tier_id: UUID | None = None


EVERYBODY = Wanted()


def people_of(organisation_id: UUID, wanted: Wanted = EVERYBODY) -> QuerySet[Any]:
    """Owners first, then by name; each with their person, their groups by name, and `held_rank`."""
    rows = with_rank(Membership.objects.filter(organisation_id=organisation_id))
    if text := wanted.text.replace("\0", "").strip()[:LONGEST_SEARCH]:
        rows = rows.filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    if wanted.group_id:
        rows = rows.filter(groups__group=wanted.group_id)
    if wanted.tier_id:
        rows = rows.filter(organisation__tiers=wanted.tier_id, organisation__tiers__rank=F("held_rank"))
    in_groups = Prefetch("groups", GroupMember.objects.select_related("group").order_by("group__name"))
    return rows.select_related("user").prefetch_related(in_groups).order_by(BY_RANK, "user__name", "pk")
