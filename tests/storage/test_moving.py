"""An organisation's files on their way from place to place, while they are read and written."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from storage import files, homes, moving, places, sweeping, tasks
from storage.models import StoredFile
from storage.places import Unavailable
from tenants.context import Current, entered
from tenants.models import Organisation
from tests.emulators.clouds import Cloud
from tests.storage.conftest import use
from tests.storage.dying import Dying, Killed
from tests.storage.test_files import keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_disks(settings: Any, tmp_path: Path) -> None:
    """The place of FILES_URL, and one called `attic`."""
    disk = "storage.places.disk.Disk"
    settings.STORAGES = {
        **settings.STORAGES,
        "files": {"BACKEND": disk, "OPTIONS": {"location": tmp_path / "cellar"}},
        "files-attic": {"BACKEND": disk, "OPTIONS": {"location": tmp_path / "attic"}},
    }


def lying(name: str, inside: Current) -> set[str]:
    return {one.key for one in places.named(name).listing(inside.schema)}


def move_to(name: str, inside: Current, **how: Any) -> moving.Moved:
    homes.choose_home(organisation_id=inside.organisation_id, place=name)
    return moving.move_along(**how)


def after_a_while() -> None:
    StoredFile.objects.update(moved_at=timezone.now() - moving.KEPT - timedelta(seconds=1))


def test_files_move_and_are_read_all_the_while(inside: Current) -> None:
    kept = [keep(b"%d" % number) for number in range(3)]
    assert move_to("attic", inside) == moving.Moved(files=3, size=3, failed=0, left=0)
    assert [files.read(one) for one in kept] == [b"0", b"1", b"2"]  # by rows from before
    assert [files.read(one) for one in StoredFile.objects.order_by("pk")] == [b"0", b"1", b"2"]
    assert lying("attic", inside) == lying("default", inside) == {one.key for one in kept}


def test_old_copies_go_when_links_to_them_have_ended(inside: Current) -> None:
    kept = keep()
    move_to("attic", inside)
    assert moving.forget_old_copies() == 0
    after_a_while()
    assert moving.forget_old_copies() == 1
    assert (lying("default", inside), lying("attic", inside)) == (set(), {kept.key})
    assert files.read(kept) == b"a book"  # whoever still holds the old row is led on
    assert b"".join(files.blocks(kept, start=2)) == b"book"


def test_new_files_go_to_the_new_place_at_once(inside: Current) -> None:
    homes.choose_home(organisation_id=inside.organisation_id, place="attic")
    assert keep().place == "attic"
    assert keep(b"%d" % moving.move_along().files).place == "attic"


def test_only_this_organisation_moves(organisation: Organisation, other_organisation: Organisation) -> None:
    with entered(other_organisation):
        theirs = keep()
    with entered(organisation) as inside:
        keep()
        assert move_to("attic", inside).files == 1
    with entered(other_organisation):
        theirs.refresh_from_db()
        assert theirs.place == "default"
        assert keep().place == "default"


def test_whoever_is_killed_in_the_middle_loses_nothing(
    inside: Current, settings: Any, tmp_path: Path
) -> None:
    kept = [keep(b"%d" % number) for number in range(5)]
    dying = {"BACKEND": "tests.storage.dying.Dying", "OPTIONS": {"location": tmp_path / "attic"}}
    settings.STORAGES = {**settings.STORAGES, "files-attic": dying}
    Dying.lives = 2
    with pytest.raises(Killed):
        move_to("attic", inside)
    assert StoredFile.objects.filter(place="attic").count() == 2
    assert [files.read(one) for one in StoredFile.objects.order_by("pk")] == [b"0", b"1", b"2", b"3", b"4"]
    Dying.lives = 99
    assert moving.move_along() == moving.Moved(files=3, size=3)
    assert lying("attic", inside) == {one.key for one in kept}


def test_move_to_a_cloud_goes_on_after_a_cut(
    inside: Current, clouds: Any, impatient: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud: Cloud = clouds("azure")
    use(settings, monkeypatch, cloud.address, as_place="files-attic")
    places.named("attic").prepare()
    small, large = keep(), keep(b"x" * 3_000_000)
    cloud.wire.cut_after = 100_000
    with pytest.raises(Unavailable):
        move_to("attic", inside)
    cloud.wire.cut_after = None
    assert {one.place for one in StoredFile.objects.all()} == {"attic", "default"}
    assert files.read(large) == b"x" * 3_000_000
    assert moving.move_along().left == 0
    after_a_while()
    moving.forget_old_copies()
    assert lying("default", inside) == set()
    assert [files.read(one) for one in StoredFile.objects.order_by("pk")] == [b"a book", b"x" * 3_000_000]
    assert files.read(small) == b"a book"


def test_damaged_file_stays_where_it_is_and_stops_nobody(inside: Current) -> None:
    damaged, fine = keep(), keep(b"fine")
    Path(places.named("default").path(damaged.key)).write_bytes(b"a bOOk")
    assert move_to("attic", inside) == moving.Moved(files=1, size=4, failed=1, left=1)
    assert StoredFile.objects.get(pk=damaged.pk).place == "default"
    assert StoredFile.objects.get(pk=fine.pk).place == "attic"


def test_there_and_back_again_keeps_the_file(inside: Current) -> None:
    kept = keep()
    move_to("attic", inside)
    move_to("default", inside)
    after_a_while()
    moving.forget_old_copies()
    assert (lying("default", inside), lying("attic", inside)) == ({kept.key}, set())


def test_new_copy_that_is_gone_is_replaced_by_the_old_one(inside: Current) -> None:
    kept = keep()
    move_to("attic", inside)
    places.named("attic").remove(kept.key)
    after_a_while()
    moving.forget_old_copies()
    kept.refresh_from_db()
    assert (kept.place, files.read(kept)) == ("default", b"a book")


def test_deleting_a_moved_file_removes_both_copies(inside: Current) -> None:
    kept = keep()
    move_to("attic", inside)
    with TestCase.captureOnCommitCallbacks(execute=True):
        files.delete(kept)  # by a row from before
    assert lying("default", inside) == lying("attic", inside) == set()


def test_what_is_still_being_written_waits(inside: Current) -> None:
    coming = files.announce(name="b.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK)
    assert move_to("attic", inside).files == 0
    files.adopt(files.place(coming, b"a book"))
    assert moving.move_along().files == 1


def test_scheduler_finishes_what_was_broken_off(inside: Current) -> None:
    keep()
    homes.choose_home(organisation_id=inside.organisation_id, place="attic")
    tasks.sweep()
    assert StoredFile.objects.get().place == "attic"


def test_changing_the_place_of_all_moves_those_that_have_none_of_their_own(
    organisation: Organisation, other_organisation: Organisation, settings: Any
) -> None:
    with entered(other_organisation) as inside:
        keep()
        homes.choose_home(organisation_id=inside.organisation_id, place="default")
    with entered(organisation):
        keep()
    settings.FILES_PLACE = "attic"
    tasks.sweep()
    for one, place in ((organisation, "attic"), (other_organisation, "default")):
        with entered(one):
            assert StoredFile.objects.get().place == place


def test_command_moves_and_says_so(organisation: Organisation) -> None:
    with entered(organisation):
        keep()
    said = StringIO()
    call_command("move_files", "acme", "attic", stdout=said)
    assert "Moved 1 files, 6 bytes. New files go to attic." in said.getvalue()
    with pytest.raises(CommandError, match="no place for files is called loft"):
        call_command("move_files", "acme", "loft")
    with pytest.raises(CommandError, match="no organisation has the address nobody"):
        call_command("move_files", "nobody", "attic")


@pytest.mark.django_db(transaction=True)
def test_moves_under_writes_lose_nothing(organisation: Organisation) -> None:
    """Writers keep and delete, readers read, and two movers move, all at once."""
    with entered(organisation) as inside:
        first = [keep(b"%d" % number) for number in range(20)]
    over = threading.Event()

    def write(number: int) -> list[tuple[Any, bytes]]:
        with entered(organisation):
            kept = [(keep(data := b"%d of %d" % (turn, number)), data) for turn in range(8)]
            for one, _data in kept[::2]:
                files.delete(one)
            connection.close()
        return [(one.pk, data) for one, data in kept[1::2]]

    def read() -> int:
        times = 0
        with entered(organisation):
            while not over.is_set():
                for number, one in enumerate(first):
                    assert files.read(one) == b"%d" % number
                    times += 1
            connection.close()
        return times

    def move() -> None:
        with entered(organisation):
            while not over.is_set():
                moving.move_along()
            connection.close()

    homes.choose_home(organisation_id=inside.organisation_id, place="attic")
    with ThreadPoolExecutor(8) as crew:
        others = [crew.submit(read), crew.submit(move), crew.submit(move)]
        written = [pair for pairs in crew.map(write, range(4)) for pair in pairs]
        over.set()
        assert others[0].result() > 0
        for mover in others[1:]:
            mover.result()
    with entered(organisation):
        moving.move_along()
        after_a_while()
        moving.forget_old_copies()
        assert [files.read(StoredFile.objects.get(pk=pk)) for pk, _data in written] == [
            d for _pk, d in written
        ]
        assert lying("attic", inside) == set(StoredFile.objects.values_list("key", flat=True))
        assert StoredFile.objects.count() == 36
        assert lying("default", inside) == set()
        assert sweeping.sweep().lost == []
