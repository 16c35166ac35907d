"""Joining an organisation by a confirmed e-mail address at a domain that it has proven to be its own."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from tenants.accounts.models import User
from tenants.domains.names import in_ascii
from tenants.domains.queries import verified
from tenants.domains.removals import removed_from
from tenants.models import ClaimedDomain, Membership, Organisation, OrganisationStatus, Purpose, Role
from tenants.people import members
from tenants.signals import member_joined


class CannotJoin(LookupError):
    """None of the person's confirmed addresses lets them into this organisation."""


def organisations_to_join(user: User) -> list[ClaimedDomain]:
    """The organisations that somebody may join now, each by one domain; in the order of their names."""
    open_ = _open_to(user).exclude(organisation__memberships__user=user)
    found = {domain.organisation_id: domain for domain in open_.order_by("name")}
    barred = removed_from(user, found) if found else set()
    allowed = [domain for domain in found.values() if domain.organisation_id not in barred]
    return sorted(allowed, key=lambda domain: domain.organisation.name)


def may_join(user: User, organisation_id: UUID) -> ClaimedDomain | None:
    """The domain by which somebody may join an organisation now."""
    return _one(user, _open_to(user).filter(organisation_id=organisation_id))


def join(*, user: User, organisation_id: UUID) -> Membership:
    """Become a member, once, in the role of the domain; who is one already stays what they are.

    Raises `CannotJoin`.
    """
    try:
        with members.alone(organisation_id):
            member = Membership.objects.filter(organisation_id=organisation_id, user=user).first()
            return member or _join(user, may_join(user, organisation_id))
    except Organisation.DoesNotExist as error:
        raise CannotJoin from error


def _join(user: User, domain: ClaimedDomain | None) -> Membership:
    if domain is None:
        raise CannotJoin
    membership = Membership.objects.create(
        organisation=domain.organisation, user=user, role=Role(domain.joins_as)
    )
    member_joined.send(
        Membership,
        organisation=domain.organisation,
        actor=user,
        membership=membership,
        invitation=None,
        domain=domain,
    )
    return membership


def _one(user: User, domains: Iterable[ClaimedDomain]) -> ClaimedDomain | None:
    """Of several, the one that gives most."""
    found = sorted(domains, key=lambda domain: list(Role).index(Role(domain.joins_as)))
    if not found or removed_from(user, [found[0].organisation_id]):
        return None
    return found[0]


def _open_to(user: User) -> QuerySet[ClaimedDomain]:
    """Proven domains of open organisations that let people in, at which somebody has a confirmed address."""
    return (
        verified(Purpose.EMAIL)
        .exclude(joins_as="")
        .filter(name__in=_domains(user), organisation__status=OrganisationStatus.ACTIVE)
        .select_related("organisation__logo")
    )


def _domains(user: User) -> set[str]:
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {in_ascii(address.rpartition("@")[2]) for address in addresses}
