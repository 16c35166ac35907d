"""What Django looks for in a backend: `DatabaseWrapper`."""

from __future__ import annotations

from bench.orm_backend import SCHEMA
from tenants.postgresql import base

EXTENSIONS = ("bloom", "btree_gin", "btree_gist", "citext", "hstore", "pg_trgm", "unaccent")


class DatabaseWrapper(base.DatabaseWrapper):
    def prepare_database(self) -> None:
        """Called before each `migrate`."""
        super().prepare_database()
        with self.cursor() as cursor:
            for schema in (SCHEMA, "ext"):
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA ext")
