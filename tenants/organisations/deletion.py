"""The end of an organisation: asked for by an owner, taken back within the waiting period, or carried out.

Until `delete_at` nothing is lost: the organisation is closed and any owner may keep it. After that it can no
longer be kept, and `erase_due` has it erased (`tenants.portable.erasing`).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from tenants.accounts.models import User
from tenants.models import Membership, Organisation, OrganisationStatus, Role
from tenants.people.members import NotAllowed
from tenants.portable import erasing
from tenants.signals import deletion_asked, organisation_kept

WAIT: Final = timedelta(days=14)

logger = logging.getLogger(__name__)


class WrongName(ValueError):
    """What was typed to confirm is not the organisation's name."""


class CannotKeep(LookupError):
    """The organisation is not being deleted, its time is over, or it is not the person's to keep."""


def ask_for_deletion(*, by: Membership, name: str) -> Organisation:
    """Close the organisation at once and have it erased after `WAIT`; all members are told.

    `name` is typed to confirm. Raises `NotAllowed`, and `WrongName`.
    """
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))
    with transaction.atomic():
        organisation: Organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
        if " ".join(name.split()) != " ".join(organisation.name.split()):
            raise WrongName(name)
        if organisation.status != OrganisationStatus.DELETING:
            close(organisation, actor=by.user)
    return organisation


def close(organisation: Organisation, *, actor: User) -> None:
    """Begin the waiting period of an organisation whose row the caller has locked."""
    organisation.status, organisation.delete_at = OrganisationStatus.DELETING, Now() + WAIT
    organisation.save(update_fields=["status", "delete_at"])
    organisation.refresh_from_db(fields=["delete_at"])
    deletion_asked.send(Organisation, organisation=organisation, actor=actor)


def keep(*, organisation_id: UUID, by: User) -> Organisation:
    """Open an organisation again that was to be deleted. Raises `CannotKeep`."""
    with transaction.atomic():
        organisation: Organisation | None = (
            Organisation.objects.select_for_update(of=("self",))
            .filter(
                pk=organisation_id,
                status=OrganisationStatus.DELETING,
                delete_at__gt=Now(),
                memberships__user=by,
                memberships__role=Role.OWNER,
            )
            .first()
        )
        if organisation is None:
            raise CannotKeep
        organisation.status, organisation.delete_at = OrganisationStatus.ACTIVE, None
        organisation.save(update_fields=["status", "delete_at"])
        organisation_kept.send(Organisation, organisation=organisation, actor=by)
    return organisation


def erase_due() -> int:
    """Erase every organisation whose waiting period is over; how many are gone. One that fails is logged and
    tried again by the next run."""
    erased = 0
    for organisation_id in list(_due().values_list("pk", flat=True)):
        try:
            erased += erase(organisation_id=organisation_id)
        except Exception:
            logger.exception("organisation not erased", extra={"erasing": str(organisation_id)})
    return erased


def erase(*, organisation_id: UUID) -> bool:
    """Destroy an organisation whose time is over; tells whether this call did. Nothing brings it back."""
    organisation = _due().filter(pk=organisation_id).first()
    if organisation is None:
        return False
    try:
        erasing.erase(organisation=organisation)
    except erasing.NotDue:  # somebody was quicker
        return False
    return True


def _due() -> QuerySet[Organisation]:
    due: QuerySet[Organisation] = Organisation.objects.filter(
        status=OrganisationStatus.DELETING, delete_at__lte=Now()
    )
    return due
