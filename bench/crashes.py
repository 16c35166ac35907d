"""Processes that die at every commit and every call of the gateway, and 24 months by the gateway's clock.

Part of `bench billing`. Each story (tests/billing/subscriptions/stories.py) is lived once for each boundary
that it passes, and ends there; each time on an organisation of its own and with commits that are real. Then
the clock goes on, without webhooks and without anybody coming back, and the books have to agree with what the
gateway charged, gave back and will charge.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.report import Demand

if TYPE_CHECKING:
    from tests.billing.subscriptions.living import Customer
    from tests.billing.subscriptions.stories import Story
    from tests.emulators.paystack import PaystackServer

MONTHS = 24

DEMANDS = [
    Demand("crash_deaths", ">=", 80),
    Demand("crash_stories_lived_to_the_end", "==", 10),
    Demand("crash_disagreements", "==", 0),
    Demand("months_paid", "==", MONTHS + 1),
    Demand("months_disagreements", "==", 0),
    Demand("months_s", "<=", 60.0),
]


def figures() -> dict[str, float]:
    from tests.billing.subscriptions.stories import STORIES

    with paystack() as server:
        deaths = [death for story in STORIES for death in deaths_in(server, story)]
        return {
            "crash_deaths": len([wrong for died, wrong in deaths if died]),
            "crash_stories_lived_to_the_end": len([wrong for died, wrong in deaths if not died]),
            "crash_disagreements": sum(len(wrong) for died, wrong in deaths),
            **months(server),
        }


def deaths_in(server: PaystackServer, story: Story) -> Iterator[tuple[str, list[str]]]:
    """The boundary and what was wrong afterwards, for each life up to the one that is lived to its end."""
    from tests.billing.subscriptions.lives import live

    died, ends_at = "not yet", 1
    while died:
        with new_customer(server, f"{story.name}-{ends_at}") as customer:
            legacy = live(customer, story, ends_at)
        for wrong in legacy.wrong:
            print(f"{story.name}, dead at {ends_at} ({legacy.died}): {wrong}")
        died, ends_at = legacy.died, ends_at + 1
        yield died, legacy.wrong


def months(server: PaystackServer) -> dict[str, float]:
    """Two years of one organisation, month by month, with all webhooks."""
    from datetime import timedelta

    from tests.billing.subscriptions.books import disagreements
    from tests.emulators.paystack import BEGINNING

    server.reset(now=BEGINNING)
    with new_customer(server, "months") as customer:
        began = time.monotonic()
        customer.subscribe("STARTER")
        for _ in range(MONTHS):
            customer.wait(days=31, step=timedelta(days=31))
        taken = time.monotonic() - began
        paid = [payment for payment in customer.payments if payment.status == "SUCCEEDED"]
        wrong = list(disagreements(customer))
        return {"months_s": taken, "months_paid": len(paid), "months_disagreements": len(wrong)}


@contextmanager
def paystack() -> Iterator[PaystackServer]:
    """The stand-in, which the platform's settings point at meanwhile."""
    from django.conf import settings

    from tests.emulators.paystack import KEY, PaystackServer

    server = PaystackServer()
    settings.PAYSTACK_SECRET_KEY, settings.PAYSTACK_BASE_URL = KEY, server.url
    settings.PAYSTACK_SANDBOX = True
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def new_customer(server: PaystackServer, name: str) -> Iterator[Customer]:
    """The owner of an organisation of their own. Afterwards the gateway is another, empty one."""
    from billing.models import GatewayPlan, Payment, Refund, Subscription
    from tenants.accounts.models import User
    from tenants.models import Membership, Organisation, Role
    from tenants.signals import organisation_created
    from tests.billing.subscriptions.living import Customer

    slug = f"{name}-{os.getpid()}"
    organisation = Organisation(name=name, slug=slug, schema_name=f"t_{slug.replace('-', '_')}")
    organisation.save(force_insert=True)
    organisation_created.send(Organisation, organisation=organisation)
    owner = User.objects.create(name="Bench Marker", email=f"{slug}@bench.example")
    membership = Membership.objects.create(user=owner, organisation=organisation, role=Role.OWNER)
    try:
        yield Customer(server, membership)
    finally:
        Refund.objects.filter(payment__organisation=organisation).delete()
        Payment.objects.filter(organisation=organisation).delete()
        Subscription.objects.filter(organisation=organisation).delete()
        GatewayPlan.objects.all().delete()
