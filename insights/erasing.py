"""The one door through the guard of the activity log: for erasing what tells of somebody who is gone.

Each doing is part of the caller's transaction, and the door is shut again before it returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Organisation


def erase_lines(*, organisation: Organisation, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_erased`: what happened there is not told any more."""
    with _unguarded() as cursor:
        cursor.execute(
            "DELETE FROM public.insights_activitylog WHERE organisation_id = %s OR"
            " (resource_type = 'tenants.organisation' AND resource_id = %s)",
            [organisation.pk, str(organisation.pk)],
        )


def organisations_of_old(*, user: User, **signal: Any) -> list[UUID]:
    """Receiver of the signal of that name: those in which somebody ever did something."""
    lines = ActivityLog.objects.filter(actor_id=user.pk)
    return [known for known in lines.values_list("organisation_id", flat=True).distinct() if known]


def forget_names(*, user: User, addresses: Sequence[str], **signal: Any) -> None:
    """Receiver of `tenants.signals.account_erased`: what somebody did stays told, by an id that leads to
    nobody; their name, their addresses and where they did it from are gone."""
    with _unguarded() as cursor:
        cursor.execute(
            "UPDATE public.insights_activitylog SET actor_name = '', ip_address = NULL, user_agent = ''"
            " WHERE actor_id = %s",
            [user.pk],
        )
        cursor.execute(
            "UPDATE public.insights_activitylog SET resource_name = '',"
            " details = details - 'email' - 'passkey'"
            " WHERE resource_type = 'accounts.user' AND resource_id = %s",
            [str(user.pk)],
        )
        cursor.execute(
            "UPDATE public.insights_activitylog SET details = details - 'name' - 'email'"
            " WHERE lower(details->>'email') = ANY(%s)",
            [list(addresses)],
        )


@contextmanager
def _unguarded() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL octavo.erasing = 'on'")
        yield cursor
        cursor.execute("SET LOCAL octavo.erasing = 'off'")
