"""What the activity log tells of domains and web addresses: receivers of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from insights.actions import Action
from insights.recording import record
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import ClaimedDomain, Organisation


def listen() -> None:
    signals.domain_claimed.connect(claimed)
    signals.domain_verified.connect(verified)
    signals.domain_failing.connect(failing)
    signals.domain_lost.connect(lost)
    signals.domain_removed.connect(removed)
    signals.domain_role_changed.connect(role_changed)
    signals.host_chosen.connect(host_chosen)


def claimed(*, actor: User, domain: ClaimedDomain, **signal: Any) -> None:
    _note(Action.DOMAIN_CLAIMED, actor, domain, {"role": domain.joins_as} if domain.joins_as else {})


def verified(*, actor: User | None, domain: ClaimedDomain, **signal: Any) -> None:
    _note(Action.DOMAIN_VERIFIED, actor, domain)


def failing(*, actor: User | None, domain: ClaimedDomain, **signal: Any) -> None:
    _note(Action.DOMAIN_FAILING, actor, domain, {"problem": domain.problem})


def lost(*, actor: User | None, domain: ClaimedDomain, **signal: Any) -> None:
    _note(Action.DOMAIN_LOST, actor, domain, {"problem": domain.problem})


def removed(*, actor: User, domain: ClaimedDomain, **signal: Any) -> None:
    _note(Action.DOMAIN_REMOVED, actor, domain)


def role_changed(*, actor: User, domain: ClaimedDomain, before: str, **signal: Any) -> None:
    _note(Action.DOMAIN_ROLE_CHANGED, actor, domain, {"before": str(before), "role": str(domain.joins_as)})


def host_chosen(*, organisation: Organisation, actor: User, before: str, **signal: Any) -> None:
    with entered(organisation):
        details = {"before": before, "host": organisation.host}
        record(Action.HOST_CHOSEN, actor=actor, resource=organisation, details=details)


def _note(
    action: Action, actor: User | None, domain: ClaimedDomain, more: dict[str, str] | None = None
) -> None:
    with entered(domain.organisation):
        details = {"purpose": domain.purpose, **(more or {})}
        record(action, actor=actor, resource=domain, details=details)
