"""What is in an archive, and what becomes of one that is not finished."""

from __future__ import annotations

import fcntl
import hashlib
import json
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from storage import files
from storage.models import StoredFile
from storage.portable import Store
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tenants.portable.archive import CannotWrite, PartialArchive
from tenants.portable.exporting import export
from tests.isolation.cast import files_in
from tests.tenants.portable.conftest import Taken, room_for

pytestmark = pytest.mark.django_db


def test_export_has_every_row_of_the_organisations_tables(taken: Taken) -> None:
    with zipfile.ZipFile(taken.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for table in manifest["tables"]:
            assert table["rows"] == len(taken.rows[table["table"]])
            data = archive.read(table["member"])
            assert hashlib.sha256(data).hexdigest() == table["sha256"]
    assert {"books_book", "storage_storedfile", "collaboration_revision", "generation_batch"} <= {
        one["table"] for one in manifest["tables"] if one["rows"]
    }


@pytest.fixture
def kept(organisation: Organisation, owner: User, tmp_path: Path) -> Iterator[list[StoredFile]]:
    """Acme, with five files."""
    with files_in(tmp_path / "files"), entered(organisation):
        yield [
            files.save(
                data=secrets.token_bytes(40_000), name=f"{n}.pdf", content_type="application/pdf", kind="BOOK"
            )
            for n in range(5)
        ]


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_nothing_finished_and_is_gone_on_with(
    organisation: Organisation, kept: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation.status = "SUSPENDED"
    organisation.save()
    target = tmp_path / "acme.octavo"
    with room_for(100_000), pytest.raises(CannotWrite, match="no room"):
        export(organisation, to=target)
    assert not target.exists()
    with room_for(100_000), pytest.raises(CommandError, match="no room"):
        call_command("export_organisation", organisation.slug, to=target)
    assert not target.exists()
    gone, lost = sorted(kept, key=lambda one: one.key)[:2]
    with entered(organisation):
        data = files.read(gone)
        files.delete(gone)  # fetched already; and of another only the bytes are gone
        files.place_of(lost).remove(lost.key)
    fetched = []
    pieces = Store.pieces

    def counted(self: Store, file: Any) -> Iterator[bytes]:
        fetched.append(file.key)
        return pieces(self, file)

    monkeypatch.setattr(Store, "pieces", counted)
    made = export(organisation, to=target)
    assert gone.key not in fetched
    assert len(fetched) == 3, "one of those that are left was whole in the partial archive"
    assert made.files == 4
    with zipfile.ZipFile(target) as archive:
        names = [name for name in archive.namelist() if name.startswith("files/")]
        told = json.loads(archive.read("manifest.json"))
    assert len(names) == 4
    assert told["organisation"]["status"] == "SUSPENDED"
    assert data not in target.read_bytes()
    assert not target.with_name("acme.octavo.part").exists()


def test_one_that_was_finished_while_another_waited_for_it_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other has opened the partial file, and before it has locked it that got its own name."""
    target, part = tmp_path / "acme.octavo", tmp_path / "acme.octavo.part"
    part.write_bytes(b"whole")
    flock = fcntl.flock

    def finished_first(file: Any, how: int) -> None:
        if not target.exists():
            part.replace(target)
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", finished_first)
    PartialArchive(target, wanted={}).leave()
    assert target.read_bytes() == b"whole"
    assert part.read_bytes() == b""


def test_a_folder_that_cannot_be_written_to_is_named(organisation: Organisation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CommandError, match="file is no folder"):
        call_command("export_organisation", organisation.slug, to=tmp_path / "file" / "acme.octavo")
