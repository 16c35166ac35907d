"""What of Django's ORM is replaced, so that no way leads past the marks of `tenants.postgresql.binding`.

Most ways need no replacement: they ask the router, which is given the instance, or name the tables of a
query, which knows where it was made. The others follow here: an alias named by `using`, several instances at
once, an instance as a value, SQL written by hand. Each looks at the marks and then does what Django's does.
`tests/tenants/test_binding.py` has a line for each way that there is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from asgiref.sync import sync_to_async
from django.db import models, router
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import related_descriptors
from django.db.models.query import RawQuerySet
from django.db.models.sql import Query
from django.db.models.sql.where import ExtraWhere

from tenants.context import current_or_none
from tenants.postgresql.binding import (
    bind,
    named_place,
    refuse_any_from_elsewhere,
    refuse_texts,
    schema_of,
)
from tenants.postgresql.names import OrganisationTable

# What is replaced: whose, and by which name; and what makes ours of Django's.
_REPLACED: dict[tuple[Any, str], Callable[[Any], Any]] = {}


def guard() -> None:
    """Replace what is listed here; before any model is defined."""
    Query.made_in = None  # type: ignore[attr-defined]
    for (owner, name), replacement in _REPLACED.items():
        stock = getattr(owner, name)
        if not hasattr(_function(stock), "guards"):
            ours = replacement(stock)
            _function(ours).guards = stock
            setattr(owner, name, ours)


def unguard() -> None:
    """Put Django's own back: for the bench, which compares with Django as it is."""
    for owner, name in _REPLACED:
        ours = getattr(owner, name)
        setattr(owner, name, getattr(_function(ours), "guards", ours))


def replaced() -> dict[str, Any]:
    """Django's own of what is replaced, by its dotted name."""
    stock = [_function(getattr(owner, name)).guards for owner, name in _REPLACED]
    return {f"{_function(one).__module__}.{_function(one).__qualname__}": one for one in stock}


def _function(stock: Any) -> Any:
    return stock.fget if isinstance(stock, property) else stock


