"""Background work on organisations as a whole."""

from typing import Any

from celery import shared_task

from tenants.domains.verifying import check_due
from tenants.organisations.deletion import erase_due


@shared_task(name="tenants.erase_due")
def erase_organisations(**_: Any) -> None:
    """A few times an hour, by the scheduler."""
    erase_due()


@shared_task(name="tenants.check_domains")
def check_domains(**_: Any) -> None:
    """Every few minutes, by the scheduler: whether claimed domains have their record."""
    check_due()
