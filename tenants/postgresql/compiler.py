"""SQL compilers that qualify every mention of a table with its schema."""

from __future__ import annotations

from django.db.backends.postgresql import compiler as postgresql

from tenants.postgresql.names import TableName
from tenants.postgresql.registry import named_table


class QualifiedNames:
    def quote_name_unless_alias(self, name: str) -> str:
        if isinstance(name, TableName):
            return self._qualified(name)
        if name in self.query.extra_tables:  # type: ignore[attr-defined]
            return self._qualified(named_table(name))
        return super().quote_name_unless_alias(name)  # type: ignore[misc, no-any-return]

    def _qualified(self, name: TableName) -> str:
        # Apart from Django's quote_cache, which is keyed by text and would confuse a table with its namesake.
        cache: dict[str, str] = self.__dict__.setdefault("_qualified_cache", {})
        if name not in cache:
            cache[name] = name.qualified
        return cache[name]


class SQLCompiler(QualifiedNames, postgresql.SQLCompiler):
    pass


class SQLInsertCompiler(QualifiedNames, postgresql.SQLInsertCompiler):
    pass


class SQLDeleteCompiler(QualifiedNames, postgresql.SQLDeleteCompiler):
    pass


class SQLUpdateCompiler(QualifiedNames, postgresql.SQLUpdateCompiler):
    pass


class SQLAggregateCompiler(QualifiedNames, postgresql.SQLAggregateCompiler):
    pass
