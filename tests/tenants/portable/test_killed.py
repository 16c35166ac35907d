"""Processes that are killed at the boundaries of exports, erasures and imports leave nothing that is half."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from storage.places import named
from tenants.models import Organisation
from tenants.portable import importing
from tenants.portable.erasing import make_due, traces
from tenants.portable.exporting import export
from tenants.portable.importing import Wishes, import_organisation
from tenants.portable.models import Erasure, Import
from tenants.portable.reading import verify
from tenants.schemas import making
from tests.tenants.boundaries import died, run
from tests.tenants.portable.conftest import FILES, SHELVES, rows_of
from tests.tenants.portable.test_importing import alike

pytestmark = pytest.mark.django_db(transaction=True)
KILLED = "tests.tenants.portable.killed"


def contents(path: Path) -> dict[str, Any]:
    """What an archive has of tables and files, by digests."""
    told = verify(path).manifest
    return {one.member: (one.rows, one.sha256) for one in (*told.tables, told.file_list, told.people)}


def test_exports_erasures_and_imports_that_are_killed_are_gone_on_with(
    acme: Organisation, tmp_path: Path
) -> None:
    before, schema = alike(rows_of(acme)), acme.schema_name
    export(acme, to=tmp_path / "undisturbed.octavo")
    make_due(organisation=acme)
    told = run(KILLED, tmp_path, "default", "export", "erase", "import")
    assert died(told, "export", "member files/") == FILES
    assert died(told, "export", "file os.rename acme.octavo") == 1
    assert not list(tmp_path.glob("*.part"))
    assert contents(tmp_path / "acme.octavo") == contents(tmp_path / "undisturbed.octavo")
    assert died(told, "erase", "file os.remove") == FILES
    assert died(told, "erase", "COMMIT") >= 1
    assert Erasure.objects.get().removed["library_shelf"] == SHELVES
    assert died(told, "import", "file os.rename") == FILES
    assert died(told, "import", "COMMIT") >= 1
    back = Organisation.objects.get()
    assert (back.pk, back.schema_name, back.memberships.count()) == (acme.pk, schema, 2)
    assert alike(rows_of(back)) == before


def test_what_nobody_goes_on_with_is_swept_by_whoever_is_not_killed(
    acme: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(archive: Any, begun: Import, *rest: Any, **named: Any) -> None:
        making.make(begun.schema_name, alias=begun.alias)  # as where two servers commit one after the other
        raise KeyboardInterrupt

    archive = tmp_path / "acme.octavo"
    export(acme, to=archive)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(importing, "_write", killed)
        import_organisation(archive, wishes=Wishes(slug="left"))
    begun = Import.objects.get()
    assert traces(organisation_id=begun.future_id, schema=begun.schema_name).keys() == {
        "files in default",
        "tables on default",
    }
    assert importing.sweep_imports() == 0
    Import.objects.update(begun_at=F("begun_at") - importing.KEPT - timedelta(minutes=1))
    told = run(KILLED, tmp_path, "default", "sweep")
    assert died(told, "sweep", "file os.remove") == FILES
    assert died(told, "sweep", "DROP SCHEMA") == 1
    assert not Import.objects.exists()
    assert traces(organisation_id=begun.future_id, schema=begun.schema_name) == {}
    assert {one.key.partition("/")[0] for one in named("default").listing("")} == {acme.schema_name}
