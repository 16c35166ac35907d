"""Background work on organisations as a whole."""

from typing import Any

from celery import shared_task

from tenants.deletion import erase_due


@shared_task(name="tenants.erase_due")
def erase_organisations(**_: Any) -> None:
    """A few times an hour, by the scheduler."""
    erase_due()
