"""Start-up checks on what the tenancy design demands of models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from tenants.postgresql.names import TableName
from tenants.scopes import Scope, scope_of


@register("tenants")
def check_tables(app_configs: Any, **options: Any) -> list[CheckMessage]:
    found = apps.get_models(include_auto_created=True)
    return [*_same_name_twice(found), *_unmarked(found), *_bad_references(found)]


def _same_name_twice(found: list[type[models.Model]]) -> Iterator[CheckMessage]:
    scopes = defaultdict(set)
    for model in found:
        scopes[str(model._meta.db_table)].add(scope_of(model._meta.app_label))
    for table, of_table in scopes.items():
        if len(of_table) > 1:
            yield Error(
                f"The table {table} is both a shared one and an organisation's.",
                hint="Give one of the two models another db_table.",
                id="tenants.E001",
            )


def _unmarked(found: list[type[models.Model]]) -> Iterator[CheckMessage]:
    for model in found:
        if not isinstance(model._meta.db_table, TableName):
            yield Error(
                f"{model._meta.label} was defined before table names were marked.",
                hint="Keep 'tenants' first in INSTALLED_APPS and import no models from any apps.py.",
                obj=model,
                id="tenants.E002",
            )


def _bad_references(found: list[type[models.Model]]) -> Iterator[CheckMessage]:
    for model in found:
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey):
                yield from _bad_reference(model, field)


def _bad_reference(model: type[models.Model], field: Any) -> Iterator[CheckMessage]:
    here, there = scope_of(model._meta.app_label), scope_of(field.related_model._meta.app_label)
    if here is Scope.SHARED and there is Scope.ORGANISATION:
        yield Error(
            "A shared table cannot refer to an organisation's.",
            hint="Keep the organisation and a plain UUID instead.",
            obj=field,
            id="tenants.E003",
        )
    if here is Scope.ORGANISATION and there is Scope.SHARED and field.db_constraint:
        yield Error(
            "A foreign key from an organisation's table to a shared one must not be a database constraint.",
            hint="Set db_constraint=False (deleting a user would visit every organisation otherwise).",
            obj=field,
            id="tenants.E004",
        )
    if (
        here is Scope.ORGANISATION
        and there is Scope.SHARED
        and field.remote_field.on_delete is not models.DO_NOTHING
    ):
        yield Error(
            "Deleting a shared row cannot cascade into organisations' tables.",
            hint="Set on_delete=models.DO_NOTHING and let a clean-up job follow.",
            obj=field,
            id="tenants.E005",
        )
