"""Reads finished files for anything that could act: each function gives what it found, in words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import comrak
import pikepdf
import pypdfium2
import yaml
from lxml import etree
from lxml import html as lxml_html

_ACTIVE = frozenset({
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button", "select",
    "textarea", "base", "video", "audio", "source", "track", "svg", "math", "template", "slot", "portal",
    "foreignobject", "animate", "set", "use", "isindex", "marquee", "dialog", "noscript", "param", "bgsound",
    "include", "plaintext", "xmp",
})  # fmt: skip
_ADDRESSES = frozenset({
    "href", "src", "srcset", "action", "formaction", "poster", "data", "background", "cite", "longdesc",
    "ping", "manifest", "xlink:href", "codebase", "usemap", "profile", "archive", "classid", "dynsrc",
    "lowsrc",
})  # fmt: skip
_ACTIONS = frozenset({
    "/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/AcroForm",
    "/SubmitForm", "/GoToR", "/GoToE", "/ImportData", "/Movie", "/Sound", "/Rendition", "/AA", "/Collection",
    "/EF", "/Trans3D", "/PS", "/OPI", "/AF",
})  # fmt: skip
_OUR_FIELDS = re.compile(
    r' (TOC \\o "1-\d" \\h \\z \\u|PAGE|STYLEREF 1|NOTEREF \w+ \\f \\h|PAGEREF \w+ \\h) '
)
_XHTML = "{http://www.w3.org/1999/xhtml}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DATA_PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+")


def findings(format: str, data: bytes) -> list[str]:
    return list(_READERS[format](data))


def text_of(format: str, data: bytes) -> str:
    """All that a reader could see, and more, to look for a secret in."""
    if format == "pdf":
        document = pypdfium2.PdfDocument(data)
        pages = "".join(page.get_textpage().get_text_range() for page in document)
        return pages + data.decode("latin-1")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("latin-1") for name in archive.namelist())
    return data.decode()


def _epub(data: bytes) -> Iterator[str]:
    for name, content in _members(
        data, {"", "xml", "opf", "css", "xhtml", "jpg", "png", "ttf", "otf", "woff2"}
    ):
        if name.endswith((".xhtml", ".opf", ".xml")):
            yield from _prefixed(name, _tree(_parsed(content), pictures_inside=False))
            yield from _prefixed(name, _declarations(content))
        elif name.endswith(".css"):
            yield from _prefixed(name, _style(content.decode()))


def _html(data: bytes) -> Iterator[str]:
    text = data.decode()
    page = lxml_html.document_fromstring(text.replace(" xml:lang=", " data-lang="))  # no name in HTML
    for ours in page.xpath("//input[@type='radio'][@name='look' or @name='size'] | //button[@type='button']"):
        if not any(each.tag == "main" for each in ours.iterancestors()):
            ours.tag = "span"  # the reader's choice of looks
    yield from _tree(page, pictures_inside=True)
    for style in page.iter("style"):
        yield from _style(style.text or "")
    policies = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    if len(policies) != 1 or "default-src 'none'" not in policies[0]:
        yield "no policy"


def _markdown_zip(data: bytes) -> Iterator[str]:
    """What a reader would get whose Markdown lets HTML and every link through."""
    for name, content in _members(data, {"md", "jpg", "png"}):
        if name.endswith(".md"):
            yield from _prefixed(name, _markdown(content))


def _markdown(data: bytes) -> Iterator[str]:
    _, front, text = data.decode().split("---\n", 2)
    if re.search(r"^[^\"]*!!|^[\w-]+: [&*]", front, re.MULTILINE):
        yield "a tag or an anchor of YAML"
    if not isinstance(yaml.safe_load(front), dict):
        yield "front matter that is no mapping"
    extensions, rendering = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = extensions.footnotes = extensions.autolink = extensions.strikethrough = True
    rendering.unsafe_ = True
    rendered = comrak.render_markdown(text, extensions, comrak.ParseOptions(), rendering)
    yield from _tree(
        lxml_html.document_fromstring(f"<html><body>{rendered}</body></html>"), pictures_inside=False
    )


def _docx(data: bytes) -> Iterator[str]:
    for name, content in _members(data, {"xml", "rels", "jpg", "png"}):
        if not name.endswith((".xml", ".rels")):
            continue
        root = _parsed(content)
        yield from _prefixed(name, _declarations(content))
        if name.endswith(".rels"):
            yield from _prefixed(name, _relations(root))
        for field in root.iter(f"{_W}instrText"):
            if not _OUR_FIELDS.fullmatch(field.text or ""):
                yield f"{name}: field {field.text!r}"
        for tag in ("fldSimple", "object", "altChunk", "control", "subDoc", "attachedTemplate", "mailMerge"):
            yield from (f"{name}: {tag}" for _each in root.iter(f"{_W}{tag}"))


def _relations(root: etree._Element) -> Iterator[str]:
    for relation in root:
        kind, target = relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            if kind != "hyperlink" or not _is_harmless(target):
                yield f"{kind} to {target!r}"
        elif ":" in target or ".." in target or target.startswith("/") or "bin" in kind.lower():
            yield f"{kind} to {target!r}"


def _pdf(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                keys = {str(key) for key in item.keys()}  # noqa: SIM118 an object of PDF, not a dict
                yield from (f"key {key}" for key in keys & _ACTIONS)
                for nested in [
                    item,
                    *(value for value in item.values() if isinstance(value, pikepdf.Dictionary)),
                ]:
                    yield from _action(nested)
        if "/OpenAction" in document.Root and "/S" in document.Root.OpenAction:
            yield "an action on opening"


def _action(item: pikepdf.Object) -> Iterator[str]:
    kind = str(item.get("/S", "")) if not isinstance(item, pikepdf.Array) else ""
    if kind in _ACTIONS or kind in ("/Named", "/Hide", "/SetOCGState", "/GoTo3DView", "/Thread"):
        yield f"action {kind}"
    if "/URI" in item and not isinstance(item["/URI"], pikepdf.Dictionary):
        address = str(item["/URI"])
        if not _is_harmless(address):
            yield f"link to {address!r}"


def _tree(root: etree._Element, *, pictures_inside: bool) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield f"a {type(element).__name__}"
            continue
        tag = etree.QName(element).localname.lower()
        if tag in _ACTIVE:
            yield f"<{tag}>"
        if tag == "link" and element.get("rel") not in ("stylesheet", None):
            yield f"link of {element.get('rel')}"
        if tag == "meta" and (element.get("http-equiv") or "Content-Security-Policy").lower() == "refresh":
            yield "a refresh"
        for name, value in element.attrib.items():
            local = str(etree.QName(name).localname).lower()
            if local.startswith("on") or local in ("style", "srcdoc", "is", "contenteditable"):
                yield f"{tag} with {local}"
            if local in _ADDRESSES and not _leads_nowhere(str(value), tag, pictures_inside=pictures_inside):
                yield f"{tag} with {local}={str(value)[:80]!r}"


def _leads_nowhere(address: str, tag: str, *, pictures_inside: bool) -> bool:
    if tag == "img":
        if pictures_inside:
            return _DATA_PICTURE.fullmatch(address) is not None
        return re.fullmatch(r"images/[\w-]+\.(jpg|png)", address) is not None
    local = re.fullmatch(r"[\w./-]*(#[\w-]+)?", address) is not None
    inside = not address.startswith("/") and ".." not in address
    return (local and inside) or (tag == "a" and _is_harmless(address))


def _is_harmless(address: str) -> bool:
    return (
        urlsplit(address).scheme in ("http", "https", "mailto")
        and address.isascii()
        and address.isprintable()
    )


def _style(text: str) -> Iterator[str]:
    for address in re.findall(r"url\(\s*['\"]?([^'\")]*)", text):
        if not re.fullmatch(
            r"[\w-]+(/[\w.-]+)*\.(ttf|otf|woff2)|data:font/woff2;base64,[A-Za-z0-9+/=]+", address
        ):
            yield f"style with {address[:80]!r}"
    if re.search(r"expression\(|(?<![\w-])behavior:|@import|-moz-binding|javascript:", text, re.IGNORECASE):
        yield "active style"


def _declarations(content: bytes) -> Iterator[str]:
    declared = re.findall(rb"<!(?!--)[^>]*>|<\?[^>]*>", content)
    harmless = (b"<!DOCTYPE html>",)
    yield from (
        repr(each) for each in declared if each not in harmless and not each.startswith(b"<?xml version=")
    )


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _members(data: bytes, suffixes: set[str]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        for name in names:
            parts = name.split("/")
            assert ".." not in parts and "" not in parts, name
            assert parts[-1].rpartition(".")[2] in suffixes or parts[-1] in (
                "mimetype",
                "[Content_Types].xml",
            ), name
            yield name, archive.read(name)


def _prefixed(name: str, found: Iterator[str]) -> Iterator[str]:
    return (f"{name}: {each}" for each in found)


_READERS = {"epub": _epub, "html": _html, "markdown-zip": _markdown_zip, "docx": _docx, "pdf": _pdf}
