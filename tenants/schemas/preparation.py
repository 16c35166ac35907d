"""What a database needs before its first migration: the schema of extensions, and no other on the path."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections

from tenants.postgresql.base import SEARCH_PATH


def prepare_database(*, using: str = "default", **signal: Any) -> None:
    """Create the schema `ext` and the extensions of DATABASE_EXTENSIONS in it, where they are missing, and
    have the role look for names there alone."""
    with connections[using].cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS ext")
        _set_search_path(cursor)
        for extension in settings.DATABASE_EXTENSIONS:
            cursor.execute(f'CREATE EXTENSION IF NOT EXISTS "{extension}" SCHEMA ext')


def _set_search_path(cursor: Any) -> None:
    """As the role's own in this database: behind a pooler a connection cannot ask for it as it begins."""
    cursor.execute("SELECT quote_ident(current_database())")
    database = cursor.fetchone()[0]
    # sql: this is the path that shows no table
    cursor.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET search_path = {SEARCH_PATH}")
