"""A Markdown text cut at its headings, each piece whole in itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from formats.blocks import Heading, plain_text
from formats.manuscript import SectionRole
from formats.markdown import parse

FIRST_LEVEL = re.compile(r" {0,3}#(?:[ \t]+(.*?))?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")
_ATTRIBUTES = re.compile(
    r"(?:^|[ \t])\{((?:[ \t]*-|[ \t]*[.#][\w-]+|[ \t]*[\w-]+=(?:\"[^\"]*\"|[\w-]+))+)[ \t]*\}$"
)
_TARGET = re.compile(r" {0,3}\[(\^?(?:[^\]\\\[]|\\.){1,200})\]:")
_SETEXT = re.compile(r" {0,3}=+[ \t]*$")
_NOT_A_TITLE = re.compile(r" {0,3}([#>|]|[-+*][ \t]|\d{1,9}[.)][ \t]|\[[^\]]+\]:)|\t| {4}")


@dataclass
class Piece:
    """A stretch of text under its heading. `name` is the heading's class, such as "part" or "preface"."""

    title: str
    name: str
    lines: list[str]


def scanned(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it stands outside fenced code. Titles underlined with = become those with #."""
    fence = ""
    position = 0
    while position < len(lines):
        line = lines[position]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            yield line, False
        elif mark:
            fence = mark[1]
            yield line, False
        elif _is_underlined(lines, position):
            yield f"# {line.strip()}", True
            position += 1
        else:
            yield line, True
        position += 1


def _is_underlined(lines: Sequence[str], position: int) -> bool:
    """A line of = makes a title of the one line before it."""
    line, after = lines[position], lines[position + 1 : position + 2]
    stands_first = position == 0 or not lines[position - 1].strip()
    return bool(
        after and line.strip() and stands_first and _SETEXT.match(after[0]) and not _NOT_A_TITLE.match(line)
    )


def headed(heading: str) -> Piece:
    """The piece that a heading opens: its words, and what its classes say it is."""
    attributes = _ATTRIBUTES.search(heading)
    words = heading[: attributes.start()] if attributes else heading
    classes = re.findall(r"\.([\w-]+)", attributes[1]) if attributes else []
    roles = [name for name in classes if name == "part" or name in get_args(SectionRole)]
    unnumbered = "unnumbered" in classes or (attributes is not None and attributes[1].strip() == "-")
    name = roles[0] if roles else "section" if unnumbered else ""
    return Piece(_plain(words), name, [])


def _plain(heading: str) -> str:
    for block in parse(f"# {heading}").blocks:
        if isinstance(block, Heading):
            return plain_text(block.children)
    return ""


def completed(piece: Piece, targets: Mapping[str, list[str]], untitled: str) -> Iterator[Piece]:
    """The piece with every note and link target that it uses but does not hold; none for what is empty."""
    if not piece.name and piece.title == untitled and not any(line.strip() for line in piece.lines):
        return
    text = "\n".join(piece.lines)
    own = {_label(found[1]) for line in piece.lines if (found := _TARGET.match(line))}
    wanted = [_label(found) for found in re.findall(r"\[(\^?(?:[^\]\\\[]|\\.){1,200})\](?!\()", text)]
    for label in dict.fromkeys(wanted):
        if label not in own and label in targets:
            piece.lines += ["", *targets[label]]
    yield piece


def targets_of(scan: Sequence[tuple[str, bool]]) -> dict[str, list[str]]:
    """Each note and link target of a text, by its label, with the lines that belong to it."""
    targets: dict[str, list[str]] = {}
    present: list[str] = []
    for line, prose in scan:
        found = _TARGET.match(line) if prose else None
        if found:
            present = targets.setdefault(_label(found[1]), [])
            if not present:
                present.append(line)
            else:  # the first of two counts
                present = []
        elif present and (line.startswith(("    ", "\t")) or not line.strip()):
            present.append(line)
        elif present and present[-1].strip() and prose and not FIRST_LEVEL.match(line):
            present.append(line)  # a paragraph that goes on
        else:
            present = []
    return targets


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def is_title_page(pieces: Sequence[Piece]) -> bool:
    """Whether the only heading of the first level is the book's title, over chapters of the second."""
    return len(pieces) == 1 and not pieces[0].name and sum(map(_is_second_level, pieces[0].lines)) > 1


def _is_second_level(line: str) -> bool:
    return re.match(r"##[ \t]", line) is not None


def promoted(pieces: Sequence[Piece]) -> list[Piece]:
    """The chapters of a text whose only first-level heading was the book's title."""
    (whole,) = pieces
    scan = list(scanned(whole.lines))
    targets = targets_of(scan)
    piece = Piece(whole.title, "", [])
    found: list[Piece] = []
    for line, prose in scan:
        if prose and _is_second_level(line):
            found += completed(piece, targets, whole.title)
            piece = headed(line[2:].strip())
        else:
            piece.lines.append(line)
    return [*found, *completed(piece, targets, "")]
