"""Archives of the whole organisation (`tenants.portable.exports`) among its files.

They lie below its prefix, so that they go with it, but have no row of `StoredFile`: they neither count
against the plan nor travel in the next archive. What no `Export` names is removed by `storage.sweeping`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.core import signing

from storage import lending
from storage.lending import LIFE, LinkExpired
from storage.models import StoredFile
from tenants import context
from tenants.portable.models import Export, ExportState

CONTENT_TYPE: Final = "application/zip"
_FOLDER: Final = "exports"
_SALT: Final = "storage.archives"


def key_of(archive_id: UUID) -> str:
    return f"{context.current().schema}/{_FOLDER}/{archive_id.hex}.octavo"


def as_file(export: Export) -> StoredFile:
    """The archive as `storage.sending` and `storage.lending` take files. It is never saved."""
    return StoredFile(
        id=export.pk,
        place=export.place,
        key=export.key,
        name=export.name,
        content_type=CONTENT_TYPE,
        size=export.size,
        sha256=export.sha256,
    )


def named(keys: Iterable[str], *, place: str) -> set[str]:
    """Which of the keys belong to an export, made or in the making; nothing is asked where none looks so."""
    folder = f"{context.current().schema}/{_FOLDER}/"
    asked = [key for key in keys if key.startswith(folder)]
    if not asked:
        return set()
    return set(Export.objects.filter(place=place, key__in=asked).values_list("key", flat=True))


def link(export: Export) -> str | None:
    """As `lending.link`: the place's own, None where files are handed out by us."""
    return lending.link(as_file(export))


def signed_token(export: Export) -> str:
    """A token by which whoever holds it may begin to read this archive for `LIFE`, on the organisation's
    hosts."""
    return signing.dumps([context.current().schema, export.pk.hex], salt=_SALT)


def file_by_token(token: str) -> StoredFile:
    """The archive of a signed token of the organisation in context. Raises `LinkExpired`."""
    try:
        schema, export_id = signing.loads(token, salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise LinkExpired from None
    inside = context.current()
    if schema != inside.schema:
        raise LinkExpired
    ready = Export.objects.filter(organisation_id=inside.organisation_id, state=ExportState.READY)
    export = ready.filter(pk=UUID(export_id)).first()
    if export is None:
        raise LinkExpired
    return as_file(export)
