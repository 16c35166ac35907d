"""The API's description in OpenAPI."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS

pytestmark = pytest.mark.django_db


def test_description_is_complete_and_valid(tmp_path: Path) -> None:
    GENERATOR_STATS.reset()  # of what another test has described
    call_command(
        "spectacular",
        urlconf="config.urls",
        file=str(tmp_path / "octavo.yml"),
        validate=True,
        fail_on_warn=True,
    )
