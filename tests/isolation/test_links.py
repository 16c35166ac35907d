"""What opens by being held, in the hands of others."""

from __future__ import annotations

import pytest

from live import streams
from tests.isolation.links import CHECKS, LIVE_ROUTES
from tests.isolation.matrix import Matrix

pytestmark = pytest.mark.django_db


def test_links_tickets_and_tokens_open_nothing_for_others(matrix: Matrix) -> None:
    assert [fault for check in CHECKS for fault in check.faults(matrix)] == []


def test_every_route_of_the_live_application_is_checked() -> None:
    assert set(streams.ROUTES) == LIVE_ROUTES
