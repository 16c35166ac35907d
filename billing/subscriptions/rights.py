"""Who may buy, change and end a subscription, and what a refusal looks like."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.models import Membership, Role
from tenants.people.members import NotAllowed


class Refusal(Exception):
    """What was asked for cannot be done. The message tells the member why, and what to do instead."""


def may_manage_billing(membership: Membership) -> bool:
    """May see and change the subscription, the card, the billing details and the invoices."""
    return bool(membership.role == Role.OWNER)


def check_may_manage(membership: Membership) -> None:
    """Raises `tenants.people.members.NotAllowed`."""
    if not may_manage_billing(membership):
        raise NotAllowed(_("Only an owner can do this."))
