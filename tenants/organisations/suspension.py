"""Closing an organisation for a while, by the platform: nobody can enter it, and nothing of it is lost."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from tenants.models import Organisation, OrganisationStatus
from tenants.resolution import forget_resolutions


def suspend(*, organisation_id: UUID) -> bool:
    """Answer its members that it is suspended; False where it is not open."""
    return _move(organisation_id, OrganisationStatus.ACTIVE, OrganisationStatus.SUSPENDED)


def resume(*, organisation_id: UUID) -> bool:
    """Open it again; False where it is not suspended."""
    return _move(organisation_id, OrganisationStatus.SUSPENDED, OrganisationStatus.ACTIVE)


def _move(organisation_id: UUID, before: OrganisationStatus, after: OrganisationStatus) -> bool:
    found = Organisation.objects.filter(pk=organisation_id, status=before)
    moved: bool = found.update(status=after) == 1
    if moved:
        # Before it, others would remember it as it was.
        transaction.on_commit(lambda: forget_resolutions(organisation_id))
    return moved
