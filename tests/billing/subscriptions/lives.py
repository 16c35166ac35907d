"""A story in which the process dies at a boundary, and what is left of it when the clock has gone on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from billing import reconciling
from tests.billing.subscriptions.books import disagreements
from tests.billing.subscriptions.dying import Died, dying
from tests.billing.subscriptions.living import Customer
from tests.billing.subscriptions.stories import Story
from tests.emulators.paystack import BEGINNING


@dataclass(frozen=True, slots=True)
class Legacy:
    """`died` is the boundary, empty where the story was lived to its end; `wrong` is what does not agree."""

    died: str
    wrong: list[str]


def live(customer: Customer, story: Story, ends_at: int | None) -> Legacy:
    """On a gateway that is empty at first. What was left half done is healed by the clock alone."""
    customer.paystack.reset(now=BEGINNING)
    customer.sync()
    story.before(customer)
    died = ""
    with dying(ends_at):
        try:
            story.doing(customer)
        except Died as death:
            died = str(death)
    heal(customer)
    wrong = list(disagreements(customer))
    if (customer.plan, customer.subscription.status) not in story.outcomes:
        wrong.append(f"came to {customer.plan}, {customer.subscription.status}")
    return Legacy(died, wrong)


def heal(customer: Customer) -> None:
    """No webhook comes, and nobody comes back."""
    for span in (timedelta(minutes=16), timedelta(hours=7), timedelta(hours=7)):
        customer.wait(webhooks=False, step=span, seconds=span.total_seconds())
    reconciling.reconcile_all()
