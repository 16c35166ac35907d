"""Plans, the subscription, invoices and payments over REST."""

from __future__ import annotations

from typing import Any

import pytest

from api.faults import FAULTS
from billing.invoicing.crediting import issue_credit_note
from billing.models import BillingProfile, Payment
from tenants.models import Organisation
from tests.api.conftest import Errors
from tests.billing.subscriptions.conftest import customer
from tests.billing.subscriptions.living import Customer, price
from tests.conftest import HostClient
from tests.factories.billing import make_invoice
from tests.queries import queries_of

__all__ = ["customer"]
pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def send(client: HostClient, path: str, body: Any = None) -> Any:
    return client.post(f"{ROOT}/{path}", body or {}, content_type="application/json")


def put(client: HostClient, path: str, body: Any) -> Any:
    return client.put(f"{ROOT}/{path}", body, content_type="application/json")


def test_plans_have_prices_in_the_currency_asked_for(admin_client: HostClient) -> None:
    offers = admin_client.get(f"{ROOT}/plans/?currency=ngn").json()
    assert [offer["plan"]["code"] for offer in offers] == ["FREE", "STARTER", "PRO", "ENTERPRISE"]
    assert {each["currency"] for offer in offers for each in offer["prices"]} == {"NGN"}
    assert admin_client.get(f"{ROOT}/plans/?currency=XXX").json()[1]["prices"][0]["currency"] == "USD"


def test_subscription_says_how_it_stands(admin_client: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    told = admin_client.get(f"{ROOT}/subscription/").json()
    assert (told["plan"]["code"], told["status"], told["price"]["amount_minor"]) == (
        "STARTER",
        "ACTIVE",
        19_00,
    )
    assert told["card"] == "visa 4081" and told["period_end"].startswith("2026-02-15T09:00")


def test_members_see_nothing_and_admins_change_nothing(
    member_client: HostClient, admin_client: HostClient, errors: Errors
) -> None:
    for path in ("plans/", "subscription/", "invoices/", "payments/", "billing-profile/"):
        assert member_client.get(f"{ROOT}/{path}").status_code == 403, path
    for path in ("checkout/", "change/", "cancel/", "keep/", "pause/", "resume/", "trial/", "preview/"):
        errors(send(admin_client, f"subscription/{path}"), status=403)
    errors(put(admin_client, "billing-profile/", {}), status=403)


def test_checkout_gives_the_page_to_pay_on(owner_client: HostClient, customer: Customer) -> None:
    page = send(owner_client, "subscription/checkout/", {"price": str(price("STARTER").pk)}).json()
    payment = Payment.objects.get()
    assert page == {"url": payment.hosted_url, "reference": payment.reference}


def test_change_charges_what_its_preview_told(owner_client: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.wait(days=10)
    wanted = {"price": str(price("PRO").pk)}
    told = send(owner_client, "subscription/preview/", wanted).json()
    assert told["at_once"] and told["amount_due_minor"] == sum(line["total_minor"] for line in told["lines"])
    change = {**wanted, "amount_minor": told["amount_due_minor"], "as_of": told["as_of"]}
    done = send(owner_client, "subscription/change/", change).json()
    assert (done["subscription"]["plan"]["code"], done["payment_status"]) == ("PRO", "SUCCEEDED")
    assert customer.payments[-1].amount_minor == told["amount_due_minor"]


def test_change_for_less_than_is_due_is_refused(
    owner_client: HostClient, customer: Customer, errors: Errors
) -> None:
    customer.subscribe("STARTER")
    answer = send(owner_client, "subscription/change/", {"price": str(price("PRO").pk), "amount_minor": 1})
    errors(answer, status=409)
    assert answer.json()["type"] == FAULTS["amount-changed"].type
    assert customer.plan == "STARTER"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("change/", {"price": "x", "amount_minor": 1}, "price"),
        ("change/", {"amount_minor": 1}, "price"),
        ("change/", {"amount_minor": -1}, "amount_minor"),
        ("change/", {"amount_minor": 10**30}, "amount_minor"),
        ("change/", {"amount_minor": "lots"}, "amount_minor"),
        ("change/", {"amount_minor": 1, "as_of": "soon"}, "as_of"),
        ("checkout/", {"price": "00000000-0000-7000-8000-000000000000"}, "price"),
        ("checkout/", {"price": ["x"]}, "price"),
        ("pause/", {"until": "never"}, "until"),
        ("trial/", {"plan": "NONE"}, "plan"),
    ],
)
def test_nonsense_is_refused_by_field(
    owner_client: HostClient, customer: Customer, errors: Errors, path: str, body: Any, field: str
) -> None:
    assert field in errors(send(owner_client, f"subscription/{path}", body))


