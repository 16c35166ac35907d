"""What `./octavo bench tenants` measures of thousands, with a few: that it measures, and finds what it must.

Figures of speed and memory are not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections

from bench import tenants_export, tenants_leaks, tenants_memory
from tests.isolation.cast import files_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _begun_outside() -> Iterator[None]:
    connection.close()
    yield
    connections["default"].close_pool()  # type: ignore[attr-defined]


def test_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenants_memory, "ORGANISATIONS", 6)
    monkeypatch.setattr(tenants_memory, "UNRECYCLED", 6)
    monkeypatch.setattr(settings, "OCTAVO_ORGANISATIONS_PER_CONNECTION", 2)
    found = tenants_memory.figures()
    assert found["memory_processes"] >= 3  # connections were replaced
    assert found["memory_organisations_per_connection"] == 2
    assert found["memory_unrecycled_mb_each"] > 0


def test_export(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, small in {"MANY": 3, "BOOKS": 2, "CHAPTERS": 2, "REVISIONS": 1, "ROUNDS": 1}.items():
        monkeypatch.setattr(tenants_export, name, small)
    with files_in(tmp_path / "files"):
        found = tenants_export.figures()
    assert found["export_rows"] > 2 * 2 * 2
    assert found["export_rows_missing"] == 0


def test_leaks(monkeypatch: pytest.MonkeyPatch, here: None) -> None:
    """Its processes read this database. Those through PgBouncer have tests of their own."""
    small: dict[str, object] = {
        "READS": 1_200, "ORGANISATIONS": 4, "PLANTED_READS": 600,
        "CHANNELS": {"threads": 100}, "PLANTED": ("module_global", "kept_queryset"),
    }  # fmt: skip
    for name, value in small.items():
        monkeypatch.setattr(tenants_leaks, name, value)
    monkeypatch.setattr(tenants_leaks, "_pooler", lambda: nullcontext({}))
    found = tenants_leaks.figures()
    assert found["leaks_reads"] >= 1_200
    assert found["leaks_wrong"] == 0
    assert found["planted_module_global_wrong"] > 0
    assert found["planted_kept_queryset_wrong"] == found["planted_kept_queryset_reads"]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    known = connection.settings_dict
    password, user = (quote(str(known[key]), safe="") for key in ("PASSWORD", "USER"))
    query = f"?host={quote(known['HOST'], safe='')}" if str(known["HOST"]).startswith("/") else ""
    host = "" if query else f"{known['HOST']}:{known['PORT']}"
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{user}:{password}@{host}/{known['NAME']}{query}")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
