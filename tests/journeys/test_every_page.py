"""Every page, narrow and wide, light and dark, in both languages: whole, quiet and accessible."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Platform, Visitor, accessibility_faults, visit

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
MEMBERS = [
    "/",
    "/?q=nothing-answers-to-this",
    "/books/new/",
    "/books/import/",
    "/notifications/",
    "/people/",
    "/people/?q=nobody-answers-to-this",
    "/people/groups/",
    "/people/tiers/",
    "/people/leave/",
    "/billing/",
    "/billing/plans/",
    "/billing/plans/?interval=YEAR",
    "/billing/invoices/",
    "/billing/payments/",
    "/billing/details/",
    "/organisation/",
    "/organisation/domains/",
    "/organisation/sign-in/",
    "/organisation/look/",
    "/profile/picture/",
    "/organisation/delete/",
    "/activity/",
    "/activity/?subject=book",
    "/profile/",
    "/profile/activity/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/nowhere/",
]
OF_A_GROUP = ["", "edit/", "add/", "delete/"]
OF_A_BOOK = [
    "",
    "pictures/",
    "files/",
    "design/",
    "design/stylesheet/",
    "editions/new/",
    "print/",
    "publishing/",
    "publishing/metadata/",
    "publishing/people/",
    "publishing/matter/?role=preface",
    "publishing/subjects/",
    "chapters/1/part/",
    "activity/",
    "details/",
    "progress/",
    "cancel/",
    "read/",
    "chapters/1/rewrite/",
    "chapters/1/versions/",
    "chapters/1/versions/1/",
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
    "jobs/?state=CANCELLED",
    "e-mails/",
    "e-mails/?state=SENT",
    "gateway/",
    "gateway/events/",
]
WINDOWS = [(1280, "light", "en"), (1280, "dark", "fr"), (390, "light", "fr"), (390, "dark", "en")]


@pytest.fixture(scope="module")
def book(platform: Platform, browser: Browser) -> str:
    """The address of a book that was asked for and watched without scripts; it may still be in the making."""
    context, visitor = visit(browser, locale="en", java_script_enabled=False)
    page = visitor.page
    sign_in(page, platform)
    page.goto(f"{platform.of('demo')}/books/new/")
    page.locator("[name=kind][value=guide]").check()
    page.locator("[name=topic]").fill("Starting a community garden")
    page.locator("form.wizard [type=submit]").click()
    page.locator("li.contents-row[data-state='written']").first.wait_for(timeout=120_000)
    address = page.url.removesuffix("progress/")
    context.close()
    return address


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_public_pages(platform: Platform, browser: Browser, width: int, scheme: str, language: str) -> None:
    context, visitor = window(browser, width, scheme, language)
    assert faults(visitor, [f"{platform.address}{path}" for path in PUBLIC], width, language) == []
    context.close()


@pytest.fixture(scope="module")
def group(platform: Platform, browser: Browser) -> str:
    """The address of a group with nobody in it."""
    context, visitor = visit(browser, locale="en", java_script_enabled=False)
    page = visitor.page
    sign_in(page, platform)
    page.goto(f"{platform.of('demo')}/people/groups/")
    page.fill("[name=name]", "Class 4b")
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/people/groups/*-*/")
    address = page.url
    context.close()
    return address


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_members_pages(
    platform: Platform, browser: Browser, book: str, group: str, width: int, scheme: str, language: str
) -> None:
    context, visitor = window(browser, width, scheme, language)
    sign_in(visitor.page, platform)
    pages = [f"{platform.of('demo')}{path}" for path in MEMBERS] + [f"{book}{path}" for path in OF_A_BOOK]
    pages += [f"{group}{path}" for path in OF_A_GROUP]
    assert faults(visitor, pages, width, language) == []
    context.close()


@pytest.fixture(scope="module")
def outline(platform: Platform, browser: Browser) -> str:
    """The address of an outline that waits for its approval."""
    context, visitor = visit(browser, locale="en", java_script_enabled=False)
    page = visitor.page
    sign_in(page, platform)
    page.goto(f"{platform.of('demo')}/books/new/")
    page.locator("[name=kind][value=guide]").check()
    page.locator("[name=topic]").fill("Keeping bees")
    page.locator("[name=begin][value=outline]").check()
    page.locator("form.wizard [type=submit]").click()
    address = page.url.replace("/progress/", "/outline/")
    for _ in range(60):
        page.goto(address)
        if page.url == address:
            break
        page.wait_for_timeout(500)
    assert page.url == address
    context.close()
    return address


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_outline_page(
    platform: Platform, browser: Browser, outline: str, width: int, scheme: str, language: str
) -> None:
    context, visitor = window(browser, width, scheme, language)
    sign_in(visitor.page, platform)
    assert faults(visitor, [outline], width, language) == []
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


def window(browser: Browser, width: int, scheme: str, language: str) -> tuple[object, Visitor]:
    return visit(
        browser,
        locale=language,
        color_scheme=scheme,
        viewport={"width": width, "height": 860},
        reduced_motion="reduce",
    )


def sign_in(page: Page, platform: Platform) -> None:
    """On the organisation's own host, as the demonstration's member."""
    access = platform.demo()
    page.goto(f"{platform.of('demo')}/accounts/login/")
    page.fill("[name=login]", access["member"])
    page.fill("[name=password]", access["member_password"])
    page.locator("main form button").first.click()
    page.wait_for_url(f"{platform.of('demo')}/")


def sign_in_operator(page: Page, platform: Platform) -> None:
    """On the platform's host, as its super-admin."""
    access = platform.demo()
    page.goto(f"{platform.address}/accounts/login/?next=/console/")
    page.fill("[name=login]", access["operator"])
    page.fill("[name=password]", access["operator_password"])
    page.locator("main form button").first.click()
    page.wait_for_url(f"{platform.address}/console/")


def faults(visitor: Visitor, addresses: list[str], width: int, language: str) -> list[str]:
    """Whatever is wrong with these pages: not found, another language, too wide, inaccessible."""
    found: list[str] = []
    for address in addresses:
        response = visitor.page.goto(address)
        assert response is not None
        expected = 404 if "/nowhere/" in address else 200
        if response.status != expected:
            found.append(f"{address}: {response.status}")
        if visitor.page.locator("html").get_attribute("lang") != language:
            found.append(f"{address}: not in {language}")
        if visitor.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address}: wider than {width} px")
        found += accessibility_faults(visitor.page)
    return found + [one for one in visitor.complaints if "/nowhere/" not in one]
