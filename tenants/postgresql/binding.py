"""A queryset belongs to the organisation in which it was made, an instance to the one in which it was had.

A queryset's tables are named when it is evaluated. Kept, and evaluated inside another organisation, it would
read that one's rows without a sign; so it is refused. One that was made outside any, as a form's field is
when its module is imported, belongs to whoever evaluates it.

An instance that was read or saved in one organisation, and is saved, deleted, refreshed or asked for what is
related to it in another, is refused too: Django would insert the row that it does not find there. What Django
notes in `_state.db` anyway, the alias, is a `Place`, which knows the schema. An alias that was named by
`using` carries no such mark.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import Any

from django.db.models.sql import Query

from tenants.context import Current, current_or_none

_init = Query.__init__


class WrongOrganisation(RuntimeError):
    """A queryset or an instance of one organisation was used inside another."""


class Place(str):
    """The alias of a database, and the schema whose rows were had through it."""

    __slots__ = ("schema",)
    schema: str


@wraps(_init)
def _made_here(query: Any, *args: Any, **kwargs: Any) -> None:
    _init(query, *args, **kwargs)
    inside = current_or_none()
    if inside is not None:
        query.made_in = inside.schema


def note_where_made() -> None:
    """Let every query know in which organisation it was made; its clones inherit that."""
    Query.made_in = None  # type: ignore[attr-defined]
    Query.__init__ = _made_here  # type: ignore[method-assign, assignment]


def refuse_elsewhere(query: Any) -> None:
    """Raises `WrongOrganisation` where an organisation's table is asked for by another's query."""
    inside = current_or_none()
    if query.made_in is None or inside is None or query.made_in == inside.schema or query.is_empty():
        return
    raise WrongOrganisation(
        f"a queryset of {query.model._meta.label} was made inside {query.made_in} and evaluated inside "
        f"{inside.schema}: make it where it is evaluated, or evaluate it with tenants.context.entered("
        "the organisation that it was made in)"
    )


@lru_cache(maxsize=20_000)
def place(alias: str, schema: str) -> Place:
    made = Place(alias)
    made.schema = schema
    return made


def refuse_from_elsewhere(instance: Any, inside: Current) -> None:
    """Raises `WrongOrganisation` where an instance was had in another organisation."""
    schema = schema_of(instance)
    if schema is None or schema == inside.schema:
        return
    raise WrongOrganisation(
        f"a {instance._meta.label} of {schema} is used inside {inside.schema}: use it inside tenants.context."
        "entered(the organisation that it is of), or read it anew where it is used"
    )


def schema_of(instance: Any) -> str | None:
    """In which organisation an instance was had; None for one that is new, or of the shared tables."""
    return getattr(instance._state.db, "schema", None)
