"""Who is told when people come and go: receivers of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from notifications.models import Kind
from notifications.notifying import notify
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.doorbell import enqueue
from tenants.models import Invitation, Membership, Organisation


def listen() -> None:
    signals.invitation_made.connect(send_invitation)
    signals.member_joined.connect(tell_inviter)
    signals.member_role_changed.connect(tell_of_role)
    signals.member_gone.connect(tell_of_removal)
    signals.ownership_transferred.connect(tell_of_ownership)


def send_invitation(*, invitation: Invitation, **signal: Any) -> None:
    if invitation.email:
        enqueue("notifications.send_invitation", invitation_id=invitation.pk)


def tell_inviter(
    *, organisation: Organisation, membership: Membership, invitation: Invitation | None, **signal: Any
) -> None:
    if invitation and invitation.invited_by:
        data = {"name": membership.user.get_full_name(), "role": membership.role, "path": "/people/"}
        _tell(invitation.invited_by, organisation, Kind.MEMBER_JOINED, data)


def tell_of_role(*, organisation: Organisation, actor: User, membership: Membership, **signal: Any) -> None:
    if actor.pk != membership.user_id:
        data = {"organisation": organisation.name, "role": membership.role, "path": "/people/"}
        _tell(membership.user, organisation, Kind.ROLE_CHANGED, data)


def tell_of_removal(
    *, organisation: Organisation, actor: User, membership: Membership, **signal: Any
) -> None:
    """In no organisation's name: the reader cannot open that one any more."""
    if actor.pk != membership.user_id:
        from tenants.context import in_public

        with in_public():
            notify(membership.user, Kind.MEMBERSHIP_ENDED, {"organisation": organisation.name, "path": "/"})


def tell_of_ownership(
    *, organisation: Organisation, membership: Membership, before: User, **signal: Any
) -> None:
    data = {"organisation": organisation.name, "name": before.get_full_name(), "path": "/people/"}
    _tell(membership.user, organisation, Kind.OWNERSHIP_RECEIVED, data)


def _tell(user: User, organisation: Organisation, kind: Kind, data: dict[str, Any]) -> None:
    with entered(organisation):
        notify(user, kind, data)
