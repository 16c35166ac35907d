"""What owners do with their organisation's single sign-on: set it up, require it, lift that, take it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from tenants.domains.queries import verified_email_domains
from tenants.models import Membership, Organisation, Role, SingleSignOn
from tenants.organisations import features
from tenants.outgoing import may_ask
from tenants.people import members
from tenants.people.members import NotAllowed
from tenants.sealing import seal
from tenants.signals import single_sign_on_changed
from tenants.single_sign_on import enforcing
from tenants.single_sign_on.discovery import discover
from tenants.single_sign_on.problems import Problem
from tenants.single_sign_on.provider import identities_of

Change = Literal["set", "required", "lifted", "removed"]


class CannotRequire(ValueError):
    """Requiring it now would lock people out; the message says what to do first."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """An empty `secret` leaves the one that this issuer knows; an empty `joins_as` lets nobody join by it."""

    name: str
    issuer: str
    client_id: str
    secret: str
    joins_as: Role | Literal[""]


def set_up(*, by: Membership, wishes: Wishes) -> SingleSignOn:
    """Say which provider it is. It is asked for its description at once.

    Another issuer or client has to be tried anew, and is not required before. What another issuer calls
    people means nothing, so that who came by the one before is recognised by their address again. Raises
    `NotAllowed`, `NotInPlan`, `ValidationError`, or `Problem`.
    """
    _check_owner(by)
    features.check(by.organisation_id, features.SINGLE_SIGN_ON)
    if not may_ask(wishes.issuer):
        raise Problem("unreachable", name=wishes.name)
    try:
        discover(wishes.issuer, anew=True)
    except Problem as problem:
        raise problem.named(wishes.name) from None
    with members.alone(by.organisation_id):
        by = members.as_now(by)
        _check_owner(by)
        row = SingleSignOn.objects.filter(organisation_id=by.organisation_id).first()
        row = row or SingleSignOn(organisation=by.organisation)
        _check_secret(row, wishes)
        _take(row, wishes)
        row.full_clean()
        row.save()
        _tell(by, row, "set")
    return row


def require(*, by: Membership, session_key: str | None) -> int:
    """From now on people with an address of the organisation's domains sign in by it alone.

    Their sessions end, but for the one of `session_key`; how many did. Raises `NotAllowed`, `NotInPlan`,
    `CannotRequire`.
    """
    with members.alone(by.organisation_id):
        by, row = _owned(by)
        features.check(by.organisation_id, features.SINGLE_SIGN_ON)
        if row.worked_at is None:
            raise CannotRequire(_("Sign in through it once first: press “Try it”."))
        domains = verified_email_domains(by.organisation_id)
        if not domains:
            raise CannotRequire(_("Prove first that an e-mail domain is yours: see “Domains”."))
        if not row.enforced:
            row.enforced = True
            row.save(update_fields=["enforced"])
            _tell(by, row, "required")
        return enforcing.end_sessions(domains=domains, but=session_key)


def lift(*, by: Membership) -> None:
    """People may sign in by other ways again. Raises `NotAllowed`."""
    with members.alone(by.organisation_id):
        by, row = _owned(by)
        if row.enforced:
            row.enforced = False
            row.save(update_fields=["enforced"])
            _tell(by, row, "lifted")


def remove(*, by: Membership) -> None:
    """Forget the provider, and what it knew people by. Raises `NotAllowed`."""
    with members.alone(by.organisation_id):
        by, row = _owned(by)
        forget_identities(organisation=by.organisation)
        row.delete()
        _tell(by, row, "removed")


def forget_identities(*, organisation: Organisation, **signal: object) -> None:
    """Also a receiver of `organisation_erased`."""
    identities_of(organisation.pk).delete()


def _check_secret(row: SingleSignOn, wishes: Wishes) -> None:
    """The known one is sent to its own issuer alone: another would read it."""
    if not wishes.secret and row.issuer != wishes.issuer:
        raise ValidationError({"secret": Field.default_error_messages["required"]})


def _take(row: SingleSignOn, wishes: Wishes) -> None:
    if row.issuer != wishes.issuer:
        identities_of(row.organisation_id).delete()
    if (row.issuer, row.client_id) != (wishes.issuer, wishes.client_id):
        row.worked_at, row.enforced = None, False
    row.name, row.issuer, row.client_id = wishes.name, wishes.issuer, wishes.client_id
    row.joins_as = wishes.joins_as
    if wishes.secret:
        row.sealed_secret = seal(wishes.secret)


def _owned(by: Membership) -> tuple[Membership, SingleSignOn]:
    by = members.as_now(by)
    _check_owner(by)
    return by, SingleSignOn.objects.get(organisation_id=by.organisation_id)


def _check_owner(by: Membership) -> None:
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))


def _tell(by: Membership, row: SingleSignOn, change: Change) -> None:
    single_sign_on_changed.send(
        SingleSignOn, organisation=by.organisation, actor=by.user, single_sign_on=row, change=change
    )
