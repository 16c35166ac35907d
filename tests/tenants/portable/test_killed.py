"""Processes that are killed at the boundaries of exports, erasures and imports leave nothing that is half."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storage.places import named
from tenants.models import Organisation
from tenants.portable.erasing import make_due
from tenants.portable.exporting import export
from tenants.portable.models import Erasure, Import
from tenants.portable.reading import verify
from tests.on_second_server import SECOND
from tests.tenants.boundaries import died, run
from tests.tenants.portable.conftest import FILES, rows_of
from tests.tenants.portable.test_importing import alike

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(transaction=True, databases=["default", SECOND]),
]
WORKS = ("export", "erase", "import", "compare", "leave", "sweep", "erase there")


@pytest.fixture(autouse=True)
def _here(settings: Any) -> None:
    settings.OCTAVO_PLACE_NEW = "default"


def contents(path: Path) -> dict[str, Any]:
    """What an archive has of tables and files, by digests."""
    told = verify(path).manifest
    return {one.member: (one.rows, one.sha256) for one in (*told.tables, told.file_list, told.people)}


def test_whoever_is_killed_is_gone_on_with_and_leaves_nothing(acme: Organisation, tmp_path: Path) -> None:
    """Rows before are compared with those after by the work `compare`; `killed` has what else must hold."""
    (tmp_path / "rows.json").write_text(json.dumps(alike(rows_of(acme))))
    export(acme, to=tmp_path / "undisturbed.octavo")
    make_due(organisation=acme)
    told = run("tests.tenants.portable.killed", tmp_path, *WORKS)
    assert died(told, "export", "member files/") == FILES
    assert died(told, "export", "file os.rename acme.octavo") == 1
    assert not list(tmp_path.glob("*.part"))
    assert contents(tmp_path / "acme.octavo") == contents(tmp_path / "undisturbed.octavo")
    assert died(told, "erase", "file os.remove") == FILES
    assert died(told, "import", "file os.rename") == FILES
    assert died(told, "sweep", "file os.remove") == FILES
    assert died(told, "sweep", "DROP SCHEMA") == 1
    commits = {"erase": 1, "import": 2, "erase there": 2}
    for work, least in commits.items():
        assert died(told, work, "COMMIT") >= least, (work, told)
    assert not Organisation.objects.exists()
    assert not Import.objects.exists()
    assert Erasure.objects.exclude(verified_at=None).count() == 2
    assert list(named("default").listing("")) == []
