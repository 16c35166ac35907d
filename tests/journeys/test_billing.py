"""From the price page to the end of a plan: an owner pays, grows, fails to pay, mends it, renews, and ends.

Payments go to the sandbox, whose clock the operator moves on; letters come by SMTP. All amounts are
worked out here once more, from the rules alone.
"""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.emulators.mail_server import Inbox
from tests.journeys.conftest import Platform, Visitor, accessibility_faults, visit
from tests.journeys.windows import sign_in_operator

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

STARTER, PRO = 19_00, 49_00
TAX = 20  # percent, included
GOOD, LATER_EMPTY = "4084 0840 8408 4081", "4084 0800 0000 0110"
MONTH = 31  # days that the operator moves on at once
WORDS = {
    "en": {"file": "Invoice", "failed": "failed", "free": "It costs nothing."},
    "fr": {"file": "Facture", "failed": "échoué", "free": "ne coûte rien"},
}


FETCH = """async path => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
}"""


@dataclass
class Owner:
    """Whoever pays, at a browser on their organisation's host."""

    visitor: Visitor
    host: str
    inbox: Inbox
    address: str  # where invoices go

    @property
    def page(self) -> Page:
        return self.visitor.page

    def api(self, path: str) -> Any:
        return json.loads(self.fetch(f"/api/v1/{path}"))

    def fetch(self, path: str) -> bytes:
        """By the browser itself, which knows where *.localhost is."""
        return base64.b64decode(self.page.evaluate(FETCH, path))

    def subscription(self) -> Any:
        return self.api("subscription/")

    def invoices(self) -> list[Any]:
        """Oldest first."""
        return list(reversed(self.api("invoices/?limit=100")["results"]))

    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.inbox.to(self.address)]

    def pay(self, card: str) -> None:
        """On the hosted page, and back."""
        self.page.wait_for_url("**/checkout/**")
        self.page.fill("[name=card]:not([type=hidden]):not(button)", card)
        self.page.locator("form.own button").click()
        self.page.wait_for_url(f"{self.host}/billing/return/**")
        self.page.locator("#payment a.btn-primary").wait_for()

    def look(self) -> list[str]:
        return accessibility_faults(self.page)


@pytest.fixture(scope="module")
def operator(platform: Platform, browser: Browser) -> Page:
    """Who runs the platform: their invoices carry 20 percent tax for customers in France."""
    _context, visitor = visit(browser, locale="en", reduced_motion="reduce")
    page = visitor.page
    sign_in_operator(page, platform)
    page.goto(f"{platform.address}/console/seller/")
    page.select_option("[name=country] >> nth=1", "FR")
    form = page.locator("form[action$='/seller/taxes/']")
    form.locator("[name=name]").fill("TVA")
    form.locator("[name=percent]").fill(str(TAX))
    form.locator("button").click()
    page.locator(".notice-success").wait_for()
    return page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_free_to_pro_and_back(
    platform: Platform, browser: Browser, operator: Page, language: str
) -> None:
    context, owner = found(platform, browser, language)
    page, words = owner.page, WORDS[language]

    # From the price page by the hosted page to Starter
    page.goto(f"{platform.address}/prices/")
    page.locator("li.plan", has_text="Starter").locator("a.btn").click()
    page.locator("a.door", has_text=owner.host.split("://")[1].split(".")[0]).click()
    page.wait_for_url(f"{owner.host}/billing/plans/**")
    assert owner.look() == []
    page.locator("main form .btn-primary").click()
    owner.pay(GOOD)
    assert owner.look() == []
    assert owner.subscription()["plan"]["code"] == "STARTER"

    # Eight days later to Pro, for the rest of the month
    move_on(operator, platform, days=7)
    move_on(operator, platform, days=1)
    choose(owner, "Pro")
    shown = {name: page.locator(f"main input[name={name}]").input_value() for name in ("amount", "as_of")}
    due = rest_on_pro(owner.subscription(), at=datetime.fromisoformat(shown["as_of"]))
    assert int(shown["amount"]) == due
    page.locator("main form .btn-primary").click()
    page.locator("#payment a.btn-primary").wait_for()
    assert owner.subscription()["plan"]["code"] == "PRO"

    # Another card, which has nothing on it when the renewal comes
    page.goto(f"{owner.host}/billing/")
    page.locator("form[action$='/billing/card/'] button").click()
    owner.pay(LATER_EMPTY)
    move_on(operator, platform, days=MONTH)
    assert owner.subscription()["status"] == "PAST_DUE"
    page.goto(f"{owner.host}/")
    page.locator(".notice-error").wait_for()
    owner.inbox.wait_for(owner.address, number=3)
    assert any(words["failed"] in subject for subject in owner.subjects()), owner.subjects()

    # A good card pays what is owed, and the next renewal
    page.goto(f"{owner.host}/billing/")
    page.locator("form[action$='/billing/card/'] button").click()
    owner.pay(GOOD)
    assert owner.subscription()["status"] == "ACTIVE"
    move_on(operator, platform, days=MONTH)

    # The end, which comes when what is paid for has run out
    page.goto(f"{owner.host}/billing/cancel/")
    assert owner.look() == []
    page.locator("main .btn-danger").click()
    page.wait_for_url(f"{owner.host}/billing/")
    assert owner.subscription()["cancel_at_period_end"]
    move_on(operator, platform, days=MONTH)
    assert owner.subscription()["plan"]["code"] == "FREE"
    page.goto(f"{owner.host}/billing/")
    assert words["free"] in page.locator("main").inner_text()

    check_invoices(owner, [STARTER, due, PRO, PRO], words)
    assert owner.visitor.complaints == []
    context.close()


