"""Paystack's words for states, each as the contract says it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from billing.gateways.contract import RenewalState, State
from billing.gateways.paystack.answers import RefundPart, SubscriptionAnswer, TransactionAnswer


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("success", State.SUCCEEDED),
        ("failed", State.FAILED),
        ("abandoned", State.ABANDONED),
        ("reversed", State.REVERSED),
        ("ongoing", State.PENDING),
        ("pending", State.PENDING),
        ("processing", State.PENDING),
        ("queued", State.PENDING),
        ("something-new", State.PENDING),
    ],
)
def test_charges(word: str, state: State) -> None:
    answer = TransactionAnswer(reference="oct-1", status=word, amount=1, currency="USD")
    assert answer.charge().state is state


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("active", RenewalState.ACTIVE),
        ("non-renewing", RenewalState.ENDING),
        ("attention", RenewalState.FAILING),
        ("completed", RenewalState.ENDED),
        ("cancelled", RenewalState.ENDED),
        ("complete", RenewalState.ENDED),
    ],
)
def test_renewals(word: str, state: RenewalState) -> None:
    answer = SubscriptionAnswer(subscription_code="SUB_1", email_token="t", status=word, amount=1)
    assert answer.renewals().state is state


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("pending", State.PENDING),
        ("processing", State.PENDING),
        ("processed", State.SUCCEEDED),
        ("failed", State.FAILED),
        ("needs-attention", State.CHALLENGED),
    ],
)
def test_refunds(word: str, state: State) -> None:
    assert RefundPart.model_validate({"id": 1, "status": word, "amount": "500"}).answer().state is state


@pytest.mark.parametrize("metadata", [{"a": 1}, "", 0, None, [], "text"])
@pytest.mark.parametrize("plan", [None, "", {}, "PLN_1", {"plan_code": "PLN_1"}])
def test_parts_may_be_anything(metadata: Any, plan: Any) -> None:
    answer = TransactionAnswer.model_validate(
        {
            "reference": "oct-1",
            "status": "success",
            "amount": 1900,
            "currency": "USD",
            "metadata": metadata,
            "plan": plan,
            "authorization": None,
            "customer": {"customer_code": "CUS_1", "email": "ada@acme.example", "metadata": metadata},
        }
    )
    charge = answer.charge()
    assert (charge.card, charge.plan_code) == (None, "PLN_1" if plan else "")


@pytest.mark.parametrize(
    ("month", "year", "last"),
    [
        ("02", "2028", date(2028, 2, 29)),
        (12, 2030, date(2030, 12, 31)),
        ("13", "2030", None),
        (None, "", None),
    ],
)
def test_a_card_is_good_until_the_end_of_its_month(month: Any, year: Any, last: date | None) -> None:
    held = {"authorization_code": "AUTH_1", "exp_month": month, "exp_year": year, "reusable": 1}
    answer = TransactionAnswer.model_validate(
        {"reference": "oct-1", "status": "success", "amount": 1, "currency": "USD", "authorization": held}
    )
    card = answer.charge().card
    assert card is not None and card.expires_on == last and card.reusable
