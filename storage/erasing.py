"""What becomes of an organisation's files when it is erased: receiver of `tenants.signals`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage, storages

from tenants.models import Organisation


def erase_files(*, organisation: Organisation, **signal: Any) -> None:
    """Remove everything under the organisation's prefix, rows or none; may be repeated."""
    _remove(storages["files"], organisation.schema_name)


def _remove(backend: Storage, folder: str) -> None:
    try:
        folders, names = backend.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        backend.delete(f"{folder}/{name}")
    for name in folders:
        _remove(backend, f"{folder}/{name}")
    with suppress(NotImplementedError, OSError):  # folders are there on disks alone
        Path(backend.path(folder)).rmdir()
