"""Reading a finished Word document: parts, relations, styles, notes and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from formats.checks import Check, Report, found
from formats.checks.package import Broken, parsed, unzipped

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CORE = "{http://purl.org/dc/elements/1.1/}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "word/document.xml"


def inspect(data: bytes) -> Report:
    try:
        files = unzipped(data)
    except Broken:
        return Report((Check("docx-zip", "fail"),))
    return Report(tuple(_checks(files)))


def _checks(files: Mapping[str, bytes]) -> Iterator[Check]:
    yield found("docx-zip", _MAIN in files and "[Content_Types].xml" in files, files=len(files))
    documents = {name: data for name, data in files.items() if name.endswith((".xml", ".rels"))}
    trees, broken = parsed(documents)
    yield found("docx-documents", not broken, documents=len(documents), broken=broken)
    text = trees.get(_MAIN)
    if text is None:
        return
    relations, dead = _relations(trees, files)
    yield found("docx-relations", not dead, relations=relations, dead=dead)
    yield found("docx-types", not _untyped(trees["[Content_Types].xml"], files))
    yield _styles(trees, text)
    yield found("docx-headings", _headings(text), headings=_headings(text))
    yield _notes(trees, text)
    shown = [each for name in trees for each in trees[name].iter(f"{_WP}docPr")]
    silent = sum(not (each.get("descr") or "").strip() for each in shown)
    yield found("docx-alt", not silent, pictures=len(shown), missing=silent)
    core = trees.get("docProps/core.xml")
    yield found("docx-title", core is not None and (core.findtext(f"{_CORE}title") or "").strip())
    yield found("docx-inert", not any(name.endswith((".bin", ".vbs", ".exe")) for name in files))


def _relations(trees: Mapping[str, etree._Element], files: Mapping[str, bytes]) -> tuple[int, int]:
    """How many relations there are within the file, and how many lead nowhere or are used but not given."""
    count = dead = 0
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        owner = posixpath.dirname(posixpath.dirname(name))
        given = set()
        for relation in tree.iter(_RELATION):
            given.add(relation.get("Id"))
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(owner, target)
            count, dead = count + 1, dead + (posixpath.normpath(place) not in files)
        user = trees.get(posixpath.join(owner, posixpath.basename(name).removesuffix(".rels")))
        if user is not None:
            dead += len(_used(user) - given)
    return count, dead


def _used(tree: etree._Element) -> set[str]:
    names = {f"{_R}id", f"{_R}embed", f"{_R}link"}
    return {
        value for each in tree.iter(etree.Element) for name, value in each.attrib.items() if name in names
    }


def _untyped(types: etree._Element, files: Mapping[str, bytes]) -> int:
    named = {each.get("PartName", "").lstrip("/") for each in types.iter(f"{_TYPES}Override")}
    endings = {each.get("Extension", "").lower() for each in types.iter(f"{_TYPES}Default")}
    return sum(
        name not in named and name.rpartition(".")[2].lower() not in endings
        for name in files
        if name != "[Content_Types].xml"
    )


def _styles(trees: Mapping[str, etree._Element], text: etree._Element) -> Check:
    styles = trees.get("word/styles.xml")
    given = {each.get(f"{_W}styleId") for each in styles.iter(f"{_W}style")} if styles is not None else set()
    used = {
        each.get(f"{_W}val") for kind in ("pStyle", "rStyle", "tblStyle") for each in text.iter(f"{_W}{kind}")
    }
    return found("docx-styles", used and used <= given, styles=len(used), missing=len(used - given))


def _headings(text: etree._Element) -> int:
    return sum((each.get(f"{_W}val") or "").startswith("Heading") for each in text.iter(f"{_W}pStyle"))


def _notes(trees: Mapping[str, etree._Element], text: etree._Element) -> Check:
    notes = trees.get("word/footnotes.xml")
    given = {each.get(f"{_W}id") for each in notes.iter(f"{_W}footnote")} if notes is not None else set()
    asked = [each.get(f"{_W}id") for each in text.iter(f"{_W}footnoteReference")]
    return found("docx-notes", set(asked) <= given, notes=len(asked))
