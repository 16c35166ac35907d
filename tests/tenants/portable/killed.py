"""Exports, erasures and imports, by processes that are killed at every boundary.

Run as `python -m tests.tenants.portable.killed DATABASE FOLDER SERVER WORK...`, where the organisation acme
is in DATABASE, its files are in FOLDER/files, and SERVER is where imports go: default, or second.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from storage import files  # noqa: E402
from storage.models import StoredFile  # noqa: E402
from tenants.context import entered  # noqa: E402
from tenants.models import Organisation  # noqa: E402
from tenants.portable.archive import PartialArchive, Sink  # noqa: E402
from tenants.portable.erasing import traces  # noqa: E402
from tenants.portable.exporting import export  # noqa: E402
from tenants.portable.importing import CannotImport, import_organisation, sweep_imports  # noqa: E402
from tenants.portable.models import Erasure, Import  # noqa: E402
from tenants.portable.reading import verify  # noqa: E402
from tenants.tasks import erase_organisations  # noqa: E402
from tests.isolation.cast import files_in  # noqa: E402
from tests.on_second_server import SECOND, know_second_server  # noqa: E402
from tests.tenants.boundaries import GoBy, Work, before, try_all  # noqa: E402
from tests.tenants.library.models import Shelf  # noqa: E402
from tests.tenants.portable.conftest import FILES, SHELVES  # noqa: E402

SLUG: Final = "acme"
NEVER: Final = 10**9


def works(folder: Path) -> dict[str, Work]:
    archive = folder / "acme.octavo"

    def whole_or_absent() -> None:
        if archive.exists():
            assert verify(archive).manifest.files == FILES

    def import_again() -> None:
        try:
            import_organisation(archive)
        except CannotImport as error:
            assert "is taken here" in str(error)
            assert Organisation.objects.filter(slug=SLUG).exists()

    return {
        "export": Work(
            lambda: export(Organisation.objects.get(slug=SLUG), to=archive),
            check=whole_or_absent,
            step=40,
            folder=folder,
            always=("member files/",),
            more=members,
        ),
        "erase": Work(erase, check=all_or_nothing, step=40, folder=folder),
        "import": Work(import_again, check=all_or_nothing, step=50, folder=folder),
        "erase-commits": Work(erase, check=all_or_nothing, step=NEVER),
        "import-commits": Work(import_again, check=all_or_nothing, step=NEVER),
        "sweep": Work(sweep_imports, step=6, folder=folder, always=("DROP SCHEMA",)),
    }


def members(go_by: GoBy) -> None:
    before(PartialArchive, "member", lambda archive, name, **options: go_by(f"member {name}"))
    before(Sink, "write", lambda sink, data: go_by("write"))


def erase() -> None:
    """What the scheduler does; nothing is left afterwards."""
    erase_organisations()
    erased = Erasure.objects.get()
    assert erased.verified_at is not None
    assert traces(organisation_id=erased.erased_id, schema=erased.schema_name) == {}


def all_or_nothing() -> None:
    found = Organisation.objects.filter(slug=SLUG).first()
    if found is not None and found.status != "DELETING":
        with entered(found):
            assert Shelf.objects.count() == SHELVES
            assert sum(bool(files.read(one)) for one in StoredFile.objects.all()) == FILES
        assert not Import.objects.exists()


def main(database: str, folder: str, server: str, *names: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    if server == SECOND:
        know_second_server()
        settings.OCTAVO_PLACE_NEW = SECOND
    with files_in(Path(folder, "files")):
        try_all(works(Path(folder)), names, database=database)


if __name__ == "__main__":
    main(*sys.argv[1:])
