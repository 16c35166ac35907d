"""In which place an organisation's new files are put."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from storage import places
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
