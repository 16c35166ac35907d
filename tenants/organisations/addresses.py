"""Whose an address is, now or from before. One address is given out, left and taken by one at a time."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection
from django.db.models import QuerySet

from tenants.models import FormerAddress, Organisation

MOST_FORMER = 20  # addresses that lead on to one organisation; the oldest become free again
SLUG_ONCE = "tenants_organisation_slug_key"  # PostgreSQL's own name for the column's unique constraint


class AddressTaken(ValueError):
    """Another organisation has this address."""


def is_taken(slug: str, *, except_of: Organisation | None = None) -> bool:
    """Whether the address is another organisation's, now or from before."""
    mine = except_of.pk if except_of else None
    theirs: bool = at(slug).exclude(pk=mine).exists()
    return theirs


def at(slug: str) -> QuerySet[Organisation]:
    """The organisation that has the address, or had it before: no two have been at one.

    By the two indexes: asked with OR, PostgreSQL reads every organisation.
    """
    now = Organisation.objects.filter(slug=slug).values("pk")
    before = FormerAddress.objects.filter(slug=slug).values("organisation")
    found: QuerySet[Organisation] = Organisation.objects.filter(pk__in=now.union(before, all=True))
    return found


def settle_at(organisation: Organisation, *, leaving: str = "", **save: Any) -> None:
    """Save an organisation at its address; the one that it leaves goes on leading to it.

    Within a transaction, to whose end both addresses are kept from others. Raises `AddressTaken`.
    """
    _keep_others_from({organisation.slug, leaving} - {""})
    if is_taken(organisation.slug, except_of=organisation):
        raise AddressTaken(organisation.slug)
    _save(organisation, **save)
    if leaving:
        FormerAddress.objects.filter(slug=organisation.slug).delete()
        FormerAddress.objects.create(slug=leaving, organisation=organisation)
        kept = organisation.former_addresses.order_by("-left_at").values_list("pk", flat=True)
        organisation.former_addresses.filter(pk__in=list(kept)[MOST_FORMER:]).delete()


def _keep_others_from(slugs: set[str]) -> None:
    """In one order for everybody, so that two who swap do not wait for each other."""
    with connection.cursor() as cursor:
        for slug in sorted(slugs):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"address:{slug}"])


def _save(organisation: Organisation, **save: Any) -> None:
    try:
        organisation.save(**save)
    except IntegrityError as error:  # from whoever does not come through here
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", None) == SLUG_ONCE:
            raise AddressTaken(organisation.slug) from error
        raise