def found(platform: Platform, browser: Browser, language: str) -> tuple[BrowserContext, Owner]:
    """An organisation in France whose invoices go to an address of their own."""
    slug, address = f"paying-{language}", f"invoices-{language}@paying.example"
    context, visitor = visit(browser, locale=language, reduced_motion="reduce")
    page, access, host = visitor.page, platform.demo(), platform.of(slug)
    page.goto(f"{platform.address}/accounts/login/?next=/organisations/new/")
    page.fill("[name=login]", access["member"])
    page.fill("[name=password]", access["member_password"])
    page.locator("main form button").first.click()
    page.wait_for_url(f"{platform.address}/organisations/new/")
    page.locator("[name=name]").press_sequentially(f"Paying {language}")
    page.locator("main .btn-primary").click()
    page.wait_for_url(f"{host}/")
    page.goto(f"{host}/billing/details/")
    page.fill("[name=name]", "Éditions du Port")
    page.select_option("[name=country]", "FR")
    page.fill("[name=email]", address)
    page.select_option("[name=language]", language)
    page.locator("main form .btn-primary").click()
    page.locator(".notice-success").wait_for()
    return context, Owner(visitor, host, platform.inbox, address)


def choose(owner: Owner, plan: str) -> None:
    owner.page.goto(f"{owner.host}/billing/plans/")
    owner.page.locator("li.plan", has=owner.page.get_by_role("heading", name=plan)).locator("a.btn").click()
    owner.page.wait_for_url(f"{owner.host}/billing/plans/**-**/")
    assert owner.look() == []


def move_on(operator: Page, platform: Platform, *, days: int) -> None:
    """By the buttons of the console's page of the gateway."""
    operator.goto(f"{platform.address}/console/gateway/")
    button = operator.locator(f"form:has([name=days][value='{days}']) button")
    button.click(timeout=180_000)  # every day of it is lived through before the page comes back
    operator.locator(".notice-success").wait_for()


def rest_on_pro(subscription: Any, *, at: datetime) -> int:
    """What Pro costs for the rest of the period, less what is not used of Starter: whole seconds, half up."""
    start, end = (datetime.fromisoformat(subscription[name]) for name in ("period_start", "period_end"))
    left, whole = ((end - since) // timedelta(seconds=1) for since in (at, start))
    return half_up(PRO * left, whole) - half_up(STARTER * left, whole)


def half_up(amount: int, by: int) -> int:
    return (2 * amount + by) // (2 * by)


def check_invoices(owner: Owner, totals: list[int], words: dict[str, str]) -> None:
    """Each is right to the minor unit, in the file as well; numbers without a gap; each sent once."""
    invoices = owner.invoices()
    assert [invoice["total_minor"] for invoice in invoices] == totals
    numbers = [int(invoice["number"].rpartition("-")[2]) for invoice in invoices]
    assert numbers == list(range(numbers[0], numbers[0] + len(totals)))
    for invoice in invoices:
        taxes = [half_up(abs(item["total_minor"]) * TAX, 100 + TAX) for item in invoice["items"]]
        signs = [1 if item["total_minor"] > 0 else -1 for item in invoice["items"]]
        tax = sum(sign * tax for sign, tax in zip(signs, taxes, strict=True))
        assert (invoice["tax_minor"], invoice["net_minor"]) == (tax, invoice["total_minor"] - tax)
        file = owner.fetch(f"/billing/invoices/{invoice['id']}/pdf/")
        said = pypdfium2.PdfDocument(io.BytesIO(file))[0].get_textpage().get_text_range()
        assert words["file"] in said and invoice["number"] in said and "4081" in said
        assert re.search(rf"{invoice['total_minor'] // 100}[.,]{invoice['total_minor'] % 100:02d}", said)
        sent = [subject for subject in owner.subjects() if invoice["number"] in subject]
        assert len(sent) == 1, (invoice["number"], owner.subjects())
