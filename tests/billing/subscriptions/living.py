"""A customer of the platform who lives through months by the clock of Paystack's stand-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from billing import clock, reconciling
from billing.gateways.contract import Topic
from billing.gateways.registry import gateway
from billing.models import GatewayEvent, Payment, PlanPrice, Subscription
from billing.subscriptions import checkout, clockwork
from notifications.models import Notification
from sandbox.paystack.cards import GOOD
from tenants.models import Membership
from tests.emulators.paystack import PaystackServer

BACK = "http://acme.localhost:8000/billing/"


class Customer:
    """The owner of an organisation, and the time they live in."""

    def __init__(self, paystack: PaystackServer, membership: Membership) -> None:
        self.paystack = paystack
        self.membership = membership
        self.sync()

    @property
    def subscription(self) -> Subscription:
        return Subscription.objects.select_related("plan", "price", "card", "next_price").get(
            organisation_id=self.membership.organisation_id
        )

    @property
    def plan(self) -> str:
        return self.subscription.plan.code

    @property
    def payments(self) -> list[Payment]:
        found = Payment.objects.filter(organisation_id=self.membership.organisation_id)
        return list(found.order_by("created_at", "pk"))

    @property
    def renewals(self) -> list[tuple[str, str]]:
        """Plan's name and state of what the gateway will charge by itself."""
        world = self.paystack.world
        return [
            (world.plans[one.plan].name, one.status)
            for one in world.subscriptions.values()
            if one.status in ("active", "attention")
        ]

    @property
    def told(self) -> list[str]:
        """Kinds of what the owner has been told, but for payments that came."""
        mine = Notification.objects.filter(user=self.membership.user).exclude(kind="payment.received")
        return list(mine.order_by("created_at", "pk").values_list("kind", flat=True))

    def sync(self) -> None:
        """Our clock goes by the stand-in's."""
        clock.set_ahead(self.paystack.now() - timezone.now())

    def subscribe(self, plan: str = "STARTER", interval: str = "MONTH", *, card: str = GOOD) -> Payment:
        page = checkout.start_checkout(
            membership=self.membership, price=price(plan, interval), return_url=BACK
        )
        self.paystack.pay(page.reference, card)
        payment = checkout.return_from_checkout(reference=page.reference)
        clockwork.run()
        return payment

    def wait(self, *, webhooks: bool = True, step: timedelta = timedelta(days=8), **span: Any) -> None:
        """Live through a time, step by step: the gateway acts, its webhooks come, the clock's work is
        done."""
        left = timedelta(**span)
        while left > timedelta():
            self.paystack.advance(min(step, left))
            left -= step
            self.sync()
            told = self.paystack.take_webhooks()
            if webhooks:
                hear(told)
            clockwork.run()


def hear(told: list[Any]) -> None:
    for hook in told:
        read = gateway().read_event(body=hook.body, headers=hook.headers)
        event = GatewayEvent(gateway="paystack", test_mode=True, name=read.name)
        if read.topic is not Topic.OTHER:
            reconciling.handle_event(event=event, read=read)


def price(plan: str, interval: str = "MONTH", currency: str = "USD") -> PlanPrice:
    return PlanPrice.objects.get(
        plan__code=plan, plan__offered=True, offered=True, interval=interval, currency=currency
    )
