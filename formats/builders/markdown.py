"""Markdown: one file that holds the whole book, and a zip file of it with its pictures.

The text is written from the manuscript, so that notes of different chapters never share a name, and whatever
a member wrote as words comes back as words. Pictures are named `images/...`, as the zip file holds them.
`formats.importing` reads both back to the same book: a heading of the first level begins a chapter, and with
a class after it a part or a piece of front or back matter, as in `# Preface {.preface}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formats.blocks import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    SceneBreak,
    Span,
    Strike,
    Strong,
    Table,
    Text,
    plain_text,
)
from formats.builders import Built
from formats.builders.archive import zipped
from formats.builders.themes import Theme
from formats.manuscript import Chapter, Manuscript, Section

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>~|&#])")
_AT_START = re.compile(r"^([ \t]*)([-+=:]|\d{1,9}[.)])(?=[ \t]|[-=+:]|$)")
OPENING = "opening"  # the class of the picture that opens a chapter
_ADDRESS = re.compile(r"(https?:|www\.|@)", re.IGNORECASE)


def build(manuscript: Manuscript, theme: Theme) -> Built:
    """book.md alone: front matter, then the chapters."""
    return Built(text(manuscript).encode())


def build_zip(manuscript: Manuscript, theme: Theme) -> Built:
    """book.md with its pictures in `images/`."""
    pictures = ((f"images/{asset.file_name}", asset.read()) for asset in manuscript.assets.values())
    return Built(zipped([("book.md", text(manuscript).encode()), *pictures]))


def text(manuscript: Manuscript) -> str:
    parts = [_front_matter(manuscript), *(_Part(part, manuscript).text() for part in manuscript.sections)]
    return "\n".join(parts)


def _front_matter(book: Manuscript) -> str:
    """YAML whose values are all in JSON, which YAML reads alike. What has its default value is left out."""
    people = [{"name": each.name, "role": each.role} for each in book.contributors]
    named: dict[str, object] = {
        "title": book.title,
        "subtitle": book.subtitle,
        "author": list(book.authors),
        "language": book.language,
        "kind": book.kind,
        "identifier": book.identifier,
        "contributor": people,
        "date": book.published.isoformat() if book.published else "",
        "publisher": book.publisher,
        "edition": book.edition,
        "isbn-print": book.isbn_print,
        "isbn-ebook": book.isbn_ebook,
        "series": book.series,
        "series-number": book.series_number,
        "subject": [{"scheme": each.scheme, "code": each.code} for each in book.subjects],
        "keywords": list(book.keywords),
        "description": book.description,
        "back-text": list(book.back_text),
        "dedication": book.dedication,
        "rights": book.rights,
        "ai-disclosure": book.ai_disclosure,
        "contents-depth": str(book.contents_depth) if book.contents_depth != 1 else "",
        "cover": f"images/{book.cover.file_name}" if book.cover else "",
        "cover-alt": book.cover_alt,
    }
    lines = (f"{name}: {_yaml(value)}" for name, value in named.items() if value)
    return "---\n" + "\n".join(lines) + "\n---\n"


def _yaml(value: object) -> str:
    """JSON, with the few characters escaped that YAML does not allow or takes for line ends."""
    written = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match.group()):04x}", written)


@dataclass
class _Part:
    part: Chapter | Section
    manuscript: Manuscript

    def text(self) -> str:
        lines = [*self.head(), ""]
        lines += self.blocks(self.part.blocks)
        for note in self.part.footnotes:
            name = self.note_name(note.number)
            lines += ["", *_indented(self.blocks(note.blocks), f"[^{name}]: ", "    ")]
        return "\n".join(line.rstrip(" ") for line in lines) + "\n"

    def head(self) -> Iterator[str]:
        match self.part:
            case Chapter(title=title, opens=opens, picture=picture):
                if opens:
                    yield from (_heading(opens.title, "part"), "")
                yield _heading(title)
                if picture:
                    yield from ("", f"{self.block(picture)[0]}{{.{OPENING}}}")
            case Section(title=title, role=role):
                yield _heading(title, role)

    def note_name(self, number: int) -> str:
        return f"{self.part.anchor}-{number}"

    def blocks(self, blocks: Sequence[Block], *, tight: bool = False) -> list[str]:
        """The lines of blocks; in a tight list's item, a list follows its words without a blank line."""
        lines: list[str] = []
        other_mark = False
        for position, block in enumerate(blocks):
            other_mark = position > 0 and isinstance(blocks[position - 1], List) and not other_mark
            lines += [""] if position and not (tight and isinstance(block, List)) else []
            lines += self.block(block, other_mark=other_mark)
        return lines

    def block(self, block: Block, *, other_mark: bool = False) -> list[str]:  # noqa: PLR0911 a table
        """`other_mark` keeps a list apart from one that it follows."""
        match block:
            case Paragraph(children):
                return self.lines(children)
            case Heading(level, children):
                return ["#" * level + " " + " ".join(self.lines(children))]
            case Quote(blocks):
                return _indented(self.blocks(blocks), "> ", "> ")
            case List():
                return list(self.items(block, other_mark=other_mark))
            case Table():
                return list(self.table(block))
            case CodeBlock(text, language):
                fence = "`" * max(3, 1 + max((len(found) for found in re.findall("`+", text)), default=0))
                return [f"{fence}{language}", *text.split("\n"), fence]
            case Figure(asset, alt, caption):
                title = f" {_quoted(caption)}" if caption else ""
                return [f"![{_escaped(alt)}](images/{self.file(asset)}{title})"]
            case SceneBreak():
                return ["* * *"]

    def file(self, asset_id: str) -> str:
        return self.manuscript.assets[asset_id].file_name

    def items(self, block: List, *, other_mark: bool) -> Iterator[str]:
        bullet, point = ("*", ")") if other_mark else ("-", ".")
        for number, item in enumerate(block.items, block.start):
            if number > block.start and not block.tight:
                yield ""
            mark = f"{number}{point} " if block.ordered else f"{bullet} "
            yield from _indented(self.item(item, tight=block.tight), mark, " " * len(mark))

    def item(self, item: ListItem, *, tight: bool) -> list[str]:
        lines = self.blocks(item.blocks, tight=tight) or [""]
        if item.checked is None:
            return lines
        return [f"[{'x' if item.checked else ' '}] {lines[0]}", *lines[1:]]

    def table(self, block: Table) -> Iterator[str]:
        rules = {"left": ":---", "center": ":---:", "right": "---:"}
        yield self.row(block.header)
        yield "| " + " | ".join(rules[side] for side in block.alignments) + " |"
        for row in block.rows:
            yield self.row(row)

    def row(self, cells: Sequence[Cell]) -> str:
        return "| " + " | ".join(" ".join(self.lines(cell.children)) for cell in cells) + " |"

    # Inline runs

    def lines(self, children: Sequence[Inline]) -> list[str]:
        """The lines of a paragraph, none of which can be taken for something else."""
        lines = self.inlines(children).split("\n")
        return [_AT_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", line) for line in lines]

    def inlines(self, inlines: Sequence[Inline]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:  # noqa: PLR0911 a table of runs
        match inline:
            case Text(text):
                return _escaped(text)
            case Emphasis(children):
                return _wrapped(self.inlines(children), "*")
            case Strong(children):
                return _wrapped(self.inlines(children), "**")
            case Strike(children):
                return _wrapped(self.inlines(children), "~~")
            case Span(language, children, direction):
                named = (("lang", language), ("dir", direction))
                told = " ".join(f"{name}={value}" for name, value in named if value)
                return f"[{self.inlines(children)}]{{{told}}}"
            case Link(url, children):
                words = self.inlines(children)
                return f"<{url}>" if children == (Text(url),) else f"[{words}]({url})"
            case Code(text):
                return _code(text)
            case LineBreak():
                return "\\\n"
            case Image(asset, alt):
                return f"![{_escaped(alt)}](images/{self.file(asset)})"
            case FootnoteReference(number):
                return f"[^{self.note_name(number)}]"


def _heading(title: str, name: str = "") -> str:
    return f"# {_escaped(title)}" + (f" {{.{name}}}" if name else "")


def _escaped(text: str) -> str:
    """Words as Markdown that means just these words."""
    written = _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
    return _ADDRESS.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", written)


def _wrapped(words: str, mark: str) -> str:
    """Emphasis, whose marks have to touch the words and not the spaces around them."""
    core = words.strip(" \u00a0\u202f")
    if not core:
        return words
    before, after = words[: words.index(core)], words[words.index(core) + len(core) :]
    return f"{before}{mark}{core}{mark}{after}"


def _code(text: str) -> str:
    ticks = "`" * (1 + max((len(found) for found in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _quoted(caption: Sequence[Inline]) -> str:
    return '"' + plain_text(caption).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _indented(lines: Sequence[str], first: str, rest: str) -> list[str]:
    return [((first if number == 0 else rest) + line).rstrip(" ") for number, line in enumerate(lines)]
