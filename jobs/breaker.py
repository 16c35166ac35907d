"""A breaker for each provider: after failures in a row its steps wait, then one call tries the water."""

from __future__ import annotations

from django.db import connection

from tenants.postgresql.raw import sql

FAILURES = 8  # in a row, over all workers
WINDOW = 60.0  # seconds within which they have to come
COOLDOWN, LONGEST_COOLDOWN = 5.0, 120.0  # seconds, doubled with each opening
_PROBE = 60.0  # seconds until another call may try, should the first never answer


def record_failure(provider: str) -> None:
    """Count a passing failure; the last one allowed opens the breaker, and so does a failed probe."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                """
                INSERT INTO {jobs_providerbreaker} AS b
                    (provider, state, failures, failing_since, times_opened)
                VALUES (%(provider)s, 'CLOSED', 1, now(), 0)
                ON CONFLICT (provider) DO UPDATE SET
                    failures = CASE WHEN b.failing_since < now() - make_interval(secs => %(window)s)
                                    THEN 1 ELSE b.failures + 1 END,
                    failing_since = CASE WHEN b.failures = 0
                                           OR b.failing_since < now() - make_interval(secs => %(window)s)
                                         THEN now() ELSE b.failing_since END
                """
            ),
            {"provider": provider, "window": WINDOW},
        )
        cursor.execute(
            sql(
                """
                UPDATE {jobs_providerbreaker} SET state = 'OPEN', times_opened = times_opened + 1,
                    open_until = now() + make_interval(
                        secs => least(%(longest)s, %(cooldown)s * power(2, least(times_opened, 10))))
                WHERE provider = %(provider)s
                  AND (state = 'PROBING' OR (state = 'CLOSED' AND failures >= %(failures)s))
                """
            ),
            {
                "provider": provider,
                "failures": FAILURES,
                "cooldown": COOLDOWN,
                "longest": LONGEST_COOLDOWN,
            },
        )


def record_success(provider: str) -> None:
    """The provider answers: whatever was counted against it is forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {jobs_providerbreaker} SET state = 'CLOSED', failures = 0, times_opened = 0,"
                " open_until = NULL, failing_since = NULL"
                " WHERE provider = %s AND (failures > 0 OR state <> 'CLOSED')"
            ),
            [provider],
        )


def begin_probe(provider: str) -> bool:
    """Whether the caller is the one whose call may try a provider whose breaker has been open long enough."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {jobs_providerbreaker} SET state = 'PROBING',"
                " open_until = now() + make_interval(secs => %s)"
                " WHERE provider = %s AND state <> 'CLOSED' AND open_until <= now()"
            ),
            [_PROBE, provider],
        )
        return bool(cursor.rowcount)
