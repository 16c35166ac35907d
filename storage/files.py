"""Keeping files under the organisation's own prefix and within its quota, and reading them again."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils.text import get_valid_filename

from billing import limits
from billing.models import Metric
from storage import places
from storage.homes import home_of
from storage.models import StoredFile
from storage.places import About, Damaged, Missing, Place, PlaceFault
from storage.places.disk import Disk
from tenants import context
from tenants.keys import uuid7

_BLOCK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Placed:
    """Bytes that lie where an announced file will be found: what `adopt` writes into its row."""

    file_id: UUID
    size: int
    sha256: str


def save(
    *,
    data: bytes | IO[bytes],
    name: str,
    content_type: str,
    kind: str,
    created_by_id: UUID | None = None,
    width: int | None = None,
    height: int | None = None,
) -> StoredFile:
    """Keep a file. Raises `billing.limits.LimitReached` when the plan is full, `places.PlaceFault`; then
    nothing is kept.

    The bytes are streamed to their place first, so that nobody waits for them while a count is locked, then
    counted and shown in one transaction. What that leaves behind (a killed process, a surrounding transaction
    that is rolled back) is removed by `storage.sweeping`.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    size, digest = measure(stream)
    file = _new(name=name, content_type=content_type, kind=kind, size=size, sha256=digest)
    file.created_by_id, file.width, file.height = created_by_id, width, height
    _refuse_what_is_too_much(size)
    place_of(file).put(own_key(file), stream, about(file))
    try:
        with transaction.atomic():
            limits.reserve_storage(context.current().organisation_id, size)
            file.save(force_insert=True)
    except BaseException:
        with suppress(PlaceFault):
            place_of(file).remove(file.key)
        raise
    return file


def announce(*, name: str, content_type: str, kind: str) -> StoredFile:
    """A row for a file whose bytes come later, from work that holds no transaction open.

    What is announced is committed first, then its bytes are put there by `place` however long that takes,
    then `adopt` counts them in the transaction that shows the file. Where that never happens (a cancelled
    job, a killed worker) `storage.sweeping` finds the row and removes both.
    """
    file = _new(name=name, content_type=content_type, kind=kind, size=0, sha256="")
    file.save(force_insert=True)
    return file


def place(file: StoredFile, data: bytes) -> Placed:
    """Write an announced file's bytes. Asks nothing of the database. Raises `places.PlaceFault`."""
    size, digest = measure(stream := io.BytesIO(data))
    told = About(file.name, file.content_type, size, digest)
    place_of(file).put(own_key(file), stream, told)
    return Placed(file.pk, size, digest)


def adopt(placed: Placed, *, width: int | None = None, height: int | None = None) -> StoredFile:
    """Count an announced file's bytes and let it be found. `billing.limits.LimitReached` where it is full."""
    limits.reserve_storage(context.current().organisation_id, placed.size)
    file = StoredFile.objects.select_for_update().get(pk=placed.file_id, sha256="")
    file.size, file.sha256, file.width, file.height = placed.size, placed.sha256, width, height
    file.save(update_fields=["size", "sha256", "width", "height"])
    return file


def abandon(file_id: UUID) -> None:
    """Remove an announced file that was not adopted, and what was placed for it."""
    with transaction.atomic():
        for file in StoredFile.objects.select_for_update().filter(pk=file_id, sha256=""):
            delete(file)


def open_file(file: StoredFile) -> IO[bytes]:
    """To be read in any order. Raises `places.Missing`, `places.PlaceFault`."""
    key = own_key(file)
    try:
        return place_of(file).seekable(key, size=file.size)
    except Missing:
        return _moved(file).seekable(key, size=file.size)


def read(file: StoredFile) -> bytes:
    """All of it, checked against its SHA-256: raises `places.Damaged` where it is not what was kept."""
    with open_file(file) as stream:
        data = stream.read()
    if file.sha256 and hashlib.sha256(data).hexdigest() != file.sha256:
        raise Damaged(f"{file.key} in {file.place} is not what was kept")
    return data


def local_path(file: StoredFile) -> Path | None:
    """Where the file lies on this machine's disk; None where it lies elsewhere."""
    found = place_of(file)
    return Path(found.path(own_key(file))) if isinstance(found, Disk) else None


def blocks(file: StoredFile, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Its bytes from `start` up to but without `end`, in blocks of at most 1 MiB."""
    key, end = own_key(file), file.size if end is None else end
    try:
        for block in place_of(file).stream(key, start=start, end=end):
            start += len(block)
            yield block
    except Missing:
        yield from _moved(file).stream(key, start=start, end=end)


def delete(file: StoredFile) -> None:
    """Remove the row, give its space back, and remove the bytes once that is committed.

    Where their place does not answer then, they are left to `storage.sweeping`.
    """
    key, organisation_id = own_key(file), context.current().organisation_id
    with transaction.atomic():
        now = StoredFile.objects.select_for_update().filter(pk=file.pk).first()  # it may have been moved
        if now is None:
            return  # somebody else was quicker
        file.delete()
        limits.release_storage(organisation_id, now.size)
        for name in {now.place, now.moved_from} - {""}:
            transaction.on_commit(partial(places.named(name).remove, key), robust=True)


def about(file: StoredFile) -> About:
    return About(file.name, file.content_type, file.size, file.sha256)


def place_of(file: StoredFile) -> Place:
    return places.named(file.place)


def own_key(file: StoredFile) -> str:
    """The key, once it is certain that it lies under the prefix of the organisation in context."""
    schema = context.current().schema
    parts = PurePosixPath(file.key).parts
    if parts[:1] != (schema,) or ".." in parts:
        raise PermissionError(f"file {file.key} does not belong to {schema}")
    return file.key


def _new(*, name: str, content_type: str, kind: str, size: int, sha256: str) -> StoredFile:
    current, file_id = context.current(), uuid7()
    return StoredFile(
        id=file_id,
        kind=kind,
        place=home_of(current.organisation_id),
        key=f"{current.schema}/{file_id.hex[-2:]}/{file_id.hex}{_suffix(name)}",
        name=get_valid_filename(name)[:200],
        content_type=content_type,
        size=size,
        sha256=sha256,
    )


def _refuse_what_is_too_much(size: int) -> None:
    """Before anything is sent: `LimitReached`. What counts is counted afterwards."""
    organisation_id = context.current().organisation_id
    left = limits.allowance(organisation_id, Metric.STORAGE_USED).left
    if left is not None and left < size:
        with transaction.atomic():
            limits.reserve_storage(organisation_id, size)
            transaction.set_rollback(True)


def _moved(file: StoredFile) -> Place:
    """Where it lies by now, for those who looked before it was moved. Raises `Missing`."""
    now = StoredFile.objects.filter(pk=file.pk).exclude(place=file.place).values_list("place", flat=True)
    name = now.first()
    if name is None:
        raise Missing(f"{file.key} is not in {file.place}")
    return places.named(name)


def measure(stream: IO[bytes]) -> tuple[int, str]:
    """Its size in bytes and its SHA-256 in hex; it stands at its beginning afterwards."""
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
    stream.seek(0)
    return size, digest.hexdigest()


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix[1:].isalnum() and len(suffix) <= 10 else ""
