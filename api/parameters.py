"""The parameters that a view knows, for its description."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from api.asking import FIELDS
from api.pagination import orders_of
from api.views import View

_FIELDS = OpenApiParameter(
    FIELDS,
    str,
    description="Names with commas between them: of each thing, nothing else is told.",
)


def parameters_of(view: Any, method: str) -> list[Any]:
    """Those that the view's class declares; see `api.views`."""
    if not isinstance(view, View):
        return []
    action = getattr(view, "action", None) or method.lower()
    found: list[Any] = [view.queries[action]] if action in view.queries else []
    if method != "GET":
        return found
    if action in view.orders:
        found.append(_ordering(orders_of(view)))
    if action not in view.bytes:
        found.append(_FIELDS)
    return found


def _ordering(offered: list[str]) -> OpenApiParameter:
    return OpenApiParameter("ordering", str, enum=offered, default=offered[0])
