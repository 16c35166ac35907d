"""How Django's connections come by their PostgreSQL connections, and what they note of their work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base

from tenants.context import current_or_none, inside_as_now
from tenants.postgresql.pool import Pool, PoolState


class PooledConnections(base.DatabaseWrapper):
    """Part of the backend: takes connections from our pool, and notes for which organisations they work."""

    _connection_pools: ClassVar[dict[str, Pool]] = {}
    organisations: set[str]  # that the present connection has worked for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = set()

    @property
    def pool(self) -> Pool | None:
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == NO_DB_ALIAS or not options:
            return None
        found = self._connection_pools.get(self.alias)
        return found or self._connection_pools.setdefault(self.alias, self._new_pool(options))

    @property
    def is_worn(self) -> bool:
        """Whether the connection has worked for so many organisations that it should be given back."""
        return len(self.organisations) >= settings.OCTAVO_ORGANISATIONS_PER_CONNECTION

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self.organisations = getattr(connection, "organisations", None) or set()
        if self.pool:
            connection.organisations = self.organisations
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        inside = current_or_none()
        if inside is not None and inside.alias == self.alias:
            self.organisations.add(inside.schema)
        return super().create_cursor(name)

    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        """What is to be done after the commit is done in the organisation in which that was said."""
        super().on_commit(inside_as_now(func) if callable(func) else func, robust)

    def _new_pool(self, options: dict[str, Any]) -> Pool:
        if self.settings_dict.get("CONN_MAX_AGE", 0) != 0:
            raise ImproperlyConfigured("CONN_MAX_AGE must be 0 where there is a pool.")
        return Pool(
            alias=self.alias,
            most_organisations=settings.OCTAVO_ORGANISATIONS_PER_CONNECTION,
            kwargs={**self.get_connection_params(), "autocommit": True},
            open=False,
            configure=self._configure_connection,  # type: ignore[attr-defined]
            check=Pool.check_connection if self.settings_dict["CONN_HEALTH_CHECKS"] else None,
            **options,
        )


def pool_states() -> Iterator[PoolState]:
    """Of each server that this process has a pool for."""
    for pool in list(PooledConnections._connection_pools.values()):
        yield pool.state()


def give_back_worn() -> None:
    """Give back this thread's connections that have worked for many organisations, where nothing is open.

    For loops over many organisations and threads that keep their connections: the next statement takes
    another.
    """
    for connection in connections.all(initialized_only=True):
        worn = connection.connection is not None and getattr(connection, "is_worn", False)
        if worn and not connection.in_atomic_block:
            connection.close()


_of_the_parent: list[Any] = []


def _forget_in_child() -> None:
    """A forked process has the parent's sockets and none of its threads: it opens connections of its own."""
    _of_the_parent.extend(PooledConnections._connection_pools.values())  # never closed from here
    PooledConnections._connection_pools.clear()


os.register_at_fork(after_in_child=_forget_in_child)
