"""Taking an organisation's files from place to place while they are read and written.

A file's row says where it lies. For each file that lies elsewhere than its organisation's home: the bytes are
copied under the same key, read back and compared, then the row is changed if it still says what it said. The
old copy stays until links to it have ended. Whoever is killed meanwhile leaves at most a copy that no row
names; running it again goes on with what is left, and several may run at once.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from storage import files, places
from storage.homes import home_of
from storage.models import StoredFile
from storage.places import Damaged, Missing, Place
from tenants import context

KEPT: Final = timedelta(minutes=15)  # of old copies: longer than any link and what it began
_IN_MEMORY: Final = 8 * 1024 * 1024

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it: files copied, their bytes, files that cannot be (they are logged), and those left."""

    files: int = 0
    size: int = 0
    failed: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Lain:
    """What of an organisation lies in one place; `size` in bytes."""

    place: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an organisation's files are on their way home. `old_copies` wait to be removed."""

    home: str
    places: tuple[Lain, ...]
    old_copies: int

    @property
    def files(self) -> int:
        return sum(one.files for one in self.places)

    @property
    def left(self) -> int:
        """Files that lie elsewhere."""
        return sum(one.files for one in self.places if one.place != self.home)


def standing() -> Standing:
    """Of the organisation entered."""
    rows = StoredFile.objects.exclude(sha256="").values("place").order_by("place")
    counted = list(
        rows.annotate(files=Count("pk"), bytes=Sum("size"), old=Count("pk", filter=~Q(moved_from="")))
    )
    return Standing(
        home=home_of(context.current().organisation_id),
        places=tuple(Lain(row["place"], row["files"], row["bytes"]) for row in counted),
        old_copies=sum(row["old"] for row in counted),
    )


def move_along(*, seconds: float | None = None) -> Moved:
    """Bring the files of the organisation entered to its home; for so long, or until none is left.

    Raises `places.Unavailable` and `places.Refused`: to be run again.
    """
    organisation_id = context.current().organisation_id
    until = None if seconds is None else time.monotonic() + seconds
    moved, size = 0, 0
    failed: set[UUID] = set()
    home = home_of(organisation_id)
    while until is None or time.monotonic() < until:
        home = home_of(organisation_id)  # somebody may choose another meanwhile
        file = _elsewhere(home).exclude(pk__in=failed).order_by("pk").first()
        if file is None:
            break
        try:
            if _move(file, home):
                moved, size = moved + 1, size + file.size
        except (Missing, Damaged) as error:
            logger.error("File %s stays in %s: %s", file.key, file.place, error)
            failed.add(file.pk)
    return Moved(moved, size, len(failed), _elsewhere(home).count())


def forget_old_copies() -> int:
    """Remove what was left behind in old places long enough ago, in the organisation entered."""
    since = timezone.now() - KEPT
    found = list(
        StoredFile.objects.exclude(moved_from="").filter(moved_at__lt=since).values_list("pk", flat=True)
    )
    for pk in found:
        with transaction.atomic():
            file = StoredFile.objects.select_for_update().exclude(moved_from="").filter(pk=pk).first()
            if file is not None:
                _forget_old_copy(file)
    return len(found)


def _forget_old_copy(file: StoredFile) -> None:
    """Unless the new one is gone: then the file is back where it came from."""
    row = StoredFile.objects.filter(pk=file.pk)
    if files.place_of(file).stat(files.own_key(file)) is None:
        logger.error("File %s is gone from %s: back to %s", file.key, file.place, file.moved_from)
        row.update(place=file.moved_from, moved_from="")
        return
    places.named(file.moved_from).remove(file.key)
    row.update(moved_from="")


def _elsewhere(home: str) -> QuerySet[StoredFile]:
    """What has been announced alone is still being written."""
    return StoredFile.objects.exclude(place=home).exclude(sha256="")


def _move(file: StoredFile, home: str) -> bool:
    """Whether it was us who moved it."""
    key, old, new = files.own_key(file), file.place, places.named(home)
    unchanged = StoredFile.objects.filter(pk=file.pk, place=old)
    if file.moved_from == home:  # it comes back: nobody is to remove the copy there any more
        unchanged.update(moved_from="")
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as held:
        _copy(file, cast(IO[bytes], held))
        new.put(key, cast(IO[bytes], held), files.about(file))
    _compare(file, new)
    if unchanged.update(place=home, moved_from=old, moved_at=timezone.now()):
        return True
    if not StoredFile.objects.filter(pk=file.pk).exists():  # deleted meanwhile
        with suppress(Missing):
            new.remove(key)
    return False


def _copy(file: StoredFile, held: IO[bytes]) -> None:
    digest = hashlib.sha256()
    for block in files.blocks(file):
        digest.update(block)
        held.write(block)
    _check(file, digest.hexdigest(), file.place)


def _compare(file: StoredFile, new: Place) -> None:
    digest = hashlib.sha256()
    for block in new.stream(file.key, start=0, end=file.size):
        digest.update(block)
    _check(file, digest.hexdigest(), "the new place")


def _check(file: StoredFile, digest: str, where: str) -> None:
    if digest != file.sha256:
        raise Damaged(f"{file.key} in {where} is not what was kept")
