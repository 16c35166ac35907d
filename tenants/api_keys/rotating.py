"""Another secret for a key, with time to put it in its place."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.api_keys.issuing import CannotIssue, Issued, Wanted, check_within, replacement
from tenants.api_keys.models import ApiKey, State
from tenants.models import Membership
from tenants.people import members
from tenants.people.members import NotAllowed
from tenants.signals import api_key_rotated

OVERLAPS: Final = (0, 1, 24, 72, 168)  # hours to choose from
LONGEST: Final = 720  # hours


def rotate(*, key_id: UUID, overlap_hours: int, by: Membership, within: ApiKey | None = None) -> Issued:
    """Make a key like this one; the old one works for `overlap_hours` more.

    Only for whom it acts: the secret of a key is the rights of its member. Raises `NotAllowed`,
    `CannotIssue`, or `ApiKey.DoesNotExist`.
    """
    if not 0 <= overlap_hours <= LONGEST:
        raise CannotIssue("overlap_hours", _("Choose a number of hours from 0 to 720."))
    with members.alone(by.organisation_id):
        by = members.running(by)
        old = ApiKey.objects.select_for_update().get(pk=key_id, organisation_id=by.organisation_id)
        if old.membership_id != by.pk:
            raise NotAllowed(_("Only the member whose key it is can rotate it."))
        if old.state != State.ACTIVE:
            raise CannotIssue("", _("This key cannot be rotated: it no longer works, or was replaced."))
        if within is not None:
            check_within(_as_wanted(old), within)
        issued = replacement(old, by=by)
        old.retires_at = timezone.now() + timedelta(hours=overlap_hours)
        old.save(update_fields=["retires_at"])
        api_key_rotated.send(ApiKey, organisation=by.organisation, actor=by.user, key=issued.key, before=old)
    return issued


def _as_wanted(key: ApiKey) -> Wanted:
    return Wanted(key.name, key.scopes, key.expires_at, key.addresses, key.per_minute)
