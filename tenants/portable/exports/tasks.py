"""Exports by themselves: asked for by owners, and gone on with where a worker has died."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from celery import shared_task

from tenants.context import in_public
from tenants.portable.exports import ending, making
from tenants.portable.models import Export
from tenants.schemas.locks import SchemaBusy


@shared_task(name="tenants.export")
def export(*, export_id: str, **_: Any) -> None:
    """What keeps it waiting now is tried again by the scheduler."""
    with in_public():
        found = Export.objects.filter(pk=export_id).first()
        if found is None:
            return
        with suppress(SchemaBusy):  # somebody is at it already, or this process at another
            making.make(found)


@shared_task(name="tenants.go_on_exporting")
def go_on_exporting(**_: Any) -> None:
    """Every minute, by the scheduler."""
    making.ring_for_waiting()


@shared_task(name="tenants.sweep_exports")
def sweep_exports(**_: Any) -> None:
    """Every hour, by the scheduler."""
    ending.sweep()
