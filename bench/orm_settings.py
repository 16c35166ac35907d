"""Settings under which Django's own tests run: `OCTAVO_ORM_BACKEND` says on which backend.

- `stock`: Django's.
- `own`: ours, every table in the schema of one organisation, which is entered.
- `shown`: the same, with a search_path that shows that schema, for tests that write its tables unqualified.
- `mixed`: ours, about half of the tables of each app in public, the others in the organisation's schema.
"""

from __future__ import annotations

import os
import zlib
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from bench.orm_apps import APPS, TOGETHER

BACKEND = os.environ["OCTAVO_ORM_BACKEND"]
ENGINE = "django.db.backends.postgresql" if BACKEND == "stock" else "bench.orm_backend"
CONTRIB = {"admin", "auth", "contenttypes", "flatpages", "redirects", "sessions", "sites"}
MIXED = CONTRIB.union(APPS) - TOGETHER


def _database(name: str) -> dict[str, Any]:
    server = urlsplit(os.environ["OCTAVO_ORM_SERVER"])
    return {
        "ENGINE": ENGINE,
        "NAME": "postgres",
        "USER": server.username,
        "PASSWORD": unquote(server.password or ""),
        "HOST": parse_qs(server.query)["host"][0] if server.query else server.hostname,
        "PORT": server.port or "",
        "TEST": {"NAME": f"orm_{BACKEND}_{os.environ.get('OCTAVO_ORM_PART', '')}{name}"},
    }


def _enter_for_good() -> None:
    """Everywhere, in every thread: Django's tests know nothing of organisations."""
    from bench.orm_backend import SCHEMA
    from tenants import context

    inside = context.Current(organisation_id=UUID(int=1), schema=SCHEMA)
    context.current_or_none = lambda: inside  # before anybody has taken it from there

    from tenants.postgresql import gates, names
    from tenants.postgresql.guarding import guard

    gates.several_servers = lambda: False  # their second database is no server of organisations
    names.table_type = _kind_of  # type: ignore[assignment]
    names.mark_table_names()
    guard()


def _kind_of(label: Any) -> Any:
    """In place of `names.table_type`: what makes a marked name of the text of one."""
    from tenants.postgresql.names import OrganisationTable, SharedTable, TableName

    if label in (None, "migrations"):  # Django's own record of them among others
        return TableName
    if BACKEND != "mixed" or label not in MIXED:
        return OrganisationTable
    return lambda name: (SharedTable if zlib.crc32(name.encode()) % 2 else OrganisationTable)(name)


def _do_without_what_is_not_embedded() -> None:
    """Collations of ICU and two extensions: Django's models would not even get their tables."""
    from django.contrib.postgres.operations import CreateExtension
    from django.db.backends.postgresql.features import DatabaseFeatures

    DatabaseFeatures.test_collations = {
        name: chosen if chosen == "C" else "pg_c_utf8"
        for name, chosen in DatabaseFeatures.test_collations.items()
    }
    forwards = CreateExtension.database_forwards

    def create(operation: Any, app_label: str, *state: Any) -> None:
        if operation.name not in ("pgcrypto", "uuid-ossp"):
            forwards(operation, app_label, *state)

    CreateExtension.database_forwards = create  # type: ignore[method-assign, assignment]


_do_without_what_is_not_embedded()
if BACKEND != "stock":
    _enter_for_good()

DATABASES = {"default": _database("default"), "other": _database("other")}
SECRET_KEY = "none"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = False
TEST_RUNNER = "bench.orm_outcomes.Runner"
OCTAVO_TRANSACTION_POOLING = False
OCTAVO_ORGANISATIONS_PER_CONNECTION = 100
