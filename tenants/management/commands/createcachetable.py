"""Django's command, for a cache in the database: its table is a shared one, whoever is asking."""

from __future__ import annotations

from django.core.management.commands import createcachetable

from tenants.context import in_public
from tenants.postgresql.names import SharedTable


class Command(createcachetable.Command):
    def create_table(self, database: str, tablename: str, dry_run: bool) -> None:
        with in_public():
            super().create_table(database, SharedTable(tablename), dry_run)
