"""The states of an export, and which may follow which."""

from __future__ import annotations

from typing import Any

from tenants.context import in_public
from tenants.portable.models import Export, ExportState

# One whose worker was killed, or that has to wait, is run again.
ALLOWED: dict[ExportState, tuple[ExportState, ...]] = {
    ExportState.ASKED: (ExportState.RUNNING,),
    ExportState.RUNNING: (ExportState.ASKED, ExportState.RUNNING),
    ExportState.READY: (ExportState.RUNNING,),
    ExportState.FAILED: (ExportState.ASKED, ExportState.RUNNING),
    ExportState.EXPIRED: (ExportState.READY,),
    ExportState.DELETED: (ExportState.ASKED, ExportState.RUNNING, ExportState.READY),
}


class WrongState(RuntimeError):
    """The export is not in a state from which this follows: somebody has deleted it, or it is gone."""


def change_state(export: Export, to: ExportState, **fields: Any) -> None:
    """Raises `WrongState`."""
    with in_public():
        rows = Export.objects.filter(pk=export.pk, state__in=ALLOWED[to])
        changed = rows.update(state=to, **fields)
    if not changed:
        raise WrongState(f"the export {export.pk} is no longer what it was")
    export.state = to
    for name, value in fields.items():
        setattr(export, name, value)


def note(export: Export, **fields: Any) -> None:
    """Write down how far one is that is being made. Raises `WrongState`."""
    with in_public():
        if not Export.objects.filter(pk=export.pk, state=ExportState.RUNNING).update(**fields):
            raise WrongState(f"the export {export.pk} is not being made any more")
    for name, value in fields.items():
        setattr(export, name, value)
