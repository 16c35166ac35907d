"""Cache keys that belong to whoever is asking."""

from tenants.context import current_or_none

OF_ACCOUNTS = "allauth"  # attempts and used-up codes are an account's, whatever host it was asked on


def organisation_key(key: str, key_prefix: str, version: int) -> str:
    """`KEY_FUNCTION` of the default cache: one organisation cannot read what another has put there."""
    inside = None if key.startswith(OF_ACCOUNTS) else current_or_none()
    return f"{key_prefix}:{inside.schema if inside else 'public'}:{version}:{key}"
