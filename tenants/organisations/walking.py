"""Going through all organisations, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from tenants.context import in_public
from tenants.models import Organisation
from tenants.postgresql.pooling import give_back_worn

_AT_ONCE: Final = 100


def each_organisation(among: QuerySet[Organisation] | None = None) -> Iterator[Organisation]:
    """Every organisation, or each of some, in the order of their making.

    None is entered: that is the caller's. Nothing stays open between two, so connections that have worked for
    many go back to their pool.
    """
    found = (Organisation.objects.all() if among is None else among).order_by("pk")
    some = _some(found)
    while some:
        for organisation in some:
            yield organisation
            give_back_worn()
        some = _some(found.filter(pk__gt=some[-1].pk))


def _some(found: QuerySet[Organisation]) -> list[Organisation]:
    with in_public():
        return list(found[:_AT_ONCE])
