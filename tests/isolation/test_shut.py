"""An organisation that is shut."""

from __future__ import annotations

import pytest

from tenants.models import OrganisationStatus
from tests.isolation.cases import cases
from tests.isolation.matrix import Matrix

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [OrganisationStatus.SUSPENDED, OrganisationStatus.DELETING])
def test_nothing_is_open_in_an_organisation_that_is_shut(matrix: Matrix, status: str) -> None:
    findings = matrix.shut([case for case in cases() if not case.on_platform], status)
    assert not findings, "\n".join(findings.lines())
