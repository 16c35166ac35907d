"""Who is told when people come and go: receivers of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from notifications import outbox, stream
from notifications.models import Kind
from notifications.notifying import notify
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered, in_public
from tenants.doorbell import enqueue
from tenants.models import Invitation, Membership, Organisation


def listen() -> None:
    signals.invitation_made.connect(send_invitation)
    signals.member_joined.connect(tell_inviter)
    signals.member_role_changed.connect(tell_of_role)
    signals.member_gone.connect(tell_of_removal)
    signals.ownership_transferred.connect(tell_of_ownership)
    signals.deletion_asked.connect(tell_of_deletion)
    signals.organisation_kept.connect(tell_of_keeping)
    signals.account_erasing.connect(say_farewell)
    signals.account_erased.connect(outbox.forget_person)
    signals.organisation_erasing.connect(stream.erase_streams)
    signals.organisation_traces.connect(stream.stream_traces)


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
        with in_public():
            notify(membership.user, Kind.MEMBERSHIP_ENDED, {"organisation": organisation.name, "path": "/"})


def tell_of_ownership(
    *, organisation: Organisation, membership: Membership, before: User, **signal: Any
) -> None:
    data = {"organisation": organisation.name, "name": before.get_full_name(), "path": "/people/"}
    _tell(membership.user, organisation, Kind.OWNERSHIP_RECEIVED, data)


def tell_of_deletion(*, organisation: Organisation, actor: User, **signal: Any) -> None:
    """All members, in no organisation's name: nobody can open that one any more."""
    data = {
        "organisation": organisation.name,
        "name": actor.get_full_name(),
        "delete_at": organisation.delete_at.isoformat() if organisation.delete_at else "",
        "path": "/",
    }
    with in_public():
        for user in _people(organisation):
            notify(user, Kind.ORGANISATION_DELETING, data)


def tell_of_keeping(*, organisation: Organisation, actor: User, **signal: Any) -> None:
    data = {"organisation": organisation.name, "name": actor.get_full_name(), "path": "/"}
    for user in _people(organisation):
        _tell(user, organisation, Kind.ORGANISATION_KEPT, data)


def say_farewell(*, user: User, **signal: Any) -> None:
    """By what the letter needs, since there will be nobody to look up when it is sent."""
    enqueue(
        "notifications.send_farewell",
        email=user.email,
        reader=user.get_short_name(),
        language=user.language or get_language() or settings.LANGUAGE_CODE,
    )


def _people(organisation: Organisation) -> QuerySet[User]:
    return User.objects.filter(memberships__organisation=organisation).order_by("pk")


def _tell(user: User, organisation: Organisation, kind: Kind, data: dict[str, Any]) -> None:
    with entered(organisation):
        notify(user, kind, data)
