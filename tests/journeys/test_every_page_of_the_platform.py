"""Every page of the platform's own host: whole, quiet and accessible in every window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Platform
from tests.journeys.windows import WINDOWS, faults, sign_in, sign_in_operator, window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PUBLIC = [
    "/",
    "/prices/",
    "/prices/?interval=YEAR&currency=NGN",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong/",
    "/accounts/inactive/",
    "/accounts/organisation/",
    "/accounts/recovery/",
    "/developers/",
    "/developers/quick-start/",
    "/developers/webhooks/",
    "/developers/errors/",
    "/nowhere/",
]
CONSOLE = [
    "",
    "organisations/",
    "organisations/?q=nothing-answers",
    "people/",
    "jobs/",
    "subscriptions/",
    "invoices/",
    "payments/",
    "calls/",
    "seller/",
    "plans/",
    "plans/new/",
    "plans/PRO/",
    "prices/",
    "servers/",
    "margins/",
    "jobs/?state=CANCELLED",
    "e-mails/",
    "e-mails/?state=SENT",
    "gateway/",
    "gateway/events/",
]
OF_AN_ORGANISATION = ["limits/", "keys/", "files/", "server/"]


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_public_pages(platform: Platform, browser: Browser, width: int, scheme: str, language: str) -> None:
    context, visitor = window(browser, width, scheme, language)
    assert faults(visitor, [f"{platform.address}{path}" for path in PUBLIC], width, language) == []
    context.close()


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_console_pages(
    platform: Platform, browser: Browser, book: str, width: int, scheme: str, language: str
) -> None:
    context, visitor = window(browser, width, scheme, language)
    page, console = visitor.page, f"{platform.address}/console/"
    sign_in_operator(page, platform)
    page.goto(f"{console}jobs/")
    job = page.locator("main .rows a").first.get_attribute("href")
    page.goto(f"{console}organisations/")
    limits = page.locator("main .rows a").first.get_attribute("href") or ""
    pages = [f"{console}{path}" for path in CONSOLE] + [f"{platform.address}{job}"]
    pages += [f"{platform.address}{limits.replace('limits/', path)}" for path in OF_AN_ORGANISATION]
    assert faults(visitor, pages, width, language) == []
    context.close()


def test_requests_run_on_the_reference(platform: Platform, browser: Browser) -> None:
    context, visitor = window(browser, 1280, "light", "en")
    page = visitor.page
    sign_in(page, platform)
    key = page.evaluate(MAKE_KEY)
    page.goto(f"{platform.address}/developers/reference/")
    page.get_by_role("button", name="Authorize").first.click()
    page.locator("#auth-bearer-value").first.fill(key)
    page.locator(".auth-btn-wrapper button.authorize").first.click()
    page.locator(".auth-btn-wrapper .btn-done").first.click()
    page.locator("#operations-tag-books").click()
    operation = page.locator("#operations-books-books_list")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response-col_status")
    answer.filter(has_text="200").wait_for()
    asked = [one for one in page.evaluate(ADDRESSES) if not one.startswith((f"{platform.address}/", "data:"))]
    assert (asked, visitor.complaints) == ([], [])
    context.close()


# By one's session, as the page of keys does.
MAKE_KEY = """async () => {
  const token = document.cookie.match(/octavo_csrf=([^;]+)/)[1];
  const answer = await fetch("/api/v1/keys/", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ name: "Reference", scopes: ["books:read"] }),
  });
  return (await answer.json()).secret;
}"""
ADDRESSES = "performance.getEntriesByType('resource').map(entry => entry.name)"
