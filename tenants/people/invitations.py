"""Inviting people into an organisation, by e-mail or by a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User, UserManager
from tenants.models import Invitation, Membership, Organisation, OrganisationStatus, Role
from tenants.people import members
from tenants.people.members import NotAllowed, grantable_roles
from tenants.signals import invitation_made, invitation_revoked, member_joined

VALID = timedelta(days=14)
LONGEST = timedelta(days=90)
MOST_USES = 200
MOST_AT_ONCE = 50
_signer = Signer(salt="tenants.people.invitations")


class CannotInvite(ValueError):
    """An invitation that makes no sense; `email` is the address it was for, and the message says why."""

    def __init__(self, message: str | Promise, *, email: str = "") -> None:
        super().__init__(message)
        self.email = email


class NotForYou(Exception):
    """The invitation is for another address than those of whoever opened it."""


class InvitationOver(Exception):
    """The invitation was revoked, has expired, or was used up; or there never was one."""


def open_invitations(organisation_id: UUID) -> QuerySet[Invitation]:
    """Those by which somebody could join now, newest first."""
    return Invitation.objects.filter(
        organisation_id=organisation_id, revoked_at=None, uses_left__gt=0, expires_at__gt=timezone.now()
    ).select_related("invited_by")


def invite(*, emails: Sequence[str], role: Role, by: Membership) -> list[Invitation]:
    """Invite people by e-mail: all of them, or nobody.

    The messages leave after the transaction. Raises `NotAllowed`, or `CannotInvite` for an address that is
    malformed, one's own, a member's, or invited already.
    """
    addresses = list(dict.fromkeys(UserManager.normalize_email(email) for email in emails if email.strip()))
    if not addresses:
        raise CannotInvite(_("Enter at least one e-mail address."))
    if len(addresses) > MOST_AT_ONCE:
        raise CannotInvite(_("At most 50 people can be invited at once."))
    with members.alone(by.organisation_id):
        by = members.as_now(by)
        _check_role(role, by)
        _close_expired(by.organisation)
        return [_invite(by.organisation, address, role, by) for address in addresses]


def make_link(
    *, role: Role, by: Membership, uses: int = 20, valid: timedelta = timedelta(days=7)
) -> Invitation:
    """An invitation for whoever has its link. Raises `NotAllowed`, or `CannotInvite` for odd figures."""
    if not 1 <= uses <= MOST_USES:
        raise CannotInvite(_("A link lets between 1 and 200 people in."))
    if not timedelta(hours=1) <= valid <= LONGEST:
        raise CannotInvite(_("A link is good for at most 90 days."))
    with members.alone(by.organisation_id):
        by = members.as_now(by)
        _check_role(role, by)
        return _made(by, email="", role=role, uses_left=uses, expires_at=timezone.now() + valid)


def revoke(*, invitation_id: UUID, by: Membership) -> Invitation:
    """Close an invitation. Raises `NotAllowed`, or `Invitation.DoesNotExist` where it is no longer open."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        invitation = (
            open_invitations(by.organisation_id).select_for_update(of=("self",)).get(pk=invitation_id)
        )
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        invitation_revoked.send(
            Invitation, organisation=by.organisation, actor=by.user, invitation=invitation
        )
    return invitation


def token_of(invitation: Invitation) -> str:
    """What stands in the link; only this installation can make it."""
    return _signer.sign(invitation.pk.hex).replace(":", ".")


def link_of(invitation: Invitation) -> str:
    path = reverse("lobby:invitation", urlconf=settings.PLATFORM_URLCONF, args=[token_of(invitation)])
    return f"{settings.PUBLIC_URL}{path}"


def read(token: str) -> Invitation:
    """The open invitation of a link. Raises `InvitationOver`."""
    try:
        invitation_id = UUID(_signer.unsign(token.replace(".", ":")))
    except (BadSignature, ValueError) as error:
        raise InvitationOver from error
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by").filter(pk=invitation_id).first()
    )
    if invitation is None or not _is_open(invitation):
        raise InvitationOver
    return invitation


def accept(*, invitation: Invitation, user: User, addresses: Sequence[str]) -> Membership:
    """Join by an invitation. `addresses` are those that `user` has proven to be theirs.

    Whoever is a member already stays what they are, and uses nothing up. Raises `NotForYou`, or
    `InvitationOver` where somebody else has just taken the last place.
    """
    if invitation.email and invitation.email not in addresses:
        raise NotForYou
    with members.alone(invitation.organisation_id):
        member = Membership.objects.filter(organisation_id=invitation.organisation_id, user=user).first()
        return member or _join(invitation, user)


def _join(invitation: Invitation, user: User) -> Membership:
    taken = Invitation.objects.filter(
        pk=invitation.pk,
        revoked_at=None,
        uses_left__gt=0,
        expires_at__gt=timezone.now(),
        organisation__status=OrganisationStatus.ACTIVE,
    ).update(uses_left=F("uses_left") - 1)
    if not taken:
        raise InvitationOver
    membership = Membership.objects.create(
        organisation_id=invitation.organisation_id, user=user, role=invitation.role
    )
    member_joined.send(
        Membership,
        organisation=invitation.organisation,
        actor=user,
        membership=membership,
        invitation=invitation,
    )
    return membership


def _check_role(role: Role, by: Membership) -> None:
    if role not in grantable_roles(by):
        raise NotAllowed(_("Only owners and admins can invite people."))
    if role == Role.OWNER:
        raise CannotInvite(_("Nobody is invited as an owner: invite them as an admin, then hand over."))


def _invite(organisation: Organisation, address: str, role: Role, by: Membership) -> Invitation:
    try:
        validate_email(address)
    except ValidationError as error:
        raise CannotInvite(_("“%s” is not an e-mail address.") % address[:254], email=address) from error
    if address == by.user.email:
        raise CannotInvite(_("You are here already."), email=address)
    if Membership.objects.filter(organisation=organisation, user__email=address).exists():
        raise CannotInvite(_("%s belongs to this organisation already.") % address, email=address)
    if open_invitations(organisation.pk).filter(email=address).exists():
        raise CannotInvite(_("%s has been invited already.") % address, email=address)
    return _made(by, email=address, role=role, uses_left=1, expires_at=timezone.now() + VALID)


def _made(by: Membership, **values: object) -> Invitation:
    invitation = Invitation.objects.create(organisation_id=by.organisation_id, invited_by=by.user, **values)
    invitation_made.send(Invitation, organisation=by.organisation, actor=by.user, invitation=invitation)
    return invitation


def _close_expired(organisation: Organisation) -> None:
    """An address may be invited again once its invitation has run out."""
    now = timezone.now()
    Invitation.objects.filter(
        ~Q(email=""), organisation=organisation, revoked_at=None, expires_at__lte=now
    ).update(revoked_at=now)


def _is_open(invitation: Invitation) -> bool:
    return (
        invitation.revoked_at is None
        and invitation.uses_left > 0
        and invitation.expires_at > timezone.now()
        and invitation.organisation.status == OrganisationStatus.ACTIVE
    )
