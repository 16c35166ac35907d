"""What customers and the clock do with money, each with what may have come of it if somebody dies
meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from billing.subscriptions import changing, changing_cards, checkout, clockwork, ending, giving_back, pausing
from tenants.accounts.models import PlatformRole, User
from tests.billing.subscriptions.living import BACK, Customer, hear, price

Outcome = tuple[str, str]  # plan, status

DECLINES_LATER: Final = "4084080000000110"
MASTERCARD: Final = "5531886652142950"


@dataclass(frozen=True, slots=True)
class Story:
    """`before` is lived through whole; in `doing` somebody dies; `outcomes` are what may be had at the
    end."""

    name: str
    before: Callable[[Customer], None]
    doing: Callable[[Customer], None]
    outcomes: frozenset[Outcome]


def nothing(customer: Customer) -> None:
    pass


def subscribed(customer: Customer) -> None:
    customer.subscribe("STARTER")


def paid_page(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    customer.paystack.pay(page.reference)
    checkout.return_from_checkout(reference=page.reference)
    clockwork.run()


def told_of_a_paid_page(customer: Customer) -> None:
    """Nobody comes back: only the webhook tells."""
    page = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    customer.paystack.pay(page.reference)
    hear(customer.paystack.take_webhooks())
    clockwork.run()


def upgraded(customer: Customer) -> None:
    changing.change_plan(membership=customer.membership, price=price("PRO"), expected_amount_minor=49_00)
    clockwork.run()


def downgraded(customer: Customer) -> None:
    changing.change_plan(membership=customer.membership, price=price("STARTER"), expected_amount_minor=0)
    clockwork.run()


def on_pro(customer: Customer) -> None:
    customer.subscribe("PRO")


def a_month_later(customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.paystack.advance(to=customer.subscription.period_end)
    customer.sync()


def renewed(customer: Customer) -> None:
    hear(customer.paystack.take_webhooks())
    clockwork.run()


def overdue(customer: Customer) -> None:
    customer.subscribe("STARTER", card=DECLINES_LATER)
    customer.wait(days=31, hours=2)
    held = next(iter(customer.paystack.world.authorizations))
    customer.paystack.set_card(authorization=held, then="success")
    customer.paystack.advance(to=customer.subscription.next_attempt_at)
    customer.sync()


def asked_again(customer: Customer) -> None:
    clockwork.run()


def card_changed(customer: Customer) -> None:
    changing_cards.change_card(membership=customer.membership, return_url=BACK)
    reference = customer.payments[-1].reference
    customer.paystack.pay(reference, MASTERCARD)
    checkout.return_from_checkout(reference=reference)
    clockwork.run()


def cancelled_and_kept(customer: Customer) -> None:
    ending.cancel(membership=customer.membership)
    clockwork.run()
    ending.keep(membership=customer.membership)
    clockwork.run()


def paused(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.wait(days=40)


def resumed(customer: Customer) -> None:
    pausing.resume(membership=customer.membership)
    clockwork.run()


def refunded(customer: Customer) -> None:
    staff, _made = User.objects.get_or_create(
        email="sam@octavo.example", defaults={"name": "Sam Super", "role": PlatformRole.SUPER_ADMIN}
    )
    payment = customer.payments[0]
    giving_back.refund(by_staff=staff, payment=payment, amount_minor=7_00, reason="kindness")
    clockwork.run()


STORIES: Final = [
    Story("checkout", nothing, paid_page, frozenset({("FREE", "ACTIVE"), ("STARTER", "ACTIVE")})),
    Story("webhook", nothing, told_of_a_paid_page, frozenset({("FREE", "ACTIVE"), ("STARTER", "ACTIVE")})),
    Story("upgrade", subscribed, upgraded, frozenset({("STARTER", "ACTIVE"), ("PRO", "ACTIVE")})),
    Story("downgrade", on_pro, downgraded, frozenset({("PRO", "ACTIVE")})),
    Story("renewal", a_month_later, renewed, frozenset({("STARTER", "ACTIVE")})),
    Story("retry", overdue, asked_again, frozenset({("STARTER", "ACTIVE"), ("STARTER", "PAST_DUE")})),
    Story("card", subscribed, card_changed, frozenset({("STARTER", "ACTIVE")})),
    Story("cancellation", subscribed, cancelled_and_kept, frozenset({("STARTER", "ACTIVE")})),
    Story("resumption", paused, resumed, frozenset({("PRO", "PAUSED"), ("PRO", "ACTIVE")})),
    Story("refund", subscribed, refunded, frozenset({("STARTER", "ACTIVE")})),
]
