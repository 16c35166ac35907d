"""Django's command; what concerns organisations is shown for the template schema where none is entered."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import sqlmigrate

from tenants.context import current_or_none, entered
from tenants.schemas.artifact import TEMPLATE
from tenants.scopes import Scope, scope_of


class Command(sqlmigrate.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        if current_or_none() is None and scope_of(options["app_label"]) is Scope.ORGANISATION:
            with entered(TEMPLATE):
                return super().handle(*args, **options)
        return super().handle(*args, **options)
