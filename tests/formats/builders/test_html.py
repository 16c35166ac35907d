"""The reading page: self-contained, strict, and whole."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import lxml.html
import pytest

from formats.builders import build
from formats.manuscript import BookSource
from tests.factories.manuscripts import guide, hostile, manuscript_of, picture_book


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
