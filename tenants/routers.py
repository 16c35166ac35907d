"""Which database a model's rows are on, and which schema a migration touches."""

from __future__ import annotations

from typing import Any

from django.db.utils import DEFAULT_DB_ALIAS

from tenants.context import current_or_none
from tenants.postgresql.binding import place, refuse_from_elsewhere, refuse_relation
from tenants.postgresql.gates import known_place
from tenants.postgresql.names import OrganisationTable, SharedTable
from tenants.scopes import Scope, scope_of


class OrganisationRouter:
    """Organisations' tables on the server of the organisation entered; shared tables on the default one."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Shared tables are said to be on `default`: else Django looks for them where a row came from."""
        table = model._meta.db_table
        if isinstance(table, SharedTable):
            return DEFAULT_DB_ALIAS
        inside = current_or_none()
        if inside and isinstance(table, OrganisationTable):
            if "instance" in hints:
                refuse_from_elsewhere(hints["instance"], inside)
            return place(known_place(inside), inside.schema)
        return None

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Raises `WrongOrganisation` for rows of two; Django's own complaint would name one alias twice."""
        refuse_relation(first, second)
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """An organisation entered: its own apps only. None entered: the shared ones only."""
        inside, scope = current_or_none(), scope_of(app_label)
        if scope is Scope.ORGANISATION:
            return inside is not None and known_place(inside) == db
        if scope is Scope.SHARED:
            return inside is None and db == DEFAULT_DB_ALIAS
        return None
