"""What a database needs before its first migration: the schema of extensions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections


def prepare_database(*, using: str = "default", **signal: Any) -> None:
    """Create the schema `ext` and the extensions of DATABASE_EXTENSIONS in it, where they are missing."""
    with connections[using].cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS ext")
        for extension in settings.DATABASE_EXTENSIONS:
            cursor.execute(f'CREATE EXTENSION IF NOT EXISTS "{extension}" SCHEMA ext')