def _replaces(owner: Any, *names: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    def noted(replacement: Callable[[Any], Any]) -> Callable[[Any], Any]:
        _REPLACED.update({(owner, name): replacement for name in names})
        return replacement

    return noted


# --- Queries: where they were made, and what they are given -------------------------------------------------


@_replaces(Query, "__init__")
def _made_here(stock: Any) -> Any:
    """Its clones inherit it."""

    @wraps(stock)
    def made(query: Any, *args: Any, **kwargs: Any) -> None:
        stock(query, *args, **kwargs)
        inside = current_or_none()
        if inside is not None:
            query.made_in = inside.schema

    return made


@_replaces(Query, "check_query_object_type")
def _given_an_instance(stock: Any) -> Any:
    """Asked of each value that a relation is compared with."""

    @wraps(stock)
    def check_query_object_type(query: Any, value: Any, opts: Any, field: Any) -> None:
        stock(query, value, opts, field)
        if isinstance(value, Model):
            bind(query, schema_of(value))

    return check_query_object_type


@_replaces(Query, "combine")
def _given_a_query(stock: Any) -> Any:
    """`one | other` keeps the first's mark alone."""

    @wraps(stock)
    def combine(query: Any, rhs: Any, connector: Any) -> None:
        if isinstance(query.model._meta.db_table, OrganisationTable):
            bind(query, rhs.made_in)
        stock(query, rhs, connector)

    return combine


@_replaces(RawSQL, "as_sql")
def _sql_as_a_value(stock: Any) -> Any:
    @wraps(stock)
    def as_sql(expression: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_texts([expression.sql])
        return stock(expression, *args, **kwargs)

    return as_sql


@_replaces(ExtraWhere, "as_sql")
def _sql_as_a_condition(stock: Any) -> Any:
    @wraps(stock)
    def as_sql(condition: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_texts(condition.sqls)
        return stock(condition, *args, **kwargs)

    return as_sql


# --- Querysets: which database, and whose instances ---------------------------------------------------------


@_replaces(QuerySet, "db")
@_replaces(RawQuerySet, "db")
def _where_it_is(stock: Any) -> Any:
    """Django's own, to which a database that was named passes by the router. It is asked at each read."""

    @wraps(stock.fget)
    def db(queryset: Any) -> str:
        named = queryset._db
        if named:
            return named_place(named, queryset.model, queryset._hints)
        if getattr(queryset, "_for_write", False):
            return router.db_for_write(queryset.model, **queryset._hints)
        return router.db_for_read(queryset.model, **queryset._hints)

    return property(db)


@_replaces(QuerySet, "bulk_update")
def _given_instances(stock: Any) -> Any:
    @wraps(stock)
    def bulk_update(queryset: Any, objs: Any, *args: Any, **kwargs: Any) -> Any:
        objs = tuple(objs)
        refuse_any_from_elsewhere(objs)
        return stock(queryset, objs, *args, **kwargs)

    return bulk_update


@_replaces(QuerySet, "contains")
def _looked_for(stock: Any) -> Any:
    @wraps(stock)
    def contains(queryset: Any, obj: Any) -> Any:
        refuse_any_from_elsewhere([obj])
        return stock(queryset, obj)

    return contains


# --- Instances ----------------------------------------------------------------------------------------------


@_replaces(Model, "save_base")
def _saved(stock: Any) -> Any:
    @wraps(stock)
    def save_base(instance: Any, *args: Any, using: str | None = None, **kwargs: Any) -> None:
        if using is not None:
            using = named_place(using, instance, {"instance": instance})
        stock(instance, *args, using=using, **kwargs)

    return save_base


@_replaces(Model, "delete", "refresh_from_db", "prepare_database_save")
def _used(stock: Any) -> Any:
    """`delete` and `refresh_from_db` may name a database or a queryset; the third is asked by `update`."""

    @wraps(stock)
    def used(instance: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_any_from_elsewhere([instance])
        return stock(instance, *args, **kwargs)

    return used


@_replaces(models, "prefetch_related_objects")
def _prefetched(stock: Any) -> Any:
    """It shows the router the first alone. Querysets, with rows of one organisation, call Django's own."""

    @wraps(stock)
    def prefetch_related_objects(model_instances: Any, *lookups: Any) -> None:
        refuse_any_from_elsewhere(model_instances)
        stock(model_instances, *lookups)

    return prefetch_related_objects


@_replaces(models, "aprefetch_related_objects")
def _prefetched_async(stock: Any) -> Any:
    @wraps(stock)
    async def aprefetch_related_objects(model_instances: Any, *lookups: Any) -> None:
        await sync_to_async(models.prefetch_related_objects)(model_instances, *lookups)

    return aprefetch_related_objects


@_replaces(related_descriptors, "create_reverse_many_to_one_manager", "create_forward_many_to_many_manager")
def _related(stock: Any) -> Any:
    """Managers of what is related go by the keys of what they are to leave out or to keep."""

    @wraps(stock)
    def create(*args: Any, **kwargs: Any) -> Any:
        manager = stock(*args, **kwargs)
        manager.set = _set(manager.set)
        if hasattr(manager, "remove"):
            manager.remove = _remove(manager.remove)
        return manager

    return create


def _set(stock: Any) -> Any:
    @wraps(stock)
    def set(manager: Any, objs: Any, **options: Any) -> Any:
        objs = tuple(objs)
        refuse_any_from_elsewhere(objs)
        return stock(manager, objs, **options)

    return set


def _remove(stock: Any) -> Any:
    @wraps(stock)
    def remove(manager: Any, *objs: Any, **options: Any) -> Any:
        refuse_any_from_elsewhere(objs)
        return stock(manager, *objs, **options)

    return remove
