"""The platform's host and the pages of accounts, asked by everybody."""

from __future__ import annotations

import pytest

from tests.isolation.cases import cases
from tests.isolation.matrix import Matrix

pytestmark = pytest.mark.django_db


def test_console_is_for_the_platforms_staff(matrix: Matrix) -> None:
    findings = matrix.run(cases("console"))
    assert not findings, "\n".join(findings.lines())


def test_lobby_shows_and_changes_nothing_of_others(matrix: Matrix) -> None:
    findings = matrix.run(cases("lobby"))
    assert not findings, "\n".join(findings.lines())


def test_accounts_are_their_owners_alone(matrix: Matrix) -> None:
    findings = matrix.run(cases("accounts", "accounts here"))
    assert not findings, "\n".join(findings.lines())
