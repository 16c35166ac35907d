"""The whole platform, started once, and a browser that visits it as people do."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from launcher import browser as browsers
from launcher.embedded.valkey import free_port
from launcher.frontend import NODE_MODULES
from launcher.places import ROOT
from tests.emulators import mail_server
from tests.emulators.mail_server import Inbox, text_of
from tests.emulators.name_server import Zone

# What tells the tests where their own servers are must not reach the platform, which brings its own.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "DJANGO_", "EMAIL_URL", "OPENAI_", "OCTAVO_", "PAYSTACK_", "PYTEST_")
# A colour on its way to another is not what anybody reads.
STILL = """Promise.allSettled(document.getAnimations()
  .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime)).map(one => one.finished))
  .then(() => null)"""
QUICK = 15_000  # milliseconds that a page may take on a busy machine


@dataclass(frozen=True)
class Platform:
    """A running installation on data of its own, whose mail goes to `inbox`. `address` is its own host."""

    data: Path
    address: str
    inbox: Inbox

    def of(self, slug: str) -> str:
        return self.address.replace("://", f"://{slug}.")

    def demo(self) -> dict[str, str]:
        """The demonstration's people and their passwords."""
        access: dict[str, str] = json.loads((self.data / "secrets" / "demo.json").read_text())
        return access

    def letter(self, address: str, *, number: int = 1) -> str:
        """The text of a letter to somebody, counted from 1, once it has come."""
        return text_of(self.inbox.wait_for(address, number=number))


@dataclass
class Visitor:
    """Somebody at a browser. `complaints` are what the browser had to say against our pages."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def see(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{self.page.url}: {response.status} {response.url}")


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory, name_server: Zone) -> Iterator[Platform]:
    with mail_server.running() as inbox:
        yield from _platform(tmp_path_factory.mktemp("journeys") / "data", name_server, inbox)


def _platform(data: Path, name_server: Zone, inbox: Inbox) -> Iterator[Platform]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment |= {"OCTAVO_PYTHON": sys.executable, "OCTAVO_DATA": str(data), "OCTAVO_PORT": str(port)}
    environment["OCTAVO_DNS_SERVERS"] = f"127.0.0.1:{name_server.port}"
    environment["EMAIL_URL"] = f"smtp://{inbox.address}"
    command = [sys.executable, str(ROOT / "launcher"), "up"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        told = []
        for line in process.stderr or ():
            told.append(line)
            if line.lstrip().startswith("Logs"):
                break
        else:
            pytest.fail("the platform did not come up:\n" + "".join(told))
        yield Platform(data, f"http://localhost:{port}", inbox)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one file at a time: see `chromium`."""
    with chromium() as started:
        yield started


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """While it is open, Playwright's event loop runs in the tests' own thread: Django refuses queries there.

    `arguments` are the browser's own, beside those that it always gets.
    """
    os.environ.update(browsers.playwright_environment())
    with sync_playwright() as playwright:
        options = browsers.find().launch_options()
        options["args"] = [*options.get("args", []), *arguments]
        started = playwright.chromium.launch(**options)
        yield started
        started.close()


def visit(browser: Browser, **wishes: Any) -> tuple[BrowserContext, Visitor]:
    """A fresh browser window; `wishes` are Playwright's: viewport, locale, color_scheme, storage_state."""
    context = browser.new_context(**wishes)
    context.set_default_timeout(QUICK)
    visitor = Visitor(context.new_page())
    visitor.page.on("console", visitor.hear)
    visitor.page.on("response", visitor.see)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return context, visitor


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page once its motions have come to an end, a line each."""
    page.evaluate(STILL)
    page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url} {fault['id']}: {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in found["violations"]
    ]


def link_in(letter: str, path: str) -> str:
    """The first address in a letter whose path begins so."""
    found = re.search(rf"https?://[^/\s]+{re.escape(path)}\S+", letter)
    assert found, letter
    return found[0]


@pytest.fixture(scope="module")
def book(platform: Platform, browser: Browser) -> str:
    """The address of a book that was asked for and watched without scripts; it may still be in the making."""
    from tests.journeys.windows import sign_in  # which needs this file itself

    context, visitor = visit(browser, locale="en", java_script_enabled=False)
    page = visitor.page
    sign_in(page, platform)
    page.goto(f"{platform.of('demo')}/books/new/")
    page.locator("[name=kind][value=guide]").check()
    page.locator("[name=topic]").fill("Starting a community garden")
    page.locator("form.wizard [type=submit]").click()
    page.locator("li.contents-row[data-state='written']").first.wait_for(timeout=120_000)
    address = page.url.removesuffix("progress/")
    context.close()
    return address
