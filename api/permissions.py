"""Who may call: a member of the organisation, signed in on its host or by a key that has the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tenants.accounts.models import User
from tenants.api_keys.scopes import scope_for
from tenants.models import Membership, Role
from tenants.people.members import may_run, may_see_people

if TYPE_CHECKING:
    # Django REST framework reads this module from its settings while its views are still being imported.
    from rest_framework.views import APIView


class MissingScope(PermissionDenied):
    """The key would have to have `scope` (RFC 6750, section 3.1)."""

    default_code = "missing_scope"

    def __init__(self, scope: str) -> None:
        super().__init__(_("This key would need the scope %(scope)s.") % {"scope": scope})
        self.auth_header = f'Bearer error="insufficient_scope", scope="{scope}"'


class IsMember(BasePermission):
    """Everybody who belongs to the organisation; a key needs the scope of what the view is about, too."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if member(request) is None or not request.user.is_authenticated:
            return False
        _check_scope(request, view)
        return True


def _check_scope(request: Request, view: APIView) -> None:
    """Raises `MissingScope`. Sessions may whatever their member may."""
    key = getattr(request._request, "api_key", None)
    if key is None:
        return
    resource = resource_of(view)
    if resource is not None and (scope := scope_for(resource, request.method or "")) not in key.scopes:
        raise MissingScope(scope)


def resource_of(view: APIView) -> str | None:
    """What a view is about: one of `tenants.api_keys.scopes.Resource`; None is nobody's in particular.

    The class says so by `resource`, and by `resources` for those of its actions that are about another.
    """
    try:
        of_all: str | None = view.resource  # type: ignore[attr-defined]
    except AttributeError:
        raise ImproperlyConfigured(f"{type(view).__name__} does not say its `resource`") from None
    of_actions: dict[str, str] = getattr(view, "resources", {})
    return of_actions.get(getattr(view, "action", "") or "", of_all)


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
