"""Who belongs to an organisation: roles, leaving, removal, and the passing on of ownership.

Every doing locks the organisation's row first, so that two owners who leave at once do not both succeed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Organisation, Role
from tenants.signals import member_gone, member_role_changed, ownership_transferred

RUNS = (Role.OWNER, Role.ADMIN)
BY_RANK = Case(*(When(role=role, then=rank) for rank, role in enumerate(Role)), output_field=IntegerField())

# What each role may do, in the words that people are shown: the sentence, and the roles that may.
PERMISSIONS: tuple[tuple[Promise, frozenset[Role]], ...] = (
    (_("Read the books they are asked to join"), frozenset(Role)),
    (_("See the whole shelf and the people here"), frozenset({Role.OWNER, Role.ADMIN, Role.MEMBER})),
    (_("Make books and change their own"), frozenset({Role.OWNER, Role.ADMIN, Role.MEMBER})),
    (_("Change every book"), frozenset(RUNS)),
    (_("Invite and remove people, and give them roles"), frozenset(RUNS)),
    (_("Put people in groups, and give them tiers"), frozenset(RUNS)),
    (_("See everything that happened, and export it"), frozenset(RUNS)),
    (_("See the plan, the payments and the invoices"), frozenset(RUNS)),
    (_("Choose the plan and pay for it"), frozenset({Role.OWNER})),
    (_("Rename, hand over or delete the organisation"), frozenset({Role.OWNER})),
)


class NotAllowed(Exception):
    """The member's role does not reach that far; the message says what it would take."""


class LastOwner(Exception):
    """The organisation would be left without an owner."""

    def __init__(self) -> None:
        super().__init__(_("An organisation needs an owner. Make somebody else an owner first."))


def may_run(membership: Membership) -> bool:
    """May invite, remove, give roles, and sort people into groups and tiers."""
    return membership.role in RUNS


def who_runs(organisation_id: UUID) -> list[Membership]:
    """The memberships of its owners and admins, with their people."""
    running = Membership.objects.filter(organisation_id=organisation_id, role__in=RUNS)
    return list(running.select_related("user").order_by("created_at"))


def may_see_people(membership: Membership) -> bool:
    """May see who belongs to the organisation, in which groups and tiers."""
    return membership.role != Role.GUEST


def grantable_roles(membership: Membership) -> list[Role]:
    """The roles that this member may give to others, from most to least."""
    if membership.role == Role.OWNER:
        return list(Role)
    return [Role.ADMIN, Role.MEMBER, Role.GUEST] if membership.role == Role.ADMIN else []


def possible_heirs(leaving: Membership) -> QuerySet[Membership]:
    """Who may take over what is somebody's when they go: everybody else but guests."""
    others = Membership.objects.filter(organisation_id=leaving.organisation_id).exclude(pk=leaving.pk)
    return others.exclude(role=Role.GUEST).select_related("user")


