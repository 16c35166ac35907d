"""Events about exports of the whole organisation: a receiver of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit
from tenants import signals
from tenants.portable.models import Export


def listen() -> None:
    signals.export_changed.connect(tell)


def tell(*, export: Export, change: str, **signal: Any) -> None:
    if change == "ready":
        emit("export.ready", _told(export), organisation_id=export.organisation_id)


def _told(export: Export) -> dict[str, Any]:
    assert export.expires_at is not None
    return {
        "id": str(export.pk),
        "status": str(export.state),
        "size": export.size,
        "expires_at": export.expires_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "url": api_url(f"exports/{export.pk}/"),
    }
