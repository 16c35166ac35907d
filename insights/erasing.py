"""The one door through the guard of the activity log: for erasing what tells of somebody who is gone.

Each doing is part of the caller's transaction, and the door is shut again before it returns.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from tenants.models import Organisation


def erase_lines(*, organisation: Organisation, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_erased`: what happened there is not told any more."""
    with _unguarded() as cursor:
        cursor.execute(
            "DELETE FROM public.insights_activitylog WHERE organisation_id = %s OR"
            " (resource_type = 'tenants.organisation' AND resource_id = %s)",
            [organisation.pk, str(organisation.pk)],
        )


@contextmanager
def _unguarded() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL octavo.erasing = 'on'")
        yield cursor
        cursor.execute("SET LOCAL octavo.erasing = 'off'")
