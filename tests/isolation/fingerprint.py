"""All rows of an organisation in one query: those of its schema, and what is its or its people's in public.

Which rows of a shared table belong to an organisation is found from the models themselves: by the shortest
way of references to an organisation or to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import ForeignKey, Model, Q
from django.db.models.query import QuerySet

from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tenants.scopes import Scope, scope_of

LONGEST_WAY = 4  # references from a row to its organisation
# Every request notes its session as seen, and some end it.
PASSING: tuple[type[Model], ...] = (Session, UserSession)

Fingerprint = dict[str, tuple[int, str]]


class Rows:
    """All rows of an organisation and of its people; the query is made once."""

    def __init__(self, organisation: Organisation, people: Sequence[User]) -> None:
        with entered(organisation):
            self._sql, self._params = _in_one(organisation.name, list(_rows(organisation, people)))

    def fingerprint(self) -> Fingerprint:
        """The number of rows and a digest of them, by table."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._params)
            return {label: (count, digest) for label, count, digest in cursor.fetchall()}


def changed(before: Fingerprint, after: Fingerprint) -> list[str]:
    """The tables that are not as they were."""
    return sorted(label for label in before if before[label] != after[label])


def unowned() -> list[str]:
    """Shared tables whose rows are nobody's: the platform's own, such as plans."""
    return [model._meta.label for model in _shared() if not ways_home(model)]


@cache
def ways_home(model: type[Model]) -> tuple[str, ...]:
    """The look-ups that lead from a shared row to its organisation and to its person, where there are any."""
    found: dict[type[Model], str] = {}
    ways: list[tuple[str, type[Model]]] = [("", model)]
    for _step in range(LONGEST_WAY):
        further = []
        for way, of in ways:
            for target, lookup in _references(of, way):
                if target in (Organisation, User):
                    found.setdefault(target, lookup)
                else:
                    further.append((f"{lookup}__", target))
        ways = [] if found else further
    return ("pk",) if model in (Organisation, User) else tuple(found.values())


def _references(model: type[Model], way: str) -> Iterator[tuple[type[Model], str]]:
    for one in model._meta.concrete_fields:
        if one.attname == "organisation_id":
            yield Organisation, f"{way}organisation_id"
        elif isinstance(one, ForeignKey) and one.related_model is not model:
            yield one.related_model, f"{way}{one.name}"


def _rows(organisation: Organisation, people: Sequence[User]) -> Iterator[QuerySet[Any]]:
    for model in apps.get_models():
        if scope_of(model._meta.app_label) is Scope.ORGANISATION:
            yield model._base_manager.all()
    for model in _shared():
        if ways := ways_home(model):
            own = Q()
            for way in ways:
                own |= _leads(model, way, organisation, people)
            yield model._base_manager.filter(own)


def _leads(model: type[Model], way: str, organisation: Organisation, people: Sequence[User]) -> Q:
    to_people = model is User or not way.endswith(("organisation", "organisation_id", "tenant", "pk"))
    return Q((f"{way}__in", [person.pk for person in people] if to_people else [organisation.pk]))


def _shared() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if scope_of(model._meta.app_label) is Scope.SHARED and model not in PASSING
    ]


def _in_one(name: str, parts: list[QuerySet[Any]]) -> tuple[str, list[Any]]:
    selects, params = [], []
    for rows in parts:
        meta = rows.model._meta
        key = meta.pk.column
        sql, given = rows.order_by().values("pk").query.sql_with_params()
        selects.append(
            f"SELECT '{name}: {meta.label}', count(*),"
            f" coalesce(md5(string_agg(r::text, '|' ORDER BY r.{key}::text)), '')"
            f" FROM {meta.db_table.qualified} r WHERE r.{key} IN ({sql})"
        )
        params.extend(given)
    return " UNION ALL ".join(selects), params
