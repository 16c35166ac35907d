"""Pages by cursor: stable while rows are added and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as Unfit
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView

MOST = 100
PARAMETERS = ("limit", "cursor", "ordering")


class NewestFirst(CursorPagination):
    """In one of the orders that the view offers for its action (`orders`), the first unless told; what is
    equal in it comes by id, which is by age."""

    page_size = 25
    max_page_size = MOST
    page_size_query_param = "limit"

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        offered = orders_of(view)
        chosen = request.query_params.get("ordering", offered[0])
        if chosen not in offered:
            words = _("One of: %(known)s.") % {"known": ", ".join(offered)}
            raise ValidationError({"ordering": [words]}, code="invalid_choice")
        return (chosen, "-id" if chosen.startswith("-") else "id")

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get("limit")
        if given is None:
            return self.page_size
        if not (given.isascii() and given.isdecimal() and len(given) < 5 and 1 <= int(given) <= MOST):
            raise ValidationError({"limit": [_("From 1 to %(most)d.") % {"most": MOST}]}, code="invalid")
        return int(given)

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise _bad_cursor() from None
        if cursor is not None and "\0" in str(cursor.position or ""):
            raise _bad_cursor()
        return cursor

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (Unfit, OverflowError) as error:  # a position of another order
            raise _bad_cursor() from error


def orders_of(view: Any) -> list[str]:
    """What the view's present action can be ordered by: a name, with "-" the other way round."""
    offered = view.orders.get(view.action) or ("-created_at",)
    both = [offered[0], *offered[1:]]
    both += [_turned(name) for name in both if _turned(name) not in both]
    return both


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _bad_cursor() -> ValidationError:
    words = _("This is no cursor of this list: take it from next or previous.")
    return ValidationError({"cursor": [words]}, code="invalid")
