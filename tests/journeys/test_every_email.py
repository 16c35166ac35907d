"""Every e-mail as people see it: on a phone and in a window, light and dark, in both languages.

With OCTAVO_SCREENSHOTS set to a folder, a picture of each is left there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from launcher.frontend import NODE_MODULES
from tests.journeys.conftest import chromium, visit
from tests.notifications.every_email import every_email

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WIDTHS = (600, 390)
PICTURES = os.environ.get("OCTAVO_SCREENSHOTS", "")
AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
UNLOADED = "[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_email_is_readable(language: str) -> None:
    letters = {name: str(mail.alternatives[0].content) for name, mail in every_email(language)}
    assert len(letters) > 30
    with chromium() as browser:
        faults = [
            fault for scheme in ("light", "dark") for fault in _seen(browser, letters, language, scheme)
        ]
    assert faults == []


def _seen(browser: Browser, letters: dict[str, str], language: str, scheme: str) -> Iterator[str]:
    context, visitor = visit(browser, color_scheme=scheme)
    visitor.page.goto("about:blank")
    visitor.page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text())
    examined: set[tuple[str, ...]] = set()
    for name, html in letters.items():
        shown = f"{language} {name} {scheme}"
        yield from _misfits(visitor.page, shown, html)
        if (shape := _shape(html)) not in examined:
            examined.add(shape)
            yield from _barriers(visitor.page, shown)
    yield from visitor.complaints
    context.close()


def _shape(html: str) -> tuple[str, ...]:
    """The tags without the words: what axe says of one letter it says of all that are made alike."""
    return tuple(re.sub(r'(href|lang)="[^"]*"', "", tag) for tag in re.findall(r"<[^>]+>", html))


def _misfits(page: Page, name: str, html: str) -> Iterator[str]:
    page.set_content(html)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{name}: wider than {width} px"
        if PICTURES:
            _keep(page, f"{name} {width}")
    yield from (f"{name}: picture missing: {source}" for source in page.evaluate(UNLOADED))


def _barriers(page: Page, name: str) -> Iterator[str]:
    for fault in page.evaluate(AXE):
        yield f"{name}: {fault['id']}: {[node['target'] for node in fault['nodes'][:3]]}"


def _keep(page: Page, name: str) -> None:
    file = re.sub(r"[^a-z0-9]+", "-", name.lower())
    page.screenshot(path=Path(PICTURES) / f"{file}.png", full_page=True)
