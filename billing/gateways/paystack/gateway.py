"""The contract of gateways, spoken to Paystack. Rules: https://paystack.com/docs/api/."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from urllib.parse import quote

from pypaystack2.enums import Channel, Currency, Interval

from billing.gateways.contract import (
    Card,
    Charge,
    Event,
    GatewayRefused,
    GatewayUnavailable,
    HostedPage,
    RefundAnswer,
    Renewals,
    RenewalState,
)
from billing.gateways.paystack import connection, events
from billing.gateways.paystack.answers import (
    CustomerAnswer,
    LinkAnswer,
    PageAnswer,
    PlanAnswer,
    RefundPart,
    SubscriptionAnswer,
    TransactionAnswer,
)
from billing.gateways.paystack.connection import NotFound

T = TypeVar("T")

LIVE: Final = "sk_live_"  # how keys begin
TEST: Final = "sk_test_"
INTERVALS: Final = {"MONTH": Interval.MONTHLY, "YEAR": Interval.ANNUALLY}
PAGE: Final = 50  # rows of a list that are asked for at once
CHARGED: Final = (RenewalState.ACTIVE, RenewalState.FAILING)


class Paystack:
    """See `billing.gateways.contract.Gateway`, which has the docstrings."""

    name = "paystack"

    def __init__(self, *, secret_key: str, base_url: str) -> None:
        account = {"secret_key": secret_key, "base_url": base_url}
        self.test_mode = not secret_key.startswith(LIVE)
        self.account = hashlib.sha256(secret_key.encode()).hexdigest()[:16]
        self._secret_key = secret_key
        self._transactions = connection.Transactions(**account)
        self._customers = connection.Customers(**account)
        self._plans = connection.Plans(**account)
        self._subscriptions = connection.Subscriptions(**account)
        self._refunds = connection.Refunds(**account)

    def check_key(self) -> None:
        self._plans.get_plans(pagination=1, alternate_model_class=PlanAnswer)

    # --- charges -------------------------------------------------------------------------------------------

    def start_checkout(
        self,
        *,
        reference: str,
        amount_minor: int,
        currency: str,
        email: str,
        return_url: str,
        metadata: Mapping[str, str],
    ) -> HostedPage:
        answer = self._transactions.initialize(
            amount=amount_minor,
            email=email,
            currency=_currency(currency),
            reference=reference,
            callback_url=return_url,
            channels=[Channel.CARD],  # the only one that can be charged again
            metadata={**metadata, "cancel_action": return_url},
            alternate_model_class=PageAnswer,
        )
        page = _data(answer, PageAnswer)
        return HostedPage(page.authorization_url, page.reference)

    def find_charge(self, *, reference: str) -> Charge | None:
        if not reference:
            return None
        try:
            answer = self._transactions.verify(_part(reference), alternate_model_class=TransactionAnswer)
        except NotFound:
            return None
        return _data(answer, TransactionAnswer).charge()

    def charge_card(
        self, *, reference: str, amount_minor: int, currency: str, card: Card, metadata: Mapping[str, str]
    ) -> Charge:
        try:
            answer = self._transactions.charge(
                amount=amount_minor,
                email=card.email,
                auth_code=card.authorization,
                reference=reference,
                currency=_currency(currency),
                metadata=dict(metadata),
                alternate_model_class=TransactionAnswer,
            )
        except GatewayRefused as refused:
            if refused.code == "duplicate_reference" and (there := self.find_charge(reference=reference)):
                return there
            raise
        made = _data(answer, TransactionAnswer)
        return made.charge(amount_minor=amount_minor, currency=currency)

    def charges_of(self, *, customer_code: str, since: datetime) -> Iterator[Charge]:
        number = self._customer_number(customer_code)
        if number is None:
            return

        def ask(page: int) -> Any:
            return self._transactions.get_transactions(
                customer=number,
                start_date=_moment(since),
                page=page,
                pagination=PAGE,
                alternate_model_class=TransactionAnswer,
            )

        for row in _all_pages(ask):
            yield row.charge()

    def knows_customer(self, *, code: str) -> bool:
        return self._customer_number(code) is not None

    def forget_card(self, *, card: Card) -> None:
        try:
            self._customers.deactivate(card.authorization)
        except GatewayRefused as refused:
            if not isinstance(refused, NotFound) and refused.code != "invalid_authorization":
                raise

    # --- renewals ------------------------------------------------------------------------------------------

    def plan_code(self, *, name: str, amount_minor: int, currency: str, interval: str) -> str:
        answer = self._plans.create(
            name=name,
            amount=amount_minor,
            interval=INTERVALS[interval],
            currency=_currency(currency),
            alternate_model_class=PlanAnswer,
        )
        return _data(answer, PlanAnswer).plan_code

    def begin_renewals(
        self, *, customer_code: str, plan_code: str, card: Card, first_on: datetime
    ) -> Renewals:
        try:
            answer = self._subscriptions.create(
                customer=customer_code,
                plan=plan_code,
                authorization=card.authorization,
                start_date=_moment(first_on),
                alternate_model_class=SubscriptionAnswer,
            )
        except GatewayRefused as refused:
            if _says_it_exists(refused) and (there := self._charged(customer_code, plan_code)):
                return there
            raise
        made = _data(answer, SubscriptionAnswer)
        return made.renewals(plan_code=plan_code, customer_code=customer_code, card=card)

    def end_renewals(self, *, code: str, token: str) -> Renewals:
        try:
            self._subscriptions.disable(code, token)
        except GatewayRefused:
            there = self.find_renewals(code=code)
            if there is not None and there.state in CHARGED:
                raise
        else:
            there = self.find_renewals(code=code)
        return there or Renewals(code, token, RenewalState.ENDED, "", "", 0)

    def find_renewals(self, *, code: str) -> Renewals | None:
        try:
            answer = self._subscriptions.get_subscription(
                _part(code), alternate_model_class=SubscriptionAnswer
            )
        except NotFound:
            return None
        return _data(answer, SubscriptionAnswer).renewals()

    def renewals_of(self, *, customer_code: str) -> Iterator[Renewals]:
        number = self._customer_number(customer_code)
        if number is None:
            return

        def ask(page: int) -> Any:
            return self._subscriptions.get_subscriptions(
                customer=number, page=page, pagination=PAGE, alternate_model_class=SubscriptionAnswer
            )

        for row in _all_pages(ask):
            yield row.renewals()

    def card_page(self, *, code: str) -> str:
        answer = self._subscriptions.get_update_link(_part(code), alternate_model_class=LinkAnswer)
        return _data(answer, LinkAnswer).link

    def _charged(self, customer_code: str, plan_code: str) -> Renewals | None:
        there = self.renewals_of(customer_code=customer_code)
        return next((one for one in there if one.plan_code == plan_code and one.state in CHARGED), None)

    def _customer_number(self, customer_code: str) -> int | None:
        """Lists are asked for by number, everything else by code."""
        try:
            answer = self._customers.get_customer(_part(customer_code), alternate_model_class=CustomerAnswer)
        except NotFound:
            return None
        return _data(answer, CustomerAnswer).id

    # --- refunds -------------------------------------------------------------------------------------------

    def refund(self, *, reference: str, amount_minor: int, currency: str, reason: str) -> RefundAnswer:
        answer = self._refunds.create(
            transaction=reference,
            amount=amount_minor,
            currency=_currency(currency),
            merchant_note=reason,
            alternate_model_class=RefundPart,
        )
        return _data(answer, RefundPart).answer()

    def find_refunds(self, *, reference: str) -> list[RefundAnswer]:
        charge = self.find_charge(reference=reference)
        if charge is None:
            return []

        def ask(page: int) -> Any:
            return self._refunds.get_refunds(
                transaction=charge.remote_id, page=page, pagination=PAGE, alternate_model_class=RefundPart
            )

        return [row.answer() for row in _all_pages(ask) if row.transaction_reference in (reference, None)]

    # --- events --------------------------------------------------------------------------------------------

    def read_event(self, *, body: bytes, headers: Mapping[str, str]) -> Event:
        events.check(body=body, headers=headers, secret_key=self._secret_key)
        return events.read(body)

    def read_stored(self, *, body: bytes) -> Event:
        return events.read(body)


def _data(answer: Any, kind: type[T]) -> T:
    """What is in the envelope. Raises `GatewayUnavailable` where it is empty."""
    if not isinstance(answer.data, kind):
        raise GatewayUnavailable("an answer without data")
    return answer.data


def _all_pages(ask: Callable[[int], Any]) -> Iterator[Any]:
    page = 1
    while rows := ask(page).data or []:
        yield from rows
        if len(rows) < PAGE:
            return
        page += 1


def _currency(code: str) -> Currency:
    try:
        return Currency(code)
    except ValueError:
        raise GatewayRefused(f"{code} is no currency of Paystack’s", code="unsupported_currency") from None


def _part(value: str) -> str:
    """As one part of an address: the client puts it there as it is, and it may come from outside."""
    return quote(value, safe="")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _says_it_exists(refused: GatewayRefused) -> bool:
    return refused.code == "duplicate_subscription" or "already in place" in str(refused).lower()
