"""From a stranger to a finished book: signing up, confirming, asking, watching, reading, taking it along."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Platform, accessibility_faults, link_in, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MAKING = 180_000  # milliseconds for a whole book on a busy machine


@dataclass(frozen=True)
class Words:
    """What the buttons say in one language."""

    begin_a_book: str
    make_an_account: str
    mailbox: str
    confirm: str
    first_book: str
    go_on: str
    begin: str
    read: str
    files: str
    download_pdf: str


ENGLISH = Words(
    begin_a_book="Begin a book",
    make_an_account="Make an account",
    mailbox="Look into your mailbox",
    confirm="Confirm my address",
    first_book="Begin your first book",
    go_on="Go on",
    begin="Begin the book",
    read="Read it",
    files="Take the files",
    download_pdf="Download PDF",
)
FRENCH = Words(
    begin_a_book="Commencer un livre",
    make_an_account="Créer un compte",
    mailbox="Regardez dans votre boîte",
    confirm="Confirmer mon adresse",
    first_book="Commencer votre premier livre",
    go_on="Continuer",
    begin="Commencer le livre",
    read="Le lire",
    files="Prendre les fichiers",
    download_pdf="Télécharger PDF",
)


def test_picture_book_in_english(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(browser, locale="en", viewport={"width": 1280, "height": 860})
    page = visitor.page
    sign_up(page, platform, ENGLISH, name="Ada", email="ada@people.example")
    begin_story(page, ENGLISH)
    watch(page, ENGLISH)
    assert page.locator("li.contents-row[data-state='written']").count() >= 12
    page.get_by_role("link", name=ENGLISH.read, exact=True).click()
    turn_the_pages(page)
    page.go_back()
    download(page, ENGLISH)
    assert visitor.complaints == []
    context.close()


def test_guide_in_french_on_a_phone(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(
        browser, locale="fr-FR", viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True
    )
    page = visitor.page
    sign_up(page, platform, FRENCH, name="Noé", email="noe@people.example")
    begin_guide(page, FRENCH)
    leave_and_come_back(page)
    watch(page, FRENCH)
    page.get_by_role("link", name=FRENCH.read, exact=True).click()
    expect(page.locator("article .prose")).not_to_be_empty()
    assert page.locator("article").get_attribute("lang") == "fr"
    assert accessibility_faults(page) == []
    page.go_back()
    download(page, FRENCH)
    assert visitor.complaints == []
    context.close()


def sign_up(page: Page, platform: Platform, words: Words, *, name: str, email: str) -> None:
    page.goto(platform.address)
    page.get_by_role("link", name=words.begin_a_book).click()
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=password1]", "a garden without a gate")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name=words.make_an_account).click()
    expect(page.get_by_role("heading", name=words.mailbox)).to_be_visible()
    page.goto(link_in(platform.letters(email)[0], "/accounts/confirm-email/"))
    page.get_by_role("button", name=words.confirm).click()
    expect(page.get_by_role("link", name=words.first_book)).to_be_visible()
    assert re.search(r"//[a-z0-9-]+\.localhost", page.url)  # inside, on the organisation's own host
    assert accessibility_faults(page) == []


def begin_story(page: Page, words: Words) -> None:
    page.get_by_role("link", name=words.first_book).click()
    page.get_by_role("button", name=words.go_on).click()
    page.fill("[name=topic]", "A kite that wants to go home")
    page.get_by_role("button", name=words.go_on).click()
    portrait = page.locator(".hero-portrait")
    before = portrait.get_attribute("src")
    page.fill("[name=hero_name]", "Mara")
    page.get_by_text("Purple").click()
    expect(portrait).not_to_have_attribute("src", before or "")
    assert accessibility_faults(page) == []
    for _ in range(2):
        page.get_by_role("button", name=words.go_on).click()
    page.get_by_role("button", name=words.begin).click()
    page.wait_for_url("**/progress/")


def begin_guide(page: Page, words: Words) -> None:
    page.get_by_role("link", name=words.first_book).click()
    page.locator("[name=kind][value=guide]").check()
    page.get_by_role("button", name=words.go_on).click()
    page.get_by_role("button", name=words.go_on).click()  # nothing said yet: it stays where it is
    expect(page.locator("[name=topic]")).to_be_visible()
    page.fill("[name=topic]", "Créer un jardin partagé")
    page.fill("[name=goal]", "Un plan pour la première saison")
    for _ in range(2):
        page.get_by_role("button", name=words.go_on).click()
    page.fill("[name=notes]", "Le robinet est près du portail.\nLe samedi est jour de travail.")
    page.reload()  # what was typed is still there
    expect(page.locator("[name=topic]")).to_have_value("Créer un jardin partagé")
    while not page.get_by_role("button", name=words.begin).is_visible():
        page.get_by_role("button", name=words.go_on).click()
    page.get_by_role("button", name=words.begin).click()
    page.wait_for_url("**/progress/")


def leave_and_come_back(page: Page) -> None:
    address = page.url
    page.locator(".tabbar a").first.click()
    expect(page.locator(".making-card, .book-link").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.goto(address)


def watch(page: Page, words: Words) -> None:
    """The contents page fills in by itself, without anybody reloading it."""
    page.evaluate("window.neverReloaded = true")
    expect(page.locator("li.contents-row").first).to_be_visible(timeout=MAKING)
    expect(page.locator("li.contents-row[data-state='written']").first).to_be_visible(timeout=MAKING)
    expect(page.get_by_role("link", name=words.read, exact=True)).to_be_visible(timeout=MAKING)
    assert page.evaluate("window.neverReloaded")
    assert page.locator("#journey progress.meter").get_attribute("value") == "100"
    assert accessibility_faults(page) == []


def turn_the_pages(page: Page) -> None:
    expect(page.locator("#page-0")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#page-1 .prose")).not_to_be_empty()
    expect(page.locator("#page-0")).to_be_hidden()
    assert page.locator("#page-1 img").evaluate("image => image.naturalWidth > 0")
    page.locator("[data-as-list]").click()
    expect(page.locator("#page-0")).to_be_visible()
    assert accessibility_faults(page) == []


def download(page: Page, words: Words) -> None:
    page.get_by_role("link", name=words.files).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=words.download_pdf).click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    assert accessibility_faults(page) == []
