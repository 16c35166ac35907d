"""Somebody makes an organisation, closes it, and takes it back; and looks at the end of their account."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Platform, visit
from tests.journeys.windows import WINDOWS, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
OWN = ["/enter/?choose=1", "/organisations/new/", "/account/export/", "/account/delete/"]


@pytest.mark.parametrize(("width", "scheme", "language"), WINDOWS)
def test_organisation_is_made_closed_and_kept(
    platform: Platform, browser: Browser, width: int, scheme: str, language: str
) -> None:
    name, slug = f"Zoé & Fils {width} {scheme}", f"zoe-fils-{width}-{scheme}"
    host = platform.of(slug)
    context, visitor = visit(
        browser,
        locale=language,
        color_scheme=scheme,
        viewport={"width": width, "height": 860},
        reduced_motion="reduce",
    )
    page, access = visitor.page, platform.demo()
    page.goto(f"{platform.address}/accounts/login/?next=/organisations/new/")
    page.fill("[name=login]", access["member"])
    page.fill("[name=password]", access["member_password"])
    page.locator("main form button").first.click()
    page.wait_for_url(f"{platform.address}/organisations/new/")

    page.locator("[name=name]").press_sequentially(name)
    assert page.input_value("[name=slug]") == slug
    page.locator("main .btn-primary").click()
    page.wait_for_url(f"{host}/")
    assert faults(visitor, [f"{host}/organisation/delete/"], width, language) == []

    page.fill("main [name=name]", name)
    page.locator("main .btn-danger").click()
    page.wait_for_url(f"{platform.address}/enter/?choose=1")
    # The bell of the page that was left may have asked once more, of what was closed by then.
    visitor.complaints[:] = [one for one in visitor.complaints if "/notifications/unread/" not in one]
    assert faults(visitor, [f"{platform.address}{path}" for path in OWN], width, language) == []

    response = page.goto(f"{host}/")
    assert response is not None
    assert response.status == 403
    assert page.locator("h1").inner_text().startswith(name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("main a").click()
    page.locator("form[action*='/keep/'] button").click()
    page.wait_for_url(f"{platform.address}/enter/?choose=1")
    page.goto(f"{host}/")
    assert page.locator("h1").count() == 1
    context.close()
