"""Who may call: a signed-in member of the organisation whose host was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tenants.accounts.models import User
from tenants.members import may_run, may_see_people
from tenants.models import Membership, Role

if TYPE_CHECKING:
    # Django REST framework reads this module from its settings while its views are still being imported.
    from rest_framework.views import APIView


class IsMember(BasePermission):
    """Everybody who belongs to the organisation."""

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


def acting(request: Request) -> Membership:
    """The same, with the person and the organisation that doings of the organisation need."""
    found: Membership = Membership.objects.select_related("user", "organisation").get(
        pk=membership(request).pk
    )
    return found


class RunsOrganisation(IsMember):
    """Owners and admins."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and may_run(membership(request))


class OwnsOrganisation(IsMember):
    """Owners."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and membership(request).role == Role.OWNER


class SeesPeople(IsMember):
    """Everybody but guests to look, owners and admins to change anything."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        may = may_see_people if request.method in SAFE_METHODS else may_run
        return may(membership(request))


def person(request: Request) -> User:
    """Who calls, where the permission above has let them in."""
    return cast(User, request.user)
