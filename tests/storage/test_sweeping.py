"""Rows and objects that have lost each other, and room that is counted exactly."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from billing.limits import LimitReached
from billing.models import Plan
from storage import files, places, sweeping, tasks
from storage.models import StoredFile
from storage.places import About, Damaged, Unavailable
from tenants.context import Current, entered
from tenants.models import Organisation
from tests.storage.conftest import Service, use
from tests.storage.test_files import keep, used

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - sweeping.ABANDONED - timedelta(hours=1)


@pytest.fixture
def disk(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use(settings, monkeypatch, tmp_path.as_uri())
    return tmp_path


def put(key: str, *, old: bool) -> None:
    place = places.named("default")
    place.put(key, BytesIO(b"left"), About("x", "text/plain", 4, ""))
    if old:
        os.utime(place.path(key), (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def test_object_without_a_row_is_removed_once_it_is_old(inside: Current, disk: Path) -> None:
    kept = keep()
    os.utime(disk / kept.key, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    old, fresh = f"{inside.schema}/aa/old.pdf", f"{inside.schema}/aa/fresh.pdf"
    put(old, old=True)
    put(fresh, old=False)
    put("t_somebody_else/aa/old.pdf", old=True)
    assert sweeping.sweep().orphans == 1
    assert [(disk / key).exists() for key in (kept.key, old, fresh, "t_somebody_else/aa/old.pdf")] == [
        True,
        False,
        True,
        True,
    ]


def test_row_without_an_object_is_told(inside: Current, organisation: Organisation, disk: Path) -> None:
    lost, _kept = keep(), keep()
    (disk / lost.key).unlink()
    assert sweeping.sweep().lost == []  # it is too new to be sure
    StoredFile.objects.update(created_at=LONG_AGO)
    assert sweeping.sweep().lost == [("default", lost.key)]
    said = StringIO()
    with pytest.raises(CommandError, match="1 files are gone"):
        call_command("check_files", "acme", stdout=said)
    assert f"acme: {lost.key} is gone from default" in said.getvalue()


def test_half_of_a_broken_write_is_removed(inside: Current, disk: Path) -> None:
    half = disk / inside.schema / "aa" / "x.pdf.1.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    assert sweeping.sweep().unfinished == 0
    os.utime(half, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    assert sweeping.sweep().unfinished == 1
    assert not half.exists()


def test_place_that_does_not_answer_keeps_no_other_organisation_waiting(
    organisation: Organisation, other_organisation: Organisation, disk: Path, settings: Any
) -> None:
    """The first organisation was put in a place that is not named any more."""
    Organisation.objects.filter(pk=organisation.pk).update(file_place="gone")
    with entered(other_organisation) as inside:
        put(f"{inside.schema}/aa/old.pdf", old=True)
    tasks.sweep()
    assert not (disk / inside.schema / "aa/old.pdf").exists()


def test_bytes_that_are_not_what_was_kept_are_found_out(inside: Current, disk: Path) -> None:
    file = keep()
    (disk / file.key).write_bytes(b"a bOOk")
    with pytest.raises(Damaged):
        files.read(file)


def test_upload_that_is_cut_keeps_and_counts_nothing(
    service: Service, impatient: None, inside: Current, organisation: Organisation
) -> None:
    service.place.empty(inside.schema)  # of other tests
    data = os.urandom(200_000)
    keep()  # so that what has to be known before is known
    service.cloud.wire.cut_after = 50_000
    with pytest.raises(Unavailable):
        keep(data)
    service.cloud.wire.cut_after = None
    assert (used(organisation), StoredFile.objects.count()) == (6, 1)
    assert len(list(service.place.listing(inside.schema))) == 1
    assert files.read(keep(data)) == data
    assert used(organisation) == 200_006


def test_what_the_database_refuses_is_removed_again(
    inside: Current, organisation: Organisation, disk: Path
) -> None:
    with pytest.raises(Exception, match="value too long"), transaction.atomic():
        files.save(data=b"x", name="x", content_type="x" * 200, kind=StoredFile.Kind.BOOK)
    assert used(organisation) == 0
    assert list(places.named("default").listing(inside.schema)) == []


@pytest.mark.django_db(transaction=True)
def test_room_is_exact_under_parallel_uploads(organisation: Organisation, disk: Path) -> None:
    """Twelve upload at once where there is room for five."""
    Plan.objects.filter(code="FREE").update(storage_limit=5_000)

    def upload(number: int) -> bool:
        with entered(organisation):
            try:
                keep(bytes([number]) * 1_000)
            except LimitReached:
                return False
            finally:
                connection.close()
        return True

    with ThreadPoolExecutor(12) as crew:
        assert sum(crew.map(upload, range(12))) == 5
    with entered(organisation) as inside:
        assert (StoredFile.objects.count(), used(organisation)) == (5, 5_000)
        assert {one.key for one in places.named("default").listing(inside.schema)} == set(
            StoredFile.objects.values_list("key", flat=True)
        )
