"""Asking for an export, and what owners do with one that is there: see it, take it, delete it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenants.context import in_public
from tenants.doorbell import enqueue
from tenants.models import Membership, Organisation, Role
from tenants.people.members import NotAllowed
from tenants.portable.exports.ending import remove_archive
from tenants.portable.exports.states import WrongState, change_state
from tenants.portable.models import Export, ExportState
from tenants.signals import export_changed

MOST_A_DAY: Final = 3  # in 24 hours; those that could not be made do not count
_DAY: Final = timedelta(days=1)


class CannotExport(ValueError):
    """No export is begun now; the message says why, for whoever asked."""


class NotThere(ValueError):
    """There is no archive to be had: it is not ready yet, or not there any more. The message says which."""


def exports_of(organisation_id: UUID) -> QuerySet[Export]:
    """Those that its owners have asked for, the newest first, with who did."""
    return Export.objects.filter(organisation_id=organisation_id).select_related("asked_by")


def ask_for_export(*, by: Membership) -> Export:
    """Have an archive of the whole organisation made in the background. All its owners are told.

    Raises `NotAllowed`, and `CannotExport` where one is under way, or there were too many today.
    """
    _only_owners(by)
    with in_public():
        if until := _too_many_until(by.organisation_id):
            raise CannotExport(_too_many(until))
        try:
            with transaction.atomic():
                export = Export.objects.create(organisation_id=by.organisation_id, asked_by=by.user)
                _tell(export, by, "asked")
                enqueue("tenants.export", export_id=export.pk)
        except IntegrityError:
            raise CannotExport(_("An export is being made already.")) from None
        export.refresh_from_db(fields=["asked_at"])
    return export


def take_export(*, by: Membership, export: Export, again: bool = False) -> Export:
    """An export whose archive is about to be handed out; the download is logged, unless it only goes on.

    Raises `NotAllowed`, `NotThere`.
    """
    _only_owners(by)
    if export.under_way:
        raise NotThere(_("This export is not ready yet."))
    if not export.is_ready or (export.expires_at and export.expires_at <= timezone.now()):
        raise NotThere(_("This export is not there any more. Make a new one."))
    if not again:
        _tell(export, by, "downloaded")
    return export


def delete_export(*, by: Membership, export: Export) -> None:
    """Stop it while it is under way; remove its archive where there is one. Once it is over nothing happens.

    Raises `NotAllowed`.
    """
    _only_owners(by)
    with suppress(WrongState), transaction.atomic():
        change_state(export, ExportState.DELETED, ended_at=timezone.now())
        _tell(export, by, "deleted")
        transaction.on_commit(partial(remove_archive, export), robust=True)


def _only_owners(by: Membership) -> None:
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))


def _too_many_until(organisation_id: UUID) -> datetime | None:
    """When the next may be asked for, where there were too many."""
    since = timezone.now() - _DAY
    counted = Export.objects.filter(organisation_id=organisation_id, asked_at__gt=since)
    times = counted.exclude(state=ExportState.FAILED).order_by("-asked_at").values_list("asked_at", flat=True)
    found = list(times[:MOST_A_DAY])
    return found[-1] + _DAY if len(found) == MOST_A_DAY else None


def _too_many(until: datetime) -> str:
    hours = max(1, -(-int((until - timezone.now()).total_seconds()) // 3600))
    told = ngettext(
        "There were %(most)d exports within a day. You can ask for another one in %(hours)d hour.",
        "There were %(most)d exports within a day. You can ask for another one in %(hours)d hours.",
        hours,
    )
    return told % {"most": MOST_A_DAY, "hours": hours}


def _tell(export: Export, by: Membership, change: str) -> None:
    export_changed.send(
        Organisation, organisation=by.organisation, actor=by.user, export=export, change=change
    )
