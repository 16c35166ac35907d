"""The browser of the journeys starts, whether it is the machine's or the packaged one."""

import platform
import sys

import pytest
from playwright.sync_api import sync_playwright

from launcher import browser
from launcher.refusals import Refusal

pytestmark = pytest.mark.browser


@pytest.fixture
def title(monkeypatch):
    """What the browser makes of a page's script."""
    for name, value in browser.playwright_environment().items():
        monkeypatch.setenv(name, value)

    def open_page(found):
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(**found.launch_options())
            page = running.new_page(viewport={"width": 390, "height": 700})
            page.set_content("<input><title>no</title><script>document.title = innerWidth + 'px'</script>")
            seen = page.title()
            running.close()
        return seen

    return open_page


def test_found_browser_runs_a_page(title):
    assert title(browser.find()) == "390px"


@pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the package is for x86-64 Linux alone"
)
def test_packaged_browser_runs_a_page(title):
    assert title(browser.packaged()) == "390px"


def test_named_browser_that_is_none_is_one_sentence(monkeypatch):
    monkeypatch.setenv("OCTAVO_BROWSER", "netscape")
    with pytest.raises(
        Refusal, match="OCTAVO_BROWSER names 'netscape', which is no program: correct it, or unset"
    ):
        browser.find()
