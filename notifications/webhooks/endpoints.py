"""What owners and admins do with endpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from notifications.webhooks import catalogue, pausing
from notifications.webhooks.events import emit_test
from notifications.webhooks.models import LONGEST_URL, Delivery, Endpoint, Reason
from notifications.webhooks.signing import OVERLAP, new_secret
from tenants.doorbell import enqueue
from tenants.models import Membership
from tenants.organisations import features
from tenants.outgoing import may_ask
from tenants.people import members
from tenants.sealing import CannotOpen, seal, unseal
from tenants.signals import webhook_changed

MOST: Final = 20  # endpoints of one organisation


class CannotSave(ValueError):
    """Something of what was asked for makes no sense; `field` says what, the message what to do."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an endpoint is to be; see `Endpoint`."""

    url: str
    description: str = ""
    events: Sequence[str] = field(default=())


def wanted_of(endpoint: Endpoint) -> Wanted:
    return Wanted(endpoint.url, endpoint.description, tuple(endpoint.events))


def add(*, wanted: Wanted, by: Membership) -> Endpoint:
    """Raises `NotAllowed`, `NotInPlan` and `CannotSave`."""
    with members.alone(by.organisation_id):
        by = members.running(by)
        features.check(by.organisation_id, features.WEBHOOKS)
        wanted = _checked(wanted)
        if Endpoint.objects.filter(organisation_id=by.organisation_id).count() >= MOST:
            raise CannotSave("", _("An organisation can have 20 endpoints. Remove one first."))
        endpoint = Endpoint.objects.create(
            organisation=by.organisation,
            url=wanted.url,
            description=wanted.description,
            events=list(wanted.events),
            secret=seal(new_secret()),
        )
        _tell(endpoint, by, "added")
    return endpoint


def change(*, endpoint_id: UUID, wanted: Wanted, by: Membership) -> Endpoint:
    """Raises `NotAllowed`, `NotInPlan`, `CannotSave` and `Endpoint.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by, endpoint = _both(endpoint_id, by)
        features.check(by.organisation_id, features.WEBHOOKS)
        wanted = _checked(wanted, known=endpoint.events)
        if wanted != wanted_of(endpoint):
            endpoint.url, endpoint.description = wanted.url, wanted.description
            endpoint.events = list(wanted.events)
            endpoint.save(update_fields=["url", "description", "events", "updated_at"])
            _tell(endpoint, by, "changed")
    return endpoint


def pause(*, endpoint_id: UUID, by: Membership) -> Endpoint:
    """Hold back what comes. Raises `NotAllowed`, `Endpoint.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by, endpoint = _both(endpoint_id, by)
        if pausing.pause(endpoint_id=endpoint.pk, reason=Reason.MEMBER):
            endpoint.refresh_from_db()
            _tell(endpoint, by, "paused")
    return endpoint


def resume(*, endpoint_id: UUID, by: Membership) -> Endpoint:
    """Go on, with what was held. Raises `NotAllowed`, `Endpoint.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by, endpoint = _both(endpoint_id, by)
        if pausing.resume(endpoint_id=endpoint.pk):
            endpoint.refresh_from_db()
            _tell(endpoint, by, "resumed")
            enqueue("webhooks.dispatch")
    return endpoint


def rotate_secret(*, endpoint_id: UUID, by: Membership) -> Endpoint:
    """A new secret; for a day both sign. Raises `NotAllowed`, `Endpoint.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by, endpoint = _both(endpoint_id, by)
        endpoint.former_secret, endpoint.former_secret_until = endpoint.secret, timezone.now() + OVERLAP
        endpoint.secret = seal(new_secret())
        endpoint.save(update_fields=["secret", "former_secret", "former_secret_until", "updated_at"])
        _tell(endpoint, by, "rotated")
    return endpoint


def secret_of(*, endpoint_id: UUID, by: Membership) -> str:
    """The secret that signs. Raises `NotAllowed`, `Endpoint.DoesNotExist`, `CannotSave`."""
    try:
        return unseal(_both(endpoint_id, by)[1].secret)
    except CannotOpen as error:
        raise CannotSave("", _("This secret cannot be opened any more. Make a new one.")) from error


def remove(*, endpoint_id: UUID, by: Membership) -> None:
    """With its deliveries and their log. Raises `NotAllowed`, `Endpoint.DoesNotExist`."""
    with members.alone(by.organisation_id):
        by, endpoint = _both(endpoint_id, by)
        _tell(endpoint, by, "removed")
        endpoint.delete()


def test(*, endpoint_id: UUID, by: Membership) -> Delivery:
    """Send a test, to one that is paused once it is resumed. Raises `NotAllowed`, `Endpoint.DoesNotExist`."""
    return emit_test(_both(endpoint_id, by)[1])


def _both(endpoint_id: UUID, by: Membership) -> tuple[Membership, Endpoint]:
    by = members.running(by)
    return by, Endpoint.objects.get(pk=endpoint_id, organisation_id=by.organisation_id)


def _checked(wanted: Wanted, *, known: Sequence[str] = ()) -> Wanted:
    """Events in the order of the catalogue; `known` are those that it had, which may be of before."""
    if len(wanted.url) > LONGEST_URL or not may_ask(wanted.url):
        raise CannotSave("url", _("This has to be a public address that begins with https://."))
    if unknown := set(wanted.events) - {*catalogue.NAMES, *known}:
        raise CannotSave("events", _("There is no event %(name)s.") % {"name": min(unknown)})
    events = tuple(name for name in (*catalogue.NAMES, *known) if name in wanted.events)
    return Wanted(wanted.url, wanted.description.strip(), tuple(dict.fromkeys(events)))


def _tell(endpoint: Endpoint, by: Membership, change: str) -> None:
    webhook_changed.send(None, organisation=by.organisation, actor=by.user, endpoint=endpoint, change=change)
