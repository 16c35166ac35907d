"""Paystack's webhooks: the seal, and what each of them says to look at.

The seal is the hex HMAC-SHA512 of the raw body under the secret key (pypaystack2 can check it as well, but
not in constant time). There is no id in a message, and it may come twice, late, and in any order.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from billing.gateways.contract import Event, Forged, Topic

SIGNATURE: Final = "x-paystack-signature"
MOST_BYTES: Final = 1_000_000  # of a body; the longest genuine ones, on expiring cards, are far below it
NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
ID: Final = re.compile(r"[A-Za-z0-9._=-]{1,100}")

TOPICS: Final = {
    "charge.success": Topic.CHARGE,
    "subscription.create": Topic.RENEWALS,
    "subscription.enable": Topic.RENEWALS,
    "subscription.not_renew": Topic.RENEWALS,
    "subscription.disable": Topic.RENEWALS,
    "invoice.create": Topic.RENEWALS,
    "invoice.update": Topic.RENEWALS,
    "invoice.payment_failed": Topic.RENEWALS,
    "subscription.expiring_cards": Topic.EXPIRING_CARDS,
    "refund.pending": Topic.REFUND,
    "refund.processing": Topic.REFUND,
    "refund.processed": Topic.REFUND,
    "refund.failed": Topic.REFUND,
    "refund.needs-attention": Topic.REFUND,
}  # all others, such as charge.dispute.create, are of no concern


def check(*, body: bytes, headers: Mapping[str, str], secret_key: str) -> None:
    """The seal, in constant time. Raises `Forged`, and `ValueError` for a body that is too long."""
    if len(body) > MOST_BYTES:
        raise ValueError("the body is too long")
    given = next((value for name, value in headers.items() if name.lower() == SIGNATURE), "")
    right = hmac.new(secret_key.encode(), body, hashlib.sha512).hexdigest()
    if not hmac.compare_digest(right.encode(), given.encode(errors="replace")):
        raise Forged("the signature is not Paystack’s")


def read(body: bytes) -> Event:
    """Raises `ValueError` for what is not what a message looks like."""
    name, data = _envelope(body)
    whole = {"items": data} if isinstance(data, list) else data
    return Event(
        name=name,
        topic=TOPICS.get(name, Topic.OTHER),
        reference=_first_id(whole, ("reference",), ("transaction_reference",), ("transaction", "reference")),
        renewals_code=_first_id(whole, ("subscription_code",), ("subscription", "subscription_code")),
        customer_code=_first_id(whole, ("customer", "customer_code"), ("customer_code",)),
        data=whole,
    )


def _envelope(body: bytes) -> tuple[str, dict[str, Any] | list[Any]]:
    try:
        message = json.loads(body.decode())
    except RecursionError:
        raise ValueError("the body is nested too deeply") from None
    if not isinstance(message, dict):
        raise ValueError("the body is no object")
    name, data = message.get("event"), message.get("data")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ValueError("the event has no name")
    if not isinstance(data, dict | list):
        raise ValueError("the event is about nothing")
    return name, data


def _first_id(data: Mapping[str, Any], *ways: tuple[str, ...]) -> str:
    """The first that is there and looks like one; what does not is as good as none."""
    for way in ways:
        found = _at(data, way)
        if isinstance(found, str) and ID.fullmatch(found):
            return found
    return ""


def _at(data: Any, way: tuple[str, ...]) -> Any:
    for name in way:
        data = data.get(name) if isinstance(data, dict) else None
    return data
