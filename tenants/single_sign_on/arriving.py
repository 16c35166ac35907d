"""Who it is that an organisation's provider sends, and whether they come in.

The provider is believed about addresses under the domains that its organisation has proven to be its own, and
about nothing else: its owner may be anybody, and their provider may say anything.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.db import transaction
from django.db.models.functions import Now

from tenants.accounts.models import User, UserManager
from tenants.domains.queries import verified_email_domains
from tenants.domains.removals import removed_from
from tenants.models import Invitation, Membership, SingleSignOn
from tenants.people import invitations, members
from tenants.signals import member_joined
from tenants.single_sign_on.enforcing import domain_of, is_covered
from tenants.single_sign_on.problems import Problem
from tenants.single_sign_on.provider import OrganisationProvider


def is_of_organisation(sociallogin: Any) -> bool:
    return isinstance(sociallogin.provider, OrganisationProvider)


def account_of(sociallogin: Any) -> tuple[User, str] | None:
    """The account, if any, that has the address which the provider tells, and the address.

    Raises `Problem` where the provider may not vouch for it: see `_vouched_address`. An account of somebody
    who is no member counts only if this is its main address: else it is another's, with a side door here.
    """
    single_sign_on = sociallogin.provider.single_sign_on
    email = _vouched_address(sociallogin)
    user = _holder(email)
    if user is None:
        return None
    if user.email != email and not _is_member(user, single_sign_on):
        raise Problem("another", email=email)
    return user, email


def check(sociallogin: Any) -> None:
    """Whether whom the provider sends may be signed in, now. Raises `Problem`.

    Asked each time: the organisation may have lost a domain, and the account its address, since the first.
    """
    single_sign_on = sociallogin.provider.single_sign_on
    if sociallogin.state.get("process") != AuthProcess.LOGIN:
        raise Problem("answer")
    email = _vouched_address(sociallogin)
    user = sociallogin.user if sociallogin.is_existing else None
    if user is not None and not _is_of(user, email, single_sign_on):
        raise Problem("another", email=email)
    if not _may_come_in(user, email, single_sign_on):
        raise Problem("not-invited")
    with transaction.atomic():
        if user is not None:
            _take_from_squatters(user, email)
        SingleSignOn.objects.filter(pk=single_sign_on.pk, worked_at=None).update(worked_at=Now())


def come_in(*, user: User, sociallogin: Any = None, **signal: Any) -> None:
    """Receiver of allauth's `user_logged_in`: who has come through the provider becomes a member."""
    if sociallogin is None or not is_of_organisation(sociallogin):
        return
    single_sign_on, email = sociallogin.provider.single_sign_on, _vouched_address(sociallogin)
    if _is_member(user, single_sign_on):
        return
    invitation = _invitation(email, single_sign_on)
    if invitation is not None:
        invitations.accept(invitation=invitation, user=user, addresses=[email])
    else:
        _join(user, single_sign_on)


def _vouched_address(sociallogin: Any) -> str:
    """The address of whom the provider sends.

    Raises `Problem`: "no-email", "unverified", or "foreign" where it is under no domain of the organisation.
    """
    address = next(iter(sociallogin.email_addresses), None)
    if address is None:
        raise Problem("no-email")
    email = UserManager.normalize_email(address.email)
    if not address.verified:
        raise Problem("unverified", email=email)
    if domain_of(email) not in verified_email_domains(sociallogin.provider.single_sign_on.organisation_id):
        raise Problem("foreign", email=email)
    return email


def _holder(email: str) -> User | None:
    """Whose address it is: proven, or claimed as their main one by somebody who has not proven it."""
    proven = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    found: User | None = proven.user if proven else User.objects.filter(email=email).first()
    return found


def _is_of(user: User, email: str, single_sign_on: SingleSignOn) -> bool:
    return user.is_active and (user.email == email or is_covered(user, single_sign_on.organisation_id))


def _may_come_in(user: User | None, email: str, single_sign_on: SingleSignOn) -> bool:
    return (
        (user is not None and _is_member(user, single_sign_on))
        or _invitation(email, single_sign_on) is not None
        or _may_join(user or User(email=email), single_sign_on)
    )


def _is_member(user: User, single_sign_on: SingleSignOn) -> bool:
    rows = Membership.objects.filter(organisation_id=single_sign_on.organisation_id, user=user)
    return bool(rows.exists())


def _invitation(email: str, single_sign_on: SingleSignOn) -> Invitation | None:
    found = invitations.open_invitations(single_sign_on.organisation_id).filter(email=email)
    return found.select_related("organisation").first()


def _take_from_squatters(user: User, email: str) -> None:
    """Whoever made this account has never proven the address: what they made it with is worth nothing now."""
    claimed = EmailAddress.objects.filter(user=user, email__iexact=email)
    if claimed.filter(verified=True).exists() or user.email != email:
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    SocialAccount.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )


def _may_join(user: User, single_sign_on: SingleSignOn) -> bool:
    """Whether somebody whom the provider knows becomes a member by that; who was removed is invited first."""
    return bool(single_sign_on.joins_as) and not removed_from(user, [single_sign_on.organisation_id])


def _join(user: User, single_sign_on: SingleSignOn) -> None:
    with members.alone(single_sign_on.organisation_id):
        if _is_member(user, single_sign_on) or not _may_join(user, single_sign_on):
            return
        membership = Membership.objects.create(
            organisation=single_sign_on.organisation, user=user, role=single_sign_on.joins_as
        )
        member_joined.send(
            Membership,
            organisation=single_sign_on.organisation,
            actor=user,
            membership=membership,
            invitation=None,
        )
