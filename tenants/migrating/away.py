"""What ends a run early, and what keeps it from the organisations of one server alone."""

from __future__ import annotations

from typing import Any

import psycopg

from tenants.schemas.direct import open_direct


class RunStopped(RuntimeError):
    """Something is wrong that would befall every organisation: the run ends here, and what is done stays."""


class ServerAway(RunStopped):
    """A server gives no connection. Organisations on others are not concerned, unless it is `default`."""

    def __init__(self, alias: str, error: BaseException) -> None:
        super().__init__(f"the database {alias} gives no connection ({in_words(error)})")
        self.alias = alias


def opened(alias: str, **parameters: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of one's own, as `open_direct` opens it. Raises `ServerAway`."""
    try:
        return open_direct(alias, **parameters)
    except psycopg.OperationalError as error:
        raise ServerAway(alias, error) from error


def in_words(error: BaseException) -> str:
    """An error's first line, with PostgreSQL's code where it has one."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    code = getattr(error, "sqlstate", None)
    return f"{first} [{code}]" if code else first
