"""Every page of the platform's own host: whole, quiet and accessible in every window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Platform
from tests.journeys.windows import WINDOWS, faults, sign_in_operator, window

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
    "margins/",
    "jobs/?state=CANCELLED",
    "e-mails/",
    "e-mails/?state=SENT",
    "gateway/",
    "gateway/events/",
]


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
    pages = [f"{console}{path}" for path in CONSOLE] + [f"{platform.address}{job}"]
    assert faults(visitor, pages, width, language) == []
    context.close()
