"""Servers beside the default one: a second, for modules that say so, and one on which nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from tests import on_second_server


@pytest.fixture(scope="session")
def second_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made for the first module that has it, gone after the last test."""
    with django_db_blocker.unblock(), on_second_server.second_database():
        yield


@pytest.fixture(scope="module")
def second_server(second_database: None, django_db_blocker: Any) -> Iterator[str]:
    """Its alias, which is known for as long as the module's tests run: none else has several servers."""
    with django_db_blocker.unblock(), on_second_server.second_server() as alias:
        yield alias


@pytest.fixture
def server_away() -> Iterator[str]:
    """A server of OCTAVO_SERVERS that nobody answers on."""
    here = {**deepcopy(connection.settings_dict), "ENGINE": "tenants.postgresql.further"}
    settings.DATABASES["away"] = {**here, "HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {}}
    try:
        yield "away"
    finally:
        del connections["away"]
        del settings.DATABASES["away"]
