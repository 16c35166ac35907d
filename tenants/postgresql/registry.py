"""From a table's text back to the marked name that the models gave it."""

from __future__ import annotations

from difflib import get_close_matches
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


def is_table(name: str) -> bool:
    """Whether a model has a table of this name."""
    return apps.models_ready and name in _tables()


class UnknownTable(LookupError):
    """SQL written by hand names a table that no model has."""


def known_table(name: str) -> TableName:
    """The marked name of a model's table; raises `UnknownTable`, with the names that are nearly the same."""
    try:
        return _tables()[name]
    except KeyError:
        raise UnknownTable(_unknown(name)) from None


def _unknown(name: str) -> str:
    near = get_close_matches(name, _tables(), n=3)
    guess = f": perhaps {' or '.join(near)}" if near else ""
    return f"no model has a table {name!r}{guess}"
