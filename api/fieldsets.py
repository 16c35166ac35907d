"""`?fields=id,title`: of each thing only what is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import BaseSerializer, ListSerializer, Serializer

from api.asking import FIELDS


def wanted(text: str | None) -> frozenset[str] | None:
    """The names that are asked for; None for all, which an empty list stands for, too."""
    names = frozenset(name.strip() for name in (text or "").split(","))
    return names - {""} or None


def narrow(serializer: BaseSerializer[Any], names: Collection[str]) -> None:
    """Let a serializer leave everything else out, unread. Raises `ValidationError` for a name it has not."""
    one = serializer.child if isinstance(serializer, ListSerializer) else serializer
    if not isinstance(one, Serializer):
        return
    _check(names, one.fields)
    for name in set(one.fields) - set(names):
        one.fields.pop(name)


def narrowed(data: Any, names: Collection[str]) -> Any:
    """The same of an answer that is made already: one thing, a list of them, or a page of a list."""
    if isinstance(data, dict) and {"results", "next"} <= set(data):
        return {**data, "results": narrowed(data["results"], names)}
    if isinstance(data, list):
        return [narrowed(one, names) for one in data]
    _check(names, data)
    return {name: value for name, value in data.items() if name in names}


def _check(names: Iterable[str], known: Iterable[str]) -> None:
    if unknown := set(names) - set(known):
        told = {"unknown": ", ".join(sorted(unknown)), "known": ", ".join(known)}
        words = _("There is no field %(unknown)s. There are: %(known)s.") % told
        raise ValidationError({FIELDS: [words]}, code="unknown-field")
