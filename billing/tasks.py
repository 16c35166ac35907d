"""Background work of billing: load by id, call one function."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from celery import shared_task

from billing import budgets, calls, events, reconciling, sandbox
from billing.gateways.contract import GatewayError
from billing.invoicing import sending
from billing.models import Payment, Refund
from billing.subscriptions import clockwork, closing, giving_back, renewals, settling


@shared_task(
    name="billing.send_invoice",
    autoretry_for=(OSError,),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=3,
)
def send_invoice(invoice_id: str, **_: Any) -> None:
    sending.send(invoice_id=UUID(invoice_id))


@shared_task(name="billing.send_waiting_invoices")
def send_waiting_invoices() -> None:
    sending.send_waiting()


@shared_task(name="billing.run_clock")
def run_clock() -> None:
    """Every few minutes, by the scheduler."""
    clockwork.run()


@shared_task(name="billing.reconcile_all")
def reconcile_all() -> None:
    """Every night, by the scheduler."""
    reconciling.reconcile_all()


@shared_task(name="billing.settle_payment")
def settle_payment(payment_id: str, **_: Any) -> None:
    with suppress(GatewayError):  # the clock asks again
        settling.settle(payment=Payment.objects.get(pk=UUID(payment_id)))


@shared_task(name="billing.follow_up")
def follow_up(organisation_id: str, **_: Any) -> None:
    """What a payment or a wish has left to do at the gateway."""
    renewals.try_to_follow(organisation_id=UUID(organisation_id))
    for refund in Refund.objects.filter(
        payment__organisation_id=UUID(organisation_id), status__in=giving_back.OPEN
    ):
        giving_back.carry_out(refund=refund)


@shared_task(name="billing.stop")
def stop(organisation_id: str, **_: Any) -> None:
    closing.stop(organisation_id=UUID(organisation_id))


@shared_task(name="billing.work_through_events")
def work_through_events(**_: Any) -> None:
    """Rung when an event comes, and every half minute by the scheduler for those that are tried again."""
    events.work_through()


@shared_task(name="billing.warn_of_budgets")
def warn_of_budgets() -> None:
    """Every few minutes, by the scheduler."""
    budgets.warn_of_budgets()


@shared_task(name="billing.flush_calls")
def flush_calls() -> None:
    """Every few seconds, by the scheduler."""
    calls.flush()


@shared_task(name="billing.forget_flushes")
def forget_flushes() -> None:
    """A few times a day, by the scheduler."""
    calls.forget_old()


@shared_task(name="billing.follow_sandbox")
def follow_sandbox() -> None:
    """Every half minute, by the scheduler, where payments are made in the sandbox."""
    sandbox.follow_clock()
