"""Make sure that members' files can be kept where FILES_URL and FILES_PLACES say."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from storage import places
from storage.places import About, Place, PlaceFault
from tenants.models import Organisation

_DATA = b"octavo"


class Command(BaseCommand):
    help = "Makes the buckets of FILES_URL and FILES_PLACES where they are missing, and tries each place."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in places.names():
            called = "FILES_URL" if name == places.DEFAULT else f"FILES_PLACES ({name})"
            try:
                self._try(places.named(name))
            except (PlaceFault, FileNotFoundError, ValueError) as error:
                raise CommandError(f"{called}: files cannot be kept there: {error}") from error
        self._look_for_places_that_are_gone()
        self.stdout.write("Files can be kept.")

    def _look_for_places_that_are_gone(self) -> None:
        known = ["", *places.names()]
        for name in Organisation.objects.exclude(file_place__in=known).values_list("file_place", flat=True):
            raise CommandError(f"FILES_PLACES has to name {name} still: an organisation's files lie there")

    def _try(self, place: Place) -> None:
        if made := place.prepare():
            self.stdout.write(f"Made the bucket {made}.")
        key = f"octavo-probe/{uuid4().hex}"
        place.put(key, io.BytesIO(_DATA), About("probe", "text/plain", len(_DATA), ""))
        if b"".join(place.stream(key, start=0, end=len(_DATA))) != _DATA:
            raise PlaceFault("what was written does not come back as it was")
        place.remove(key)
