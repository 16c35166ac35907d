"""The guides for integrators: docs/integrators.md and the files beside it, as HTML."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import comrak
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from lxml import html

INDEX: Final = "integrators"
FOLDER: Path = settings.BASE_DIR / "docs"
# In the order in which they are read; others follow.
_ORDER: Final = (
    "quick-start",
    "keys",
    "conventions",
    "streams",
    "webhooks",
    "batches",
    "files",
    "crews",
    "usage",
    "operations",
    "mcp",
    "clients",
    "versions",
)


class UnknownGuide(LookupError):
    """There is no guide of this name."""


@dataclass(frozen=True, slots=True)
class Guide:
    """One file. `body` is HTML without the title; `parts` are its headings, by anchor."""

    name: str
    title: str
    body: SafeString
    parts: tuple[tuple[str, str], ...]

    @property
    def url(self) -> str:
        return address_of(self.name)


def guide(name: str) -> Guide:
    """Raises `UnknownGuide`."""
    if name != INDEX and name not in names():
        raise UnknownGuide(name)
    return _read(name, _path(name).stat().st_mtime_ns)


def guides() -> list[Guide]:
    return [guide(name) for name in (INDEX, *names())]


def names() -> list[str]:
    found = {path.stem for path in (FOLDER / INDEX).glob("*.md")}
    return [name for name in _ORDER if name in found] + sorted(found.difference(_ORDER))


def address_of(name: str) -> str:
    urls = settings.PLATFORM_URLCONF
    if name == INDEX:
        return reverse("developers:overview", urlconf=urls)
    return reverse("developers:guide", args=[name], urlconf=urls)


def _path(name: str) -> Path:
    return FOLDER / f"{name}.md" if name == INDEX else FOLDER / INDEX / f"{name}.md"


@functools.lru_cache(maxsize=64)
def _read(name: str, changed_at: int) -> Guide:
    """Read once for each state of the file."""
    tree = html.fragment_fromstring(_as_html(_path(name).read_text()), create_parent="div")
    title = tree.findall("h1")[0]
    tree.remove(title)
    for link in tree.iter("a"):
        _lead(link, name)
    for code in list(tree.iter("code")):
        _link(code)
    for table in list(tree.iter("table")):
        _let_scroll(table)
    for code in list(tree.iter("pre")):
        _let_copy(code)
    body = "".join(html.tostring(child, encoding="unicode") for child in tree)
    parts = tuple((heading.get("id", ""), heading.text_content()) for heading in tree.iter("h2"))
    return Guide(name, title.text_content(), mark_safe(body), parts)  # noqa: S308 our own files


def _as_html(text: str) -> str:
    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.autolink = extensions.strikethrough = True
    made = comrak.render_markdown(text, extensions, comrak.ParseOptions(), comrak.RenderOptions())
    return re.sub(r"<h([1-4])>(.*?)</h\1>", _with_anchor, made)


def _with_anchor(heading: re.Match[str]) -> str:
    words = re.sub(r"<[^>]+>|&\w+;", "", heading[2]).lower()
    anchor = "-".join(re.findall(r"\w+", words))
    return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'


def _lead(link: html.HtmlElement, name: str) -> None:
    """From a file to the page that shows it; what has no page becomes words."""
    address = link.get("href", "")
    if re.match(r"[a-z]+:|[/#]", address):
        return
    file, _hash, anchor = address.partition("#")
    target = (_path(name).parent / file).resolve()
    shown = {_path(one): one for one in (INDEX, *names())}
    if target in shown:
        link.set("href", address_of(shown[target]) + (f"#{anchor}" if anchor else ""))
    else:
        link.drop_tag()


def _link(code: html.HtmlElement) -> None:
    """An address of ours that anybody may open leads there."""
    address = code.text or ""
    if address.startswith("/developers/") or address == "/api/v1/schema/":
        link = html.Element("a", {"href": address})
        link.tail, code.tail = code.tail, None
        code.addprevious(link)
        link.append(code)


def _let_scroll(table: html.HtmlElement) -> None:
    """A wide table scrolls by itself, by keyboard too. A head that says nothing is none."""
    for head in table.findall("thead"):
        if not head.text_content().strip():
            table.remove(head)
    for cell in table.iter("th"):
        if not cell.text_content().strip():
            cell.tag = "td"
    box = html.Element("div", {"class": "guide-scroll", "tabindex": "0"})
    table.addprevious(box)
    box.append(table)


def _let_copy(code: html.HtmlElement) -> None:
    box = html.Element("div", {"class": "guide-code"})
    code.addprevious(box)
    code.set("tabindex", "0")
    button = html.Element("button", {"type": "button", "class": "btn btn-quiet btn-sm needs-script"})
    button.set("data-copy", code.text_content().rstrip("\n"))
    button.set("data-copied", "Copied")
    words = html.Element("span", {"aria-live": "polite"})
    words.text = "Copy"
    button.append(words)
    box.extend([code, button])
