"""The windows in which pages are visited, and what may be wrong with a page."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Platform, Visitor, accessibility_faults, visit

WINDOWS = [(1280, "light", "en"), (1280, "dark", "fr"), (390, "light", "fr"), (390, "dark", "en")]


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
