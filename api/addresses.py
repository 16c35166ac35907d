"""Absolute addresses of things in the API: how they look is found out once, not for each row of a list."""

from __future__ import annotations

import functools
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse


def address_of(request: Any, name: str, **ids: UUID) -> str:
    """Where a thing is on the host that was asked; without `request`, its path alone."""
    path = _form(name, tuple(ids)) % {key: str(value) for key, value in ids.items()}
    return f"{_origin(request)}{path}" if request is not None else path


def _origin(request: Any) -> str:
    """Scheme and host, which every address of an answer begins with."""
    asked = getattr(request, "_request", request)
    if not hasattr(asked, "origin_of_addresses"):
        asked.origin_of_addresses = asked.build_absolute_uri("/")[:-1]
    return str(asked.origin_of_addresses)


@functools.cache
def _form(name: str, keys: tuple[str, ...]) -> str:
    """The path with `%(key)s` where an id stands."""
    ids = {key: str(UUID(int=number + 1)) for number, key in enumerate(keys)}
    path = reverse(name, kwargs=ids, urlconf=settings.ROOT_URLCONF).replace("%", "%%")
    for key, stands_for in ids.items():
        path = path.replace(stands_for, f"%({key})s")
    return path
