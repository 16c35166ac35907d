"""Reading a finished reading page: one file that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import html as lxml_html

from formats.checks import Check, Report, found
from formats.checks.package import Broken, as_html, dead_links, is_inert, pictures

_FETCHED_BY_STYLE = re.compile(r"url\(\s*+(?!['\"]?(?:data:|#))|@import", re.IGNORECASE)


def inspect(data: bytes) -> Report:
    try:
        page = as_html(data)
    except Broken:
        return Report((Check("html-opens", "fail"),))
    return Report(tuple(_checks(page)))


def _checks(page: lxml_html.HtmlElement) -> Iterator[Check]:
    yield found("html-opens", page.find("body") is not None)
    yield found("html-alone", _is_alone(page))
    yield found("html-inert", is_inert(page))
    yield found("html-title", (page.findtext("head/title") or "").strip() and page.get("lang"))
    yield found("html-headings", _in_order(page), headings=len(_levels(page)))
    links, dead = dead_links({"page": page}, ["page"])
    yield found("html-links", not dead, links=links, dead=dead)
    shown, silent = pictures([page])
    yield found("html-alt", not silent, pictures=shown, missing=silent)


def _is_alone(page: lxml_html.HtmlElement) -> bool:
    """Nothing is fetched: no stylesheet, font or picture from elsewhere."""
    linked = [link for link in page.iter("link") if "stylesheet" in (link.get("rel") or "")]
    styles = "".join(style.text or "" for style in page.iter("style"))
    pictures = all((picture.get("src") or "").startswith("data:") for picture in page.iter("img"))
    return not linked and pictures and not _FETCHED_BY_STYLE.search(styles)


def _levels(page: lxml_html.HtmlElement) -> list[int]:
    return [int(str(heading.tag)[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]


def _in_order(page: lxml_html.HtmlElement) -> bool:
    """Headings begin at the first level and never leave one out on the way down."""
    levels = _levels(page)
    return bool(levels) and levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))
