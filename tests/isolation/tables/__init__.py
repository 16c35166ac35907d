"""The table: one file a room, one line a route."""

from __future__ import annotations

from collections.abc import Mapping

from tests.isolation.routes import Route
from tests.isolation.tables import accounts, api, billing, console, developers, lobby, tenants, web

# On organisations' hosts, and on the platform's.
HERE: Mapping[str, Route] = {
    **web.ROUTES,
    **billing.HERE,
    **billing.API,
    **api.ROUTES,
    **tenants.HERE,
    **accounts.HERE,
}
PLATFORM: Mapping[str, Route] = {
    **console.ROUTES,
    **billing.PLATFORM,
    **lobby.ROUTES,
    **developers.ROUTES,
    **api.PLATFORM,
    **tenants.PLATFORM,
    **accounts.PLATFORM,
}
