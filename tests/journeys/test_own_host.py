"""An owner tries the plan that brings a web address, proves one, and is taken there from the sign-in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.emulators.name_server import Zone
from tests.journeys.conftest import Platform, chromium, visit
from tests.journeys.windows import WINDOWS, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
HOST = "books.penguins.example"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For which the host leads here."""
    with chromium(f"--host-resolver-rules=MAP {HOST} 127.0.0.1") as started:
        yield started


@pytest.fixture
def zone(name_server: Zone) -> Iterator[Zone]:
    name_server.clear()
    yield name_server
    name_server.clear()


def sign_in(page: Page, platform: Platform, onward: str) -> None:
    access = platform.demo()
    page.goto(f"{platform.address}/accounts/login/?next={onward}")
    page.fill("[name=login]", access["member"])
    page.fill("[name=password]", access["member_password"])
    page.locator("main form button").first.click()


def test_web_address_is_proven_chosen_and_given_up(platform: Platform, browser: Browser, zone: Zone) -> None:
    context, visitor = visit(browser, locale="en", reduced_motion="reduce")
    page, there = visitor.page, platform.address.replace("localhost", HOST)
    sign_in(page, platform, "/organisations/new/")
    page.wait_for_url("**/organisations/new/")
    page.fill("[name=name]", "Penguins")
    page.locator("main .btn-primary").click()
    page.wait_for_url(f"{platform.of('penguins')}/")

    page.goto(f"{platform.of('penguins')}/organisation/domains/")
    page.get_by_role("link", name="See the plans").click()
    page.get_by_role("button", name="Try it for 14 days").click()
    page.get_by_text("You are trying Pro.").wait_for()

    page.goto(f"{platform.of('penguins')}/organisation/domains/")
    page.fill("[name=domain]", f"https://{HOST}/")
    page.locator("label.chip", has=page.locator("[value=HOST]")).click()
    page.locator("main .btn-primary").click()
    name, value = (page.locator("dl input").nth(number).input_value() for number in range(2))
    zone.says(name, value)
    page.get_by_role("button", name="Check now").click()
    page.get_by_text("is yours here").wait_for()
    pages = [f"{platform.of('penguins')}/organisation/domains/", page.url, f"{page.url}remove/"]
    pages.append(f"{platform.of('penguins')}/organisation/look/")
    for width, _scheme, _language in WINDOWS:
        page.set_viewport_size({"width": width, "height": 860})
        assert faults(visitor, pages, width, "en") == []

    page.goto(pages[0])
    page.locator("label.chip", has=page.locator(f"[value='{HOST}']")).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Links lead to").first.wait_for()
    context.close()

    # From the form that signs in on the platform's host, whose policy names no such host.
    context, visitor = visit(browser, locale="en", reduced_motion="reduce")
    page = visitor.page
    sign_in(page, platform, "/accounts/go/penguins/")
    page.wait_for_url(f"{there}/")
    page.goto(f"{there}/organisation/domains/")
    page.get_by_role("link", name=HOST).click()
    page.get_by_role("link", name="Remove the domain").click()
    page.locator("main .btn-danger").click()
    page.wait_for_url(f"{platform.of('penguins')}/organisation/domains/")
    assert page.goto(f"{there}/").status == 404  # type: ignore[union-attr]
    context.close()
