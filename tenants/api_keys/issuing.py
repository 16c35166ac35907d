"""Making keys. A secret is shown once: what is kept of it cannot be turned back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Final

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Least, Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tenants.api_keys import tokens
from tenants.api_keys.models import ApiKey
from tenants.api_keys.recognising import Network, networks
from tenants.api_keys.scopes import UnknownScope, in_order
from tenants.models import Membership
from tenants.organisations import features
from tenants.people import members
from tenants.signals import api_key_made

MOST: Final = 100  # live keys of one organisation
MOST_ADDRESSES: Final = 50
MOST_PER_MINUTE: Final = 100_000


class CannotIssue(ValueError):
    """Something of what was asked for makes no sense; `field` says what, the message what to do."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a key is to be; see `ApiKey`."""

    name: str
    scopes: Sequence[str]
    expires_at: datetime | None = None
    addresses: Sequence[str] = field(default=())
    per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key with its secret, which nobody can be told again."""

    key: ApiKey
    secret: str


def issue(*, wanted: Wanted, by: Membership, within: ApiKey | None = None) -> Issued:
    """Make a key that acts for `by`. `within` is the key that asks for it: none gets more rights than that.

    Raises `tenants.people.members.NotAllowed`, `NotInPlan` and `CannotIssue`.
    """
    with members.alone(by.organisation_id):
        by = members.running(by)
        features.check(by.organisation_id, features.API)
        wanted = _checked(wanted)
        if within is not None:
            check_within(wanted, within)
        if live_keys(by).count() >= MOST:
            raise CannotIssue("", _("An organisation can have 100 keys. Revoke one first."))
        return _create(wanted, by=by)


def replacement(old: ApiKey, *, by: Membership) -> Issued:
    """A key with the rights of `old` and another secret; for `tenants.api_keys.rotating`."""
    wanted = Wanted(old.name, old.scopes, old.expires_at, old.addresses, old.per_minute)
    return _create(wanted, by=by, rotated_from=old)


def live_keys(by: Membership) -> QuerySet[ApiKey]:
    """Those of the organisation that work now."""
    ending = Coalesce(Least(F("expires_at"), F("retires_at")), F("expires_at"), F("retires_at"))
    found = ApiKey.objects.filter(
        organisation_id=by.organisation_id, revoked_at=None, membership__isnull=False
    )
    return found.annotate(ending=ending).exclude(ending__lte=Now())


def check_within(wanted: Wanted, own: ApiKey) -> None:
    """Raises `CannotIssue` where a key would be able to do what the one that asks for it is not."""
    if more := set(wanted.scopes) - set(own.scopes):
        told = _("A key gives no more than it has itself, and it lacks: %(scopes)s.")
        raise CannotIssue("scopes", told % {"scopes": ", ".join(in_order(more))})
    if own.ends_at and (wanted.expires_at is None or wanted.expires_at > own.ends_at):
        raise CannotIssue("expires_at", _("A key cannot make one that works longer than itself."))
    if own.per_minute and (wanted.per_minute is None or wanted.per_minute > own.per_minute):
        raise CannotIssue("per_minute", _("A key cannot make one that may ask more often than itself."))
    if own.addresses and not _lie_within(wanted.addresses, own.addresses):
        raise CannotIssue("addresses", _("A key cannot make one for addresses that are not its own."))


def _lie_within(addresses: Sequence[str], own: Sequence[str]) -> bool:
    outer = networks(own)
    return bool(addresses) and all(any(_lies_in(one, net) for net in outer) for one in networks(addresses))


def _lies_in(inner: Network, outer: Network) -> bool:
    if isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network):
        return inner.subnet_of(outer)
    return isinstance(inner, IPv6Network) and isinstance(outer, IPv6Network) and inner.subnet_of(outer)


def _checked(wanted: Wanted) -> Wanted:
    """The same in the form in which it is kept."""
    if not wanted.name.strip():
        raise CannotIssue("name", _("Give the key a name, so that you know it again."))
    try:
        scopes = in_order(wanted.scopes)
    except UnknownScope as error:
        raise CannotIssue("scopes", _("There is no such scope: %(scope)s.") % {"scope": error}) from error
    if not scopes:
        raise CannotIssue("scopes", _("Choose at least one thing that the key may do."))
    if wanted.expires_at and wanted.expires_at <= timezone.now():
        raise CannotIssue("expires_at", _("Choose a moment that is still to come."))
    if wanted.per_minute is not None and not 1 <= wanted.per_minute <= MOST_PER_MINUTE:
        raise CannotIssue("per_minute", _("Choose a number from 1 to 100,000."))
    return Wanted(
        wanted.name.strip(), scopes, wanted.expires_at, _networks(wanted.addresses), wanted.per_minute
    )


def _networks(addresses: Sequence[str]) -> list[str]:
    if len(addresses) > MOST_ADDRESSES:
        raise CannotIssue("addresses", _("A key can have 50 addresses."))
    found: list[str] = []
    for address in addresses:
        try:
            found.extend(str(network) for network in networks([address]))
        except ValueError as error:
            told = _("This is no IP address and no network such as 203.0.113.0/24: %(address)s")
            raise CannotIssue("addresses", told % {"address": address}) from error
    return list(dict.fromkeys(found))


def _create(wanted: Wanted, *, by: Membership, rotated_from: ApiKey | None = None) -> Issued:
    secret = tokens.new_secret()
    key = ApiKey.objects.create(
        organisation=by.organisation,
        membership=by,
        name=wanted.name,
        prefix=tokens.shown(secret),
        digest=tokens.digest_of(secret),
        scopes=list(wanted.scopes),
        addresses=list(wanted.addresses),
        per_minute=wanted.per_minute,
        expires_at=wanted.expires_at,
        created_by=by.user,
        rotated_from=rotated_from,
    )
    key.refresh_from_db(fields=["created_at"])
    if rotated_from is None:
        api_key_made.send(ApiKey, organisation=by.organisation, actor=by.user, key=key)
    return Issued(key, secret)
