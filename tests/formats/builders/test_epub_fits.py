"""The laid-out pages of picture books, in a browser: no word lies beyond its page, whatever its length."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from formats.builders import build
from formats.manuscript import BookSource
from launcher import browser as browsers
from launcher.refusals import Refusal
from tests.factories.ebooks import CHINESE, JAPANESE, LONG_SCENE, scenes
from tests.factories.manuscripts import EVERY_BLOCK, manuscript_of

WIDTH, HEIGHT = 1008, 1440  # pixels of a page
LOWEST = """() => {
    const words = [...document.querySelectorAll(".text > *")];
    return Math.max(...words.map((each) => each.getBoundingClientRect().bottom));
}"""


def texts(seed: int, count: int, least: int, most: int) -> list[str]:
    """Scenes of so many words, from those of one sentence in any order."""
    chance, words = random.Random(seed), LONG_SCENE.split()
    lengths = [chance.randint(least, most) for _ in range(count)]
    return [
        " ".join(chance.choice(words) + "\n\n" * (n % 50 == 49) for n in range(length)) for length in lengths
    ]


BOOKS = {
    "short": scenes(*texts(1, 6, 5, 60)),
    "fuller": scenes(*texts(2, 6, 60, 140)),
    "long": scenes(*texts(3, 4, 100, 900), language="fr"),
    "blocks": scenes(EVERY_BLOCK, "Short."),
    "East Asia": scenes(JAPANESE, CHINESE, language="ja"),
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    try:
        found = browsers.find()
    except Refusal as error:
        pytest.skip(str(error))
    os.environ.update(browsers.playwright_environment())
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**found.launch_options())
        yield started.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        started.close()


@pytest.mark.parametrize("name", BOOKS)
def test_words_stay_on_their_pages(name: str, page: Page, tmp_path: Path) -> None:
    assert not [place for place, lowest in bottoms(BOOKS[name], page, tmp_path).items() if lowest > HEIGHT]


def test_measure_sees_words_that_do_not_stay(page: Page, tmp_path: Path) -> None:
    before = bottoms(BOOKS["fuller"], page, tmp_path)
    style = tmp_path / "EPUB" / "style.css"
    style.write_text(style.read_text() + ".text p { line-height: 4 !important; }")
    page.reload()
    assert page.evaluate(LOWEST) > max(before.values())


def bottoms(book: BookSource, page: Page, folder: Path) -> dict[str, float]:
    """How far down the words of each page go, in pixels."""
    archive = folder / "book.epub"
    archive.write_bytes(build(manuscript_of(book), format="epub").data)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    found = {}
    for path in sorted((folder / "EPUB").glob("*chapter-*.xhtml")):
        if 'class="text' in path.read_text():
            page.goto(path.as_uri())
            page.evaluate("document.fonts.ready")
            found[path.name] = page.evaluate(LOWEST)
    assert found
    return found
