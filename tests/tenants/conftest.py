"""A second server for the tests of a module that says `usefixtures("second_server")`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

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
