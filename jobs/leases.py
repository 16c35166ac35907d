"""Extending leases: one UPDATE for everything that a process holds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from jobs.kinds import ClaimedStep
from tenants.postgresql.raw import sql


def extend_leases(steps: Sequence[ClaimedStep], *, lease: float) -> set[UUID]:
    """Extend the leases by `lease` seconds from now; answers the ids of the steps that are still held."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {jobs_step} AS s SET lease_until = clock_timestamp() + make_interval(secs => %s)"
                " FROM unnest(%s::uuid[], %s::int[]) AS held (id, fence)"
                " WHERE s.id = held.id AND s.fence = held.fence AND s.status = 'LEASED' RETURNING s.id"
            ),
            [lease, [step.id for step in steps], [step.fence for step in steps]],
        )
        return {row[0] for row in cursor.fetchall()}
