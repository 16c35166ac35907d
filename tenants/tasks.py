"""Background work on organisations as a whole."""

import logging
from typing import Any

from celery import shared_task

from tenants.domains.verifying import check_due
from tenants.moving import tasks as moving
from tenants.organisations.deletion import erase_due
from tenants.portable.erasing import finish_begun
from tenants.portable.exports import tasks as exports
from tenants.portable.importing import sweep_imports
from tenants.schemas import ready, sweeping
from tenants.schemas.artifact import ArtifactMissing

__all__ = ["exports", "moving"]  # tasks of their own

logger = logging.getLogger(__name__)


@shared_task(name="tenants.erase_due")
def erase_organisations(**_: Any) -> None:
    """A few times an hour, by the scheduler."""
    erase_due()
    finish_begun()
    sweep_imports()


@shared_task(name="tenants.check_domains")
def check_domains(**_: Any) -> None:
    """Every few minutes, by the scheduler: whether claimed domains have their record."""
    check_due()


@shared_task(name="tenants.refill_ready_schemas")
def refill_ready_schemas(**_: Any) -> None:
    """After each sign-up, and once a minute by the scheduler."""
    try:
        ready.refill()
    except ArtifactMissing as missing:  # while a new version is being brought out
        logger.warning("no schemas made ready: %s", missing)


@shared_task(name="tenants.sweep_schemas")
def sweep_schemas(**_: Any) -> None:
    """A few times an hour, by the scheduler."""
    try:
        sweeping.sweep()
    except ArtifactMissing as missing:
        logger.warning("schemas not swept: %s", missing)
