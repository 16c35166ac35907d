"""The hosted pages of the payments sandbox in a browser: fit for all, in every window, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from sandbox.paystack import charging
from sandbox.paystack.records import Transaction
from tests.emulators.paystack import PaystackServer
from tests.journeys.conftest import accessibility_faults, visit

pytestmark = pytest.mark.browser

WINDOWS = [(1280, "light", "en-GB"), (1280, "dark", "fr-FR"), (390, "light", "fr-FR"), (390, "dark", "en-GB")]


def begun(paystack: PaystackServer, reference: str) -> Transaction:
    return charging.begin(
        paystack, email="ada@acme.example", amount=1900, currency="USD", reference=reference
    )


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_every_page(
    paystack: PaystackServer, browser: Browser, width: int, scheme: str, language: str
) -> None:
    context, visitor = visit(
        browser,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale=language,
    )
    page, faults = visitor.page, []
    begun(paystack, "oct-2")
    paystack.pay("oct-2", "4084080000670037")
    asked = begun(paystack, "oct-3")
    paystack.pay("oct-3", "4084080000000409")
    failed = paystack.world.transactions["oct-2"]
    for path in ("/", f"/checkout/{failed.access_code}", f"/challenge/{asked.access_code}"):
        page.goto(paystack.url + path)
        faults += accessibility_faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{path} is wider than {width}")
    assert faults + visitor.complaints == []
    context.close()


def test_paying_as_a_person_does(paystack: PaystackServer, browser: Browser) -> None:
    context, visitor = visit(browser, locale="en-GB", java_script_enabled=False)
    page, transaction = visitor.page, begun(paystack, "oct-1")
    page.goto(f"{paystack.url}/checkout/{transaction.access_code}")
    page.get_by_role("button", name="The bank declines").click()
    expect(page.get_by_role("alert")).to_contain_text("the bank declined it")
    page.get_by_role("button", name="The bank asks a question first").click()
    page.get_by_role("button", name="No, refuse").click()
    assert transaction.status == "failed"
    page.goto(f"{paystack.url}/checkout/{transaction.access_code}")
    page.get_by_label("Or give a card number").fill("4084 0840 8408 4081")
    page.get_by_role("button", name=re.compile("^Pay$")).click()
    expect(page.get_by_text("Thank you: it is paid.")).to_be_visible()
    assert transaction.status == "success"
    context.close()
