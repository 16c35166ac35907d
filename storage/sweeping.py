"""Rows and objects that have lost each other: what is removed, and what is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db.models import Q
from django.utils import timezone

from storage import archives, files, moving, places
from storage.models import StoredFile
from storage.places import Lying, Place
from tenants import context

ABANDONED: Final = timedelta(hours=6)  # after which nobody will adopt a file, or finish what they began
_AT_ONCE: Final = 1000

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Swept:
    """What was removed: files announced and never adopted, objects that no row names, broken uploads, and
    old copies of moved files. `lost` are the keys of rows whose object is gone, by place."""

    abandoned: int = 0
    orphans: int = 0
    unfinished: int = 0
    copies: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)


def sweep() -> Swept:
    """Tidy up in the organisation entered. Raises `places.PlaceFault`: what is left is for the next time."""
    before = timezone.now() - ABANDONED
    swept = Swept(abandoned=_remove_abandoned(before), copies=moving.forget_old_copies())
    for name in places.names():
        place = places.named(name)
        swept.unfinished += place.forget_unfinished(context.current().schema, before=before)
        seen: set[str] = set()
        for orphan in _orphans(name, place, before, seen):
            swept.orphans += _remove_orphan(orphan, name, place, before)
        swept.lost += [(name, key) for key in _lost(name, place, before, seen)]
    for name, key in swept.lost:
        logger.error("File %s is not in %s, where its row says that it is", key, name)
    return swept


def _remove_abandoned(before: datetime) -> int:
    left = list(StoredFile.objects.filter(sha256="", created_at__lt=before).values_list("pk", flat=True))
    for file_id in left:
        files.abandon(file_id)
    return len(left)


def _orphans(name: str, place: Place, before: datetime, seen: set[str]) -> Iterator[Lying]:
    """Objects that no row names, and that are too old for their row to be still on its way."""
    for some in _in_batches(place.listing(context.current().schema)):
        seen.update(one.key for one in some)
        known = _named(name, [one.key for one in some])
        yield from (one for one in some if one.key not in known and one.modified < before)


def _remove_orphan(orphan: Lying, name: str, place: Place, before: datetime) -> bool:
    """Once more looked at, for somebody may have moved a file there meanwhile."""
    now = place.stat(orphan.key)
    if now is None or now.modified >= before or _named(name, [orphan.key]):
        return False
    place.remove(orphan.key)
    logger.info("Removed %s (%d bytes) from %s: no row names it", orphan.key, orphan.size, name)
    return True


def _lost(name: str, place: Place, before: datetime, seen: set[str]) -> list[str]:
    rows = StoredFile.objects.filter(place=name, created_at__lt=before).exclude(sha256="")
    missing = [key for key in rows.values_list("key", flat=True).iterator() if key not in seen]
    return [key for key in missing if place.stat(key) is None and _named(name, [key])]


def _named(name: str, keys: list[str]) -> set[str]:
    """Which of the keys have a row that says they are in this place: a file's, or an export's."""
    here = Q(place=name) | Q(moved_from=name)
    files_of = set(StoredFile.objects.filter(here, key__in=keys).values_list("key", flat=True))
    return files_of | archives.named(keys, place=name)


def _in_batches(listing: Iterable[Lying]) -> Iterator[tuple[Lying, ...]]:
    rest = iter(listing)
    while some := tuple(islice(rest, _AT_ONCE)):
        yield some
