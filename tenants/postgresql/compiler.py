"""SQL compilers that qualify every mention of a table with its schema."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import compiler as postgresql

from tenants.postgresql.binding import refuse_any_from_elsewhere, refuse_elsewhere
from tenants.postgresql.gates import Followed
from tenants.postgresql.names import OrganisationTable, TableName
from tenants.postgresql.registry import named_table


class QualifiedNames:
    """Asked for every column of every statement: what was answered before is found by one look-up.

    Tables have a memory of their own: Django's `quote_cache` is keyed by text, and would confuse a table with
    a column of the same name. No table gets into it.
    """

    _tables: dict[str, str] | None = None

    def quote_name_unless_alias(self, name: str) -> str:
        if isinstance(name, TableName):
            return (self._tables and self._tables.get(name)) or self._qualified(name)
        extra = self.query.extra_tables  # type: ignore[attr-defined]
        if extra and name in extra:
            return self._qualified(named_table(name))
        known: str | None = self.quote_cache.get(name)  # type: ignore[attr-defined]
        if known is not None:
            return known
        return super().quote_name_unless_alias(name)  # type: ignore[misc, no-any-return]

    def _qualified(self, name: TableName) -> str:
        if self._tables is None:
            self._tables = {}
        known = self._tables.get(name)
        if known is None:
            if isinstance(name, OrganisationTable):
                refuse_elsewhere(self.query)  # type: ignore[attr-defined]
            known = self._tables[name] = name.qualified
        return known


class SQLCompiler(Followed, QualifiedNames, postgresql.SQLCompiler):
    pass


class SQLInsertCompiler(Followed, QualifiedNames, postgresql.SQLInsertCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """Rows inserted in bulk have passed no router, which looks at instances one by one."""
        refuse_any_from_elsewhere(self.query.objs)
        return super().as_sql(*args, **kwargs)


class SQLDeleteCompiler(Followed, QualifiedNames, postgresql.SQLDeleteCompiler):
    pass


class SQLUpdateCompiler(Followed, QualifiedNames, postgresql.SQLUpdateCompiler):
    pass


class SQLAggregateCompiler(Followed, QualifiedNames, postgresql.SQLAggregateCompiler):
    pass
