"""In which place an organisation's files are kept."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction

from insights import record
from insights.actions import Action
from storage import places
from tenants.accounts.models import User
from tenants.context import entered
from tenants.doorbell import enqueue
from tenants.models import Organisation


def home_of(organisation_id: UUID) -> str:
    """The name of the place that was chosen for it, else that of FILES_PLACE."""
    chosen = Organisation.objects.values_list("file_place", flat=True).get(pk=organisation_id)
    return chosen or str(settings.FILES_PLACE)


def choose_home(*, organisation_id: UUID, place: str) -> None:
    """From now on new files go there; `storage.moving` takes the others along.

    Raises `places.UnknownPlace`.
    """
    places.named(place)
    Organisation.objects.filter(pk=organisation_id).update(file_place=place)


def send_home(*, organisation: Organisation, place: str, actor: User) -> None:
    """Choose its place, and begin to take along what lies elsewhere; the same once more goes on with that.

    Raises `places.UnknownPlace`.
    """
    with transaction.atomic(), entered(organisation):
        details = {"before": home_of(organisation.pk), "place": place}
        choose_home(organisation_id=organisation.pk, place=place)
        record(Action.ORGANISATION_FILES_MOVED, actor=actor, resource=organisation, details=details)
        enqueue("storage.move_along")
