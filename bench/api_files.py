"""An organisation's files moved from a disk to an S3 server, while every mover is killed and people work.

Part of `bench api`. Movers are processes, each killed after a part of a second; meanwhile files are kept and
read. Afterwards every file has to be there, in the new place alone, as it was kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.report import Demand

if TYPE_CHECKING:
    from uuid import UUID

    from tenants.models import Organisation

FILES, SIZE = 120, 100_000  # bytes
LIVES = (0.3, 2.0)  # seconds that a mover has
PATIENCE = 120.0  # seconds

DEMANDS = [
    Demand("files_kept", ">=", FILES),
    Demand("files_movers_killed", ">=", 10),
    Demand("files_unreadable_meanwhile", "==", 0),
    Demand("files_lost", "==", 0),
    Demand("files_left_behind", "==", 0),
]


def figures() -> dict[str, float]:
    from bench.installation import member_of_a_new_organisation
    from tenants.context import entered

    organisation = member_of_a_new_organisation("moving").organisation
    with tempfile.TemporaryDirectory() as folder, two_places(Path(folder)) as places, entered(organisation):
        kept = dict(keep_one() for _number in range(FILES))
        began = time.monotonic()
        with dying_movers(organisation, places) as killed:
            unreadable = work_on(organisation, kept, until=began + PATIENCE)
        return {
            "files_movers_killed": killed[0],
            "files_unreadable_meanwhile": unreadable,
            "files_moved_s": time.monotonic() - began,
            **what_is_there(organisation, kept),
        }


@contextmanager
def two_places(folder: Path) -> Iterator[dict[str, Any]]:
    """The entries of STORAGES: a disk, and a bucket called `cloud`."""
    from django.conf import settings
    from django.test import override_settings

    from config.file_places import file_places
    from storage.places import named
    from tests.emulators.clouds import SeaweedFS

    (folder / "s3").mkdir()
    server = SeaweedFS(folder / "s3")
    try:
        os.environ |= {"FILES_URL": (folder / "disk").as_uri(), "FILES_PLACES": f"cloud={server.address}"}
        entries = file_places(default=folder)
        with override_settings(STORAGES={**settings.STORAGES, **entries}):
            named("cloud").prepare()
            yield entries
    finally:
        server.stop()


def keep_one() -> tuple[UUID, str]:
    """A new file, and what its bytes come to."""
    from storage import files
    from storage.models import StoredFile

    file = files.save(
        data=os.urandom(SIZE), name="b.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK
    )
    return file.pk, file.sha256


def work_on(organisation: Organisation, kept: dict[UUID, str], *, until: float) -> int:
    """Keep and read files until all have moved; how many could not be read. `kept` grows."""
    from storage import files, homes
    from storage.models import StoredFile

    unreadable, chance = 0, random.Random(1)
    homes.choose_home(organisation_id=organisation.pk, place="cloud")
    while StoredFile.objects.exclude(place="cloud").exists() and time.monotonic() < until:
        pk, digest = keep_one()
        kept[pk] = digest
        for one in chance.sample(list(kept), 10):
            data = files.read(StoredFile.objects.get(pk=one))
            unreadable += hashlib.sha256(data).hexdigest() != kept[one]
    return unreadable


def what_is_there(organisation: Organisation, kept: dict[UUID, str]) -> dict[str, float]:
    """Once links to old copies have ended."""
    from django.utils import timezone

    from storage import files, moving, places
    from storage.models import StoredFile

    StoredFile.objects.update(moved_at=timezone.now() - moving.KEPT - timedelta(seconds=1))
    moving.forget_old_copies()
    rows = StoredFile.objects.in_bulk(list(kept))
    whole = [pk for pk, digest in kept.items() if pk in rows and _digest(files.read(rows[pk])) == digest]
    behind = list(places.named("default").listing(organisation.schema_name))
    return {"files_kept": len(kept), "files_lost": len(kept) - len(whole), "files_left_behind": len(behind)}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextmanager
def dying_movers(organisation: Organisation, places: dict[str, Any]) -> Iterator[list[int]]:
    """One mover after another; what is given holds, at the end, how many were killed."""
    command = [sys.executable, "-m", "bench.api_files", str(organisation.pk)]
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    killed: list[int] = []
    try:
        yield killed
    finally:
        out, _err = keeper.communicate(timeout=60)
        killed.append(json.loads(out or b"0"))


def kill_movers_of(organisation_id: str) -> None:
    """In a process of its own: forks a mover, kills it, forks another, until its input is closed."""
    import select

    import django

    django.setup()
    from storage.places import About, named

    named("cloud").link(
        "x", About("x", "", 0, ""), attached=True, seconds=1
    )  # so that no mover has to load it
    killed, chance = 0, random.Random(2)
    while not select.select([sys.stdin], [], [], 0)[0]:
        pid = os.fork()
        if pid == 0:
            move(organisation_id)
        select.select([sys.stdin], [], [], chance.uniform(*LIVES))
        os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        killed += os.WIFSIGNALED(status)
    print(killed)


def move(organisation_id: str) -> None:
    from storage import moving
    from tenants.context import entered
    from tenants.models import Organisation

    try:
        with entered(Organisation.objects.get(pk=organisation_id)):
            moving.move_along()
    finally:
        os._exit(0)


if __name__ == "__main__":
    kill_movers_of(sys.argv[1])
