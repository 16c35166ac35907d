"""Invoices, payments and billing details as owners and admins see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.invoicing.crediting import issue_credit_note
from billing.models import BillingProfile, Invoice, Payment, PaymentStatus
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Organisation, OrganisationStatus
from tenants.organisations.deletion import erase
from tests.conftest import HostClient
from tests.factories.billing import make_invoice, make_payment
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

DETAILS = {
    "name": "Acme SARL",
    "address": "1 rue du Port",
    "country": "FR",
    "tax_id": "",
    "email": "",
    "language": "",
}


@pytest.fixture
def invoice(organisation: Organisation, owner: User) -> Invoice:
    return make_invoice(organisation)


def test_invoices_are_listed_with_their_files(owner_page: HostClient, invoice: Invoice) -> None:
    page = owner_page.get("/billing/invoices/")
    assert "OCT-000001" in text_of(page) and "$19.00" in text_of(page)
    assert tree(page).xpath(f"//a[@href='/billing/invoices/{invoice.pk}/pdf/']")


def test_nothing_paid_yet_says_so(owner_page: HostClient) -> None:
    for path in ("invoices", "payments"):
        assert tree(owner_page.get(f"/billing/{path}/")).xpath("//div[@class='empty']//a/@href") == [
            "/billing/plans/"
        ]


def test_an_invoice_says_what_was_paid(owner_page: HostClient, invoice: Invoice) -> None:
    issue_credit_note(invoice=invoice, amount_minor=500, reason="Paid twice")
    said = text_of(owner_page.get(f"/billing/invoices/{invoice.pk}/"))
    for words in ("Starter", "March 1, 2026", "$19.00", "Visa •••• 4242", "OCT-CN-000001", "−$5.00"):
        assert words in said, words


def test_the_file_is_saved_under_its_number(admin_page: HostClient, invoice: Invoice) -> None:
    response = admin_page.get(f"/billing/invoices/{invoice.pk}/pdf/")
    assert response["Content-Disposition"] == 'attachment; filename="invoice-OCT-000001.pdf"'
    assert response.content[:5] == b"%PDF-"


@pytest.mark.parametrize("path", ["", "plans/", "invoices/", "payments/", "details/"])
def test_members_and_guests_see_nothing_of_it(page: HostClient, guest_page: HostClient, path: str) -> None:
    assert page.get(f"/billing/{path}").status_code == 403
    assert guest_page.get(f"/billing/{path}").status_code == 403


def test_admins_read_and_owners_change(admin_page: HostClient, invoice: Invoice) -> None:
    for path in ("", "plans/", "invoices/", "payments/", f"invoices/{invoice.pk}/"):
        assert admin_page.get(f"/billing/{path}").status_code == 200, path
    assert admin_page.get("/billing/details/").status_code == 403
    assert admin_page.post(f"/billing/invoices/{invoice.pk}/send/").status_code == 403


def test_another_organisations_invoice_is_not_there(
    owner_page: HostClient, other_organisation: Organisation
) -> None:
    theirs = make_invoice(other_organisation)
    for path in ("", "pdf/"):
        assert owner_page.get(f"/billing/invoices/{theirs.pk}/{path}").status_code == 404
    assert owner_page.post(f"/billing/invoices/{theirs.pk}/send/").status_code == 404


def test_an_invoice_is_sent_again(owner_page: HostClient, invoice: Invoice) -> None:
    Invoice.objects.update(emailed_at=timezone.now() - timedelta(minutes=5))
    assert "on its way" in text_of(owner_page.post(f"/billing/invoices/{invoice.pk}/send/", follow=True))
    Invoice.objects.update(emailed_at=timezone.now())
    assert "a moment ago" in text_of(owner_page.post(f"/billing/invoices/{invoice.pk}/send/", follow=True))


def test_payments_tell_what_became_of_them(owner_page: HostClient, organisation: Organisation) -> None:
    make_invoice(organisation)
    make_payment(organisation, status=PaymentStatus.FAILED, paid_at=None)
    said = text_of(owner_page.get("/billing/payments/"))
    assert "OCT-000001" in said and "Failed" in said


@pytest.mark.parametrize("path", ["invoices/", "payments/"])
def test_lists_do_not_query_for_each_row(
    owner_page: HostClient, organisation: Organisation, path: str
) -> None:
    make_invoice(organisation)
    before = queries_of(owner_page, f"/billing/{path}")
    for _ in range(4):
        invoice = make_invoice(organisation)
        issue_credit_note(invoice=invoice, amount_minor=1, reason="")
    assert queries_of(owner_page, f"/billing/{path}") == before


def test_many_invoices_have_pages(owner_page: HostClient, organisation: Organisation) -> None:
    for _ in range(26):
        make_invoice(organisation)
    assert len(tree(owner_page.get("/billing/invoices/")).xpath("//li[contains(@class, 'bill')]")) == 25
    assert len(tree(owner_page.get("/billing/invoices/?page=2")).xpath("//li[contains(@class, 'bill')]")) == 1


def test_details_are_kept_and_logged(owner_page: HostClient, organisation: Organisation) -> None:
    given = {**DETAILS, "tax_id": "fr 40 303 265 045", "email": "compta@acme.example", "language": "fr"}
    assert owner_page.post("/billing/details/", given).status_code == 302
    kept = BillingProfile.objects.get(organisation=organisation)
    assert (kept.name, kept.country, kept.tax_id, kept.language) == (
        "Acme SARL",
        "FR",
        "FR 40 303 265 045",
        "fr",
    )
    assert ActivityLog.objects.filter(action="billing.details_changed").count() == 1


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("tax_id", "FR12345678901", "cannot be a tax number"),
        ("country", "XX", "not one of the available choices"),
        ("email", "nowhere", "valid email"),
        ("language", "xx", "not one of the available choices"),
        ("name", "n" * 201, "at most 200"),
        ("address", "a" * 501, "at most 500"),
        ("tax_id", "1" * 41, "at most 40"),
        ("name", "nul\x00", "Null characters"),
    ],
)
def test_details_that_cannot_be_are_refused(
    owner_page: HostClient, field: str, given: str, words: str
) -> None:
    response = owner_page.post("/billing/details/", {**DETAILS, field: given})
    assert response.status_code == 422
    assert words in text_of(response)
    assert not BillingProfile.objects.exists()


def test_a_tax_number_of_a_country_whose_rules_are_unknown_is_taken(owner_page: HostClient) -> None:
    assert (
        owner_page.post("/billing/details/", {**DETAILS, "country": "NG", "tax_id": "123"}).status_code == 302
    )


def test_invoices_outlive_the_organisation(
    organisation: Organisation, invoice: Invoice, operator: Any
) -> None:
    payments = Payment.objects.count()
    Organisation.objects.filter(pk=organisation.pk).update(
        status=OrganisationStatus.DELETING, delete_at=timezone.now()
    )
    assert erase(organisation_id=organisation.pk)
    assert Payment.objects.count() == payments
    said = operator.get(f"/console/invoices/?q={invoice.number}").content.decode()
    assert "Acme" in said
    assert operator.get(f"/console/invoices/{invoice.pk}/").status_code == 200
    assert operator.get(f"/console/invoices/{invoice.pk}/pdf/").content[:5] == b"%PDF-"


@pytest.fixture
def operator(super_admin: User) -> HostClient:
    return HostClient().sign_in(super_admin)
