"""The console's billing: subscriptions, invoices, payments, who sells, and taxes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html

from billing import clock
from billing.invoicing.crediting import issue_credit_note
from billing.models import Invoice, Payment, PaymentStatus, Refund, Seller, Subscription, TaxRate
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Organisation
from tests.billing.subscriptions.conftest import customer
from tests.billing.subscriptions.living import Customer
from tests.conftest import HostClient
from tests.factories.billing import make_invoice, make_payment
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

__all__ = ["customer"]
pytestmark = pytest.mark.django_db
SELLER = {
    "name": "Octavo Press Ltd", "number_prefix": "OCT", "address": "12 Marina Road\nLagos", "country": "NG",
    "tax_id": "12345678-0001", "email": "billing@octavo.example", "note": "",
}  # fmt: skip


@pytest.fixture
def operator(super_admin: User) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture
def reader(db: None) -> HostClient:
    """A platform ADMIN, who looks and changes nothing."""
    return HostClient().sign_in(UserFactory(role=User.Role.ADMIN))


def text(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).xpath("//main")[0].text_content().split())


def test_subscriptions_are_found(
    operator: HostClient, organisation: Organisation, other_organisation: Any
) -> None:
    Subscription.objects.filter(organisation=other_organisation).update(status="PAUSED")
    assert {"Acme", "Globex"} <= set(text(operator.get("/console/subscriptions/")).split())
    for query in ("q=acm", "status=ACTIVE", "q=acme&plan=FREE"):
        said = text(operator.get(f"/console/subscriptions/?{query}"))
        assert "Acme" in said and "Globex" not in said, query
    assert "No subscription matches" in text(operator.get("/console/subscriptions/?plan=%00x"))


def test_one_subscription_tells_all(operator: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    said = text(operator.get(f"/console/subscriptions/{customer.subscription.pk}/"))
    for words in ("Starter", "$19.00", "•••• 4081", "OCT-", "Subscribed", "A payment came"):
        assert words.replace("OCT-", "TEST-") in said, words


def test_money_is_given_back_with_a_reason(operator: HostClient, customer: Customer) -> None:
    payment = customer.subscribe("STARTER")
    address = f"/console/payments/{payment.pk}/refund/"
    assert operator.post(address, {"amount": "4.50", "reason": "Was down"}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.reason) == (4_50, "Was down")
    assert "$4.50 back" in text(operator.get(f"/console/subscriptions/{customer.subscription.pk}/"))


@pytest.mark.parametrize("amount", ["0", "-1", "19.01", "0.001", "much", "", "1e9", "NaN"])
def test_no_wrong_amount_is_given_back(operator: HostClient, customer: Customer, amount: str) -> None:
    payment = customer.subscribe("STARTER")
    answer = operator.post(f"/console/payments/{payment.pk}/refund/", {"amount": amount, "reason": "Because"})
    assert answer.status_code == 422
    assert not Refund.objects.exists()


def test_comparing_asks_the_gateway(operator: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    address = f"/console/subscriptions/{customer.subscription.pk}/compare/"
    assert "this is how it stands" in text(operator.post(address, follow=True))
    assert customer.subscription.checked_at is not None


def test_invoices_are_found_by_number_customer_and_kind(
    operator: HostClient, organisation: Organisation
) -> None:
    invoice = make_invoice(organisation)
    issue_credit_note(invoice=invoice, amount_minor=1, reason="")
    for query in ("q=000001", "q=acme", "kind=INVOICE"):
        assert "OCT-000001" in text(operator.get(f"/console/invoices/?{query}")), query
    assert text(operator.get("/console/invoices/?kind=CREDIT_NOTE")).count("PDF") == 1
    assert "No invoice matches" in text(operator.get("/console/invoices/?q=zzz"))


def test_payments_are_found(operator: HostClient, organisation: Organisation) -> None:
    paid = make_invoice(organisation, reference="oct-one")
    make_payment(organisation, reference="oct-two", status=PaymentStatus.FAILED, paid_at=None)
    assert "oct-two" in text(operator.get("/console/payments/?status=FAILED"))
    for query in ("q=oct-one", f"q={paid.number}", "q=Acme"):
        said = text(operator.get(f"/console/payments/?{query}"))
        assert "oct-one" in said and "oct-two" not in said, query


@pytest.mark.parametrize("path", ["subscriptions", "invoices", "payments"])
def test_lists_do_not_query_for_each_row(
    operator: HostClient, organisation: Organisation, other_organisation: Organisation, path: str
) -> None:
    make_invoice(organisation)
    before = queries_of(operator, f"/console/{path}/")
    for each in (organisation, other_organisation):
        issue_credit_note(invoice=make_invoice(each), amount_minor=1, reason="")
    assert queries_of(operator, f"/console/{path}/") == before


def test_a_new_installation_is_asked_who_sells(operator: HostClient) -> None:
    assert "do not say yet who sells" in text(operator.get("/console/seller/"))
    assert operator.post("/console/seller/change/", SELLER).status_code == 302
    assert "do not say yet who sells" not in text(operator.get("/console/seller/"))
    assert Seller.objects.get(current=True).tax_id == "12345678-0001"
    assert ActivityLog.objects.filter(action="seller.changed").count() == 1


def test_the_prefix_stays_once_numbers_are_given(operator: HostClient, organisation: Organisation) -> None:
    make_invoice(organisation)
    answer = operator.post("/console/seller/change/", {**SELLER, "number_prefix": "NEW"})
    assert answer.status_code == 422 and "Numbers have been given with it" in text(answer)


@pytest.mark.parametrize("prefix", ["TEST", "oct", "", "A" * 13, "A-B", "1A"])
def test_a_wrong_prefix_is_refused(operator: HostClient, prefix: str) -> None:
    assert operator.post("/console/seller/change/", {**SELLER, "number_prefix": prefix}).status_code == 422
    another = {f"another-{name}": value for name, value in {**SELLER, "number_prefix": prefix}.items()}
    assert operator.post("/console/seller/another/", another).status_code == 422
    assert Seller.objects.get(current=True).prefix == "OCT"


@pytest.mark.usefixtures("still_clock")
def test_another_company_takes_over_with_numbers_and_taxes(
    operator: HostClient, organisation: Organisation
) -> None:
    make_invoice(organisation)
    add_rate(operator, "FR", "20")
    another = {f"another-{name}": value for name, value in {**SELLER, "number_prefix": "NEXT"}.items()}
    assert operator.post("/console/seller/another/", another).status_code == 302
    assert make_invoice(organisation).number == "NEXT-000001"
    assert TaxRate.objects.filter(seller__prefix="NEXT", country="FR").count() == 1
    assert Invoice.objects.get(number="OCT-000001").seller_as_was["name"] == "Octavo"


def add_rate(operator: HostClient, country: str, percent: str, day: date | None = None) -> Any:
    day = day or clock.now().date()
    given = {"country": country, "name": "VAT", "percent": percent, "valid_from": day.isoformat()}
    return operator.post("/console/seller/taxes/", given)


@pytest.mark.usefixtures("still_clock")
def test_a_rate_holds_from_its_day(operator: HostClient) -> None:
    assert add_rate(operator, "NG", "7.5").status_code == 302
    assert TaxRate.objects.get(country="NG").basis_points == 750
    assert "7.5\u202f%" in html.fromstring(operator.get("/console/seller/").content.decode()).text_content()


@pytest.mark.usefixtures("still_clock")
def test_a_rate_that_holds_already_is_not_taken_back(operator: HostClient) -> None:
    add_rate(operator, "NG", "7.5")
    add_rate(operator, "NG", "10", clock.now().date() + timedelta(days=30))
    for rate in TaxRate.objects.order_by("valid_from"):
        operator.post(f"/console/seller/taxes/{rate.pk}/remove/")
    assert [rate.basis_points for rate in TaxRate.objects.all()] == [750]


@pytest.mark.parametrize(
    ("country", "percent", "days"),
    [
        ("NG", "7.5", -1),
        ("NG", "-1", 0),
        ("NG", "61", 0),
        ("NG", "1.234", 0),
        ("XX", "5", 0),
        ("", "5", 0),
        ("NG", "", 0),
    ],
)
@pytest.mark.usefixtures("still_clock")
def test_a_rate_that_cannot_be_is_refused(
    operator: HostClient, country: str, percent: str, days: int
) -> None:
    day = clock.now().date() + timedelta(days=days)
    assert add_rate(operator, country, percent, day).status_code == 422
    assert not TaxRate.objects.exists()


def test_staff_look_and_change_nothing(reader: HostClient, organisation: Organisation) -> None:
    invoice = make_invoice(organisation)
    payment = Payment.objects.get()
    subscription = Subscription.objects.get(organisation=organisation)
    for path in (
        "subscriptions/",
        f"subscriptions/{subscription.pk}/",
        "invoices/",
        f"invoices/{invoice.pk}/",
        "seller/",
    ):
        page = reader.get(f"/console/{path}")
        assert page.status_code == 200
        assert not html.fromstring(page.content.decode()).xpath("//main//form[@method='post']")
    for path in (
        "seller/change/",
        f"payments/{payment.pk}/refund/",
        f"subscriptions/{subscription.pk}/compare/",
    ):
        assert reader.post(f"/console/{path}").status_code == 404
