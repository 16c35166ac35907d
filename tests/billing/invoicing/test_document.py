import io
import json
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from pdfua import Severity, validate

from billing.invoicing import press as press_module
from billing.invoicing.crediting import issue_credit_note
from billing.invoicing.document import file_name, page_of, pdf_of
from billing.invoicing.issuing import issue
from billing.invoicing.press import NotSet, press
from billing.models import BillingProfile, Invoice, ItemKind, Seller, TaxRate
from tests.factories.billing import PERIOD, a_line, make_invoice, make_payment

pytestmark = pytest.mark.django_db
HOSTILE = '#read("/etc/passwd") $x^2$ *_[#panic("no")]_* \\ <label> @ref ~ "quote" {page} `raw` // /* */'


@pytest.fixture
def taxed(organisation, owner):
    """Acme in France with a tax number, and an Octavo that has filled in its details."""
    BillingProfile.objects.create(
        organisation=organisation, name="Acme SARL", address="1 rue du Port\n33000 Bordeaux", country="FR",
        tax_id="FR40303265045", language="fr",
    )  # fmt: skip
    seller = Seller.objects.get(current=True)
    Seller.objects.filter(pk=seller.pk).update(
        name="Octavo Press",
        address="12 Marina Road\nLagos",
        country="NG",
        tax_id="12345678-0001",
        note="Merci.",
    )
    TaxRate.objects.create(
        seller=seller, country="FR", name="TVA", basis_points=2000, valid_from=date(2020, 1, 1)
    )


def text_of(data):
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "\n")


def flaws_of(data, folder):
    (folder / "invoice.pdf").write_bytes(data)
    found = validate(str(folder / "invoice.pdf")).findings
    return [(each.rule_id, each.message) for each in found if each.severity is not Severity.INFO]


def test_a_french_invoice_says_all_that_the_law_asks(organisation, taxed):
    lines = [a_line(49_00, plan="PRO", kind=ItemKind.UPGRADE), a_line(-7_33, kind=ItemKind.UNUSED)]
    payment = make_payment(organisation, amount_minor=41_67)
    invoice = issue(organisation_id=organisation.pk, lines=lines, payment=payment)
    Invoice.objects.filter(pk=invoice.pk).update(issued_at=PERIOD[0])
    said = text_of(pdf_of(Invoice.objects.get(pk=invoice.pk)))
    for words in (
        "Facture", "OCT-000001", "Émise le\n1 mars 2026", "Octavo Press", "12 Marina Road", "Nigeria",
        "Numéro fiscal\u00a0: 12345678-0001", "Acme SARL", "33000 Bordeaux", "France", "FR40303265045",
        "Pro, reste de la période", "Starter, reste de la période non utilisé", "1 mars 2026 – 1 avril 2026",
        "TVA 20\u00a0%", "−7,33\u00a0$US", "34,72\u00a0$US", "6,95\u00a0$US", "41,67\u00a0$US",
        "Payée le 1 mars 2026 par Visa •••• 4242.", "USD", "Merci.", "Page 1 sur 1",
    ):  # fmt: skip
        assert words in said, words


def test_an_english_credit_note_names_what_it_corrects(organisation, owner):
    invoice = make_invoice(organisation)
    note = issue_credit_note(invoice=invoice, amount_minor=5_00, reason="Paid twice")
    said = text_of(pdf_of(note))
    for words in ("Credit note", "OCT-CN-000001", "Corrects\nOCT-000001", "Paid twice", "−$5.00", "No tax"):
        assert words in said, words
    assert "Paid on" not in said
    assert (file_name(invoice), file_name(note)) == ("invoice-OCT-000001.pdf", "invoice-OCT-CN-000001.pdf")


def test_an_invoice_of_the_sandbox_says_so(organisation):
    assert "no money has moved" in text_of(pdf_of(make_invoice(organisation, test_mode=True)))
    assert "no money has moved" not in text_of(pdf_of(make_invoice(organisation)))


def test_the_file_is_the_same_each_time(organisation):
    invoice = make_invoice(organisation)
    assert pdf_of(invoice) == pdf_of(Invoice.objects.get(pk=invoice.pk))


def test_the_file_is_accessible(organisation, taxed, tmp_path):
    assert flaws_of(pdf_of(make_invoice(organisation)), tmp_path) == []


def test_no_text_is_read_as_markup(organisation, owner, tmp_path):
    BillingProfile.objects.create(organisation=organisation, name=HOSTILE[:200], address=HOSTILE, tax_id="#1")
    Seller.objects.filter(current=True).update(note=HOSTILE, name=HOSTILE[:80])
    data = pdf_of(make_invoice(organisation))
    said = " ".join(text_of(data).split())
    assert said.count('#read("/etc/passwd") $x^2$') >= 3
    assert flaws_of(data, tmp_path) == []


@pytest.mark.parametrize(
    "name", ["شركة النشر", "מו״ל הים", "東京出版株式会社", "출판사", "Издательство", "Εκδόσεις"]
)
def test_names_of_every_script_are_set(organisation, name, tmp_path):
    BillingProfile.objects.create(organisation=organisation, name=name)
    data = pdf_of(make_invoice(organisation))
    assert name in text_of(data)
    assert flaws_of(data, tmp_path) == []


def test_many_lines_go_on_over_pages_with_their_head(organisation, taxed):
    invoice = make_invoice(organisation, *[1_00] * 60)
    document = pypdfium2.PdfDocument(pdf_of(invoice))
    assert len(document) > 2
    assert "Désignation" in document[1].get_textpage().get_text_range()


def test_a_word_longer_than_its_column_is_broken(organisation):
    BillingProfile.objects.create(organisation=organisation, name="W" * 200, address="https://" + "x" * 490)
    page = pypdfium2.PdfDocument(pdf_of(make_invoice(organisation)))[0]
    boxes = page.get_textpage()
    rights = [boxes.get_charbox(index)[2] for index in range(boxes.count_chars())]
    assert max(rights) <= page.get_width() - 60


def test_what_takes_too_long_is_ended(organisation, monkeypatch):
    monkeypatch.setattr(press_module, "SECONDS", 0.01)
    with pytest.raises(NotSet, match=r"within 0\.01 seconds"):
        press(page_of(make_invoice(organisation)), made_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_page_without_its_parts_is_refused():
    with pytest.raises(NotSet, match="dictionary does not contain key"):
        press({}, made_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_the_page_is_plain_data(organisation):
    page = page_of(make_invoice(organisation, 11_500, currency="XOF"))
    assert json.loads(json.dumps(page)) == page
    assert page["total"] == ["Total", "F\u202fCFA\u00a011,500"]
    assert io.BytesIO(press(page, made_at=PERIOD[0])).read(5) == b"%PDF-"
