"""A team from its first day to its last, as people live it: sign up, invite, join, part, hand over, go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Platform, accessibility_faults, link_in, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PASSWORD = "a garden without a gate"
NAMES = {"en": "The Lighthouse", "fr": "Les Éditions du Phare"}
# What letters say, by which they are known.
INVITED = {"en": "invites you to The Lighthouse", "fr": "vous invite"}
REMOVED = {"en": "You are no longer in The Lighthouse", "fr": "Vous ne faites plus partie de"}
RECEIVED = {"en": "The Lighthouse is yours now", "fr": "est désormais à vous"}
FAREWELL = {"en": "Your account is deleted", "fr": "Votre compte est supprimé"}


@dataclass
class Person:
    """Somebody at a browser of their own, in one language."""

    name: str
    email: str
    page: Page
    platform: Platform
    letters: int = 0

    def next_letter(self) -> str:
        self.letters += 1
        return self.platform.letter(self.email, number=self.letters)

    def open(self, address: str) -> int:
        response = self.page.goto(address)
        assert response is not None
        return response.status

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_team_from_its_first_day_to_its_last(platform: Platform, browser: Browser, language: str) -> None:
    with (
        at_a_browser(platform, browser, language, "Ada") as ada,
        at_a_browser(platform, browser, language, "Bo") as bo,
        at_a_browser(platform, browser, language, "Cleo") as cleo,
    ):
        sign_up(ada)
        home = name_the_organisation(ada, NAMES[language])
        bring_a_book(ada, home)
        link = invite(ada, home, bo.email)

        join_by_letter(bo, INVITED[language], home)
        join_by_link(cleo, link, home)
        bring_a_book(cleo, home)
        stop_such_letters(ada)

        assert_sees_as_member(bo, home)
        change_role(ada, home, bo, "ADMIN")
        assert_sees_as_admin(bo, home)

        remove(ada, home, cleo, heir=ada)
        assert_is_out(cleo, home, REMOVED[language])

        hand_over(ada, home, bo)
        assert RECEIVED[language] in letter_about(bo, RECEIVED[language])
        assert_owns(bo, home)

        delete_account(ada)
        assert FAREWELL[language] in letter_about(ada, FAREWELL[language])
        assert_nobody_knows(ada)
        assert_has_all_books(bo, home, [ada, cleo])
        assert_forgotten(bo, home, ada)


@contextmanager
def at_a_browser(platform: Platform, browser: Browser, language: str, name: str) -> Iterator[Person]:
    """Whoever it is ends with nothing for the browser to complain of, but pages that are closed to them."""
    context, visitor = visit(browser, locale=language, viewport={"width": 1280, "height": 860})
    yield Person(name, f"{name.lower()}.{language}@team.example", visitor.page, platform)
    assert [one for one in visitor.complaints if ": 403 " not in one and ": 404 " not in one] == []
    spoken = visitor.page.locator("html").get_attribute("lang")
    assert (visitor.page.url, spoken) == (visitor.page.url, language)
    context.close()


def sign_up(who: Person) -> None:
    """Up to the link in the letter, which leads in."""
    who.open(f"{who.platform.address}/accounts/signup/")
    fill_in_account(who)
    who.page.wait_for_url("**/confirm-email/")
    who.page.goto(link_in(who.next_letter(), "/accounts/confirm-email/"))
    who.press("main form .btn-primary")


def fill_in_account(who: Person) -> None:
    who.page.fill("[name=name]", who.name)
    who.page.fill("[name=email]", who.email)
    who.page.fill("[name=password1]", PASSWORD)
    who.press("main form .btn-primary")


def name_the_organisation(who: Person, name: str) -> str:
    """The organisation that came with the account; its address."""
    expect(who.page.locator(".empty a.btn")).to_be_visible()
    home = who.page.url.rstrip("/")
    who.open(f"{home}/organisation/")
    who.page.fill("main [name=name]", name)
    who.press("main form .btn-primary")
    expect(who.page.locator("main [name=name]")).to_have_value(name)
    expect(who.page.locator("header").filter(has_text=name).first).to_be_attached()
    return home


def bring_a_book(who: Person, home: str) -> None:
    who.open(f"{home}/books/import/")
    text = f"# The Book of {who.name}\n\nRain, and then none.\n".encode()
    file = {"name": f"{who.name}.md", "mimeType": "text/markdown", "buffer": text}
    who.page.set_input_files("[name=file]", files=[file])  # type: ignore[list-item]
    who.press("main form .btn-primary")
    expect(who.page.locator("h1")).to_contain_text(who.name)


def invite(who: Person, home: str, email: str) -> str:
    """One by e-mail, as a member; and a link for one more, which is the answer."""
    who.open(f"{home}/people/")
    who.page.fill("[name=emails]", email)
    who.press("form[action$='/people/invite/'] button")
    who.sees(email)
    who.page.fill("[name=uses]", "1")
    who.press("form[action$='/people/link/'] button")
    link = who.page.locator("input[id^=link-]")
    expect(link).to_be_visible()
    assert accessibility_faults(who.page) == []
    return link.input_value()


def join_by_letter(who: Person, words: str, home: str) -> None:
    """The letter has proven the address: no second one asks for it."""
    letter = who.next_letter()
    assert words in letter
    who.page.goto(link_in(letter, "/invitations/"))
    who.press("main .btn-primary")
    expect(who.page.locator("[name=email]")).to_have_value(who.email)
    fill_in_account(who)
    accept(who, home)


def join_by_link(who: Person, link: str, home: str) -> None:
    who.page.goto(link)
    who.press("main .btn-primary")
    fill_in_account(who)
    who.page.wait_for_url("**/confirm-email/")
    who.page.goto(link_in(who.next_letter(), "/accounts/confirm-email/"))
    who.press("main form .btn-primary")
    accept(who, home)


def accept(who: Person, home: str) -> None:
    who.page.wait_for_url("**/invitations/**")
    expect(who.page.locator("main form .btn-primary")).to_contain_text(who.name)
    who.press("main form .btn-primary")
    who.page.wait_for_url(f"{home}/")


def stop_such_letters(who: Person) -> None:
    """By the link at the foot of one."""
    address = link_in(who.next_letter(), "/e-mails/").rstrip(")")
    who.page.goto(address)
    assert accessibility_faults(who.page) == []
    who.press("main form .btn-primary")
    expect(who.page.locator("[name=resume]")).to_be_attached()
    assert accessibility_faults(who.page) == []


def assert_sees_as_member(who: Person, home: str) -> None:
    assert who.open(f"{home}/people/") == 200
    assert who.page.locator("form[action$='/people/invite/']").count() == 0
    assert who.page.locator("a[href='/activity/']").count() == 0
    for closed in ("/activity/", "/organisation/"):
        assert who.open(home + closed) == 403


def assert_sees_as_admin(who: Person, home: str) -> None:
    assert who.open(f"{home}/people/") == 200
    assert who.page.locator("form[action$='/people/invite/']").count() == 1
    assert who.open(f"{home}/activity/") == 200
    assert who.open(f"{home}/organisation/") == 200
    assert who.open(f"{home}/organisation/look/") == 403


def assert_owns(who: Person, home: str) -> None:
    assert who.open(f"{home}/organisation/look/") == 200


def change_role(by: Person, home: str, whom: Person, role: str) -> None:
    manage(by, home, whom)
    by.page.select_option("[name=role]", role)
    by.press("main form .btn-primary")
    by.page.wait_for_url(f"{home}/people/")


def remove(by: Person, home: str, whom: Person, *, heir: Person) -> None:
    manage(by, home, whom)
    by.page.select_option("[name=heir]", label=heir.name)
    by.press("form[action$='/remove/'] button")
    by.page.wait_for_url(f"{home}/people/")
    expect(by.page.locator("#people")).not_to_contain_text(whom.email)


def hand_over(by: Person, home: str, whom: Person) -> None:
    manage(by, home, whom)
    by.press("form[action$='/hand-over/'] button")
    by.page.wait_for_url(f"{home}/people/**")
    assert by.open(f"{home}/organisation/look/") == 403


def manage(by: Person, home: str, whom: Person) -> None:
    by.open(f"{home}/people/")
    by.page.locator("li.person", has_text=whom.email).locator("a.btn").click()
    expect(by.page.locator("h1")).to_contain_text(whom.name)


def assert_is_out(who: Person, home: str, words: str) -> None:
    assert who.open(f"{home}/") in (403, 404)
    assert words in letter_about(who, words)


def letter_about(who: Person, words: str) -> str:
    """The next letter that says so; others may come before it."""
    while words not in (letter := who.next_letter()):
        pass
    return letter


def delete_account(who: Person) -> None:
    who.open(f"{who.platform.address}/account/delete/")
    who.page.fill("[name=password]", PASSWORD)
    who.press("main form .btn-danger")
    expect(who.page.locator("main form")).to_have_count(0)


def assert_nobody_knows(who: Person) -> None:
    """Whoever had the account cannot sign in any more."""
    who.open(f"{who.platform.address}/accounts/login/")
    who.page.fill("[name=login]", who.email)
    who.page.fill("[name=password]", PASSWORD)
    who.press("main form button")
    expect(who.page.locator("main [role=alert], main .alert, main .field-error").first).to_be_visible()


def assert_has_all_books(who: Person, home: str, authors: list[Person]) -> None:
    who.open(f"{home}/")
    for author in authors:
        who.page.get_by_role("link", name=f"The Book of {author.name}").first.click()
        expect(who.page.locator("h1")).to_contain_text(author.name)
        who.page.go_back()


def assert_forgotten(who: Person, home: str, gone: Person) -> None:
    """What was done is still told, by nobody."""
    who.open(f"{home}/people/")
    expect(who.page.locator("#people")).to_contain_text(who.email)
    expect(who.page.locator("#people")).not_to_contain_text(gone.email)
    who.open(f"{home}/activity/")
    expect(who.page.locator("ul.rows")).to_be_visible()
    expect(who.page.locator("ul.rows")).not_to_contain_text(gone.email)
