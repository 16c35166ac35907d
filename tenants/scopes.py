"""Which apps are shared by all organisations and which live in each organisation's own schema."""

from __future__ import annotations

from enum import Enum
from functools import cache

from django.apps import AppConfig, apps
from django.conf import settings


class Scope(Enum):
    SHARED = "shared"
    ORGANISATION = "organisation"


@cache
def _scopes() -> dict[str, Scope]:
    if not apps.apps_ready:
        raise RuntimeError("models were imported before the apps were registered")
    found: dict[str, Scope] = {}
    for config in apps.app_configs.values():
        if _listed(config, settings.SHARED_APPS):
            found[config.label] = Scope.SHARED
        elif _listed(config, settings.TENANT_APPS):
            found[config.label] = Scope.ORGANISATION
    return found


def _listed(config: AppConfig, names: list[str]) -> bool:
    path = f"{type(config).__module__}.{type(config).__qualname__}"
    return config.name in names or path in names


def scope_of(app_label: str) -> Scope | None:
    """The scope of an app; None for labels that are no installed app's, such as Django's own `migrations`."""
    return _scopes().get(app_label)


def organisation_apps() -> list[str]:
    """Labels of the apps whose tables live in every organisation's schema."""
    return [label for label, scope in _scopes().items() if scope is Scope.ORGANISATION]
