"""Keeping files under the organisation's own prefix, within its quota, and lending them by signed links."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import IO, cast
from uuid import UUID

from django.core import signing
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename

from billing import limits
from storage.models import StoredFile
from tenants import context
from tenants.keys import uuid7

_SALT = "storage.files"
_BLOCK = 256 * 1024
ABANDONED = timedelta(hours=6)  # after which nobody will adopt a file that was announced


@dataclass(frozen=True, slots=True)
class Placed:
    """Bytes that lie where an announced file will be found: what `adopt` writes into its row."""

    file_id: UUID
    size: int
    sha256: str


class LinkExpired(Exception):
    """A signed link that is too old, was altered, or belongs to another organisation."""


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
    """Keep a file. The space is held against the plan first: `billing.limits.LimitReached` when it is full.

    The bytes are streamed and are removed again if the surrounding transaction does not commit the row.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    size, digest = _measure(stream)
    file_id = uuid7()
    key = _key(file_id, name)
    limits.reserve_storage(context.current().organisation_id, size)
    saved = _backend().save(key, File(stream, name=name))
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                id=file_id,
                kind=kind,
                key=saved,
                name=get_valid_filename(name)[:200],
                content_type=content_type,
                size=size,
                sha256=digest,
                width=width,
                height=height,
                created_by_id=created_by_id,
            )
    except BaseException:
        _backend().delete(saved)
        raise


def announce(*, name: str, content_type: str, kind: str) -> StoredFile:
    """A row for a file whose bytes come later, from work that holds no transaction open.

    What is announced is committed first, then its bytes are put there by `place` however long that takes,
    then `adopt` counts them in the transaction that shows the file. Where that never happens (a cancelled
    job, a killed worker) `sweep` finds the row and removes both.
    """
    file_id = uuid7()
    return StoredFile.objects.create(
        id=file_id,
        kind=kind,
        key=_key(file_id, name),
        name=get_valid_filename(name)[:200],
        content_type=content_type,
        size=0,
        sha256="",
    )


def place(file: StoredFile, data: bytes) -> Placed:
    """Write an announced file's bytes. Asks nothing of the database."""
    size, digest = _measure(stream := io.BytesIO(data))
    saved = _backend().save(_own(file.key), File(stream, name=file.name))
    if saved != file.key:
        _backend().delete(saved)
        raise FileExistsError(file.key)
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


def sweep() -> int:
    """Remove what was announced long ago and never adopted, in the organisation entered; says how much."""
    since = timezone.now() - ABANDONED
    left = list(StoredFile.objects.filter(sha256="", created_at__lt=since).values_list("pk", flat=True))
    for file_id in left:
        abandon(file_id)
    return len(left)


def open_file(file: StoredFile) -> IO[bytes]:
    return cast(IO[bytes], _backend().open(_own(file.key), "rb"))


def read(file: StoredFile) -> bytes:
    with open_file(file) as stream:
        return stream.read()


def local_path(file: StoredFile) -> Path | None:
    """Where the file lies on this machine's disk; None where the backend keeps it elsewhere."""
    try:
        return Path(_backend().path(_own(file.key)))
    except NotImplementedError:
        return None


def blocks(file: StoredFile) -> Iterator[bytes]:
    """The file in blocks of 256 KiB, for an answer that streams."""
    with open_file(file) as stream:
        while block := stream.read(_BLOCK):
            yield block


def delete(file: StoredFile) -> None:
    """Remove the row, give its space back, and remove the bytes once that is committed."""
    key, size = _own(file.key), file.size
    organisation_id = context.current().organisation_id
    with transaction.atomic():
        file.delete()
        limits.release_storage(organisation_id, size)
        transaction.on_commit(lambda: _backend().delete(key))


def signed_token(file: StoredFile) -> str:
    """A token that lets whoever holds it read this one file, for as long as `file_by_token` says."""
    return signing.dumps([context.current().schema, file.pk.hex], salt=_SALT)


def file_by_token(token: str, *, max_age: timedelta = timedelta(hours=1)) -> StoredFile:
    """The file of a signed token of the organisation in context. Raises `LinkExpired`."""
    try:
        schema, file_id = signing.loads(token, salt=_SALT, max_age=max_age)
    except signing.BadSignature:
        raise LinkExpired from None
    if schema != context.current().schema:
        raise LinkExpired
    try:
        return StoredFile.objects.get(pk=UUID(file_id))
    except StoredFile.DoesNotExist:
        raise LinkExpired from None


def _key(file_id: UUID, name: str) -> str:
    return f"{context.current().schema}/{file_id.hex[-2:]}/{file_id.hex}{_suffix(name)}"


def _backend() -> Storage:
    return storages["files"]


def _own(key: str) -> str:
    """The key, once it is certain that it lies under the prefix of the organisation in context."""
    schema = context.current().schema
    parts = PurePosixPath(key).parts
    if parts[:1] != (schema,) or ".." in parts:
        raise PermissionError(f"file {key} does not belong to {schema}")
    return key


def _measure(stream: IO[bytes]) -> tuple[int, str]:
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
