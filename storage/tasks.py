"""Tidying up behind work that ended before its files were shown, and moving files along."""

from __future__ import annotations

import logging
import time
from typing import Final

from celery import shared_task

from storage import moving, sweeping
from storage.places import PlaceFault, UnknownPlace
from tenants.context import current, entered
from tenants.doorbell import enqueue
from tenants.organisations.walking import each_organisation

_MOVING_SECONDS: Final = 1200  # of one run, for all organisations together

logger = logging.getLogger(__name__)


@shared_task(name="storage.move_along")
def move_along() -> None:
    """The files of the organisation that it is rung for, until all lie where they belong. Where it is broken
    off, the next sweep goes on."""
    try:
        moved = moving.move_along(seconds=_MOVING_SECONDS)
    except (PlaceFault, UnknownPlace) as fault:
        logger.error("Files of %s are not moved on: %s", current().schema, fault)
        return
    if moved.files and moved.left > moved.failed:
        enqueue("storage.move_along")


@shared_task(name="storage.sweep")
def sweep() -> None:
    """For every organisation: go on with a move that was broken off, then sweep. A few times a day, by the
    scheduler; a place that does not answer keeps nobody else waiting."""
    until = time.monotonic() + _MOVING_SECONDS
    for organisation in each_organisation():
        with entered(organisation):
            try:
                moving.move_along(seconds=until - time.monotonic())
                sweeping.sweep()
            except (PlaceFault, UnknownPlace) as fault:
                logger.error("Files of %s are not tidied up: %s", organisation.schema_name, fault)
