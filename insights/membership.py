"""What the activity log tells of people coming, going and changing roles: receivers of `tenants.signals`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from insights.actions import Action
from insights.recording import record
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import ClaimedDomain, Invitation, Membership, Move, Organisation
from tenants.organisations.changing import Particulars
from tenants.portable.models import Export

_EXPORTS = {
    "asked": Action.EXPORT_ASKED,
    "failed": Action.EXPORT_FAILED,
    "downloaded": Action.EXPORT_DOWNLOADED,
    "deleted": Action.EXPORT_DELETED,
}


def listen() -> None:
    signals.organisation_created.connect(created)
    signals.invitation_made.connect(invited)
    signals.invitation_revoked.connect(revoked)
    signals.member_joined.connect(joined)
    signals.member_role_changed.connect(role_changed)
    signals.member_gone.connect(gone)
    signals.ownership_transferred.connect(transferred)
    signals.organisation_changed.connect(changed)
    signals.deletion_asked.connect(deletion_asked)
    signals.organisation_kept.connect(kept)
    signals.organisation_exported.connect(exported)
    signals.export_changed.connect(export_changed)
    signals.organisation_imported.connect(imported)
    signals.organisation_moved.connect(moved)


def created(*, organisation: Organisation, owner: User | None = None, **signal: Any) -> None:
    if owner:
        _note(Action.ORGANISATION_CREATED, organisation, owner, {"address": organisation.slug})


def invited(*, organisation: Organisation, actor: User, invitation: Invitation, **signal: Any) -> None:
    details = {"email": invitation.email, "role": invitation.role, "uses": invitation.uses_left}
    _note(Action.MEMBER_INVITED, organisation, actor, details)


def revoked(*, organisation: Organisation, actor: User, invitation: Invitation, **signal: Any) -> None:
    details = {"email": invitation.email, "role": invitation.role}
    _note(Action.INVITATION_REVOKED, organisation, actor, details)


def joined(
    *,
    organisation: Organisation,
    actor: User,
    membership: Membership,
    domain: ClaimedDomain | None = None,
    **signal: Any,
) -> None:
    by = {"domain": domain.name} if domain else {}
    _note(Action.MEMBER_JOINED, organisation, actor, {"role": membership.role, **by})


def role_changed(
    *, organisation: Organisation, actor: User, membership: Membership, before: str, **signal: Any
) -> None:
    details = {**_person(membership.user), "before": str(before), "role": membership.role}
    _note(Action.MEMBER_ROLE_CHANGED, organisation, actor, details)


def gone(
    *, organisation: Organisation, actor: User, membership: Membership, heir: User, **signal: Any
) -> None:
    left = actor.pk == membership.user_id
    details = {**_person(membership.user), "heir": heir.get_full_name()}
    _note(Action.MEMBER_LEFT if left else Action.MEMBER_REMOVED, organisation, actor, details)


def transferred(*, organisation: Organisation, actor: User, membership: Membership, **signal: Any) -> None:
    _note(Action.OWNERSHIP_TRANSFERRED, organisation, actor, _person(membership.user))


def changed(*, organisation: Organisation, actor: User, before: Particulars, **signal: Any) -> None:
    """What is other than before, by its old value."""
    old = {field.name: getattr(before, field.name) for field in fields(before)}
    details = {name: value for name, value in old.items() if value != getattr(organisation, name)}
    _note(Action.ORGANISATION_CHANGED, organisation, actor, details)


def deletion_asked(*, organisation: Organisation, actor: User, **signal: Any) -> None:
    details = {"delete_at": organisation.delete_at.isoformat()} if organisation.delete_at else {}
    _note(Action.DELETION_ASKED, organisation, actor, details)


def kept(*, organisation: Organisation, actor: User, **signal: Any) -> None:
    _note(Action.ORGANISATION_KEPT, organisation, actor, {})


def exported(*, organisation: Organisation, actor: User | None, **signal: Any) -> None:
    _note(Action.ORGANISATION_EXPORTED, organisation, actor, {})


def export_changed(
    *, organisation: Organisation, actor: User | None, export: Export, change: str, **signal: Any
) -> None:
    """That it is ready is told by `exported`, as of one that an operator makes."""
    if action := _EXPORTS.get(change):
        details = {"size": export.size, "sha256": export.sha256} if change == "downloaded" else {}
        _note(action, organisation, actor, details)


def imported(*, organisation: Organisation, actor: User | None, **signal: Any) -> None:
    _note(Action.ORGANISATION_IMPORTED, organisation, actor, {"address": organisation.slug})


def moved(*, organisation: Organisation, actor: User | None, move: Move, **signal: Any) -> None:
    details = {"before": move.source, "server": move.target}
    _note(Action.ORGANISATION_MOVED, organisation, actor, details)


def _person(user: User) -> dict[str, str]:
    return {"name": user.get_full_name(), "email": user.email}


def _note(action: Action, organisation: Organisation, actor: User | None, details: dict[str, Any]) -> None:
    with entered(organisation):
        record(action, actor=actor, resource=organisation, details=details)
