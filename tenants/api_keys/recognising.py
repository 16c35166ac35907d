"""From the secret that a program sends to whom it acts for, from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from time import time
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from tenants.accounts.models import User
from tenants.api_keys.models import ApiKey
from tenants.api_keys.tokens import digest_of, is_well_formed
from tenants.context import in_public
from tenants.memory import Memory
from tenants.models import Membership

Network = IPv4Network | IPv6Network

_USER: Final = [field.attname for field in User._meta.concrete_fields]
_MEMBERSHIP: Final = [field.attname for field in Membership._meta.concrete_fields]


class Fault(Enum):
    """Why a key lets nobody in."""

    UNKNOWN = "unknown"  # or not a key at all
    EXPIRED = "expired"
    REVOKED = "revoked"  # by hand, or with the membership or the account


class NotRecognised(Exception):
    """The key is none that works; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Known:
    """A key as it stands in memory. `ends_at` is a Unix time; no `networks` is from anywhere."""

    id: UUID
    organisation_id: UUID
    name: str
    prefix: str
    scopes: frozenset[str]
    networks: tuple[Network, ...]
    per_minute: int | None
    ends_at: float | None
    revoked: bool
    user: tuple[Any, ...]
    member: tuple[Any, ...]

    @property
    def user_id(self) -> UUID:
        found: UUID = self.user[_USER.index("id")]
        return found

    @property
    def label(self) -> str:
        """How people know it."""
        return f"{self.name} ({self.prefix}…)"

    def membership(self) -> Membership:
        """For whom it acts, with their person: made anew, so that what a request does to it stays there."""
        found = Membership.from_db("default", _MEMBERSHIP, self.member)
        found.user = User.from_db("default", _USER, self.user)
        return found

    def may_come_from(self, address: str | None) -> bool:
        if not self.networks:
            return True
        if address is None:
            return False
        own = ip_address(address)
        mapped = getattr(own, "ipv4_mapped", None)
        return any((mapped or own) in network for network in self.networks)


def _of_whom(_digest: str, known: Known) -> list[UUID]:
    return [known.organisation_id, *([known.user_id] if known.user else [])]


_memory: Memory[Known] = Memory("tenants.api_keys", of_whom=_of_whom)


def recognise(secret: str) -> Known:
    """The key that this is the secret of. At most one query, mostly none. Raises `NotRecognised`."""
    if not is_well_formed(secret):
        raise NotRecognised(Fault.UNKNOWN)
    digest = digest_of(secret)
    known = _memory.remembered(digest, lambda: _look_up(digest))
    if known is None:
        raise NotRecognised(Fault.UNKNOWN)
    if known.revoked:
        raise NotRecognised(Fault.REVOKED)
    if known.ends_at is not None and known.ends_at <= time():
        raise NotRecognised(Fault.EXPIRED)
    return known


def networks(addresses: Sequence[str]) -> tuple[Network, ...]:
    """Raises `ValueError` for what is no address and no network."""
    return tuple(ip_network(address, strict=False) for address in addresses)


def forget_keys(whose: UUID | None = None) -> None:
    """Let every process look keys up anew, those of an organisation or a person or all: this one at once, the
    others within a second."""
    if whose is None:
        _memory.forget_all()
    else:
        _memory.forget(whose)


def forget_changed(
    *, instance: Any = None, update_fields: frozenset[str] | None = None, **signal: Any
) -> None:
    """Receiver of changes to keys, memberships and people: forgotten once they are committed."""
    if update_fields == frozenset({"last_login"}):
        return
    whose = instance.pk if isinstance(instance, User) else getattr(instance, "organisation_id", None)
    transaction.on_commit(lambda: forget_keys(whose))


def _look_up(digest: str) -> Known | None:
    with in_public():
        key = ApiKey.objects.select_related("membership__user").filter(digest=digest).first()
    if key is None:
        return None
    member = key.membership
    return Known(
        id=key.pk,
        organisation_id=key.organisation_id,
        name=key.name,
        prefix=key.prefix,
        scopes=frozenset(key.scopes),
        networks=networks(key.addresses),
        per_minute=key.per_minute,
        ends_at=key.ends_at.timestamp() if key.ends_at else None,
        revoked=key.revoked_at is not None or member is None or not member.user.is_active,
        user=tuple(getattr(member.user, name) for name in _USER) if member else (),
        member=tuple(getattr(member, name) for name in _MEMBERSHIP) if member else (),
    )
