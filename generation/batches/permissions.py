"""Who may see and change which batch."""

from __future__ import annotations

from django.db.models import QuerySet

from collaboration import permissions
from generation.batches.models import Batch
from tenants.models import Membership
from tenants.people.members import may_run


def visible_batches(membership: Membership) -> QuerySet[Batch]:
    """Every batch of the organisation for its members, as every book; for guests none."""
    return Batch.objects.all() if permissions.can_commission(membership) else Batch.objects.none()


def can_change(membership: Membership, batch: Batch) -> bool:
    """Who made it, and those who run the organisation."""
    return may_run(membership) or (
        batch.created_by_id == membership.user_id and permissions.can_commission(membership)
    )
