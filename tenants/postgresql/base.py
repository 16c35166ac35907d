"""Django's PostgreSQL backend with qualified table names and a search_path that holds no table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS
from django.utils.functional import cached_property

from tenants.postgresql.client import DatabaseClient
from tenants.postgresql.creation import DatabaseCreation
from tenants.postgresql.cursors import Cursor, DebugCursor
from tenants.postgresql.enclosing import Enclosing
from tenants.postgresql.introspection import DatabaseIntrospection
from tenants.postgresql.operations import DatabaseOperations
from tenants.postgresql.pooling import PooledConnections
from tenants.postgresql.remedies import RemedyingErrors
from tenants.postgresql.schema import DatabaseSchemaEditor

SEARCH_PATH = "pg_catalog,ext"  # never an organisation's schema


class DatabaseWrapper(Enclosing, PooledConnections):
    client_class = DatabaseClient
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
    introspection_class = DatabaseIntrospection
    SchemaEditorClass = DatabaseSchemaEditor

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, str(alias))  # it may be opened by a `binding.Place`

    @cached_property
    def wrap_database_errors(self) -> RemedyingErrors:
        return RemedyingErrors(self)

    def make_cursor(self, cursor: Any) -> Cursor:
        return Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> DebugCursor:
        return DebugCursor(cursor, self)

    def get_connection_params(self) -> dict[str, Any]:
        if self.settings_dict["NAME"] == "":
            raise ImproperlyConfigured(
                "DATABASE_URL is not set: start with ./octavo, or set it to a PostgreSQL"
            )
        params = super().get_connection_params()
        if not settings.OCTAVO_TRANSACTION_POOLING:  # a pooler refuses it: the role has it as its own setting
            # sql: this is the path that shows no table
            params["options"] = f"{params.get('options', '')} -c search_path={SEARCH_PATH}".strip()
        return params
