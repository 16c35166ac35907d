"""A process's connections to one server: kept, handed out by organisation, and replaced when they are worn.

A PostgreSQL backend keeps in memory what it has learned of every table that it touched. With a schema for
each organisation that grows for as long as the connection lives, so one that has worked for many
organisations is closed when it comes back, and another takes its place.
"""

from __future__ import annotations

import logging
import select
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from tenants.context import current_or_none

UNCHECKED: Final = 30.0  # seconds in which a connection that nothing has come over is taken to be alive
LONG_WAIT: Final = 1.0  # seconds after which waiting for a connection is worth a line in the log

logger = logging.getLogger(__name__)


class Connection(psycopg.Connection[Any]):
    """A connection that knows for which organisations it has worked."""

    organisations: set[str]  # their schemas
    came_back_at: float  # by `monotonic`


@dataclass(frozen=True, slots=True)
class PoolState:
    """A pool at this moment; what counts up does so since the process began."""

    alias: str
    most: int  # connections that it may have
    size: int  # connections that it has, or is opening
    idle: int
    waiting: int  # threads that want a connection now
    asked: int  # times that a connection was asked for
    queued: int  # times that it had to be waited for
    waited_seconds: float
    failed: int  # times that none was had in time
    opened: int  # connections
    recycled: int  # connections closed after many organisations
    known: int  # times that a connection was handed out which knew the organisation


class Pool(ConnectionPool[Connection]):
    """`most_organisations` is how many a connection may work for until it is replaced."""

    def __init__(self, *, alias: str, most_organisations: int, **options: Any) -> None:
        super().__init__(connection_class=Connection, **options)
        self.alias = alias
        self.most_organisations = most_organisations
        self._recycled = self._known = 0
        self._failure = ""

    def state(self) -> PoolState:
        told = self.get_stats()
        return PoolState(
            alias=self.alias,
            most=told["pool_max"],
            size=told["pool_size"],
            idle=told["pool_available"],
            waiting=told["requests_waiting"],
            asked=told.get("requests_num", 0),
            queued=told.get("requests_queued", 0),
            waited_seconds=told.get("requests_wait_ms", 0) / 1000,
            failed=told.get("requests_errors", 0),
            opened=told.get("connections_num", 0),
            recycled=self._recycled,
            known=self._known,
        )

    def getconn(self, timeout: float | None = None) -> Connection:
        """A connection, waited for where all are in use. Raises `PoolTimeout`, which says what to do."""
        began = monotonic()
        try:
            connection = super().getconn(timeout)
        except PoolTimeout:
            seconds = self.timeout if timeout is None else timeout
            raise PoolTimeout(self._why_none(seconds)) from None
        if (waited := monotonic() - began) > LONG_WAIT:
            logger.warning("waited for a database connection", extra=self._told(seconds=round(waited, 1)))
        return connection

    def putconn(self, conn: Connection) -> None:
        conn.came_back_at = monotonic()
        if len(conn.organisations) >= self.most_organisations:
            conn._expire_at = 0.0  # so that it is closed, and another opened
            self._recycled += 1
            logger.info(
                "database connection recycled", extra=self._told(organisations=len(conn.organisations))
            )
        super().putconn(conn)

    def _get_ready_connection(self, timeout: float | None) -> Connection | None:
        inside = current_or_none()
        if inside is not None and inside.alias == self.alias and self._pool:
            self._bring_forward(inside.schema)
        return super()._get_ready_connection(timeout)

    def _bring_forward(self, schema: str) -> None:
        """Put the idle connection first that knows the organisation, else the one that knows fewest."""
        best = 0
        for place, connection in enumerate(self._pool):
            if schema in connection.organisations:
                best = place
                self._known += 1
                break
            if len(connection.organisations) < len(self._pool[best].organisations):
                best = place
        if best:
            chosen = self._pool[best]
            del self._pool[best]
            self._pool.appendleft(chosen)

    def _connect(self, timeout: float | None = None) -> Connection:
        try:
            connection = super()._connect(timeout)
        except Exception as error:
            self._failure = " ".join(str(error).split())
            raise
        self._failure = ""
        connection.organisations = set()
        connection.came_back_at = monotonic()
        return connection

    def _check_connection(self, conn: Connection) -> None:
        """Ask the server only where the connection was idle for long, or something has come over it."""
        if monotonic() - conn.came_back_at > UNCHECKED or _has_news(conn):
            super()._check_connection(conn)

    def _why_none(self, seconds: float) -> str:
        if self._failure:
            return f"the database {self.alias!r} cannot be reached: {self._failure}"
        if self._growing:  # the one that is being opened counts already
            return (
                f"no connection to the database {self.alias!r} was free for {seconds:g} s, and the server "
                f"has not opened another meanwhile (number {self._nconns} of {self.max_size}): it is slow"
            )
        return (
            f"no connection to the database {self.alias!r} was free for {seconds:g} s: this process may have "
            f"{self.max_size}, all are in use, and {len(self._waiting)} more threads wait. Raise "
            "OCTAVO_DATABASE_POOL (and PostgreSQL's max_connections with it), or run more processes"
        )

    def _told(self, **more: Any) -> dict[str, Any]:
        return {"database": self.alias, "connections": self._nconns, "waiting": len(self._waiting), **more}


def _has_news(connection: Connection) -> bool:
    """Whether the server has said something unasked, as it does when it ends a connection."""
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        return bool(poll.poll(0))
    except (OSError, psycopg.Error):
        return True
