"""Passkeys and an app's codes in a real browser, whose authenticator is a virtual one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Platform, Visitor, accessibility_faults, visit
from tests.journeys.windows import WINDOWS
from tests.tenants.accounts.conftest import App

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PAGES = [
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "reauthenticate/",
    "sessions/",
    "3rdparty/",
    "3rdparty/login/cancelled/",
]


def test_signing_in_with_a_passkey(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(browser, locale="en")
    page = visitor.page
    _carry_authenticator(page)
    _to_security(page, platform)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name to know it by").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("main code").count() == 10
    faults = _faults(visitor, platform)
    page.goto(f"{platform.address}/accounts/2fa/webauthn/")
    expect(page.get_by_text("My laptop")).to_be_visible()

    page.goto(f"{platform.address}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{platform.address}/")
    page.goto(f"{platform.of('demo')}/notifications/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{platform.of('demo')}/notifications/")

    _to_security(page, platform, signed_in=True)
    page.goto(f"{platform.address}/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove My laptop").click()
    if "reauthenticate" in page.url:
        _prove(page, platform)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert faults == []
    assert visitor.complaints == []
    context.close()


def test_signing_in_with_an_app(platform: Platform, browser: Browser) -> None:
    context, visitor = visit(browser, locale="en")
    page = visitor.page
    _to_security(page, platform)
    page.get_by_role("link", name="Use an app").click()
    app = App(page.locator("main code").inner_text())
    page.get_by_label("Authenticator code").fill(app.code())
    page.get_by_role("button", name="Use this app").click()
    page.wait_for_url("**/recovery-codes/")
    code = page.locator("main code").first.inner_text()

    page.goto(f"{platform.of('demo')}/accounts/login/")
    _password(page, platform)
    assert accessibility_faults(page) == []
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{platform.of('demo')}/")

    page.goto(f"{platform.address}/accounts/2fa/totp/deactivate/")
    page.get_by_role("button", name="Stop using the app").click()
    expect(page.get_by_role("link", name="Use an app")).to_be_visible()
    assert visitor.complaints == []
    context.close()


def _carry_authenticator(page: Page) -> None:
    """What is built into a telephone or a laptop: it knows its owner, and keeps passkeys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    wishes = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    wishes |= {"hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": wishes})


def _to_security(page: Page, platform: Platform, *, signed_in: bool = False) -> None:
    page.goto(f"{platform.address}/accounts/2fa/")
    if not signed_in:
        _password(page, platform)
        page.wait_for_url("**/accounts/2fa/")
    page.goto(f"{platform.address}/accounts/reauthenticate/?next=/accounts/2fa/")
    _prove(page, platform)
    page.wait_for_url("**/accounts/2fa/")


def _prove(page: Page, platform: Platform) -> None:
    page.fill("[name=password]", platform.demo()["member_password"])
    page.get_by_role("button", name="Go on").click()


def _password(page: Page, platform: Platform) -> None:
    page.fill("[name=login]", platform.demo()["member"])
    page.fill("[name=password]", platform.demo()["member_password"])
    page.locator("main form button").first.click()


def _faults(visitor: Visitor, platform: Platform) -> list[str]:
    """Of all pages about the second factor, in every window."""
    page, found = visitor.page, []
    for width, scheme, _language in WINDOWS:
        page.set_viewport_size({"width": width, "height": 860})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for path in PAGES:
            page.goto(f"{platform.address}/accounts/{path}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{page.url}: wider than {width} px")
            found += accessibility_faults(page)
    return found
