"""Every page of members, narrow and wide, light and dark, in both languages: whole, quiet and accessible."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Platform, visit
from tests.journeys.windows import WINDOWS, faults, sign_in, window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MEMBERS = [
    "/",
    "/?q=nothing-answers-to-this",
    "/books/new/",
    "/books/import/",
    "/batches/",
    "/batches/new/",
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
    "/usage/",
    "/usage/people/",
    "/organisation/files/",
    "/usage/limits/",
    "/usage/costs/",
    "/organisation/",
    "/organisation/domains/",
    "/organisation/webhooks/",
    "/organisation/webhooks/new/",
    "/organisation/providers/",
    "/organisation/providers/text/crewai/",
    "/organisation/providers/text/openai/",
    "/organisation/providers/pictures/openai/",
    "/organisation/sign-in/",
    "/organisation/look/",
    "/profile/picture/",
    "/organisation/keys/",
    "/organisation/keys/new/",
    "/organisation/requests/",
    "/organisation/exports/",
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
