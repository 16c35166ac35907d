"""From a host, or an organisation's id, to what a request needs to know, by one dictionary probe.

Entries live for a short time; when an organisation or one of its domains changes, every process is told to
forget all of them: see `tenants.memory`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from tenants.context import Current, in_public
from tenants.memory import Memory
from tenants.models import FormerAddress, Organisation, host_of
from tenants.organisations.slugs import LABEL
from tenants.pictures import version_of


class UnknownOrganisation(LookupError):
    """There is no such organisation, or no longer."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known of an organisation without asking the database."""

    current: Current
    name: str
    slug: str
    status: str
    language: str
    delete_at: datetime | None = None
    sign_on_required: bool = False  # of people with an address of its domains
    accent: str = ""
    logo_version: str = ""  # other for every picture; empty where it has none
    own_host: str = ""

    @property
    def host(self) -> str:
        """Where links to it lead, with the port where there is one."""
        return host_of(self.slug, self.own_host)

    @property
    def id(self) -> UUID:
        return self.current.organisation_id

    def as_current(self) -> Current:
        return self.current


_memory: Memory[Resolved] = Memory("tenants.resolution.version")


def resolve_host(host: str) -> Resolved | None:
    """The organisation that answers on this host (without port), or did so before; else None.

    At most one query.
    """
    return _remembered(host.lower().rstrip("."), _by_host)


def resolve_id(organisation_id: UUID) -> Resolved | None:
    return _remembered(organisation_id, _by_id)


def organisation_current(organisation_id: UUID) -> Current:
    """What to enter for an organisation's id. Raises `UnknownOrganisation`."""
    found = resolve_id(organisation_id)
    if found is None:
        raise UnknownOrganisation(str(organisation_id))
    return found.current


def forget_resolutions() -> None:
    """Let every process look organisations up anew: this one at once, the others within a second."""
    _memory.forget_all()


def platform_host() -> str:
    return settings.PUBLIC_HOST.split(":")[0]


def has_moved(host: str, found: Resolved) -> bool:
    """Whether the host is one below the platform's that the organisation has left."""
    label, _dot, rest = host.lower().rstrip(".").partition(".")
    return rest == platform_host() and label != found.slug


def is_platform_host(host: str) -> bool:
    """The platform's own name; on a development machine its numeric addresses too."""
    own = platform_host()
    return host == own or (own == "localhost" and host in ("127.0.0.1", "[::1]"))


def _remembered(key: Hashable, look_up: Callable[[Any], Resolved | None]) -> Resolved | None:
    def outside() -> Resolved | None:
        with in_public():
            return look_up(key)

    return _memory.remembered(key, outside)


def _by_host(host: str) -> Resolved | None:
    label, dot, rest = host.partition(".")
    if dot and rest == platform_host():
        return _resolved(_by_address(label) if LABEL.match(label) else None)
    return _resolved(_organisations().filter(domains__domain=host).first())


def _by_address(slug: str) -> Organisation | None:
    """By the address that it has, or had before: no two have been at one."""
    left = FormerAddress.objects.filter(slug=slug).values("organisation")
    return _organisations().filter(Q(slug=slug) | Q(pk__in=left)).first()


def _by_id(organisation_id: UUID) -> Resolved | None:
    return _resolved(_organisations().filter(id=organisation_id).first())


def _organisations() -> QuerySet[Organisation]:
    found: QuerySet[Organisation] = Organisation.objects.select_related("single_sign_on", "logo")
    return found.defer("logo__data")


def _resolved(organisation: Organisation | None) -> Resolved | None:
    if organisation is None:
        return None
    return Resolved(
        current=organisation.as_current(),
        name=organisation.name,
        slug=organisation.slug,
        status=organisation.status,
        language=organisation.language,
        delete_at=organisation.delete_at,
        sign_on_required=hasattr(organisation, "single_sign_on") and organisation.single_sign_on.enforced,
        accent=organisation.accent,
        logo_version=version_of(organisation.logo.changed_at) if hasattr(organisation, "logo") else "",
        own_host=organisation.own_host,
    )


def forget_changed_organisation(**signal: Any) -> None:
    """Receiver of changes to organisations and their domains: forgotten once they are committed."""
    transaction.on_commit(forget_resolutions)
