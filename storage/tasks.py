"""Tidying up behind work that ended before its files were shown."""

from __future__ import annotations

from celery import shared_task

from storage import files
from tenants.context import entered
from tenants.models import Organisation


@shared_task(name="storage.sweep")
def sweep() -> None:
    """Remove abandoned files of every organisation; a few times a day, by the scheduler."""
    for organisation in Organisation.objects.order_by("created_at").iterator():
        with entered(organisation):
            files.sweep()
