"""Every route, asked by everybody."""

from __future__ import annotations

import pytest

from tests.isolation.matrix import Matrix, cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("room", ["web", "api", "console", "lobby", "accounts", "accounts here"])
def test_only_those_who_may_see_or_change_anything(matrix: Matrix, room: str) -> None:
    findings = matrix.run(cases(room))
    assert not findings, "\n".join(findings.lines())
