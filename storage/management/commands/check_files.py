"""Compare rows and objects of every organisation, or of one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from storage import sweeping
from tenants.context import entered
from tenants.models import Organisation
from tenants.organisations.walking import each_organisation


class Command(BaseCommand):
    help = (
        "Removes objects that no row names and uploads that were broken off, and lists files that are gone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", nargs="?", help="its address, such as acme; all without one")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Organisation.objects.all()
        if options["organisation"]:
            asked = asked.filter(slug=options["organisation"])
        lost = 0
        for organisation in each_organisation(asked):
            with entered(organisation):
                swept = sweeping.sweep()
            for place, key in swept.lost:
                self.stdout.write(f"{organisation.slug}: {key} is gone from {place}")
            self.stdout.write(
                f"{organisation.slug}: removed {swept.orphans} objects without a row, {swept.abandoned} rows"
                f" without a file, {swept.unfinished} broken uploads, {swept.copies} old copies"
            )
            lost += len(swept.lost)
        if lost:
            raise CommandError(f"{lost} files are gone: restore them from a backup of their place")
