"""Exports, erasures and imports, by processes that are killed at their boundaries.

Run as `python -m tests.tenants.portable.killed DATABASE FOLDER WORK...`, where the organisation acme is in
DATABASE, its files in FOLDER/files and its rows in FOLDER/rows.json. Imports go to the second server.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from storage import files  # noqa: E402
from storage.models import StoredFile  # noqa: E402
from tenants.context import Current, entered  # noqa: E402
from tenants.models import Organisation  # noqa: E402
from tenants.portable import importing  # noqa: E402
from tenants.portable.archive import PartialArchive, Sink  # noqa: E402
from tenants.portable.erasing import make_due, traces  # noqa: E402
from tenants.portable.exporting import export  # noqa: E402
from tenants.portable.importing import CannotImport, Wishes, import_organisation  # noqa: E402
from tenants.portable.models import Erasure, Import  # noqa: E402
from tenants.portable.reading import verify  # noqa: E402
from tenants.tasks import erase_organisations  # noqa: E402
from tests.isolation.cast import files_in  # noqa: E402
from tests.on_second_server import SECOND, know_second_server  # noqa: E402
from tests.tenants.boundaries import GoBy, Work, before, try_all  # noqa: E402
from tests.tenants.library.models import Shelf  # noqa: E402
from tests.tenants.portable.conftest import FILES, SHELVES, rows_of  # noqa: E402
from tests.tenants.portable.test_importing import alike  # noqa: E402

SLUG: Final = "acme"
SELDOM: Final = 60  # of some 300 statements
NEVER: Final = 10**9  # but at commits


def works(folder: Path) -> dict[str, Work]:
    """An organisation's way: it is exported, erased, imported on the second server, and erased there."""
    archive = folder / "acme.octavo"

    def whole_or_absent() -> None:
        if archive.exists():
            assert verify(archive).manifest.files == FILES

    def export_it() -> None:
        export(Organisation.objects.get(slug=SLUG), to=archive)

    def import_it() -> None:
        try:
            import_organisation(archive)
        except CannotImport as error:
            assert "is taken here" in str(error)
            assert Organisation.objects.filter(slug=SLUG).exists()

    return {
        "export": Work(
            export_it,
            check=whole_or_absent,
            step=SELDOM,
            folder=folder,
            always=("member files/",),
            more=members,
        ),
        "erase": Work(erase, check=all_or_nothing, step=SELDOM, folder=folder),
        "import": Work(import_it, check=all_or_nothing, step=SELDOM, folder=folder),
        "compare": Work(lambda: compare(folder), step=NEVER),
        "leave": Work(lambda: leave(archive), step=NEVER),
        "sweep": Work(sweep, step=8, folder=folder, always=("DROP SCHEMA",)),
        "erase there": Work(erase, step=NEVER),
    }


def members(go_by: GoBy) -> None:
    before(PartialArchive, "member", lambda archive, name, **options: go_by(f"member {name}"))
    before(Sink, "write", lambda sink, data: go_by("write"))


def erase() -> None:
    """What the scheduler does; nothing is left afterwards."""
    erase_organisations()
    erased = Erasure.objects.latest("begun_at")
    assert erased.verified_at is not None
    assert (erased.removed["library_shelf"], erased.removed["files"]) == (SHELVES, FILES)
    assert traces(organisation_id=erased.erased_id, schema=erased.schema_name) == {}


def all_or_nothing() -> None:
    found = Organisation.objects.filter(slug=SLUG).first()
    if found is not None and found.status != "DELETING":
        with entered(found):
            assert Shelf.objects.count() == SHELVES
            assert sum(bool(files.read(one)) for one in StoredFile.objects.all()) == FILES
        assert not Import.objects.exists()


def compare(folder: Path) -> None:
    """What came back with what there was; then its time is over again."""
    back = Organisation.objects.get(slug=SLUG)
    if back.status != "DELETING":
        assert (back.alias, back.memberships.count()) == (SECOND, 2)
        assert alike(rows_of(back)) == json.loads((folder / "rows.json").read_text())
        make_due(organisation=back)


def leave(archive: Path) -> None:
    """What an import leaves that was killed between its commits, a day later."""

    def killed(archive: Any, begun: Import, *rest: Any, **named: Any) -> None:
        importing._make_schema(Current(begun.future_id, begun.schema_name, begun.alias))
        raise KeyboardInterrupt

    if not Import.objects.exists():
        try:
            with patch.object(importing, "_write", killed):
                import_organisation(archive, wishes=Wishes(slug="left"))
        except KeyboardInterrupt:
            pass
        begun = Import.objects.get()
        assert len(traces(organisation_id=begun.future_id, schema=begun.schema_name)) == 2
        assert importing.sweep_imports() == 0
        Import.objects.update(begun_at=timezone.now() - importing.KEPT - timedelta(minutes=1))


def sweep() -> None:
    begun = Import.objects.first()
    importing.sweep_imports()
    if begun is not None:
        assert traces(organisation_id=begun.future_id, schema=begun.schema_name) == {}
    assert not Import.objects.exists()


def main(database: str, folder: str, *names: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    know_second_server()
    settings.OCTAVO_PLACE_NEW = SECOND
    with files_in(Path(folder, "files")):
        try_all(works(Path(folder)), names, database=database)


if __name__ == "__main__":
    main(*sys.argv[1:])
