"""Operations for migrations of organisations' apps."""

from __future__ import annotations

from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation

from tenants.postgresql.raw import sql


class OrganisationSQL(Operation):
    """SQL that changes tables only; it names them in braces, as `tenants.postgresql.raw.sql` takes it.

    `OrganisationSQL("ALTER TABLE {books_book} SET (fillfactor = 90)", reverse="…")`. It is replayed to all
    organisations, so it must not depend on rows; what does belongs into RunPython and `replay = False`.
    """

    replays = True
    reduces_to_sql = True

    def __init__(self, forwards: str, reverse: str | None = None) -> None:
        self.forwards = forwards
        self.reverse = reverse

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        return self.reverse is not None

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Tables as Django's models know them stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            schema_editor.execute(sql(self.forwards), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if self.reverse is None:
            raise NotImplementedError("this SQL has no way back")
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            schema_editor.execute(sql(self.reverse), params=None)

    def describe(self) -> str:
        return "SQL on an organisation's tables"