def change_role(*, membership_id: UUID, role: Role, by: Membership) -> Membership:
    """Give a member another role. Raises `NotAllowed`, `LastOwner`, or `Membership.DoesNotExist`."""
    with alone(by.organisation_id):
        by, membership = _both(membership_id, by)
        _check_reach(by, membership, role)
        before = Role(membership.role)
        if before == role:
            return membership
        if before == Role.OWNER:
            _check_another_owner(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        if before in RUNS and role not in RUNS:
            _shut_doors(membership)
        member_role_changed.send(
            Membership,
            organisation=membership.organisation,
            actor=by.user,
            membership=membership,
            before=before,
        )
    return membership


def remove_member(*, membership_id: UUID, by: Membership, heir: User | None = None) -> None:
    """End somebody's membership; what is theirs goes to `heir`, a member, by default to who removes them.

    Raises `NotAllowed`, `LastOwner`, or `Membership.DoesNotExist`.
    """
    with alone(by.organisation_id):
        by, membership = _both(membership_id, by)
        if membership.pk != by.pk:
            _check_reach(by, membership)
        _end(membership, actor=by.user, heir=heir or by.user)


def leave(*, membership: Membership) -> None:
    """End one's own membership; what was one's own goes to the first owner. Raises `LastOwner`."""
    with alone(membership.organisation_id):
        _fresh, membership = _both(membership.pk, membership)
        first = _other_owners(membership).select_related("user").order_by("created_at", "pk").first()
        if first is None:
            raise LastOwner
        _end(membership, actor=membership.user, heir=first.user)


def transfer_ownership(*, membership_id: UUID, by: Membership) -> Membership:
    """Make another member the owner in one's own place; one stays as an admin.

    Raises `NotAllowed`, `LastOwner` where the other can no longer sign in, or `Membership.DoesNotExist`.
    """
    with alone(by.organisation_id):
        by, membership = _both(membership_id, by)
        if by.role != Role.OWNER or membership.pk == by.pk:
            raise NotAllowed(_("Only an owner can hand the organisation over, to somebody else."))
        if not membership.user.is_active:
            _check_another_owner(by)
        Membership.objects.filter(pk=membership.pk).update(role=Role.OWNER)
        Membership.objects.filter(pk=by.pk).update(role=Role.ADMIN)
        membership.role = Role.OWNER
        ownership_transferred.send(
            Membership,
            organisation=membership.organisation,
            actor=by.user,
            membership=membership,
            before=by.user,
        )
    return membership


@contextmanager
def alone(organisation_id: UUID) -> Iterator[None]:
    """One at a time changes who belongs to an organisation."""
    with transaction.atomic():
        Organisation.objects.select_for_update().only("pk").get(pk=organisation_id)
        yield


def as_now(membership: Membership) -> Membership:
    """The membership as it is by now, with its person and organisation. Raises `Membership.DoesNotExist`."""
    return _both(membership.pk, membership)[0]


def running(by: Membership) -> Membership:
    """Who acts, as they are by now. Raises `NotAllowed` where they do not run the organisation."""
    by = as_now(by)
    if not may_run(by):
        raise NotAllowed(_("Only owners and admins can do this."))
    return by


def _both(membership_id: UUID, by: Membership) -> tuple[Membership, Membership]:
    """Who acts and who is meant, as they are now, both of the same organisation."""
    found = {
        each.pk: each
        for each in Membership.objects.select_related("user", "organisation").filter(
            organisation_id=by.organisation_id, pk__in=[membership_id, by.pk]
        )
    }
    if membership_id not in found or by.pk not in found:
        raise Membership.DoesNotExist
    return found[by.pk], found[membership_id]


def _check_reach(by: Membership, membership: Membership, role: Role | None = None) -> None:
    """Owners reach everybody, admins all but owners, and nobody gives more than they may."""
    reach = grantable_roles(by)
    if Role(membership.role) not in reach or (role is not None and role not in reach):
        raise NotAllowed(_("Only an owner can do this."))


def _check_another_owner(membership: Membership) -> None:
    if not _other_owners(membership).exists():
        raise LastOwner


def _other_owners(membership: Membership) -> QuerySet[Membership]:
    """Those beside this member who can sign in: somebody has to be able to act."""
    owners = Membership.objects.filter(organisation_id=membership.organisation_id, role=Role.OWNER)
    return owners.filter(user__is_active=True).exclude(pk=membership.pk)


def _end(membership: Membership, *, actor: User, heir: User) -> None:
    if membership.role == Role.OWNER:
        _check_another_owner(membership)
    if heir.pk == membership.user_id or not _belongs(heir, membership.organisation_id):
        raise NotAllowed(_("What was theirs has to go to another member."))
    if membership.role in RUNS:
        _shut_doors(membership)
    member_gone.send(
        Membership, organisation=membership.organisation, actor=actor, membership=membership, heir=heir
    )
    membership.delete()


def _shut_doors(membership: Membership) -> None:
    """Close every way in that somebody who ran the organisation may have kept for later: all open links,
    which they could see, and whatever they sent themself."""
    Invitation.objects.filter(
        Q(email="") | Q(invited_by=membership.user_id),
        organisation_id=membership.organisation_id,
        revoked_at=None,
        uses_left__gt=0,
    ).update(revoked_at=Now())


def _belongs(user: User, organisation_id: UUID) -> bool:
    return Membership.objects.filter(organisation_id=organisation_id, user=user).exists()
