"""A second server for organisations: another database of the same one, which no join reaches.

As a plugin it puts the organisations of every test there: `pytest -p tests.on_second_server tests/web`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings

SECOND = "second"
SCHEMAS_THERE = ("t_ready_there_first", "t_ready_there_second")


@contextmanager
def second_database() -> Iterator[None]:
    """A database with two schemas of organisations, for as long as the block lasts."""
    from django.db import connections

    from tenants.schemas.artifact import current_artifact
    from tenants.schemas.direct import open_direct
    from tenants.schemas.preparation import prepare_database

    name = _name()
    with open_direct(dbname="postgres") as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        with second_server():
            prepare_database(using=SECOND)
            with connections[SECOND].cursor() as cursor:
                for schema in SCHEMAS_THERE:
                    cursor.execute(current_artifact().for_schema(schema))
        yield
    finally:
        with open_direct(dbname="postgres") as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def second_server() -> Iterator[str]:
    """That database is known as SECOND until the block ends."""
    from django.db import connections

    know_second_server()
    try:
        yield SECOND
    finally:
        connections[SECOND].close()
        del connections[SECOND]
        del settings.DATABASES[SECOND]


def know_second_server() -> None:
    from django.db import connection

    further = {"ENGINE": "tenants.postgresql.further", "NAME": _name()}
    settings.DATABASES[SECOND] = {**deepcopy(connection.settings_dict), **further}


def _name() -> str:
    from django.db import connection

    return f"{connection.settings_dict['NAME']}_second"


@pytest.fixture(scope="session", autouse=True)
def everybody_there(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from tests import conftest

    with django_db_blocker.unblock(), second_database(), second_server():
        schemas, conftest.READY_SCHEMAS = conftest.READY_SCHEMAS, SCHEMAS_THERE
        settings.OCTAVO_PLACE_NEW = SECOND
        try:
            yield
        finally:
            conftest.READY_SCHEMAS, settings.OCTAVO_PLACE_NEW = schemas, ""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db", "live_server"} & set(item.fixturenames):  # type: ignore[attr-defined]
            kwargs = {**(marker.kwargs if marker else {}), "databases": "__all__"}
            item.add_marker(pytest.mark.django_db(*(marker.args if marker else ()), **kwargs), append=False)
