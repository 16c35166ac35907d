"""Links, tickets and tokens in the hands of others; background work and e-mails."""

from __future__ import annotations

import pytest

from live import streams
from tests.isolation.checks import CHECKS, Check
from tests.isolation.links import LIVE_ROUTES
from tests.isolation.matrix import Matrix

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_nothing_is_opened_by_others(matrix: Matrix, check: Check) -> None:
    assert check.faults(matrix) == []


def test_every_route_of_the_live_application_is_checked() -> None:
    assert set(streams.ROUTES) == LIVE_ROUTES
