"""REST v1, asked by everybody."""

from __future__ import annotations

import pytest

from tests.isolation.cases import cases
from tests.isolation.matrix import Matrix

pytestmark = pytest.mark.django_db


def test_operations_are_for_those_who_may(matrix: Matrix) -> None:
    findings = matrix.run(cases("api"))
    assert not findings, "\n".join(findings.lines())
