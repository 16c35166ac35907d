"""Links by which a file can be had for a few minutes: the place's own where it has such, else ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing

from storage import files
from storage.models import StoredFile
from tenants import context

LIFE: Final = timedelta(minutes=5)
_SALT: Final = "storage.files"


class LinkExpired(Exception):
    """A signed link that is too old, was altered, or belongs to another organisation."""


def link(file: StoredFile, *, attached: bool = True) -> str | None:
    """The place's own link, good for `LIFE`; None where files are handed out by us, as from a disk.

    To be given to whoever was found to be allowed. Raises `places.PlaceFault`.
    """
    place = files.place_of(file)
    if not place.lends:
        return None
    seconds = int(LIFE.total_seconds())
    return place.link(files.own_key(file), files.about(file), attached=attached, seconds=seconds)


def signed_token(file: StoredFile) -> str:
    """A token that lets whoever holds it read this one file for `LIFE`, on the organisation's hosts."""
    return signing.dumps([context.current().schema, file.pk.hex], salt=_SALT)


def file_by_token(token: str, *, max_age: timedelta = LIFE) -> StoredFile:
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
