"""Cache keys that belong to whoever is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.cache import caches

from tenants.context import current_or_none

if TYPE_CHECKING:
    from tenants.models import Organisation

OF_ACCOUNTS = "allauth"  # attempts and used-up codes are an account's, whatever host it was asked on


def organisation_key(key: str, key_prefix: str, version: int) -> str:
    """`KEY_FUNCTION` of the default cache: one organisation cannot read what another has put there."""
    inside = None if key.startswith(OF_ACCOUNTS) else current_or_none()
    return f"{key_prefix}:{inside.schema if inside else 'public'}:{version}:{key}"


def erase_cached(*, organisation: Organisation, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_erasing`."""
    cast(Any, caches["default"]).clear_beginning(f"{organisation.schema_name}:")


def cached_traces(*, schema: str, **signal: Any) -> dict[str, int]:
    """Receiver of `tenants.signals.organisation_traces`: how many keys are left."""
    return {"the cache": cast(Any, caches["default"]).count_beginning(f"{schema}:")}
