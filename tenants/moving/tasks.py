"""Moves by themselves: asked for in the console, and gone on with where a process has died."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from tenants.context import in_public
from tenants.models import Move
from tenants.moving import old_copies
from tenants.moving.carrying_out import MoveFailed, carry_out
from tenants.schemas.locks import SchemaBusy

logger = logging.getLogger(__name__)


@shared_task(name="tenants.move")
def move(*, move_id: str, **_: Any) -> None:
    """What keeps it waiting now is tried again by the scheduler."""
    with in_public():
        found = Move.objects.filter(pk=move_id).first()
        if found is None:
            return
        try:
            carry_out(found, wait=0)
        except (SchemaBusy, MoveFailed) as error:
            logger.warning("%s", error, extra={"move": move_id})


@shared_task(name="tenants.go_on_moving")
def go_on_moving(**_: Any) -> None:
    """Every minute, by the scheduler."""
    old_copies.go_on()


@shared_task(name="tenants.drop_old_copies")
def drop_old_copies(**_: Any) -> None:
    """Every hour, by the scheduler."""
    old_copies.drop_due()
