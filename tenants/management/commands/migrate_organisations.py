from typing import Any

from django.core.management.base import BaseCommand

from tenants.schemas.migrating import migrate_everything


class Command(BaseCommand):
    requires_system_checks = ()  # they import every address, and some read tables that are not there yet
    help = "Migrates public, the template schema and every organisation that lacks something."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        done = migrate_everything(
            say=(lambda line: None) if quiet else self.stdout.write,
            verbosity=max(options["verbosity"] - 1, 0),
        )
        if not quiet:
            self.stdout.write(f"Organisations migrated: {done.migrated}, unchanged: {done.unchanged}")
