"""What zipped and XML formats have in common: whole archives, documents that parse, links that lead."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree, html

XHTML = "{http://www.w3.org/1999/xhtml}"
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
_ACTIVE_ELEMENTS = ("script", "iframe", "object", "embed", "applet", "form")
_LOADED = {"src", "srcset", "poster", "data", "background"}


class Broken(Exception):
    """The file cannot be read at all."""


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members by name, in order, every checksum verified. Raises `Broken`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Broken from error


def parsed(documents: Mapping[str, bytes]) -> tuple[dict[str, etree._Element], int]:
    """The trees of those that parse as XML, and how many do not."""
    trees = {}
    for name, data in documents.items():
        try:
            trees[name] = etree.fromstring(data, _SAFE)
        except etree.XMLSyntaxError:
            continue
    return trees, len(documents) - len(trees)


def dead_links(trees: Mapping[str, etree._Element], files: Iterable[str]) -> tuple[int, int]:
    """How many links lead within the publication, and how many of them nowhere."""
    present = set(files)
    places = {name: _ids(tree) for name, tree in trees.items()}
    links = dead = 0
    for name, tree in trees.items():
        for address in tree.iter(f"{XHTML}a", "a"):
            target = address.get("href")
            if target is None or urlsplit(target).scheme:
                continue
            links += 1
            dead += not _leads(target, name, present, places)
    return links, dead


def pictures(trees: Iterable[etree._Element]) -> tuple[int, int]:
    """How many pictures are shown, and how many of them say nothing to those who cannot see them."""
    shown = [
        picture
        for tree in trees
        for picture in tree.iter(f"{XHTML}img", "img")
        if picture.get("role") not in ("presentation", "none")
    ]
    return len(shown), sum(not (picture.get("alt") or "").strip() for picture in shown)


def is_inert(tree: etree._Element) -> bool:
    """No script, no handler, nothing that is fetched from elsewhere when the document is opened."""
    for element in tree.iter(etree.Element):
        if etree.QName(element).localname in _ACTIVE_ELEMENTS:
            return False
        for name, value in element.attrib.items():
            attribute = etree.QName(name).localname.lower()
            if attribute.startswith("on") or (attribute in _LOADED and _is_remote(value)):
                return False
            if attribute in ("href", "src") and urlsplit(value.strip()).scheme.lower() in (
                "javascript",
                "vbscript",
            ):
                return False
    return True


def as_html(data: bytes) -> html.HtmlElement:
    """A page's tree. Raises `Broken`."""
    try:
        return html.document_fromstring(data.decode())
    except (etree.ParserError, UnicodeDecodeError, ValueError) as error:
        raise Broken from error


def _ids(tree: etree._Element) -> set[str]:
    return {value for element in tree.iter(etree.Element) if (value := element.get("id"))}


def _leads(target: str, source: str, present: set[str], places: Mapping[str, set[str]]) -> bool:
    path, _hash, place = target.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path))) if path else source
    if name not in present:
        return False
    return not place or name not in places or unquote(place) in places[name]


def _is_remote(address: str) -> bool:
    return urlsplit(address.strip()).scheme.lower() not in ("", "data")
