"""A second server for organisations: another database of the same one, which no join reaches."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from tenants.schemas.artifact import current_artifact
from tenants.schemas.direct import open_direct
from tenants.schemas.preparation import prepare_database

SECOND = "second"
SCHEMA_THERE = "t_ready_on_second"


@pytest.fixture(scope="module", autouse=True)
def second_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The alias, for as long as a module's tests run."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_second"
        with open_direct(dbname="postgres") as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}"')
        configured = {
            **deepcopy(connection.settings_dict),
            "ENGINE": "tenants.postgresql.further",
            "NAME": name,
        }
        settings.DATABASES[SECOND] = configured
        prepare_database(using=SECOND)
        with connections[SECOND].cursor() as cursor:
            cursor.execute(current_artifact().for_schema(SCHEMA_THERE))
        connections[SECOND].close()
        try:
            yield SECOND
        finally:
            connections[SECOND].close()
            del connections[SECOND]
            del settings.DATABASES[SECOND]
            with open_direct(dbname="postgres") as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def direct(alias: str) -> psycopg.Connection[Any]:
    """A connection that is no part of any test's transaction."""
    return open_direct(alias)
