"""Each module of these tests has a second server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import on_second_server
from tests.on_second_server import SCHEMAS_THERE, SECOND

SCHEMA_THERE = SCHEMAS_THERE[0]
__all__ = ["SCHEMA_THERE", "SECOND"]


@pytest.fixture(scope="module", autouse=True)
def second_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The alias, for as long as a module's tests run."""
    with django_db_blocker.unblock(), on_second_server.second_server() as alias:
        yield alias
