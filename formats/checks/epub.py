"""Reading a finished EPUB: archive, package, documents, contents and what it says of its accessibility."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from formats.checks import Check, Report, found
from formats.checks.package import Broken, dead_links, is_inert, parsed, pictures, unzipped

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}
_PROMISES = ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary")


def inspect(data: bytes) -> Report:
    try:
        files = unzipped(data)
    except Broken:
        return Report((Check("epub-zip", "fail"),))
    return Report(tuple(_checks(data, files)))


def _checks(data: bytes, files: Mapping[str, bytes]) -> Iterator[Check]:
    yield found("epub-zip", _begins_as_it_must(data), files=len(files))
    place, package = _package(files)
    if package is None:
        yield Check("epub-package", "fail")
        return
    items = _items(package, place)
    yield found("epub-package", _is_listed(items, files), files=len(items))
    names = [name for name, kind in items.items() if kind == "application/xhtml+xml" and name in files]
    trees, broken = parsed({name: files[name] for name in names})
    yield found("epub-documents", not broken, documents=len(names), broken=broken)
    yield _contents(package, place, trees)
    links, dead = dead_links(trees, files)
    yield found("epub-links", not dead, links=links, dead=dead)
    shown, silent = pictures(trees.values())
    yield found("epub-alt", not silent, pictures=shown, missing=silent)
    yield found(
        "epub-language",
        all(tree.get("{http://www.w3.org/XML/1998/namespace}lang") for tree in trees.values()),
    )
    yield found(
        "epub-title", all(_text(package, f"//dc:{name}") for name in ("title", "identifier", "language"))
    )
    yield found(
        "epub-cover",
        package.xpath("//opf:item[@properties='cover-image']", namespaces=_NAMES),
        otherwise="warn",
    )
    yield found("epub-access", all(_promise(package, name) for name in _PROMISES))
    yield found("epub-inert", all(map(is_inert, trees.values())))


def _begins_as_it_must(data: bytes) -> bool:
    """The first entry is the media type, stored as it is (EPUB 3.3, OCF 4.2.2)."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        first = archive.infolist()[0]
        stored = first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        return stored and archive.read(first) == b"application/epub+zip"


def _package(files: Mapping[str, bytes]) -> tuple[str, etree._Element | None]:
    container, _broken = parsed({"": files.get("META-INF/container.xml", b"")})
    if "" not in container:
        return "", None
    place = next(iter(container[""].xpath("//c:rootfile/@full-path", namespaces=_NAMES)), "")
    package, _broken = parsed({place: files.get(place, b"")})
    return place, package.get(place)


def _items(package: etree._Element, place: str) -> dict[str, str]:
    folder = posixpath.dirname(place)
    return {
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))): item.get("media-type", "")
        for item in package.iterfind(".//opf:item", _NAMES)
    }


def _is_listed(items: Mapping[str, str], files: Mapping[str, bytes]) -> bool:
    """Every file is in the manifest, and every item of the manifest is there."""
    beside = {
        name for name in files if name == "mimetype" or name.startswith("META-INF/") or name.endswith(".opf")
    }
    return set(items) == set(files) - beside


def _contents(package: etree._Element, place: str, trees: Mapping[str, etree._Element]) -> Check:
    """Every document that is read in order, but for what stands before the text, is in the contents."""
    folder = posixpath.dirname(place)
    by_id = {item.get("id"): item.get("href", "") for item in package.iterfind(".//opf:item", _NAMES)}
    read = {by_id.get(ref.get("idref"), "") for ref in package.iterfind(".//opf:itemref", _NAMES)}
    nav = next(iter(package.xpath("//opf:item[@properties='nav']/@href", namespaces=_NAMES)), "")
    tree = trees.get(posixpath.normpath(posixpath.join(folder, nav)))
    if tree is None:
        return Check("epub-contents", "fail", {"entries": 0})
    linked = tree.xpath("//x:nav[@epub:type='toc']//x:a/@href", namespaces=_NAMES)
    missing = {name for name in read if name.startswith("chapter-")} - {
        str(one).partition("#")[0] for one in linked
    }
    return found("epub-contents", linked and not missing, entries=len(linked), missing=len(missing))


def _promise(package: etree._Element, name: str) -> str:
    return _text(package, f"//opf:meta[@property='schema:{name}']")


def _text(package: etree._Element, path: str) -> str:
    found_ = package.xpath(path, namespaces=_NAMES)
    return (found_[0].text or "").strip() if found_ else ""
