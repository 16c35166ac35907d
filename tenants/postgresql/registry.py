"""From a table's text back to the marked name that the models gave it."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from tenants.postgresql.names import TableName


def named_table(name: str) -> TableName:
    """The marked name of a table written as text; one that no model has is looked for where we are."""
    return name if isinstance(name, TableName) else _tables().get(name) or TableName(name)


@cache
def _tables() -> dict[str, TableName]:
    apps.check_models_ready()
    names = (model._meta.db_table for model in apps.get_models(include_auto_created=True))
    return {str(name): name for name in names if isinstance(name, TableName)}


class UnknownTable(LookupError):
    """SQL written by hand names a table that no model has."""


def known_table(name: str) -> TableName:
    """The marked name of a model's table; raises `UnknownTable`."""
    try:
        return _tables()[name]
    except KeyError:
        raise UnknownTable(f"no model has a table {name!r}") from None
