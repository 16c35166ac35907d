"""The hosts of an organisation's own: where it answers, and which of them links lead to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tenants.models import ClaimedDomain, Domain, Membership, Organisation, Role
from tenants.organisations import features
from tenants.people import members
from tenants.people.members import NotAllowed
from tenants.signals import host_chosen


class NotItsHost(LookupError):
    """The organisation does not answer on this host."""


def hosts_of(organisation_id: UUID) -> list[str]:
    """Its own hosts, beside the one below the platform's."""
    return list(
        Domain.objects.filter(tenant_id=organisation_id).order_by("domain").values_list("domain", flat=True)
    )


def open_host(domain: ClaimedDomain) -> None:
    """The organisation answers on a domain that it has proven. IntegrityError where another one does."""
    if domain.name not in hosts_of(domain.organisation_id):
        Domain.objects.create(tenant_id=domain.organisation_id, domain=domain.name, is_primary=False)


def close_host(domain: ClaimedDomain) -> None:
    """The organisation answers there no longer, and links lead there no longer."""
    for host in Domain.objects.filter(tenant_id=domain.organisation_id, domain=domain.name):
        host.delete()


def choose_host(*, host: str, by: Membership) -> Organisation:
    """Let links lead to one of the organisation's own hosts; empty: to the one below the platform's.

    Raises `NotAllowed`, `NotItsHost`, and `NotInPlan`.
    """
    with members.alone(by.organisation_id):
        by = members.as_now(by)
        if by.role != Role.OWNER:
            raise NotAllowed(_("Only an owner can do this."))
        if host and host not in hosts_of(by.organisation_id):
            raise NotItsHost(host)
        organisation, before = by.organisation, by.organisation.host
        if organisation.own_host != host:
            if host:
                features.check(by.organisation_id, features.ADVANCED)
            organisation.own_host = host
            organisation.save(update_fields=["own_host"])
            host_chosen.send(Organisation, organisation=organisation, actor=by.user, before=before)
    return organisation


def leave_closed_host(*, instance: Domain, **signal: Any) -> None:
    """Receiver of a host's deletion, by whomever: no link leads to where nobody answers."""
    Organisation.objects.filter(pk=instance.tenant_id, own_host=instance.domain).update(own_host="")
