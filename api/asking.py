"""What may stand after the question mark: known parameters only, each checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

FIELDS = "fields"


class UnknownParameters(ValidationError):
    """`errors` names those that nobody knows here, and the detail those that are known."""

    default_code = "unknown-parameter"

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        told = ", ".join(sorted(known)) or "–"
        words = _("There is no such parameter here. There are: %(known)s.") % {"known": told}
        super().__init__({name: [words] for name in sorted(unknown)}, code=self.default_code)


class Query(serializers.Serializer[Any]):
    """What can be asked of an operation. `lookups` has the conditions of the filters among its fields."""

    lookups: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def narrowed(cls, rows: QuerySet[Model], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Those rows that all the filters given let through."""
        return rows.filter(
            **{
                lookup: given[name]
                for name, lookup in cls.lookups.items()
                if given.get(name) not in (None, "")
            }
        )


class CreatedQuery(Query):
    """Things by when they were made: `created_after` and `created_before` leave out the moment itself."""

    created_after = serializers.DateTimeField(required=False)
    created_before = serializers.DateTimeField(required=False)

    lookups = {"created_after": "created_at__gt", "created_before": "created_at__lt"}


class ChangedQuery(CreatedQuery):
    """By when they were last changed, too."""

    updated_after = serializers.DateTimeField(required=False)
    updated_before = serializers.DateTimeField(required=False)

    lookups = {
        **CreatedQuery.lookups,
        "updated_after": "updated_at__gt",
        "updated_before": "updated_at__lt",
    }


def checked(kind: type[Query] | None, given: Mapping[str, Any], *, known: Iterable[str]) -> dict[str, Any]:
    """The values of a query. `known` are names that somebody else looks at. Raises `ValidationError`."""
    fields = [] if kind is None else list(kind().fields)
    if unknown := {*given} - {*fields, *known}:
        raise UnknownParameters(unknown, [*fields, *known])
    if kind is None:
        return {}
    asked = kind(data=given)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)
