"""Secrets of endpoints, and the headers by which receivers know that a message is ours."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from standardwebhooks import Webhook

from notifications.webhooks.catalogue import example_of
from notifications.webhooks.models import Endpoint, Event
from tenants.sealing import unseal

OVERLAP: Final = timedelta(hours=24)  # for which the former secret signs beside the new one
_BYTES: Final = 32  # of a secret; the specification has 24 to 64


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def secrets_of(endpoint: Endpoint, *, now: datetime) -> list[str]:
    """Those that sign now, the newest first."""
    found = [unseal(endpoint.secret)]
    if endpoint.former_secret and endpoint.former_secret_until and endpoint.former_secret_until > now:
        found.append(unseal(endpoint.former_secret))
    return found


def body_of(event: Event) -> bytes:
    """The same bytes with every attempt."""
    data = _in_order(event.data, example_of(event.type))
    said = {"type": event.type, "timestamp": _moment(event.occurred_at), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_for(*, webhook_id: str, body: bytes, signed_by: list[str], now: datetime) -> dict[str, str]:
    """With a signature by each secret, as the specification has it for rotation."""
    signatures = (Webhook(secret).sign(webhook_id, now, body.decode()) for secret in signed_by)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Octavo-Webhooks/1",
    }


def _in_order(data: Any, example: Any) -> Any:
    """The fields as the documentation shows them; the database keeps no order."""
    if not isinstance(data, dict) or not isinstance(example, dict):
        return data
    names = [name for name in example if name in data] + [name for name in data if name not in example]
    return {name: _in_order(data[name], example.get(name)) for name in names}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
