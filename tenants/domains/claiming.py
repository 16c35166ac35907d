"""Saying that a domain is one's own. Nothing follows until the DNS has proven it: see `verifying`."""

from __future__ import annotations

import secrets
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.domains import hosts
from tenants.domains.names import name_from
from tenants.models import ClaimedDomain, Membership, Purpose, Role
from tenants.organisations import features
from tenants.people import members
from tenants.people.members import NotAllowed
from tenants.signals import domain_claimed, domain_removed, domain_role_changed

MOST: Final = 50  # domains of one organisation
JOINABLE: Final = (Role.MEMBER, Role.GUEST)  # roles that an address at a domain may bring


class CannotClaim(ValueError):
    """The organisation has claimed this domain already, or as many as it may; the message says which."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)


def claim(*, typed: str, purpose: Purpose, by: Membership, joins_as: str = "") -> ClaimedDomain:
    """Claim the domain that somebody typed, to be proven by a DNS record.

    `joins_as` counts for EMAIL alone. Raises `NotAllowed`, `BadDomain`, `CannotClaim`, and `NotInPlan` for a
    HOST. Whether another organisation has proven the domain is not told before this one has the record as
    well.
    """
    name = name_from(typed, of_addresses=purpose == Purpose.EMAIL)
    with members.alone(by.organisation_id):
        by = _owner(by)
        _check_may_claim(name, purpose, by)
        domain = ClaimedDomain.objects.create(
            organisation=by.organisation,
            name=name,
            purpose=purpose,
            token=_token(name, by),
            joins_as=_checked(joins_as) if purpose == Purpose.EMAIL else "",
            claimed_by=by.user,
        )
        domain.refresh_from_db(fields=["created_at"])
        domain_claimed.send(ClaimedDomain, organisation=by.organisation, actor=by.user, domain=domain)
    return domain


def change_role(*, domain_id: UUID, joins_as: str, by: Membership) -> ClaimedDomain:
    """Say in which role people with an address at an EMAIL domain may join; empty: nobody may.

    Raises `NotAllowed`, or `ClaimedDomain.DoesNotExist`.
    """
    with members.alone(by.organisation_id):
        by = _owner(by)
        domain = ClaimedDomain.objects.get(pk=domain_id, organisation=by.organisation, purpose=Purpose.EMAIL)
        before = domain.joins_as
        if before != joins_as:
            domain.joins_as = _checked(joins_as)
            domain.save(update_fields=["joins_as"])
            domain_role_changed.send(
                ClaimedDomain, organisation=by.organisation, actor=by.user, domain=domain, before=before
            )
    return domain


def remove(*, domain_id: UUID, by: Membership) -> ClaimedDomain:
    """Give a domain up; the organisation no longer answers there. Who joined by it stays.

    Raises `NotAllowed`, or `ClaimedDomain.DoesNotExist`.
    """
    with members.alone(by.organisation_id):
        by = _owner(by)
        domain = ClaimedDomain.objects.get(pk=domain_id, organisation=by.organisation)
        if domain.purpose == Purpose.HOST and domain.verified_at:
            hosts.close_host(domain)
        domain_removed.send(ClaimedDomain, organisation=by.organisation, actor=by.user, domain=domain)
        domain.delete()
    return domain


def _owner(by: Membership) -> Membership:
    by = members.as_now(by)
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))
    return by


def _check_may_claim(name: str, purpose: Purpose, by: Membership) -> None:
    claimed = ClaimedDomain.objects.filter(organisation=by.organisation)
    if claimed.filter(name=name, purpose=purpose).exists():
        raise CannotClaim(_("This domain is in your list already."))
    if claimed.count() >= MOST:
        raise CannotClaim(_("An organisation can have 50 domains. Remove one first."))
    if purpose == Purpose.HOST:
        features.check(by.organisation_id, features.ADVANCED)


def _token(name: str, by: Membership) -> str:
    """One for a domain, so that one record proves it for every purpose."""
    same = ClaimedDomain.objects.filter(organisation=by.organisation, name=name)
    return same.values_list("token", flat=True).first() or secrets.token_urlsafe(24)


def _checked(joins_as: str) -> str:
    if joins_as and joins_as not in JOINABLE:
        raise NotAllowed(_("By an address alone people join as members or guests."))
    return joins_as
