"""Who is told of what becomes of an organisation's domains: receivers of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from notifications.models import Kind
from notifications.notifying import notify
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.domains.names import shown
from tenants.domains.records import record_name, record_value
from tenants.domains.verifying import LOST_AFTER
from tenants.models import ClaimedDomain, Membership, Organisation, Role
from tenants.people.members import RUNS


def listen() -> None:
    signals.domain_verified.connect(tell_of_proof)
    signals.domain_failing.connect(tell_of_failure)
    signals.domain_lost.connect(tell_of_loss)
    signals.member_joined.connect(tell_who_runs)


def tell_of_proof(*, actor: User | None, domain: ClaimedDomain, **signal: Any) -> None:
    """Unless somebody is looking: then they see it."""
    if actor is None:
        _tell_owners(domain, Kind.DOMAIN_VERIFIED)


def tell_of_failure(*, domain: ClaimedDomain, **signal: Any) -> None:
    _tell_owners(domain, Kind.DOMAIN_FAILING)


def tell_of_loss(*, domain: ClaimedDomain, **signal: Any) -> None:
    _tell_owners(domain, Kind.DOMAIN_LOST)


def tell_who_runs(
    *,
    organisation: Organisation,
    membership: Membership,
    domain: ClaimedDomain | None = None,
    **signal: Any,
) -> None:
    """That somebody joined by the domain of their address, whom nobody has invited."""
    if domain is None:
        return
    data = {
        "name": membership.user.get_full_name(),
        "role": membership.role,
        "domain": shown(domain.name),
        "path": "/people/",
    }
    _tell(organisation, RUNS, Kind.MEMBER_JOINED, data)


def _tell_owners(domain: ClaimedDomain, kind: Kind) -> None:
    ends_at = domain.failing_since + LOST_AFTER if domain.failing_since else None
    data = {
        "domain": shown(domain.name),
        "purpose": domain.purpose,
        "record": record_name(domain.name),
        "value": record_value(domain.token),
        "ends_at": ends_at.isoformat() if ends_at else "",
        "path": f"/organisation/domains/{domain.pk}/",
    }
    _tell(domain.organisation, (Role.OWNER,), kind, data)


def _tell(organisation: Organisation, roles: tuple[Role, ...], kind: Kind, data: dict[str, Any]) -> None:
    people = User.objects.filter(memberships__organisation=organisation, memberships__role__in=roles)
    with entered(organisation):
        for user in people.order_by("pk"):
            notify(user, kind, data)
