from datetime import date

import pytest
from django.db import transaction

from billing.invoicing.crediting import CreditTooLarge, issue_credit_note
from billing.invoicing.issuing import issue
from billing.models import BillingProfile, Invoice, InvoiceStatus, ItemKind, PaymentStatus, Seller, TaxRate
from tests.factories.billing import a_line, make_invoice, make_payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def french_tax(organisation):
    """Acme is in France, where prices include 20 %."""
    BillingProfile.objects.create(organisation=organisation, country="FR")
    seller = Seller.objects.get(current=True)
    return TaxRate.objects.create(
        seller=seller, country="FR", name="TVA", basis_points=2000, valid_from=date(2020, 1, 1)
    )


def test_an_invoice_is_paid_and_belongs_to_its_payment(organisation):
    payment = make_payment(organisation)
    invoice = issue(organisation_id=organisation.pk, lines=[a_line()], payment=payment)
    payment.refresh_from_db()
    assert payment.invoice == invoice
    assert (invoice.status, invoice.paid_at) == (InvoiceStatus.PAID, payment.paid_at)
    assert (invoice.net_minor, invoice.tax_minor, invoice.total_minor) == (19_00, 0, 19_00)
    assert [(item.kind, item.plan_name) for item in invoice.items.all()] == [
        (ItemKind.SUBSCRIPTION, "Starter")
    ]


def test_a_payment_is_invoiced_once(organisation):
    payment = make_payment(organisation)
    first = issue(organisation_id=organisation.pk, lines=[a_line()], payment=payment)
    assert issue(organisation_id=organisation.pk, lines=[a_line()], payment=payment) == first
    assert Invoice.objects.count() == 1


def test_each_line_has_its_tax_and_the_invoice_their_sum(organisation, french_tax):
    lines = [a_line(49_00, kind=ItemKind.UPGRADE), a_line(-7_33, kind=ItemKind.UNUSED)]
    payment = make_payment(organisation, amount_minor=41_67)
    invoice = issue(organisation_id=organisation.pk, lines=lines, payment=payment)
    taxes = [(item.tax_name, item.tax_basis_points, item.tax_minor) for item in invoice.items.all()]
    assert taxes == [("TVA", 2000, 8_17), ("TVA", 2000, -1_22)]
    assert (invoice.net_minor, invoice.tax_minor, invoice.total_minor) == (34_72, 6_95, 41_67)


def test_a_currency_without_subunits_is_taxed_in_whole_units(organisation, french_tax):
    invoice = make_invoice(organisation, 11_500, currency="XOF")
    assert (invoice.net_minor, invoice.tax_minor) == (9_583, 1_917)


def test_the_customer_is_named_as_in_the_billing_details(organisation, owner):
    BillingProfile.objects.create(
        organisation=organisation, name="Acme SARL", address="1 rue du Port", country="FR", language="fr"
    )
    invoice = make_invoice(organisation)
    assert invoice.customer["name"] == "Acme SARL"
    assert invoice.customer["email"] == "ada@acme.example"
    assert invoice.language == "fr"


def test_without_billing_details_the_organisation_is_named(organisation, owner):
    invoice = make_invoice(organisation)
    assert (invoice.customer["name"], invoice.language) == ("Acme", "en")


def test_what_is_changed_later_changes_no_invoice(organisation, owner):
    invoice = make_invoice(organisation)
    Seller.objects.filter(current=True).update(name="Another Press")
    BillingProfile.objects.create(organisation=organisation, name="Acme Holding")
    invoice.refresh_from_db()
    assert (invoice.seller_as_was["name"], invoice.customer["name"]) == ("Octavo", "Acme")
    assert make_invoice(organisation).seller_as_was["name"] == "Another Press"


@pytest.mark.parametrize("total", [18_99, 19_01])
def test_lines_that_do_not_add_up_to_the_payment_are_refused(organisation, total):
    payment = make_payment(organisation)
    with pytest.raises(ValueError, match="for a payment of 1900"):
        issue(organisation_id=organisation.pk, lines=[a_line(total)], payment=payment)


def test_a_payment_that_has_not_come_is_not_invoiced(organisation):
    payment = make_payment(organisation, status=PaymentStatus.PENDING)
    with pytest.raises(ValueError, match="PENDING"):
        issue(organisation_id=organisation.pk, lines=[a_line()], payment=payment)


def test_credit_notes_take_back_exactly_the_invoices_tax(organisation, french_tax):
    invoice = make_invoice(organisation, 19_99)
    notes = [
        issue_credit_note(invoice=invoice, amount_minor=part, reason="Paid twice")
        for part in (6_67, 6_67, 6_65)
    ]
    assert sum(note.tax_minor for note in notes) == -invoice.tax_minor
    assert sum(note.net_minor for note in notes) == -invoice.net_minor
    assert {note.corrects for note in notes} == {invoice}
    assert [note.items.get().total_minor for note in notes] == [-6_67, -6_67, -6_65]


def test_no_more_is_taken_back_than_is_left(organisation):
    invoice = make_invoice(organisation)
    issue_credit_note(invoice=invoice, amount_minor=12_00, reason="")
    with pytest.raises(CreditTooLarge) as refusal:
        issue_credit_note(invoice=invoice, amount_minor=7_01, reason="")
    assert refusal.value.left == 7_00


def test_a_credit_note_is_not_taken_back(organisation):
    note = issue_credit_note(invoice=make_invoice(organisation), amount_minor=1, reason="")
    with pytest.raises(ValueError, match="cannot be taken back"):
        issue_credit_note(invoice=note, amount_minor=1, reason="")
    with pytest.raises(ValueError, match="cannot be taken back"):
        issue_credit_note(invoice=note.corrects, amount_minor=0, reason="")


@pytest.mark.django_db(transaction=True)
def test_an_invoice_that_is_rolled_back_is_not_sent(organisation, owner, mailoutbox):
    with pytest.raises(RuntimeError), transaction.atomic():
        make_invoice(organisation)
        raise RuntimeError
    assert mailoutbox == []
