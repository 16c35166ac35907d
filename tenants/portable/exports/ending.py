"""The end of exports: their time is over, somebody has deleted them, or the organisation is being erased."""

from __future__ import annotations

import logging
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from tenants.context import entered, in_public
from tenants.models import Organisation
from tenants.portable.exports.states import WrongState, change_state
from tenants.portable.files import Away, store
from tenants.portable.models import UNDER_WAY, Export, ExportState
from tenants.schemas.locks import exclusive

REMEMBERED: Final = timedelta(days=90)  # that there was one; the archive itself goes long before
STOPPING: Final = 30.0  # seconds that whoever makes one has to notice that it is not wanted any more

logger = logging.getLogger(__name__)


def lock_of(export: Export) -> str:
    """The name of the lock that whoever makes it holds: see `tenants.schemas.locks`."""
    return f"export {export.pk}"


def workplace_of(export: Export) -> Path:
    """The folder on this machine in which it is put together."""
    return Path(settings.EXPORTS_FOLDER) / export.pk.hex


def remove_archive(export: Export) -> None:
    """From where it lies; where that place is away, by the next sweep."""
    if not export.key:
        return
    try:
        with entered(export.organisation):
            store().remove_archive(place=export.place, key=export.key)
    except Away as away:
        logger.error("an export cannot be removed yet: %s", away, extra={"export": str(export.pk)})
        return
    with in_public():
        Export.objects.filter(pk=export.pk).update(key="", place="")
    export.key = export.place = ""


def sweep() -> int:
    """Remove archives whose time is over and what was left behind; how many. For the scheduler."""
    with in_public():
        for export in Export.objects.filter(state=ExportState.READY, expires_at__lte=timezone.now()):
            _expire(export)
        left = Export.objects.exclude(key="").exclude(state__in=(*UNDER_WAY, ExportState.READY))
        ended = list(left.select_related("organisation"))
        for export in ended:
            remove_archive(export)
        forgotten = Export.objects.filter(key="", asked_at__lte=timezone.now() - REMEMBERED)
        forgotten.exclude(state__in=UNDER_WAY).delete()
        tidy_workplaces()
    return sum(not export.key for export in ended)


def tidy_workplaces() -> None:
    """Remove what is half made on this machine and nobody goes on with."""
    folders = {one.name: one for one in _folders()}
    if not folders:
        return
    with in_public():
        wanted = Export.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True)
        for name in folders.keys() - {pk.hex for pk in wanted}:
            shutil.rmtree(folders[name], ignore_errors=True)


def stop_for_erasing(*, organisation: Organisation, **signal: Any) -> None:
    """Receiver: nobody makes one of it any more, and nothing of it is left on this machine.

    Its archives are among the organisation's files and go with them. Raises `schemas.locks.SchemaBusy`.
    """
    with in_public():
        for export in Export.objects.filter(organisation_id=organisation.pk):
            if export.under_way:
                _stop(export)
            shutil.rmtree(workplace_of(export), ignore_errors=True)


def _expire(export: Export) -> None:
    with suppress(WrongState):  # somebody has just deleted it
        change_state(export, ExportState.EXPIRED)


def _stop(export: Export) -> None:
    with suppress(WrongState):
        change_state(export, ExportState.DELETED, ended_at=timezone.now())
    with exclusive(lock_of(export), wait=STOPPING):
        return


def _folders() -> list[Path]:
    base = Path(settings.EXPORTS_FOLDER)
    return [one for one in base.iterdir() if one.is_dir()] if base.is_dir() else []
