"""Changing what an organisation is called, where it is found, and which language it speaks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenants.models import Membership, Organisation, Role
from tenants.organisations import addresses
from tenants.people.members import NotAllowed
from tenants.signals import organisation_changed


@dataclass(frozen=True, slots=True)
class Particulars:
    name: str
    slug: str
    language: str
    time_zone: str


def change_organisation(*, by: Membership, particulars: Particulars) -> Organisation:
    """Set an organisation's particulars. The address it leaves goes on leading to it.

    Raises `NotAllowed`, `ValidationError` for a bad name, address, language or time zone, and `AddressTaken`.
    """
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))
    with transaction.atomic():
        organisation: Organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
        before = _particulars(organisation)
        if before == particulars:
            return organisation
        for field in ("name", "slug", "language", "time_zone"):
            setattr(organisation, field, getattr(particulars, field))
        organisation.clean_fields()
        left = before.slug if before.slug != particulars.slug else ""
        addresses.settle_at(
            organisation, leaving=left, update_fields=["name", "slug", "language", "time_zone"]
        )
        organisation_changed.send(Organisation, organisation=organisation, actor=by.user, before=before)
    return organisation


def _particulars(organisation: Organisation) -> Particulars:
    return Particulars(
        name=organisation.name,
        slug=organisation.slug,
        language=organisation.language,
        time_zone=organisation.time_zone,
    )
