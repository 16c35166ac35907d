"""Who was removed by hand does not come back by their address; only an invitation lets them in again.

Beyond the end of an account nothing is kept of the person but fingerprints of their addresses, so that one
who signs up anew is known, and nobody can be read from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Removal


def removed_from(user: User, organisation_ids: Collection[UUID]) -> set[UUID]:
    """Those of the organisations from which somebody removed this person. One query for their addresses."""
    addresses = _addresses(user)
    prints = [fingerprint(one, address) for one in organisation_ids for address in addresses]
    found = Removal.objects.filter(Q(user=user) | Q(fingerprint__in=prints))
    return set(found.filter(organisation__in=organisation_ids).values_list("organisation_id", flat=True))


def remember(*, organisation: Organisation, actor: User, membership: Membership, **signal: Any) -> None:
    """Receiver of `member_gone`. Whoever leaves by themself may come back."""
    if actor.pk == membership.user_id:
        return
    Removal.objects.bulk_create(
        [
            Removal(
                organisation=organisation,
                user_id=membership.user_id,
                fingerprint=fingerprint(organisation.pk, address),
            )
            for address in _addresses(membership.user)
        ],
        ignore_conflicts=True,
    )


def forget(*, organisation: Organisation, membership: Membership, **signal: Any) -> None:
    """Receiver of `member_joined`: somebody has let them in again."""
    prints = [fingerprint(organisation.pk, address) for address in _addresses(membership.user)]
    Removal.objects.filter(
        Q(user_id=membership.user_id) | Q(fingerprint__in=prints), organisation=organisation
    ).delete()


def fingerprint(organisation_id: UUID, address: str) -> str:
    return hashlib.sha256(f"{organisation_id}:{address.lower()}".encode()).hexdigest()


def _addresses(user: User) -> list[str]:
    """Confirmed ones, and that of the account."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({user.email.lower(), *(address.lower() for address in confirmed)})
