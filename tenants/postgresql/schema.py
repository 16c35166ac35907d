"""The schema editor: whatever DDL names without its table takes its schema from the model it belongs to.

PostgreSQL would look such names up on the search_path, and with IF EXISTS the miss would be silent.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.backends.ddl_references import Statement
from django.db.backends.postgresql import schema

from tenants.postgresql.names import EXTENSIONS, TableName
from tenants.postgresql.registry import named_table

# In which schema they are found by everybody; pg_catalog, which the search_path names first, takes none.
_SHARED_OBJECT = re.compile(r'(?P<extension>CREATE EXTENSION [^;]*)\Z|(?P<collation>CREATE COLLATION )(?=")')


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    sql_delete_fk = "SET CONSTRAINTS %(qualified)s IMMEDIATE; ALTER TABLE %(table)s DROP CONSTRAINT %(name)s"

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Extensions and collations are made in `ext`, where a statement does not say otherwise."""
        if isinstance(sql, str) and sql.startswith(("CREATE EXTENSION ", "CREATE COLLATION ")):
            sql = _SHARED_OBJECT.sub(_in_ext, sql)
        super().execute(sql, params)

    def add_field(self, model: Any, field: Any) -> None:
        namespace = self._in_schema_of(model, "")
        stock = schema.DatabaseSchemaEditor.sql_create_column_inline_fk
        self.sql_create_column_inline_fk = stock.replace("%(namespace)s", namespace.replace("%", "%%"))
        super().add_field(model, field)

    def alter_db_table(self, model: Any, old_db_table: str, new_db_table: str) -> None:
        if old_db_table == new_db_table:
            return
        new = named_table(new_db_table)
        names = {
            "old_table": self.quote_name(named_table(old_db_table)),
            "new_table": self.quote_name(str(new)),  # RENAME TO takes a bare name
        }
        self.execute(self.sql_rename_table % names)
        for sql in self.deferred_sql:
            if isinstance(sql, Statement):
                sql.rename_table_references(old_db_table, new)

    def _delete_index_sql(
        self, model: Any, name: str, sql: str | None = None, concurrently: bool = False
    ) -> Statement:
        statement: Statement = super()._delete_index_sql(model, name, sql, concurrently)  # type: ignore[misc]
        statement.parts["name"] = self._in_schema_of(model, statement.parts["name"])
        return statement

    def _rename_index_sql(self, model: Any, old_name: str, new_name: str) -> Statement:
        statement: Statement = super()._rename_index_sql(model, old_name, new_name)  # type: ignore[misc]
        statement.parts["old_name"] = self._in_schema_of(model, statement.parts["old_name"])
        return statement

    def _delete_constraint_sql(self, template: str, model: Any, name: str) -> Statement:
        statement: Statement = super()._delete_constraint_sql(template, model, name)  # type: ignore[misc]
        if "%(table)s" not in template:  # a constraint of expressions or with a condition is an index
            statement.parts["name"] = self._in_schema_of(model, statement.parts["name"])
        return statement

    def _delete_fk_sql(self, model: Any, name: str) -> Statement:
        statement: Statement = super()._delete_fk_sql(model, name)  # type: ignore[misc]
        statement.parts["qualified"] = self._in_schema_of(model, statement.parts["name"])
        return statement

    def _get_sequence_name(self, table: str, column: str) -> TableName | None:
        name = super()._get_sequence_name(table, column)  # type: ignore[misc]
        return type(named_table(table))(name) if name else None

    def _in_schema_of(self, model: Any, quoted_name: object) -> Any:
        schema, _, _ = named_table(model._meta.db_table).qualified.partition('"."')
        return f'{schema}".{quoted_name}'


def _in_ext(statement: re.Match[str]) -> str:
    if collation := statement["collation"]:
        return f'{collation}"{EXTENSIONS}".'
    extension = statement["extension"]
    return extension if " SCHEMA " in extension else f'{extension} SCHEMA "{EXTENSIONS}"'
