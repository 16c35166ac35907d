"""From a stranger to a finished book: signing up, confirming, asking, watching, reading, taking it along."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Platform, accessibility_faults, link_in, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MAKING = 180_000  # milliseconds for a whole book on a busy machine


def test_picture_book_in_english(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(browser, locale="en", viewport={"width": 1280, "height": 860})
    page = visitor.page
    sign_up(page, platform, name="Ada", email="ada@people.example")
    begin_story(page)
    watch(page)
    assert page.locator("li.contents-row[data-state='written']").count() >= 12
    page.locator("#journey a.btn-primary").click()
    turn_the_pages(page)
    page.go_back()
    download(page)
    assert visitor.complaints == []
    context.close()


def test_guide_in_french_on_a_phone(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(
        browser, locale="fr-FR", viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True
    )
    page = visitor.page
    sign_up(page, platform, name="Noé", email="noe@people.example")
    begin_guide(page)
    leave_and_come_back(page)
    watch(page)
    page.locator("#journey a.btn-primary").click()
    expect(page.locator("article .prose")).not_to_be_empty()
    assert page.locator("article").get_attribute("lang") == "fr"
    assert accessibility_faults(page) == []
    page.go_back()
    download(page)
    assert visitor.complaints == []
    context.close()


def sign_up(page: Page, platform: Platform, *, name: str, email: str) -> None:
    page.goto(platform.address)
    page.locator("main a.btn-primary").first.click()
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=password1]", "a garden without a gate")
    assert accessibility_faults(page) == []
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/confirm-email/")
    page.goto(link_in(platform.letter(email), "/accounts/confirm-email/"))
    page.locator("main form .btn-primary").click()
    expect(page.locator(".empty a.btn")).to_be_visible()
    assert re.search(r"//[a-z0-9-]+\.localhost", page.url)  # inside, on the organisation's own host
    assert accessibility_faults(page) == []


def begin_story(page: Page) -> None:
    page.locator(".empty a.btn").click()
    go_on(page)
    page.fill("[name=topic]", "A kite that wants to go home")
    go_on(page)
    portrait = page.locator(".hero-portrait")
    before = portrait.get_attribute("src")
    page.fill("[name=hero_name]", "Mara")
    page.locator("label[for=id_colour_3]").click()
    expect(portrait).not_to_have_attribute("src", before or "")
    assert accessibility_faults(page) == []
    for _ in range(2):
        go_on(page)
    page.locator("form.wizard [type=submit]").click()
    page.wait_for_url("**/progress/")


def begin_guide(page: Page) -> None:
    page.locator(".empty a.btn").click()
    page.locator("[name=kind][value=guide]").check()
    go_on(page)
    go_on(page)  # nothing said yet: it stays where it is
    expect(page.locator("[name=topic]")).to_be_visible()
    page.fill("[name=topic]", "Créer un jardin partagé")
    page.fill("[name=goal]", "Un plan pour la première saison")
    for _ in range(2):
        go_on(page)
    page.fill("[name=notes]", "Le robinet est près du portail.\nLe samedi est jour de travail.")
    page.reload()  # what was typed is still there
    expect(page.locator("[name=topic]")).to_have_value("Créer un jardin partagé")
    for _ in range(4):  # from the first of the five steps to the last
        go_on(page)
    page.locator("form.wizard [type=submit]").click()
    page.wait_for_url("**/progress/")


def go_on(page: Page) -> None:
    page.locator("form.wizard button[type=button].btn-primary").click()


def leave_and_come_back(page: Page) -> None:
    address = page.url
    page.locator(".tabbar a").first.click()
    expect(page.locator(".making-card, .book-link").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.goto(address)


def watch(page: Page) -> None:
    """The contents page fills in by itself, without anybody reloading it."""
    page.evaluate("window.neverReloaded = true")
    expect(page.locator("li.contents-row").first).to_be_visible(timeout=MAKING)
    expect(page.locator("li.contents-row[data-state='written']").first).to_be_visible(timeout=MAKING)
    expect(page.locator("#journey a.btn-primary")).to_be_visible(timeout=MAKING)
    assert page.evaluate("window.neverReloaded")
    assert page.locator("#journey progress.meter").get_attribute("value") == "100"
    assert accessibility_faults(page) == []


def turn_the_pages(page: Page) -> None:
    expect(page.locator("#page-0")).to_be_visible()
    expect(page.locator("[data-reader][data-mode='turning']")).to_be_visible()  # once its script has come
    page.keyboard.press("ArrowRight")
    expect(page.locator("#page-1 .prose")).not_to_be_empty()
    expect(page.locator("#page-0")).to_be_hidden()
    expect(page.locator("#page-1 img")).to_have_js_property("complete", True)
    assert page.locator("#page-1 img").evaluate("image => image.naturalWidth > 0")
    page.locator("[data-as-list]").click()
    expect(page.locator("#page-0")).to_be_visible()
    assert accessibility_faults(page) == []


def download(page: Page) -> None:
    page.locator("#journey a[href$='/files/']").click()
    with page.expect_download() as taken:
        page.locator("a[href$='/files/pdf/download/']").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    assert accessibility_faults(page) == []
