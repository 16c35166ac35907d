"""Whom people may sign in with beside us, as far as the environment says how: allauth's settings for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from config.environment import BadSetting, text

Read = Callable[[str], str]

GOOGLE = ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")
APPLE = ("APPLE_CLIENT_ID", "APPLE_TEAM_ID", "APPLE_KEY_ID", "APPLE_PRIVATE_KEY")
OPENID = ("OPENID_ISSUER", "OPENID_CLIENT_ID", "OPENID_CLIENT_SECRET")


def providers(read: Read = text) -> dict[str, Any]:
    """`SOCIALACCOUNT_PROVIDERS`: those that are configured. Raises `BadSetting` where one is by half."""
    made: dict[str, Any] = {}
    if known := _all_or_none(read, GOOGLE):
        client, secret = known
        made["google"] = {
            "APPS": [{"client_id": client, "secret": secret, "key": ""}],
            "SCOPE": ["openid", "profile", "email"],
            "OAUTH_PKCE_ENABLED": True,
        }
    if known := _all_or_none(read, APPLE):
        client, team, key, private = known
        settings = {"certificate_key": private.replace("\\n", "\n")}
        made["apple"] = {"APPS": [{"client_id": client, "secret": key, "key": team, "settings": settings}]}
    if known := _all_or_none(read, OPENID):
        issuer, client, secret = known
        if urlsplit(issuer).scheme not in ("http", "https"):
            raise BadSetting("OPENID_ISSUER", f"must begin with https://, not {issuer!r}")
        app = {"provider_id": "openid", "name": read("OPENID_NAME") or "OpenID", "client_id": client}
        app |= {"secret": secret, "settings": {"server_url": issuer}}  # type: ignore[dict-item]
        made["openid_connect"] = {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    return made


def origins(made: dict[str, Any]) -> list[str]:
    """Where forms that begin signing in may lead, for the content security policy."""
    known = {"google": "https://accounts.google.com", "apple": "https://appleid.apple.com"}
    found = [known[name] for name in made if name in known]
    for app in made.get("openid_connect", {}).get("APPS", []):
        issuer = urlsplit(app["settings"]["server_url"])
        found.append(f"{issuer.scheme}://{issuer.netloc}")
    return found


def _all_or_none(read: Read, names: tuple[str, ...]) -> list[str]:
    values = [read(name) for name in names]
    if all(values):
        return values
    if any(values):
        missing = next(name for name, value in zip(names, values, strict=True) if not value)
        given = next(name for name, value in zip(names, values, strict=True) if value)
        raise BadSetting(missing, f"must be set where {given} is")
    return []
