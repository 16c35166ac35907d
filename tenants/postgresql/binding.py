"""A queryset belongs to the organisation in which it was made, an instance to the one in which it was had.

A queryset's tables are named when it is evaluated. Kept, and evaluated inside another organisation, it would
read that one's rows without a sign; so it is refused. One that was made outside any, as a form's field is
when its module is imported, belongs to whoever evaluates it, or to the organisation of the first instance
that it is given as a value. SQL that was written by hand is the text of one organisation likewise.

An instance that was read or saved in one organisation is refused in another, where it is saved, deleted,
refreshed, given to a query or asked for what is related to it: Django would insert the row that it does not
find there, or take the row of the same key for it. What Django notes in `_state.db` anyway, the alias, is a
`Place`, which knows the schema. What is replaced of Django to that end: `tenants.postgresql.guarding`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Model

from tenants.context import Current, NoOrganisation, current_or_none
from tenants.postgresql.names import OrganisationTable


class WrongOrganisation(RuntimeError):
    """A queryset, an instance or SQL of one organisation was used inside another."""


class Place(str):
    """The alias of a database, and the schema whose rows were had through it."""

    __slots__ = ("schema",)
    schema: str


class OwnText(str):
    """SQL that names tables of one organisation, whose schema it knows."""

    __slots__ = ("schema",)
    schema: str


@lru_cache(maxsize=20_000)
def place(alias: str, schema: str) -> Place:
    made = Place(alias)
    made.schema = schema
    return made


def own_text(text: str, schema: str) -> OwnText:
    made = OwnText(text)
    made.schema = schema
    return made


def schema_of(instance: Any) -> str | None:
    """In which organisation an instance was had; None for one that is new, or of the shared tables.

    A shared row that was read along with an organisation's carries the mark too, and is everybody's.
    """
    schema: str | None = getattr(instance._state.db, "schema", None)
    return schema if schema and isinstance(instance._meta.db_table, OrganisationTable) else None


def bind(query: Any, schema: str | None) -> None:
    """Let a query belong to the organisation of what it is given. Raises `WrongOrganisation`."""
    if schema is None or query.made_in == schema:
        return
    if query.made_in is not None:
        raise WrongOrganisation(
            f"a queryset of {query.model._meta.label} that was made inside {query.made_in} is given "
            f"something of {schema}: read it anew inside {query.made_in}, or make the queryset with "
            "tenants.context.entered(the organisation that it is of)"
        )
    query.made_in = schema


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


def refuse_from_elsewhere(instance: Any, inside: Current) -> None:
    """Raises `WrongOrganisation` where an instance was had in another organisation."""
    schema = schema_of(instance)
    if schema is None or schema == inside.schema:
        return
    raise WrongOrganisation(
        f"a {instance._meta.label} of {schema} is used inside {inside.schema}: use it inside tenants.context."
        "entered(the organisation that it is of), or read it anew where it is used"
    )


def refuse_any_from_elsewhere(given: Iterable[Any]) -> None:
    """The same of several, of which those that are no instances say nothing: keys, for one."""
    inside = current_or_none()
    if inside is not None:
        for instance in given:
            if isinstance(instance, Model):
                refuse_from_elsewhere(instance, inside)


def refuse_relation(first: Any, second: Any) -> None:
    """Raises `WrongOrganisation` where one was had in another organisation than the other."""
    here, there = schema_of(first), schema_of(second)
    if here and there and here != there:
        raise WrongOrganisation(
            f"a {first._meta.label} of {here} and a {second._meta.label} of {there} cannot be related: "
            "read both inside the same organisation"
        )


def refuse_texts(texts: Iterable[str]) -> None:
    """Raises `WrongOrganisation` for SQL of another organisation than here, `NoOrganisation` outside."""
    for text in texts:
        if isinstance(text, OwnText):
            refuse_text(text, current_or_none())


def refuse_text(text: OwnText, inside: Current | None) -> None:
    if inside is None:
        raise NoOrganisation(
            f"this SQL was written inside {text.schema} and no organisation is entered: "
            f"use tenants.context.entered(organisation) where it is sent\n{text}"
        )
    if text.schema != inside.schema:
        raise WrongOrganisation(
            f"this SQL was written inside {text.schema} and is sent inside {inside.schema}: call tenants."
            f"postgresql.raw.sql where it is sent, each time\n{text}"
        )


def named_place(alias: str, model: Any, hints: dict[str, Any]) -> str:
    """A database that somebody has named, as a `Place` where the model is an organisation's.

    Raises `WrongOrganisation` where it was named by an instance of elsewhere, or for one.
    """
    inside = current_or_none()
    if inside is None or not isinstance(model._meta.db_table, OrganisationTable):
        return alias
    if "instance" in hints:
        refuse_from_elsewhere(hints["instance"], inside)
    schema = getattr(alias, "schema", inside.schema)
    if schema != inside.schema:
        raise WrongOrganisation(
            f"{model._meta.label} is asked for where an instance of {schema} was had, inside "
            f"{inside.schema}: leave out `using`, since the organisation entered says which database it is"
        )
    return place(alias, schema)
