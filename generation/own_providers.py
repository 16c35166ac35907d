"""AI services that an organisation pays for itself: owners set them up, try them, and take them away.

A key goes to the address that it was given for, and to no other: at a new address it has to be typed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from generation.models import BookJob, OwnProvider
from generation.providers import choice
from insights import recording
from insights.actions import Action
from tenants import outgoing
from tenants.models import Membership, Role
from tenants.organisations import features
from tenants.people.members import NotAllowed
from tenants.sealing import seal

Purpose = OwnProvider.Purpose
Service = OwnProvider.Service
Protocol = OwnProvider.Protocol

SERVICES: Mapping[str, tuple[str, ...]] = {
    Purpose.TEXT: (Service.OPENAI, Service.CREWAI),
    Purpose.PICTURES: (Service.OPENAI,),
}
LONGEST_ADDRESS, LONGEST_KEY, LONGEST_MODEL = 500, 500, 100


class InvalidProvider(ValueError):
    """What was asked for cannot be: `faults` has a sentence by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Wishes:
    """An empty `key` leaves the one that is known. `model` and `protocol` are for OpenAI's protocol alone."""

    service: str
    address: str
    key: str = ""
    model: str = ""
    protocol: str = Protocol.RESPONSES


def in_use(purpose: str) -> OwnProvider | None:
    """The one that new books use, in the organisation entered; None where the platform's default is used."""
    return OwnProvider.objects.filter(purpose=purpose, retired_at=None).first()


def all_in_use() -> dict[str, OwnProvider]:
    """By purpose; one query."""
    return {own.purpose: own for own in OwnProvider.objects.filter(retired_at=None)}


def set_up(*, by: Membership, purpose: str, wishes: Wishes) -> OwnProvider:
    """Have new books use this service. Books that were begun with another go on with that.

    Raises `NotAllowed`, `NotInPlan`, `InvalidProvider`.
    """
    _check_owner(by)
    features.check(by.organisation_id, features.OWN_PROVIDERS)
    with transaction.atomic():
        known = OwnProvider.objects.select_for_update().filter(purpose=purpose, retired_at=None).first()
        wishes = checked(purpose=purpose, wishes=wishes, known=known)
        if known is None or not _is_at(known, wishes):
            own = _begin(purpose, wishes, known)
        else:
            own = _change(known, wishes)
        _forget_retired(purpose)
        _record(Action.PROVIDER_SET, by, own)
    return own


def remove(*, by: Membership, purpose: str) -> None:
    """Go back to the platform's default, and forget the keys: books that were begun with it stop.

    Raises `NotAllowed`, and `OwnProvider.DoesNotExist` where there is none.
    """
    _check_owner(by)
    with transaction.atomic():
        own = OwnProvider.objects.select_for_update().get(purpose=purpose, retired_at=None)
        _record(Action.PROVIDER_REMOVED, by, own)
        OwnProvider.objects.filter(purpose=purpose).delete()


def key_for(*, wishes: Wishes, known: OwnProvider | None) -> str:
    """The key that was typed, else the known one of the same service at the same address. Empty: none."""
    if wishes.key or known is None or not _is_at(known, wishes):
        return wishes.key
    return choice.key_of(known)


def checked(*, purpose: str, wishes: Wishes, known: OwnProvider | None) -> Wishes:
    """The wishes, tidied. Raises `InvalidProvider`."""
    address, key, model = wishes.address.strip().rstrip("/"), wishes.key.strip(), wishes.model.strip()
    tidy = Wishes(wishes.service, address, key, model, wishes.protocol)
    faults: dict[str, str] = {}
    if wishes.service not in SERVICES.get(purpose, ()):
        faults["service"] = _("This service cannot do that.")
    if not _may_be_asked(address):
        faults["address"] = _("Give an address that begins with https://, without a name and a password.")
    if not key and (known is None or not _is_at(known, tidy)):
        faults["key"] = _("Give the key for this address.")
    elif len(key) > LONGEST_KEY or not _is_plain(key):
        faults["key"] = _("A key has letters, digits and signs, and no spaces.")
    if wishes.service == Service.OPENAI:
        faults |= _faults_of_model(tidy)
    if faults:
        raise InvalidProvider(faults)
    return tidy


def _faults_of_model(wishes: Wishes) -> dict[str, str]:
    faults = {}
    if not wishes.model:
        faults["model"] = _("Say which model to ask.")
    elif len(wishes.model) > LONGEST_MODEL or not _is_plain(wishes.model):
        faults["model"] = _("A model’s name has no spaces.")
    if wishes.protocol not in Protocol.values:
        faults["protocol"] = _("Choose one of the two.")
    return faults


def _may_be_asked(address: str) -> bool:
    if len(address) > LONGEST_ADDRESS or not _is_plain(address) or not outgoing.may_ask(address):
        return False
    parts = urlsplit(address)
    return not (parts.query or parts.fragment)


def _is_plain(text: str) -> bool:
    """Visible ASCII without spaces: what may stand in a header, or in an address."""
    return all("!" <= character <= "~" for character in text)


def _is_at(own: OwnProvider, wishes: Wishes) -> bool:
    return (own.service, own.address) == (wishes.service, wishes.address.strip().rstrip("/"))


def _begin(purpose: str, wishes: Wishes, before: OwnProvider | None) -> OwnProvider:
    if before is not None:
        before.retired_at = timezone.now()
        before.save(update_fields=["retired_at"])
    return OwnProvider.objects.create(
        purpose=purpose,
        service=wishes.service,
        address=wishes.address,
        protocol=wishes.protocol if wishes.service == Service.OPENAI else Protocol.RESPONSES,
        model=wishes.model if wishes.service == Service.OPENAI else "",
        sealed_key=seal(wishes.key),
    )


def _change(own: OwnProvider, wishes: Wishes) -> OwnProvider:
    if wishes.key:
        own.sealed_key = seal(wishes.key)
    if own.service == Service.OPENAI:
        own.model, own.protocol = wishes.model, wishes.protocol
    own.save(update_fields=["sealed_key", "model", "protocol", "changed_at"])
    return own


def _forget_retired(purpose: str) -> None:
    """Those that no book in the making was begun with, and no book that may be tried again."""
    over = (BookJob.Status.COMPLETED, BookJob.Status.CANCELLED)
    for own in OwnProvider.objects.filter(purpose=purpose).exclude(retired_at=None):
        name = choice.name_of(own)
        begun = BookJob.objects.filter(Q(options__text=name) | Q(options__pictures=name))
        if not begun.exclude(status__in=over).exists():
            own.delete()


def _check_owner(by: Membership) -> None:
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))


def _record(action: Action, by: Membership, own: OwnProvider) -> None:
    details = {"purpose": own.purpose, "service": own.service, "host": urlsplit(own.address).hostname or ""}
    recording.record(action, actor=by.user, resource=by.organisation, details=details)
