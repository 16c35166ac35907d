"""A thousand events for receivers that fail three times in ten, while the dispatcher is killed every second.

Part of `bench api`. Receivers note the ids that they have taken: none may be missing at the end. Waits and
leases are shortened so that the proof ends today; what they are for is the same. Then a hundred forms of
private address are asked, and a canary on loopback listens.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.report import Demand

if TYPE_CHECKING:
    from notifications.webhooks.models import Endpoint
    from tests.emulators.receiver import Received, Receiver

EVENTS, ORGANISATIONS = 1000, 10
FAILING = 0.3  # of all requests
LIVES = 1.0  # seconds that a dispatcher has
PATIENCE = 900.0  # seconds after which what has not arrived is lost
WAIT, LEASE = timedelta(seconds=0.2), timedelta(seconds=2)

DEMANDS = [
    Demand("deliveries_events", "==", EVENTS),
    Demand("deliveries_distinct_ids", "==", EVENTS),
    Demand("deliveries_lost", "==", 0),
    Demand("deliveries_dispatchers_killed", ">=", 3),
    Demand("deliveries_refused", ">=", EVENTS * FAILING / 2),
    Demand("private_address_forms", ">=", 100),
    Demand("private_address_connections", "==", 0),
]


def figures() -> dict[str, float]:
    return {**deliveries(), **private_addresses()}


def deliveries() -> dict[str, float]:
    from notifications.webhooks.models import Delivery
    from tests.emulators.receiver import running_receiver

    with running_receiver() as receiver:
        refused = fail_now_and_then(receiver)
        began = time.monotonic()
        with dying_dispatchers() as killed:
            sent = set(emitted(endpoints(receiver)))
            while Delivery.objects.filter(status="WAITING").exists() and time.monotonic() < began + PATIENCE:
                time.sleep(0.1)
        taken = [one for one in receiver.ids if one in sent]
    arrived = set(taken) - {one for one, times in refused.items() if times == taken.count(one)}
    return {
        "deliveries_events": len(sent),
        "deliveries_distinct_ids": len(arrived),
        "deliveries_lost": len(sent - arrived),
        "deliveries_requests": len(taken),
        "deliveries_refused": sum(refused.values()),
        "deliveries_dispatchers_killed": killed(),
        "deliveries_s": time.monotonic() - began,
    }


def fail_now_and_then(receiver: Receiver) -> dict[str, int]:
    """How often each id is refused, as it goes on."""
    chance, refused = random.Random(1), dict[str, int]()

    def answer(received: Received) -> tuple[int, dict[str, str], bytes]:
        with receiver.lock:
            if chance.random() >= FAILING:
                return 204, {}, b""
            refused[received.webhook_id] = refused.get(received.webhook_id, 0) + 1
            return 503, {}, b"busy"

    receiver.answer = answer
    return refused


def endpoints(receiver: Receiver) -> list[Endpoint]:
    """One for each of several organisations."""
    from bench.telling import customers
    from notifications.webhooks.models import Endpoint
    from notifications.webhooks.signing import new_secret
    from tenants.sealing import seal

    owners = customers(ORGANISATIONS, prefix="hooks")
    return Endpoint.objects.bulk_create(
        Endpoint(organisation_id=owner.organisation_id, url=receiver.url, secret=seal(new_secret()))
        for owner in owners
    )


def emitted(endpoints: list[Endpoint]) -> Iterator[str]:
    """The ids of all events, each in a transaction of its own, as they are written."""
    from notifications.webhooks.catalogue import event_type
    from notifications.webhooks.events import emit

    data = event_type("member.joined").example
    for number in range(EVENTS):
        endpoint = endpoints[number % len(endpoints)]
        event = emit("member.joined", data, organisation_id=endpoint.organisation_id)
        if event:
            yield event.webhook_id


@contextmanager
def dying_dispatchers() -> Iterator[Callable[[], int]]:
    """One dispatcher after another, each killed after `LIVES`; what is given tells at the end how many."""
    command = [sys.executable, "-m", "bench.api_deliveries"]
    environment = {**os.environ, "OCTAVO_PRIVATE_ADDRESSES": "yes"}
    keeper = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    told: list[int] = []
    try:
        yield lambda: told[0]
    finally:
        out, _err = keeper.communicate(timeout=60)
        told.append(int(out or 0))


def keep() -> None:
    """In a process of its own: forks a dispatcher, kills it, forks another, until its input is closed."""
    import select

    import django

    django.setup()
    shorten()
    killed = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        pid = os.fork()
        if pid == 0:
            dispatch_for_ever()
        select.select([sys.stdin], [], [], LIVES)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        killed += 1
    print(killed)


def shorten() -> None:
    from notifications.webhooks import claiming, schedule

    schedule.WAITS = (WAIT,) * len(schedule.WAITS)  # type: ignore[misc]
    claiming.LEASE = LEASE  # type: ignore[misc]


def dispatch_for_ever() -> None:
    from notifications.webhooks.dispatching import dispatch

    try:
        while True:
            if not dispatch():
                time.sleep(0.05)
    finally:
        os._exit(1)


def private_addresses() -> dict[str, float]:
    import httpx
    from django.test import override_settings

    from tenants.outgoing import client
    from tests.tenants.private_addresses import FORMS, canary

    refused = 0
    with override_settings(OCTAVO_PRIVATE_ADDRESSES=False), canary() as bird, client() as asked:
        for form in FORMS:
            try:
                asked.get(f"https://{form}:{bird.port}/")
            except (httpx.ConnectError, httpx.InvalidURL):
                refused += 1
        heard = len(bird.heard)
    return {"private_address_forms": refused, "private_address_connections": heard}


if __name__ == "__main__":
    keep()
