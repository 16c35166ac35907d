"""Changing what an organisation is called, where it is found, and which language it speaks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenants.members import NotAllowed
from tenants.models import FormerAddress, Membership, Organisation, Role
from tenants.provisioning import AddressTaken
from tenants.signals import organisation_changed

MOST_FORMER = 20  # addresses that lead on to one organisation; the oldest become free again


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
        if before.slug != particulars.slug:
            _move(organisation, before.slug)
        organisation.save(update_fields=["name", "slug", "language", "time_zone"])
        organisation_changed.send(Organisation, organisation=organisation, actor=by.user, before=before)
    return organisation


def is_taken(slug: str, *, except_of: Organisation | None = None) -> bool:
    """Whether the address is another organisation's, now or from before."""
    mine = except_of.pk if except_of else None
    return (
        Organisation.objects.filter(slug=slug).exclude(pk=mine).exists()
        or FormerAddress.objects.filter(slug=slug).exclude(organisation=mine).exists()
    )


def _move(organisation: Organisation, left: str) -> None:
    if is_taken(organisation.slug, except_of=organisation):
        raise AddressTaken(organisation.slug)
    FormerAddress.objects.filter(slug=organisation.slug).delete()
    FormerAddress.objects.create(slug=left, organisation=organisation)
    kept = organisation.former_addresses.order_by("-left_at").values_list("pk", flat=True)
    organisation.former_addresses.filter(pk__in=list(kept)[MOST_FORMER:]).delete()


def _particulars(organisation: Organisation) -> Particulars:
    return Particulars(
        name=organisation.name,
        slug=organisation.slug,
        language=organisation.language,
        time_zone=organisation.time_zone,
    )
