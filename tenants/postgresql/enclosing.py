"""One transaction over two servers: what `transaction.atomic()` begins on `default` takes the others along.

Public tables are on `default`, an organisation's may be on another server. Inside `atomic()` the first
statement that goes to such a server begins a transaction there too, with the savepoints that are open; from
then on savepoints are set, released and rolled back on both, and both end together. What waits for the commit
is done after both.

The organisation's server commits first, when what `default` may still object to (deferred constraints) has
been asked. Should `default` be lost in the moment between the two, then what an organisation wrote stands
and what was written to public does not: a step of a job is done again, where the other order would lose its
result.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.backends.postgresql import base
from django.db.utils import DEFAULT_DB_ALIAS

logger = logging.getLogger(__name__)


class Enclosing(base.DatabaseWrapper):
    """Part of the backend: ends and marks the transactions of other servers together with its own.

    `passed` holds the schemas whose gate the present transaction has passed: see `tenants.postgresql.gates`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.enclosed: list[Enclosed] = []
        self.open_savepoints: list[str] = []
        self.passed: set[str] = set()
        super().__init__(*args, **kwargs)

    def _savepoint(self, sid: str) -> None:
        super()._savepoint(sid)  # type: ignore[misc]
        self.open_savepoints.append(sid)
        for other in self.enclosed:
            other.repeat(self.ops.savepoint_create_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self.passed.clear()  # what was locked since is locked no more
        del self.open_savepoints[self._after(sid) :]
        for other in self.enclosed:
            other.passed.clear()
            other.repeat(self.ops.savepoint_rollback_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        super()._savepoint_commit(sid)  # type: ignore[misc]
        if sid in self.open_savepoints:
            del self.open_savepoints[self.open_savepoints.index(sid) :]
        for other in self.enclosed:
            other.repeat(self.ops.savepoint_commit_sql(sid))

    def _commit(self) -> None:
        if self.enclosed:
            with self.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self._end_enclosed(commit=True)
            try:
                super()._commit()  # type: ignore[misc]
            except Exception:
                logger.exception("committed on an organisation's server, and not on the default one")
                raise
        else:
            super()._commit()  # type: ignore[misc]
        self._forget_transaction()

    def _rollback(self) -> None:
        self._end_enclosed(commit=False)
        super()._rollback()  # type: ignore[misc]
        self._forget_transaction()

    def close(self) -> None:
        self._end_enclosed(commit=False)
        self._forget_transaction()
        super().close()

    def _after(self, sid: str) -> int:
        return self.open_savepoints.index(sid) + 1 if sid in self.open_savepoints else 0

    def _end_enclosed(self, *, commit: bool) -> None:
        while self.enclosed:
            self.enclosed[0].leave(commit=commit)

    def _forget_transaction(self) -> None:
        self.open_savepoints.clear()
        self.passed.clear()


class Enclosed(Enclosing):
    """Part of the backend of further servers: a transaction of `default` is one here as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._own_block = self._own_doubt = False
        self._joined = self._apart = False
        super().__init__(*args, **kwargs)

    @property
    def outer(self) -> Any:
        return connections[DEFAULT_DB_ALIAS]

    @property
    def is_enclosed(self) -> bool:
        """Whether a transaction is open on `default` that what is done here belongs to."""
        return not self._own_block and not self._apart and self.outer.in_atomic_block

    @property
    def in_atomic_block(self) -> bool:
        return self._own_block or self.is_enclosed

    @in_atomic_block.setter
    def in_atomic_block(self, value: bool) -> None:
        self._own_block = value

    @property
    def needs_rollback(self) -> bool:
        return self.outer.needs_rollback if self.is_enclosed else self._own_doubt

    @needs_rollback.setter
    def needs_rollback(self, value: bool) -> None:
        if self._joined or (value and self.is_enclosed):
            self.outer.needs_rollback = value
        else:
            self._own_doubt = value

    def connect(self) -> None:
        """Django's own, which forgets the blocks that have been entered; those of `default` go on."""
        blocks = self.savepoint_ids, self.atomic_blocks
        apart, self._apart = self._apart, True
        try:
            super().connect()
        finally:
            self._apart = apart
        if self.is_enclosed:
            self.savepoint_ids, self.atomic_blocks = blocks

    def close(self) -> None:
        if self._joined:
            super().close()  # marks the transaction as broken
            return
        apart, self._apart = self._apart, True
        try:
            super().close()
        finally:
            self._apart = apart

    def get_autocommit(self) -> bool:
        self._join()
        return super().get_autocommit()

    def _cursor(self, name: str | None = None) -> Any:
        self._join()
        return super()._cursor(name)  # type: ignore[misc]

    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        if self.is_enclosed:
            self.outer.on_commit(func, robust)
        else:
            super().on_commit(func, robust)

    def repeat(self, statement: str) -> None:
        """A statement about savepoints, as `default` has just executed it."""
        with self.wrap_database_errors:
            self.connection.execute(statement)

    def leave(self, *, commit: bool) -> None:
        """End the transaction together with that of `default`. What goes wrong on committing is raised."""
        self._joined, self._own_doubt = False, False
        self.outer.enclosed.remove(self)
        self._forget_transaction()
        if self.closed_in_transaction or self.connection is None:
            self.closed_in_transaction, self.connection = False, None
            return
        try:
            with self.wrap_database_errors:
                self.connection.commit() if commit else self.connection.rollback()
                self._set_autocommit(True)  # type: ignore[attr-defined]
                self.autocommit = True
        except Exception:
            self.close()
            self.connection = None
            if commit:
                raise

    def _join(self) -> None:
        """Begin a transaction where `default` has one open and none was begun here yet."""
        if self._joined or not self.is_enclosed:
            return
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            self._set_autocommit(False)  # type: ignore[attr-defined]
            self.autocommit = False
            self._joined = True
            self.outer.enclosed.append(self)
            for sid in self.outer.open_savepoints:
                self.connection.execute(self.ops.savepoint_create_sql(sid))
