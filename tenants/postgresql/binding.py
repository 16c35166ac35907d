"""A queryset belongs to the organisation in which it was made, where it was made in one.

Its tables are named when it is evaluated. Kept, and evaluated inside another organisation, it would read that
one's rows without a sign; so it is refused. One that was made outside any, as a form's field is when its
module is imported, belongs to whoever evaluates it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.db.models.sql import Query

from tenants.context import current_or_none

_init = Query.__init__


class WrongOrganisation(RuntimeError):
    """A queryset was made inside one organisation and evaluated inside another."""


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
