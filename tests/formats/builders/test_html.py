"""The reading page: self-contained, strict, and whole."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import sync_playwright

from formats.builders import build, reading_faces
from formats.builders.epub.faces import every_face
from formats.manuscript import BookSource
from launcher import browser as browsers
from tests.factories.manuscripts import guide, hostile, manuscript_of, picture_book

ROOT = Path(__file__).parents[3]


def page(source: BookSource) -> tuple[str, lxml.html.HtmlElement]:
    text = build(manuscript_of(source), format="html").data.decode()
    return text, lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize(
    "source", [guide(), picture_book(language="fr"), hostile()], ids=["guide", "story", "hostile"]
)
def test_page_fetches_and_runs_nothing(source: BookSource) -> None:
    _, root = page(source)
    assert not root.xpath("//script | //iframe | //object | //embed | //form | //link | //svg")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert all(src.startswith("data:image/") for src in root.xpath("//@src"))
    assert all(href.startswith(("#", "http://", "https://", "mailto:")) for href in root.xpath("//@href"))


def test_policy_allows_the_one_style_and_no_more() -> None:
    text, root = page(guide())
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = re.search("<style>(.*)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not root.xpath("//@style")


def test_links_within_the_page_arrive() -> None:
    _, root = page(guide())
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//@href") if href.startswith("#")} <= set(ids)


def test_headings_go_down_one_level_at_a_time() -> None:
    _, root = page(guide())
    levels = [int(e.tag[1]) for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_are_inside_with_their_texts() -> None:
    _, root = page(picture_book())
    assets = manuscript_of(picture_book()).assets
    held = [base64.b64decode(src.split(",")[1]) for src in root.xpath("//img/@src")]
    assert held == [asset.read() for asset in assets.values()]
    assert root.xpath("//img/@alt") == ["A garden gate", *(f"Amina and Pip, picture {n}" for n in (1, 2, 3))]


def test_page_has_language_skip_link_and_contents() -> None:
    _, root = page(picture_book(language="fr"))
    assert (root.get("lang"), root.get("dir")) == ("fr", "ltr")
    assert root.xpath("//body/a[1]/@href") == ["#text"]
    assert root.xpath("//main/@id") == ["text"]
    assert root.xpath("//nav//a/text()") == ["L’étoile perdue", "Le portail", "Une rivière sans pont"]
    assert page(hostile(language="ar"))[1].get("dir") == "rtl"


def test_same_book_gives_the_same_bytes() -> None:
    assert page(guide())[0] == page(guide())[0]


def test_reader_chooses_colours_and_size_without_a_script() -> None:
    text, root = page(picture_book(language="fr"))
    groups = {
        fieldset.findtext("legend"): fieldset.xpath(".//input/@id") for fieldset in root.iter("fieldset")
    }
    assert groups == {
        "Couleurs": ["look-device", "look-light", "look-sepia", "look-dark"],
        "Taille du texte": ["size-small", "size-medium", "size-large", "size-largest"],
    }
    for chosen in ("look-sepia", "look-dark", "size-small", "size-large", "size-largest"):
        assert f":has(#{chosen}:checked)" in text
    assert root.xpath("//button/@popovertarget") == ["contents"]
    assert root.xpath("//nav[@id='contents']/@popover") == [""]


def test_what_is_known_of_the_book_is_there_to_find() -> None:
    source = guide(chapters=1)
    known = replace(source.meta, isbn_ebook="9780306406157", keywords=("soil", "beds"))
    _, root = page(replace(source, meta=known))
    (book,) = root.xpath("//*[@itemtype='https://schema.org/Book']")
    said = {meta.get("itemprop"): meta.get("content") for meta in book.xpath("./meta[@itemprop]")}
    assert said == {
        "name": "Starting a Garden",
        "alternativeHeadline": "A first season",
        "author": "Rosa Lind",
        "inLanguage": "en",
        "isbn": "9780306406157",
        "publisher": "Fern Street Press",
        "datePublished": "2026-03-04",
    }
    assert root.xpath("//meta[@name='keywords']/@content") == ["soil, beds"]


def test_parts_and_depth_show_in_the_contents() -> None:
    source = guide(chapters=3)
    first, *others = source.chapters
    _, root = page(
        replace(
            source,
            chapters=(replace(first, part="Spring"), *others),
            meta=replace(source.meta, contents_depth=2),
        )
    )
    assert root.xpath("//nav//li[@class='part']/a/@href") == ["#part-1"]
    assert root.xpath("//header[@id='part-1']/h2/text()") == ["Spring"]
    assert len(root.xpath("//nav//li[@class='level-2']")) == 3


def test_faces_are_inside_and_only_where_they_have_the_letters() -> None:
    text, _ = page(guide(chapters=1))
    assert text.count("data:font/woff2;base64,") == 5
    assert "font-src data:" in text
    assert "data:font" not in page(hostile(language="ar"))[0]


def test_faces_are_those_of_the_e_book() -> None:
    """After `epub.prepare_faces`, `python -m formats.builders.reading_faces` packs them for the web."""
    for face in every_face():
        packed = TTFont(io.BytesIO(reading_faces.packed(face)))
        assert packed.getBestCmap().keys() == TTFont(io.BytesIO(face.read())).getBestCmap().keys()


AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def test_pages_are_accessible_and_fit(tmp_path: Path) -> None:
    for name, source in (("guide", guide(chapters=2)), ("story", picture_book(language="fr"))):
        (tmp_path / f"{name}.html").write_text(page(source)[0], encoding="utf-8")
    os.environ.update(browsers.playwright_environment())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**browsers.find().launch_options())
        for path, width, scheme in (
            ("guide", 390, "dark"),
            ("story", 390, "light"),
            ("guide", 1280, "light"),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,  # type: ignore[arg-type]
                bypass_csp=True,
            )
            shown = context.new_page()
            shown.goto((tmp_path / f"{path}.html").as_uri())
            assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
            shown.evaluate(AXE)
            found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        browser.close()
