"""Signed webhooks on their way to the merchant, tried again as Paystack tries.

Live: every three minutes four times, then hourly for 72 hours; in test mode: hourly for 10 hours. They may
come twice, late, in another order, or not at all: `Disturbance` makes it so on purpose.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from sandbox.paystack.records import Delivery, World

HEADER: Final = "x-paystack-signature"
WAITS: Final = 30.0  # seconds for an answer
LIVE: Final = (*[timedelta(minutes=3)] * 4, *[timedelta(hours=1)] * 72)
TEST: Final = (timedelta(hours=1),) * 10


@dataclass(frozen=True, slots=True)
class Webhook:
    """One request to the merchant."""

    event: str
    body: bytes
    headers: Mapping[str, str]


Send = Callable[[Webhook], int]  # delivers, and gives the status of the answer; 0 for none


@dataclass
class Disturbance:
    """`copies` of each webhook are sent; of all attempts, `lost` of 1 never arrive; each comes up to `delay`
    seconds late; with `shuffled`, those that are due at once come in any order.
    """

    copies: int = 1
    lost: float = 0.0
    delay: float = 0.0
    shuffled: bool = False
    seed: int = 1
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)


def signature(secret_key: str, body: bytes) -> str:
    return hmac.new(secret_key.encode(), body, hashlib.sha512).hexdigest()


def webhook(delivery: Delivery, secret_key: str) -> Webhook:
    body = delivery.body.encode()
    headers = {"content-type": "application/json", HEADER: signature(secret_key, body)}
    return Webhook(delivery.event, body, headers)


def queue(world: World, event: str, data: Any, *, now: datetime, disturbance: Disturbance) -> None:
    body = json.dumps({"event": event, "data": data}, ensure_ascii=False, separators=(",", ":"))
    for _copy in range(disturbance.copies):
        late = timedelta(seconds=disturbance.random.uniform(0, disturbance.delay))
        number = world.next_id()
        world.deliveries[number] = Delivery(id=number, event=event, body=body, due_at=now + late)


def next_due(world: World, *, disturbance: Disturbance) -> Delivery | None:
    if not world.deliveries:
        return None
    first = min(one.due_at for one in world.deliveries.values())
    at_once = (one for one in world.deliveries.values() if one.due_at == first)
    return disturbance.random.choice(list(at_once)) if disturbance.shuffled else next(at_once)


def note_answer(world: World, delivery: Delivery, status: int, *, now: datetime, live: bool) -> None:
    """Anything but a 200 has it sent again, until the schedule ends."""
    waits = LIVE if live else TEST
    if status == 200 or delivery.attempts == len(waits):
        del world.deliveries[delivery.id]
        return
    delivery.due_at = now + waits[delivery.attempts]
    delivery.attempts += 1


def by_http(url: str) -> Send:
    """Posts to the merchant's address."""

    def send(hook: Webhook) -> int:
        try:
            return httpx.post(url, content=hook.body, headers=dict(hook.headers), timeout=WAITS).status_code
        except httpx.HTTPError:
            return 0

    return send
