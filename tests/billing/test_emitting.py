"""What endpoints hear of money and limits."""

from __future__ import annotations

import pytest

from billing import alerts, states
from billing.models import Metric, PaymentStatus, Purpose, Subscription, SubscriptionStatus, Window
from insights.actions import Action
from notifications.webhooks.catalogue import event_type
from notifications.webhooks.models import Endpoint, Event
from tests.factories.billing import make_invoice, make_payment, put_on


@pytest.fixture(autouse=True)
def listening(organisation):
    return Endpoint.objects.create(organisation=organisation, url="https://hooks.example/", secret="x")


def said(kind):
    data = Event.objects.get(type=kind).data
    assert data.keys() == event_type(kind).example.keys()
    return data


def test_a_subscription_that_is_paused(organisation, owner):
    put_on(organisation, "PRO")
    row = Subscription.objects.get(organisation=organisation)
    states.move(row, SubscriptionStatus.PAUSED, action=Action.SUBSCRIPTION_PAUSED)
    told = said("subscription.changed")
    assert (told["change"], told["plan"], told["status"]) == ("subscription.paused", "PRO", "PAUSED")


def test_a_payment_that_fails(organisation):
    payment = make_payment(organisation, status=PaymentStatus.PENDING, purpose=Purpose.RENEWAL)
    states.move(payment, PaymentStatus.FAILED, action=Action.PAYMENT_FAILED)
    assert (said("payment.failed")["id"], said("payment.failed")["amount_minor"]) == (str(payment.pk), 1900)


def test_a_payment_that_succeeds_is_told_by_its_invoice(organisation):
    payment = make_payment(organisation, status=PaymentStatus.PENDING)
    states.move(payment, PaymentStatus.SUCCEEDED, action=Action.PAYMENT_RECEIVED)
    assert not Event.objects.exists()


@pytest.mark.parametrize(("percent", "kind"), [(80, "limit.nearing"), (100, "limit.reached")])
def test_limits(organisation, owner, percent, kind):
    about = {"metric": Metric.BOOKS_CREATED, "window": Window.MONTH, "period": "2026-03-01"}
    for _time in range(2):
        alerts.tell(organisation_id=organisation.pk, percent=percent, cap=50, **about)
    assert (said(kind)["percent"], said(kind)["limit"], said(kind)["metric"]) == (
        percent,
        50,
        "BOOKS_CREATED",
    )


def test_an_invoice(organisation, owner):
    invoice = make_invoice(organisation)
    for kind in ("invoice.issued", "invoice.paid"):
        assert (said(kind)["number"], said(kind)["total_minor"]) == (invoice.number, invoice.total_minor)
