"""The places where files lie: this machine's disk, or a bucket or container of a cloud.

    place = places.named("default")       # that of FILES_URL; others by their names in FILES_PLACES
    place.put(key, stream, about)         # the whole of it, or nothing

django-storages speaks to the services; `contract.Place` is what the rest of the platform knows of them.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from storage.places.contract import About, Damaged, Lying, Missing, Place, PlaceFault, Refused, Unavailable

DEFAULT: Final = "default"
__all__ = [
    "DEFAULT",
    "About",
    "Damaged",
    "Lying",
    "Missing",
    "Place",
    "PlaceFault",
    "Refused",
    "Unavailable",
    "UnknownPlace",
    "named",
    "names",
]


class UnknownPlace(LookupError):
    """A place by a name that FILES_PLACES does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no place for files is called {name}: FILES_PLACES names them")


def names() -> list[str]:
    """Every place of this installation, the one of FILES_URL first."""
    others = [name.removeprefix("files-") for name in settings.STORAGES if name.startswith("files-")]
    return [DEFAULT, *others]


def named(name: str) -> Place:
    """Raises `UnknownPlace`."""
    alias = "files" if name == DEFAULT else f"files-{name}"
    if alias not in settings.STORAGES:
        raise UnknownPlace(name)
    backend = storages[alias]
    if isinstance(backend, Place):
        return backend
    assert isinstance(backend, FileSystemStorage)  # Django's own will do for a disk
    from storage.places.disk import Disk

    return Disk(location=backend.location)
