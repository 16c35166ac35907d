"""A group is filled by searching and ticking, while the page stays where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Platform, visit
from tests.journeys.windows import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_search_finds_people_and_keeps_who_is_ticked(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(browser, locale="en")
    page = visitor.page
    sign_in(page, platform)
    page.goto(f"{platform.of('demo')}/people/groups/")
    page.fill("[name=name]", "Reading circle")
    page.locator("main form [type=submit]").click()
    page.locator("main .empty a").click()
    page.locator("[name=q]").press_sequentially("demo")
    box = page.locator("[name=member]")
    expect(box).to_have_count(1)
    box.check()
    with page.expect_response(lambda answer: "q=nobody" in answer.url):
        page.locator("[name=q]").fill("nobody-answers-to-this")
    expect(box).to_be_checked()
    page.locator("main form .btn-primary").click()
    expect(page.locator("main .rows li")).to_have_count(1)
    assert visitor.complaints == []
    context.close()
