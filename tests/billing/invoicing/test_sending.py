import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from billing import clock
from billing.invoicing.crediting import issue_credit_note
from billing.invoicing.sending import send, send_again, send_waiting
from billing.models import BillingProfile, Invoice
from notifications.models import Letter
from tests.factories.billing import make_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(organisation, owner):
    return make_invoice(organisation)


def sent_long_ago(invoice):
    Invoice.objects.filter(pk=invoice.pk).update(emailed_at=timezone.now() - timedelta(minutes=5))


def test_an_invoice_goes_to_the_owner_with_its_file(organisation, invoice):
    assert send(invoice_id=invoice.pk)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ada@acme.example"], "Invoice OCT-000001 from Octavo")
    assert "your payment of $19.00" in letter.body
    assert f"http://{organisation.host}/billing/invoices/{invoice.pk}/" in letter.body
    ((name, data, kind),) = letter.attachments
    assert (name, kind, data[:5]) == ("invoice-OCT-000001.pdf", "application/pdf", b"%PDF-")


def test_a_credit_note_is_sent_in_the_customers_language(organisation, owner):
    BillingProfile.objects.create(organisation=organisation, language="fr", email="compta@acme.example")
    note = issue_credit_note(invoice=make_invoice(organisation), amount_minor=500, reason="Doublon")
    send(invoice_id=note.pk)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["compta@acme.example"], "Avoir OCT-CN-000001 de Octavo")
    assert "5,00\u00a0$US sur la facture OCT-000001" in letter.body


def test_a_letter_of_the_sandbox_says_so(organisation, owner, invoice):
    for sent in (make_invoice(organisation, test_mode=True), invoice):
        send(invoice_id=sent.pk)
    assert ["no money has moved" in letter.body for letter in mail.outbox] == [True, False]


def test_an_invoice_is_sent_once(invoice):
    assert [send(invoice_id=invoice.pk) for _ in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_sends(organisation, owner, settings):
    settings.EMAIL_BACKEND = "notifications.outbox.Outbox"
    invoice = make_invoice(organisation)
    sent = []

    def work():
        try:
            sent.append(send(invoice_id=invoice.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [False, False, False, True]
    assert Letter.objects.count() == 1


def test_a_letter_that_could_not_be_written_leaves_no_mark(invoice, settings):
    settings.EMAIL_BACKEND = "nowhere.at.all"
    with pytest.raises(ImportError):
        send(invoice_id=invoice.pk)
    invoice.refresh_from_db()
    assert invoice.emailed_at is None


def test_without_an_address_nothing_is_sent(organisation):
    assert not send(invoice_id=make_invoice(organisation).pk)
    assert send_waiting() == 0


def test_the_sweeper_sends_what_waits(invoice):
    assert send_waiting() == 0  # the bell may still be ringing
    Invoice.objects.update(issued_at=clock.now() - timedelta(minutes=2))
    assert [send_waiting(), send_waiting()] == [1, 0]
    assert len(mail.outbox) == 1


def test_an_invoice_is_sent_again_to_the_address_of_today(
    organisation, invoice, django_capture_on_commit_callbacks
):
    send(invoice_id=invoice.pk)
    assert not send_again(invoice=invoice)  # a minute has not passed
    sent_long_ago(invoice)
    BillingProfile.objects.create(organisation=organisation, email="new@acme.example")
    with django_capture_on_commit_callbacks() as rung:
        assert send_again(invoice=invoice)
    assert len(rung) == 1
    assert send(invoice_id=invoice.pk)
    assert mail.outbox[-1].to == ["new@acme.example"]
