"""Ringing for background work by name: `enqueue("notifications.deliver", outbox_id=7)`.

A message carries ids, never work: it may be lost or come twice. Every room can ring, and none has to import
the tasks of another. The task runs in the organisation that was entered where the bell was rung.
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from celery import current_app
from django.db import transaction

from tenants.context import current_or_none

logger = logging.getLogger(__name__)

ORGANISATION_HEADER = "octavo_organisation"


def enqueue(name: str, *, after_commit: bool = True, **payload: Any) -> None:
    """Have the task of that name run, with the organisation entered here, once the transaction has committed.

    `payload` is plain JSON (UUIDs may stay UUIDs). A broker that is away is logged and no error: whatever
    must happen in spite of that is a durable step.
    """
    inside = current_or_none()
    headers = {ORGANISATION_HEADER: str(inside.organisation_id) if inside else ""}
    message = {key: str(value) if isinstance(value, UUID) else value for key, value in payload.items()}
    if after_commit:
        transaction.on_commit(lambda: send(name, message, headers=headers), robust=True)
    else:
        send(name, message, headers=headers)


def send(name: str, message: dict[str, Any], **options: Any) -> None:
    """Hand a message to the broker now; one that is away is logged."""
    try:
        current_app.send_task(name, kwargs=message, retry=False, ignore_result=True, **options)
    except Exception:
        logger.warning("broker away, not enqueued", extra={"task": name}, exc_info=True)
