"""Move an organisation's files to another place while it works."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from storage import homes, moving, places
from storage.places import PlaceFault
from tenants.context import entered
from tenants.models import Organisation


class Command(BaseCommand):
    help = "Moves an organisation's files to a place of FILES_PLACES, or back to `default`. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its address, such as acme")
        parser.add_argument("place", help="the name of the place")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"no organisation has the address {options['organisation']}")
        try:
            homes.choose_home(organisation_id=organisation.pk, place=options["place"])
            with entered(organisation):
                moved = moving.move_along()
        except places.UnknownPlace as error:
            raise CommandError(str(error)) from error
        except PlaceFault as fault:
            raise CommandError(f"interrupted, run it again: {fault}") from fault
        self.stdout.write(
            f"Moved {moved.files} files, {moved.size} bytes. New files go to {options['place']}."
        )
        if moved.left:
            raise CommandError(f"{moved.left} files could not be moved and stay where they are: see the log")
        minutes = int(moving.KEPT.total_seconds() // 60)
        self.stdout.write(f"The old copies are removed by the scheduler once they are {minutes} minutes old.")
