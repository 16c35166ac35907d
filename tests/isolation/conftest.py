"""Acme and Globex, each with one of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests import conftest
from tests.factories.tenants import OrganisationFactory
from tests.isolation.cast import files_in
from tests.isolation.matrix import Matrix, matrix_of
from tests.isolation.verdicts import Findings


@pytest.fixture(scope="module")
def _cast(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Matrix]:
    """They come once for all tests of a file: each of these takes back what it has done to them."""
    acme, globex = conftest.READY_SCHEMAS
    with (
        django_db_blocker.unblock(),
        files_in(tmp_path_factory.mktemp("files")),
        transaction.atomic(),
    ):
        yield matrix_of(
            OrganisationFactory(name="Acme", slug="acme", ready_schema=acme),
            OrganisationFactory(name="Globex", slug="globex", ready_schema=globex),
        )
        transaction.set_rollback(True)


@pytest.fixture
def matrix(_cast: Matrix, db: None) -> Matrix:
    _cast.findings = Findings()
    return _cast
