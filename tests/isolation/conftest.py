"""Acme and Globex, each with one of everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tenants.models import Organisation
from tests.isolation.cast import cast_of, files_in
from tests.isolation.matrix import Matrix


@pytest.fixture
def matrix(organisation: Organisation, other_organisation: Organisation, tmp_path: Path) -> Iterator[Matrix]:
    with files_in(tmp_path):
        yield Matrix(
            cast_of(organisation, secret="Kestrel", surname="Merlin"),
            cast_of(other_organisation, secret="Osprey", surname="Harrier"),
        )
