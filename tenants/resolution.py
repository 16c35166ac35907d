"""From a host, or an organisation's id, to what a request needs to know, by one dictionary probe.

Entries live for a short time; when an organisation or one of its domains changes, every process is told to
forget what it knows of it: see `tenants.memory`. Hosts that nobody has cost little: `tenants.hosts_known`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tenants.context import Current, in_public
from tenants.hosts_known import KnownHosts
from tenants.memory import Memory
from tenants.models import Domain, Organisation, host_of
from tenants.organisations import addresses
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


LONGEST: Final = 253  # characters of a host's name (RFC 1035, section 2.3.4)

_memory: Memory[Resolved] = Memory("tenants.resolution", of_whom=lambda _key, found: [found.id])


def platform_host() -> str:
    return settings.PUBLIC_HOST.split(":")[0]


_hosts = KnownHosts(platform_host, lambda: _memory.changes)


def resolve_host(host: str) -> Resolved | None:
    """The organisation that answers on this host (without port), or did so before; else None.

    At most one query, and for names that nobody has, few a second.
    """
    name = _name_of(host)
    known, found = _memory.get(name)
    if known or not _is_name(name) or not _hosts.may_lead_somewhere(name):
        return found
    return _remembered(name, _by_host)


def at_hand(host: str) -> Resolved | None:
    """What `resolve_host` gives, where it can be said without asking the database or Valkey; else None."""
    return _memory.at_hand(_name_of(host))


def _name_of(host: str) -> str:
    return host.lower().removesuffix(".")


def resolve_id(organisation_id: UUID) -> Resolved | None:
    return _remembered(organisation_id, _by_id)


def organisation_current(organisation_id: UUID) -> Current:
    """What to enter for an organisation's id. Raises `UnknownOrganisation`."""
    found = resolve_id(organisation_id)
    if found is None:
        raise UnknownOrganisation(str(organisation_id))
    return found.current


def forget_resolutions(organisation_id: UUID | None = None) -> None:
    """Let every process look an organisation up anew, or all: this one at once, others within a second."""
    if organisation_id is None:
        _memory.forget_all()
    else:
        _memory.forget(organisation_id)


def has_moved(host: str, found: Resolved) -> bool:
    """Whether the host is one below the platform's that the organisation has left."""
    label, _dot, rest = host.lower().rstrip(".").partition(".")
    return rest == platform_host() and label != found.slug


def is_platform_host(host: str) -> bool:
    """The platform's own name; on a development machine its numeric addresses too."""
    own, asked = platform_host(), host.removesuffix(".")
    return asked == own or (own == "localhost" and asked in ("127.0.0.1", "[::1]"))


def _remembered(key: Hashable, look_up: Callable[[Any], Resolved | None]) -> Resolved | None:
    def outside() -> Resolved | None:
        with in_public():
            return look_up(key)

    return _memory.remembered(key, outside)


def _is_name(host: str) -> bool:
    """Whether the host may be anybody's: one label below the platform's name, or a name elsewhere."""
    if not 0 < len(host) <= LONGEST:
        return False
    label, dot, rest = host.partition(".")
    if dot and rest == platform_host():
        return bool(LABEL.match(label))
    return not host.endswith(f".{platform_host()}") and all(map(LABEL.match, host.split(".")))


def _by_host(host: str) -> Resolved | None:
    label, dot, rest = host.partition(".")
    if dot and rest == platform_host():
        return _resolved(_with_particulars(addresses.at(label)).first())
    return _resolved(_with_particulars(Organisation.objects.filter(domains__domain=host)).first())


def _by_id(organisation_id: UUID) -> Resolved | None:
    return _resolved(_with_particulars(Organisation.objects.filter(id=organisation_id)).first())


def _with_particulars(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return found.select_related("single_sign_on", "logo").defer("logo__data")


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


def forget_changed_organisation(*, instance: Any, **signal: Any) -> None:
    """Receiver of changes to organisations and what they have: forgotten once they are committed."""
    changed = _organisation_of(instance)
    transaction.on_commit(lambda: forget_resolutions(changed))


def _organisation_of(row: Any) -> UUID:
    if isinstance(row, Organisation):
        found: UUID = row.pk
    elif isinstance(row, Domain):
        found = row.tenant_id
    else:
        found = row.organisation_id
    return found
