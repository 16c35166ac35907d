"""The end of an account: what follows from it, and carrying it out.

An organisation's tables refer to people without a constraint, so what they hold of somebody is found from the
models themselves: whatever refers to a person is emptied, and a row that is nothing without them goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import PlatformRole, User
from tenants.context import entered
from tenants.models import Invitation, Membership, Organisation, OrganisationStatus, Role
from tenants.organisations import deletion
from tenants.people import members
from tenants.scopes import Scope, scope_of
from tenants.signals import account_erased, account_erasing, organisations_of_old


class CannotGo(ValueError):
    """Others depend on the account; the message says what to do first."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the end of an account does to the organisations of its person.

    In `left` the books go to another owner; `closed` has nobody else and is deleted; of `needs_owner` the
    person is the last owner while others are members, and has to hand it over first.
    """

    left: Sequence[Organisation]
    closed: Sequence[Organisation]
    needs_owner: Sequence[Organisation]


def consequences_for(user: User) -> Consequences:
    left, closed, needs_owner = [], [], []
    others = Membership.objects.filter(organisation=OuterRef("organisation")).exclude(user=user)
    other_owners = others.filter(role=Role.OWNER, user__is_active=True)
    memberships = Membership.objects.filter(user=user).annotate(
        shared=Exists(others), owned_by_others=Exists(other_owners)
    )
    for one in memberships.select_related("organisation").order_by("organisation__name", "pk"):
        if not one.shared:
            closed.append(one.organisation)
        elif one.role != Role.OWNER or one.owned_by_others:
            left.append(one.organisation)
        elif one.organisation.status != OrganisationStatus.DELETING:  # else it goes anyway
            needs_owner.append(one.organisation)
    return Consequences(left, closed, needs_owner)


def delete_account(*, user: User) -> None:
    """End somebody's account, whole or not at all: their organisations are left or closed, what refers to
    them is emptied, their sessions end. Raises `CannotGo`."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        _check_another_super_admin(user)
        touched = _lock_organisations(user)
        consequences = consequences_for(user)
        if consequences.needs_owner:
            raise CannotGo(_("Some of your organisations need another owner first."))
        addresses = _addresses(user)
        account_erasing.send(User, user=user, addresses=addresses)
        for organisation in consequences.left:
            if organisation.status != OrganisationStatus.DELETING:
                members.leave(membership=Membership.objects.get(organisation=organisation, user=user))
        for organisation in consequences.closed:
            if organisation.status != OrganisationStatus.DELETING:
                deletion.close(organisation, actor=user)
        for organisation in touched:
            with entered(organisation):
                forget_person(user)
        Invitation.objects.filter(email__in=addresses).delete()
        account_erased.send(User, user=user, addresses=addresses)
        for session in UserSession.objects.filter(user=user):
            session.end()
        user.delete()


def forget_person(user: User) -> None:
    """In the organisation entered, empty every reference to a person."""
    for field in _references():
        rows = field.model._base_manager.filter(**{field.name: user.pk})
        if field.null:
            rows.update(**{field.name: None})
        else:
            rows.delete()


def _references() -> list[models.ForeignKey[Any, Any]]:
    return [
        field
        for model in apps.get_models()
        if scope_of(model._meta.app_label) is Scope.ORGANISATION
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]


def _lock_organisations(user: User) -> list[Organisation]:
    """Those that the person belongs to, and those of long ago of which the activity log still knows."""
    found: set[Any] = set(Membership.objects.filter(user=user).values_list("organisation", flat=True))
    for _receiver, more in organisations_of_old.send(User, user=user):
        found |= set(more or ())
    return list(Organisation.objects.select_for_update().filter(pk__in=found).order_by("pk"))


def _check_another_super_admin(user: User) -> None:
    others = User.objects.filter(role=PlatformRole.SUPER_ADMIN, is_active=True).exclude(pk=user.pk)
    if user.role == PlatformRole.SUPER_ADMIN and not others.exists():
        raise CannotGo(_("You are the platform’s only super-admin. Make somebody else one first."))


def _addresses(user: User) -> list[str]:
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return sorted({user.email, *(address.lower() for address in known)})
