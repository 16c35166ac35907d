"""An organisation's files for `tenants.portable`: taken along, brought in, and looked for once it is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from storage import archives, files, places
from storage.homes import home_of
from storage.models import StoredFile
from storage.places import About, Missing, PlaceFault, UnknownPlace
from tenants.context import current
from tenants.portable.files import Away, Carried, Gone
from tenants.portable.progress import Progress


class Store:
    """A `tenants.portable.files.FileStore`."""

    def listed(self) -> Iterator[Carried]:
        rows = StoredFile.objects.exclude(sha256="").order_by("key")
        for row in rows.iterator():
            yield Carried(row.key, row.name, row.content_type, row.size, row.sha256)

    def pieces(self, file: Carried) -> Iterator[bytes]:
        row = StoredFile.objects.filter(key=file.key).first()
        if row is None:
            raise Gone(f"{file.key} was deleted meanwhile")
        with _told():
            yield from files.blocks(row)

    def has(self, file: Carried) -> bool:
        with _told():
            lying = places.named(_home()).stat(file.key)
        return lying is not None and lying.size == file.size

    def put(self, file: Carried, stream: IO[bytes]) -> None:
        about = About(file.name, file.content_type, file.size, file.sha256)
        with _told():
            place = places.named(_home())
            place.put(file.key, stream, about)
            digest = hashlib.sha256()
            for piece in place.stream(file.key, start=0, end=file.size):
                digest.update(piece)
            if digest.hexdigest() != file.sha256:
                place.remove(file.key)
                raise Away(f"{file.key} did not arrive whole in {_home()}")

    def place_for_archive(self, archive_id: UUID) -> tuple[str, str]:
        return home_of(current().organisation_id), archives.key_of(archive_id)

    def keep_archive(self, path: Path, *, place: str, key: str, name: str, say: Progress) -> str:
        with _told(), path.open("rb") as stream:
            about = About(name, archives.CONTENT_TYPE, *files.measure(stream))
            where = places.named(place)
            where.put(key, stream, about)
            digest, done = hashlib.sha256(), 0
            for piece in where.stream(key, start=0, end=about.size):
                digest.update(piece)
                done += len(piece)
                say("Keeping", done, about.size)
            if digest.hexdigest() != about.sha256:
                where.remove(key)
                raise Away(f"{key} did not arrive whole in {place}")
        return about.sha256

    def remove_archive(self, *, place: str, key: str) -> None:
        with _told():
            places.named(place).remove(key)

    def settled(self) -> Mapping[str, Mapping[str, Any]]:
        return {StoredFile._meta.db_table: {"place": _home(), "moved_from": "", "moved_at": None}}

    def key_columns(self) -> frozenset[tuple[str, str]]:
        return frozenset({(str(StoredFile._meta.db_table), "key")})

    def lying(self, schema: str) -> Mapping[str, int]:
        with _told():
            found = {name: sum(1 for _one in places.named(name).listing(schema)) for name in places.names()}
        return {name: number for name, number in found.items() if number}

    def empty(self, schema: str) -> None:
        with _told():
            for name in places.names():
                places.named(name).empty(schema)


def _home() -> str:
    """Where files of an organisation go for which nobody has chosen another place."""
    return str(settings.FILES_PLACE)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Missing as error:
        raise Gone(str(error)) from error
    except (PlaceFault, UnknownPlace) as error:
        raise Away(str(error)) from error
