"""A thousand payments told of three times each, in any order, among forgeries, to several doors at once.

Part of `bench billing`. Each payment is of an organisation of its own, so each must have one effect: a month
of a plan, with its invoice. Forgeries tell of payments that were begun and never made. Afterwards the books
have to say what the stand-in's say.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import UUID

from bench.crashes import paystack
from bench.report import Demand

if TYPE_CHECKING:
    from sandbox.paystack.webhooks import Webhook
    from tenants.models import Membership
    from tests.emulators.paystack import PaystackServer

EVENTS, COPIES, UNPAID = 1000, 3, 40
FORGED = EVENTS * COPIES // 10
DOORS, WORKERS = 4, 3  # threads
BACK = "http://localhost:8000/billing/"

_of_thread = threading.local()

DEMANDS = [
    Demand("events_told", "==", EVENTS * COPIES),
    Demand("events_kept", "==", EVENTS),
    Demand("events_effects", "==", EVENTS),
    Demand("events_invoices", "==", EVENTS),
    Demand("events_forged_let_in", "==", 0),
    Demand("events_forged_effects", "==", 0),
    Demand("events_disagreements", "==", 0),
    Demand("events_door_p95_ms", "<=", 500.0),
]


def figures() -> dict[str, float]:
    with paystack() as server:
        paying, waiting = customers(EVENTS), customers(UNPAID, prefix="unpaid")
        references = [begin(server, one) for one in paying]
        for reference in references:
            server.pay(reference)
        genuine = server.take_webhooks() * COPIES
        forged = forgeries(genuine, [begin(server, one) for one in waiting])
        began = time.monotonic()
        answers, seconds = tell(genuine, forged)
        return {
            "events_told": sum(status == 200 for status in answers[: len(genuine)]),
            "events_forged_let_in": sum(status != 401 for status in answers[len(genuine) :]),
            "events_all_worked_through_s": time.monotonic() - began,
            "events_door_p95_ms": sorted(seconds)[len(seconds) * 95 // 100] * 1000,
            **books(server, paying, waiting),
        }


def customers(count: int, *, prefix: str = "paying") -> list[Membership]:
    """Owners of organisations that have no schema, since nobody goes there."""
    from billing.models import Subscription
    from billing.plans import first_plan
    from tenants.accounts.models import User
    from tenants.models import Membership, Organisation, Role

    slugs = [f"{prefix}-{number}-{os.getpid()}" for number in range(count)]
    people = User.objects.bulk_create(User(email=f"{slug}@bench.example", name="Bench") for slug in slugs)
    organisations = Organisation.objects.bulk_create(
        Organisation(name=slug, slug=slug, schema_name=f"t_{slug.replace('-', '_')}") for slug in slugs
    )
    free = first_plan()
    Subscription.objects.bulk_create(Subscription(organisation=one, plan=free) for one in organisations)
    pairs = zip(people, organisations, strict=True)
    return Membership.objects.bulk_create(
        Membership(user=person, organisation=one, role=Role.OWNER) for person, one in pairs
    )


def begin(server: PaystackServer, membership: Membership) -> str:
    """The reference of a payment that is begun and waits on its page."""
    from billing.models import PlanPrice
    from billing.subscriptions import checkout

    offered = PlanPrice.objects.filter(offered=True, plan__offered=True, interval="MONTH", currency="USD")
    price = offered.get(plan__code="STARTER")
    page = checkout.start_checkout(membership=membership, price=price, return_url=BACK)
    return page.reference


def forgeries(genuine: Sequence[Webhook], references: Sequence[str]) -> list[Webhook]:
    """Messages that say that what was never paid was paid, with seals that are wrong in several ways."""
    from sandbox.paystack.webhooks import HEADER, Webhook, signature

    made = []
    for number in range(FORGED):
        model = genuine[number]
        message = json.loads(model.body)
        message["data"]["reference"] = references[number % len(references)]
        body = json.dumps(message).encode()
        seals = ("", "0" * 128, signature("sk_test_guessed", body), model.headers[HEADER])
        made.append(Webhook(model.event, body, {**model.headers, HEADER: seals[number % len(seals)]}))
    return made


def tell(genuine: Sequence[Webhook], forged: Sequence[Webhook]) -> tuple[list[int], list[float]]:
    """Statuses in the order given, and seconds; all is worked through when it returns."""
    hooks = [*genuine, *forged]
    order = list(range(len(hooks)))
    random.Random(1).shuffle(order)
    answers, seconds, told = [0] * len(hooks), [0.0] * len(hooks), threading.Event()

    def knock(number: int) -> None:
        began = time.monotonic()
        answers[number] = post(hooks[number])
        seconds[number] = time.monotonic() - began

    workers = [threading.Thread(target=work_until, args=(told,)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    with ThreadPoolExecutor(DOORS) as doors:
        list(doors.map(with_connection(knock), order))
    told.set()
    for worker in workers:
        worker.join()
    return answers, seconds


def post(hook: Webhook) -> int:
    """By a client of the thread's own."""
    from tests.conftest import HostClient

    if not hasattr(_of_thread, "client"):
        _of_thread.client = HostClient()
    answer = _of_thread.client.post(
        "/webhooks/paystack/", hook.body, content_type="application/json", headers=dict(hook.headers)
    )
    return int(answer.status_code)


def work_until(told: threading.Event) -> None:
    """As the workers of the platform do, until all is told and nothing is left."""
    from django.db import connection

    from billing import events

    while events.work_through() or not told.wait(0.05):
        pass
    connection.close()


def with_connection(do: Callable[[int], None]) -> Callable[[int], None]:
    """Gives its thread's connection back."""

    def done(number: int) -> None:
        from django.db import connection

        do(number)
        connection.close()

    return done


def books(
    server: PaystackServer, paying: Iterable[Membership], waiting: Iterable[Membership]
) -> dict[str, float]:
    """What was kept, what it has brought about, and where it differs from what the stand-in knows."""
    from billing.models import GatewayEvent, Invoice, Payment, Subscription

    def of(members: Iterable[Membership]) -> list[UUID]:
        return [member.organisation_id for member in members]

    ours = {
        payment.reference: (payment.amount_minor, payment.currency)
        for payment in Payment.objects.filter(organisation_id__in=of(paying), applied_at__isnull=False)
    }
    theirs = {
        one.reference: (one.amount, one.currency)
        for one in server.world.transactions.values()
        if one.status == "success"
    }
    subscribed = Subscription.objects.filter(status="ACTIVE", plan__code="STARTER")
    return {
        "events_kept": GatewayEvent.objects.count(),
        "events_effects": subscribed.filter(organisation_id__in=of(paying)).count(),
        "events_invoices": Invoice.objects.filter(organisation_id__in=of(paying)).count(),
        "events_forged_effects": subscribed.filter(organisation_id__in=of(waiting)).count(),
        "events_disagreements": len(ours.items() ^ theirs.items()),
    }
