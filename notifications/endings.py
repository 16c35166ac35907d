"""Streams end with the right to read them: when a key is revoked, or its member leaves, they hear of it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from notifications import stream
from tenants import signals
from tenants.context import Enterable, entered


def listen() -> None:
    signals.api_key_revoked.connect(_key_revoked)
    signals.member_gone.connect(_member_gone)


def topic_of(membership_id: UUID | str) -> str:
    """On which the streams of a member hear that they are over."""
    return f"ends:{membership_id}"


def is_for(data: bytes, *, key: str) -> bool:
    """Whether an event of that topic ends the streams of a key, "" for those of a session."""
    ended = json.loads(data)["key"]
    return ended in (None, key)


def _key_revoked(*, organisation: Enterable, key: Any, **signal: Any) -> None:
    if key.membership_id is not None:
        _end(organisation, key.membership_id, key=str(key.pk))


def _member_gone(*, organisation: Enterable, membership: Any, **signal: Any) -> None:
    _end(organisation, membership.pk, key=None)


def _end(organisation: Enterable, membership_id: UUID, *, key: str | None) -> None:
    with entered(organisation):
        stream.publish(topic_of(membership_id), {"key": key}, kind="end")
