"""Serializers that show rows of a model, and find out once what their fields are.

Django REST framework builds the fields of a model serializer anew for each answer: a quarter of what reading
one book costs.
"""

from __future__ import annotations

from copy import copy, deepcopy
from typing import Any, Final, TypeVar

from django.db.models import Model
from rest_framework import serializers

from api.text import ModelSerializer

Row = TypeVar("Row", bound=Model)

_built: Final[dict[type, dict[str, Any]]] = {}


class ShownSerializer(ModelSerializer[Row]):
    """For `Meta.fields` that are the same for everybody who asks."""

    def get_fields(self) -> dict[str, Any]:
        built = _built.get(type(self))
        if built is None:
            built = _built[type(self)] = dict(super().get_fields())
        return {name: _another(field) for name, field in built.items()}


def _another(field: Any) -> Any:
    """One that can be bound to another serializer. What holds fields of its own is copied with them."""
    holds_fields = isinstance(field, serializers.BaseSerializer) or any(
        hasattr(field, name) for name in ("child", "child_relation")
    )
    return deepcopy(field) if holds_fields else copy(field)