def test_cancel_keep_pause_resume(owner_client: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    assert send(owner_client, "subscription/cancel/").json()["cancel_at_period_end"] is True
    assert send(owner_client, "subscription/keep/").json()["cancel_at_period_end"] is False
    assert send(owner_client, "subscription/pause/").json()["paused_at"]
    done = send(owner_client, "subscription/resume/").json()
    assert done["subscription"]["paused_at"] is None and done["payment_url"] is None


def test_trial_by_code(owner_client: HostClient, customer: Customer, errors: Errors) -> None:
    for unknown in ("GOLD", "\0PRO"):
        assert list(errors(send(owner_client, "subscription/trial/", {"plan": unknown}))) == ["plan"]
    assert send(owner_client, "subscription/trial/", {"plan": "PRO"}).json()["status"] == "TRIALING"
    errors(send(owner_client, "subscription/trial/", {"plan": "PRO"}), status=409)


def test_what_is_not_possible_now_says_why(
    owner_client: HostClient, customer: Customer, errors: Errors
) -> None:
    for path in ("cancel/", "keep/", "pause/", "resume/"):
        answer = send(owner_client, f"subscription/{path}")
        errors(answer, status=409)
        assert answer.json()["type"] == FAULTS["not-possible-now"].type


def test_without_a_gateway_it_says_so(owner_client: HostClient, settings: Any, errors: Errors) -> None:
    settings.PAYSTACK_SECRET_KEY, settings.PAYSTACK_SANDBOX = "", False
    answer = send(owner_client, "subscription/checkout/", {"price": str(price("PRO").pk)})
    errors(answer, status=409)
    assert "not set up" in answer.json()["detail"]


def test_invoices_with_lines_and_files(admin_client: HostClient, organisation: Organisation) -> None:
    invoice = make_invoice(organisation)
    issue_credit_note(invoice=invoice, amount_minor=5_00, reason="Paid twice")
    note, first = admin_client.get(f"{ROOT}/invoices/").json()["results"]
    assert (note["corrects"], note["total_minor"]) == ("OCT-000001", -5_00)
    assert first["items"][0]["plan_name"] == "Starter"
    file = admin_client.get(first["pdf_url"].removeprefix(f"http://{organisation.host}"))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert admin_client.get(f"{ROOT}/invoices/{invoice.pk}/").json()["number"] == "OCT-000001"


def test_another_organisations_invoice_is_not_there(
    owner_client: HostClient, other_organisation: Organisation, errors: Errors
) -> None:
    theirs = make_invoice(other_organisation)
    errors(owner_client.get(f"{ROOT}/invoices/{theirs.pk}/"), status=404)
    errors(owner_client.get(f"{ROOT}/invoices/{theirs.pk}/pdf/"), status=404)
    assert owner_client.get(f"{ROOT}/invoices/").json()["results"] == []


@pytest.mark.parametrize("path", ["invoices/", "payments/"])
def test_lists_do_not_query_for_each_row(
    owner_client: HostClient, organisation: Organisation, path: str
) -> None:
    make_invoice(organisation)
    before = queries_of(owner_client, f"{ROOT}/{path}")
    for _turn in range(3):
        issue_credit_note(invoice=make_invoice(organisation), amount_minor=1, reason="")
    assert queries_of(owner_client, f"{ROOT}/{path}") == before


def test_billing_profile_is_replaced(
    owner_client: HostClient, organisation: Organisation, errors: Errors
) -> None:
    assert owner_client.get(f"{ROOT}/billing-profile/").json()["name"] == ""
    given = {"name": "Acme SARL", "country": "FR", "tax_id": "FR40303265045"}
    assert put(owner_client, "billing-profile/", given).json()["country"] == "FR"
    assert BillingProfile.objects.get(organisation=organisation).name == "Acme SARL"
    assert "tax_id" in errors(put(owner_client, "billing-profile/", {"country": "FR", "tax_id": "FR1"}))
    assert "country" in errors(put(owner_client, "billing-profile/", {"country": "XX"}))
    assert "email" in errors(put(owner_client, "billing-profile/", {"email": "nowhere"}))
