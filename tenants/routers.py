"""Which database a model's rows are on, and which schema a migration touches."""

from __future__ import annotations

from typing import Any

from tenants.context import current_or_none
from tenants.scopes import Scope, scope_of


class OrganisationRouter:
    """Organisations' tables on the server of the organisation entered; shared tables on the default one."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        inside = current_or_none()
        if inside and scope_of(model._meta.app_label) is Scope.ORGANISATION:
            return inside.alias
        return None

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """An organisation entered: its own apps only. None entered: the shared ones only."""
        inside, scope = current_or_none(), scope_of(app_label)
        if scope is Scope.ORGANISATION:
            return inside is not None and inside.alias == db
        if scope is Scope.SHARED:
            return inside is None and db == "default"
        return None
