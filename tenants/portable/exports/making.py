"""An export from the moment a worker takes it up until its archive lies among the organisation's files.

It is put together on the worker's machine, as `tenants.portable.exporting` does it, then kept in the place
where the organisation's new files go. One whose worker was killed is taken up again by whoever is rung next:
what a partial archive on the same machine has already is not fetched again.
"""

from __future__ import annotations

import errno
import logging
import shutil
import threading
import time
from datetime import timedelta
from typing import Final

from django.db import OperationalError, connections, transaction
from django.db.models import F
from django.utils import timezone

from tenants.context import entered, in_public
from tenants.doorbell import send
from tenants.models import Organisation
from tenants.portable import exporting
from tenants.portable.archive import CannotWrite
from tenants.portable.exporting import Exported
from tenants.portable.exports import reasons
from tenants.portable.exports.ending import lock_of, remove_archive, tidy_workplaces, workplace_of
from tenants.portable.exports.states import WrongState, change_state, note
from tenants.portable.files import Away, store
from tenants.portable.models import UNDER_WAY, Export, ExportState
from tenants.schemas.locks import SchemaBusy, exclusive
from tenants.signals import export_changed

KEPT: Final = timedelta(days=7)
TRIES: Final = 8  # killed workers count, so that one that kills each of them ends
RUNG_AT_ONCE: Final = 20
RUNG_EVERY: Final = 60  # seconds
TOLD_EVERY: Final = 1.0  # seconds between two lines on how far it is
# From which percent to which each part counts: files take the longest, then the archive is read back.
_PARTS: Final = {"Files": (0, 70), "Tables": (70, 75), "Checking": (75, 90), "Keeping": (90, 99)}

logger = logging.getLogger(__name__)


_one_at_a_time = threading.Lock()  # in a process, whose other threads have other work


def make(export: Export) -> None:
    """Make it, or go on with it. Whatever happens is in its row afterwards, and told to who asked.

    Raises `SchemaBusy` where somebody else is making it, or this process makes another.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise SchemaBusy("this process is making another export")
    try:
        with in_public(), exclusive(lock_of(export), wait=0):
            tidy_workplaces()
            found = Export.objects.select_related("organisation", "asked_by").filter(pk=export.pk).first()
            if found is not None and found.under_way:
                _make(found)
    finally:
        _one_at_a_time.release()


def ring_for_waiting() -> int:
    """Ring for the oldest exports that are not made yet, begun or not; how many. For the scheduler.

    Where somebody is making one, whoever hears it does nothing.
    """
    with in_public():
        waiting = Export.objects.filter(state__in=UNDER_WAY).order_by("asked_at").values_list("pk", flat=True)
        found = list(waiting[:RUNG_AT_ONCE])
    for pk in found:
        send("tenants.export", {"export_id": str(pk)}, expires=RUNG_EVERY)
    return len(found)


def _make(export: Export) -> None:
    try:
        change_state(export, ExportState.RUNNING, attempts=F("attempts") + 1)
        export.refresh_from_db(fields=["attempts"])
        if export.attempts > TRIES:
            _fail(export, reasons.BROKEN)
        else:
            _put_together(export)
    except WrongState:  # it was deleted meanwhile
        logger.info("an export is not wanted any more", extra={"export": str(export.pk)})
        export.state = ExportState.DELETED
        remove_archive(export)
    except (SchemaBusy, OperationalError) as error:
        _wait_or_fail(export, reasons.BUSY, error)
    except Away as error:
        _wait_or_fail(export, reasons.FILES_AWAY, error)
    except CannotWrite as error:
        logger.error("an export could not be written: %s", error, extra={"export": str(export.pk)})
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        _fail(export, reasons.NO_ROOM if full else reasons.BROKEN)
    except Exception:
        logger.exception("an export broke", extra={"export": str(export.pk)})
        _fail(export, reasons.BROKEN)
    finally:
        if not export.under_way:
            shutil.rmtree(workplace_of(export), ignore_errors=True)


def _put_together(export: Export) -> None:
    path = workplace_of(export) / "archive.octavo"
    part = path.with_name(f"{path.name}.part")
    if path.exists() and not part.exists():  # whoever was killed had it whole: its files are in it
        path.rename(part)
    progress = _Progress(export)
    made = exporting.export(export.organisation, to=path, say=progress, actor=export.asked_by)
    _keep(export, made, progress)


def _keep(export: Export, made: Exported, progress: _Progress) -> None:
    """Its row says where it will lie before anything lies there: whoever is killed leaves no stray."""
    name = f"{export.organisation.slug}-{export.asked_at:%Y-%m-%d}.octavo"
    with entered(export.organisation):
        place, key = store().place_for_archive(export.pk)
        note(export, place=place, key=key, name=name)
        sha256 = store().keep_archive(made.path, place=place, key=key, name=name, say=progress)
    now = timezone.now()
    with transaction.atomic():
        change_state(
            export,
            ExportState.READY,
            size=made.size,
            sha256=sha256,
            digest=made.digest,
            missing=len(made.missing),
            percent=100,
            reason="",
            ended_at=now,
            expires_at=now + KEPT,
        )
        _tell(export, "ready")


def _wait_or_fail(export: Export, reason: str, error: Exception) -> None:
    """The scheduler rings again for what may pass by itself."""
    logger.warning("an export has to wait: %s", error, extra={"export": str(export.pk)})
    if export.attempts >= TRIES:
        _fail(export, reason)
        return
    try:
        change_state(export, ExportState.ASKED, reason=reason)
    except WrongState:
        export.state = ExportState.DELETED
        remove_archive(export)


def _fail(export: Export, reason: str) -> None:
    try:
        with transaction.atomic():
            change_state(export, ExportState.FAILED, reason=reason, ended_at=timezone.now())
            _tell(export, "failed")
    except WrongState:
        export.state = ExportState.DELETED
    remove_archive(export)


def _tell(export: Export, change: str) -> None:
    export_changed.send(
        Organisation, organisation=export.organisation, actor=export.asked_by, export=export, change=change
    )


class _Progress:
    """Writes down how far it is, about once a second. Raises `WrongState` once it is not wanted any more."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._told = time.monotonic() - TOLD_EVERY

    def __call__(self, what: str, done: int, total: int) -> None:
        if connections["default"].in_atomic_block:  # while rows are taken nothing may be written
            return
        now = time.monotonic()
        if now - self._told < TOLD_EVERY:
            return
        self._told = now
        first, last = _PARTS.get(what, (0, 0))
        share = done / total if total else 1
        note(self._export, percent=max(self._export.percent, first + int((last - first) * share)))
