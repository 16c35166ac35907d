import threading

import pytest
from django.db import connection, transaction

from billing.invoicing.crediting import issue_credit_note
from billing.invoicing.numbering import NoSeller, next_number
from billing.models import Invoice, InvoiceKind, Seller
from tests.factories.billing import make_invoice

pytestmark = pytest.mark.django_db


def numbers_of(prefix):
    invoices = Invoice.objects.filter(number__startswith=prefix)
    return sorted(int(number.rpartition("-")[2]) for number in invoices.values_list("number", flat=True))


def test_numbers_follow_one_another_in_the_sellers_series(organisation):
    invoices = [make_invoice(organisation) for _ in range(3)]
    assert [invoice.number for invoice in invoices] == ["OCT-000001", "OCT-000002", "OCT-000003"]


def test_credit_notes_have_a_series_of_their_own(organisation):
    first = make_invoice(organisation)
    note = issue_credit_note(invoice=first, amount_minor=100, reason="Paid twice")
    assert note.number == "OCT-CN-000001"
    assert make_invoice(organisation).number == "OCT-000002"


def test_invoices_of_the_sandbox_take_no_number_from_the_real_series(organisation):
    assert make_invoice(organisation, test_mode=True).number == "TEST-000001"
    tested = make_invoice(organisation, test_mode=True)
    assert issue_credit_note(invoice=tested, amount_minor=1, reason="").number == "TEST-CN-000001"
    assert make_invoice(organisation).number == "OCT-000001"


def test_another_seller_begins_at_one(organisation):
    make_invoice(organisation)
    Seller.objects.filter(current=True).update(current=False)
    Seller.objects.create(name="Octavo Press Ltd", prefix="PRESS", current=True)
    assert make_invoice(organisation).number == "PRESS-000001"
    assert Seller.objects.get(prefix="OCT").last_invoice == 1


def test_a_credit_note_stays_in_the_series_of_what_it_corrects(organisation):
    before = make_invoice(organisation)
    Seller.objects.filter(current=True).update(current=False)
    Seller.objects.create(name="Octavo Press Ltd", prefix="PRESS", current=True)
    assert issue_credit_note(invoice=before, amount_minor=1, reason="").number == "OCT-CN-000001"


def test_without_a_seller_nothing_is_invoiced(organisation):
    Seller.objects.filter(current=True).update(current=False)
    with pytest.raises(NoSeller):
        make_invoice(organisation)
    assert not Invoice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_number_is_given_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        next_number(InvoiceKind.INVOICE)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_rolled_back_leaves_no_gap(organisation):
    make_invoice(organisation)
    with pytest.raises(RuntimeError), transaction.atomic():
        assert make_invoice(organisation).number == "OCT-000002"
        raise RuntimeError
    assert make_invoice(organisation).number == "OCT-000002"


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_leave_neither_gap_nor_double(organisation):
    def issue_many(who):
        try:
            for turn in range(25):
                issue_one(who, turn)
        finally:
            connection.close()

    def issue_one(who, turn):
        """Every fifth is rolled back first, while others wait for its number."""
        if (who + turn) % 5 == 0:
            with transaction.atomic():
                make_invoice(organisation)
                transaction.set_rollback(True)
        make_invoice(organisation)

    threads = [threading.Thread(target=issue_many, args=[who]) for who in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers_of("OCT") == list(range(1, 301))
    assert Seller.objects.get(current=True).last_invoice == 300
