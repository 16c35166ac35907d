"""Acme and Globex, each with one of everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tenants.models import Organisation
from tests.isolation.cast import files_in
from tests.isolation.matrix import Matrix, matrix_of


@pytest.fixture
def matrix(organisation: Organisation, other_organisation: Organisation, tmp_path: Path) -> Iterator[Matrix]:
    with files_in(tmp_path):
        yield matrix_of(organisation, other_organisation)
