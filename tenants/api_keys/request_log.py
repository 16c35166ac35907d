"""Writing down what was asked with keys: gathered in memory, written by a thread of its own every second.

What a process has gathered when it is killed is lost, at most that second.
"""

from __future__ import annotations

import atexit
import json
import logging
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from tenants.api_keys.models import LoggedRequest
from tenants.context import in_public
from tenants.keys import uuid7
from tenants.postgresql.raw import sql

logger = logging.getLogger(__name__)

KEPT: Final = timedelta(days=30)
_MOST_WAITING: Final = 20_000  # beyond it the oldest are lost
_BATCH: Final = 1000
_LONGEST_PATH: Final = 300

_waiting: deque[Mapping[str, Any]] = deque(maxlen=_MOST_WAITING)
_lock = threading.Lock()
_writer: threading.Thread | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with a key, and how it went."""

    organisation_id: UUID
    key_id: UUID
    method: str
    path: str
    status: int
    milliseconds: int
    request_id: str
    address: str | None
    at: datetime


def note(asked: Asked) -> None:
    """To be written down soon."""
    _waiting.append({"id": uuid7(), **_columns(asked)})
    if _writer is None and settings.OCTAVO_REQUEST_LOG_SECONDS is not None:
        _start()


def write_down() -> int:
    """Write what is waiting; how many there were."""
    written = 0
    while rows := _take():
        with in_public():
            _insert(rows)
        written += len(rows)
    return written


def forget_old() -> int:
    """Those of more than 30 days ago. Ids begin with the time, so that they are found by the primary key."""
    moment = int((timezone.now() - KEPT).timestamp() * 1000)
    first = UUID(int=moment << 80)
    gone: int = LoggedRequest.objects.filter(id__lt=first)._raw_delete(LoggedRequest.objects.db)
    return gone


def _insert(rows: list[Mapping[str, Any]]) -> None:
    """By one statement; Django's own way takes several times as long for the values."""
    with connection.cursor() as cursor:
        cursor.execute(sql(_INSERT), {"rows": json.dumps(rows, default=str)})


def _columns(asked: Asked) -> dict[str, Any]:
    return {
        "organisation_id": asked.organisation_id,
        "key_id": asked.key_id,
        "method": asked.method[:8],
        "path": asked.path[:_LONGEST_PATH].replace("\0", ""),
        "status": asked.status,
        "milliseconds": asked.milliseconds,
        "request_id": asked.request_id,
        "address": asked.address,
        "at": asked.at,
    }


def _take() -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    while _waiting and len(rows) < _BATCH:
        rows.append(_waiting.popleft())
    return rows


def _start() -> None:
    global _writer  # noqa: PLW0603 - one a process
    with _lock:
        if _writer is None:
            _writer = threading.Thread(target=_keep_writing, name="request-log", daemon=True)
            _writer.start()
            atexit.register(_write_quietly)


def _keep_writing() -> None:
    pause = threading.Event()
    while True:
        pause.wait(settings.OCTAVO_REQUEST_LOG_SECONDS)
        _write_quietly()


def _write_quietly() -> None:
    try:
        close_old_connections()
        write_down()
    except DatabaseError:
        logger.warning("some requests were not written down", exc_info=True)
    finally:
        connection.close()


_INSERT = """
INSERT INTO {api_keys_loggedrequest}
    (id, organisation_id, key_id, method, path, status, milliseconds, request_id, address, at)
SELECT id, organisation_id, key_id, method, path, status, milliseconds, request_id, address, at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS asked (
    id uuid, organisation_id uuid, key_id uuid, method text, path text, status int, milliseconds int,
    request_id text, address inet, at timestamptz)
"""
