"""Who may enter the console: people with a platform role. To everybody else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from tenants.accounts.models import PlatformRole
from tenants.accounts.second_factor import has_second_factor

View = Callable[..., HttpResponseBase]

_READS = frozenset({PlatformRole.ADMIN, PlatformRole.SUPER_ADMIN})
_CHANGES = frozenset({PlatformRole.SUPER_ADMIN})


def staff_only(view: View) -> View:
    """Platform ADMINs may look; signed-out visitors are asked to sign in, members get a 404."""
    return _guarded(view, _READS)


def super_admin_only(view: View) -> View:
    return _guarded(view, _CHANGES)


def may_change(user: AbstractBaseUser | AnonymousUser) -> bool:
    return getattr(user, "role", None) in _CHANGES


def _guarded(view: View, roles: frozenset[str]) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.role not in roles:
            raise Http404
        if settings.OCTAVO_CONSOLE_SECOND_FACTOR and not has_second_factor(request.user):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapper
