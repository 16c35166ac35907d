"""Who may call: a signed-in member of the organisation whose host was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tenants.accounts.models import User
from tenants.models import Membership

if TYPE_CHECKING:
    # Django REST framework reads this module from its settings while its views are still being imported.
    from rest_framework.views import APIView


class IsMember(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user.is_authenticated) and member(request) is not None


def member(request: Request) -> Membership | None:
    """The caller's membership of the organisation in context, found by the middleware."""
    return cast("Membership | None", getattr(request._request, "membership", None))


def membership(request: Request) -> Membership:
    """The caller's membership, where the permission above has let them in."""
    found = member(request)
    if found is None:
        raise RuntimeError("a view without IsMember asked for the membership")
    return found


def person(request: Request) -> User:
    """Who calls, where the permission above has let them in."""
    return cast(User, request.user)
