"""Reads a chapter's Markdown (CommonMark and GFM, by comrak) into blocks.

comrak gives HTML; with raw HTML escaped that HTML is well-formed and made of a dozen known tags, which are
walked once. Whatever a chapter holds, the result is plain data: raw HTML is literal text, links lead to the
web, an address or this book, and pictures are assets of the book or else their alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import cast

import comrak
from lxml import etree

from formats.blocks import (
    Alignment,
    Block,
    Cell,
    Code,
    CodeBlock,
    Direction,
    Emphasis,
    Figure,
    Footnote,
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
    clean,
    is_language,
)
from formats.problems import Problem, Told

MOST_CHARACTERS = 1_000_000  # of one chapter's Markdown
MOST_NESTING = 20  # quotes, lists and emphasis inside each other; deeper ones are flattened
MOST_ROWS = 500  # of a table
MOST_COLUMNS = 60  # of a table
MOST_FOOTNOTES = 2_000  # of a chapter
MOST_ADDRESS = 2_000  # characters of a link's address; PDF readers follow no longer one
MOST_SPANS = 3  # bracketed spans inside each other

ResolvePicture = Callable[[str], str | None]


class ChapterTooLong(Told):
    """The chapter's text or one of its tables is beyond what is typeset; the problem names the line."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A chapter's text. `footnotes` hold every note that the blocks refer to, by number. `warnings` tell what
    could not be kept as it was written, and in which line."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[Problem, ...] = ()


def parse(markdown: str, *, resolve: ResolvePicture = lambda url: None, anchor: str = "") -> Parsed:
    """Read Markdown into blocks.

    `resolve` turns a picture's address into an asset's id, or None where the book has no such picture.
    `anchor` begins the anchors of headings, which have to be unique in the book.
    Raises `ChapterTooLong`.
    """
    if len(markdown) > MOST_CHARACTERS:
        figures = {"characters": len(markdown), "most": MOST_CHARACTERS}
        raise ChapterTooLong(Problem("chapter-length", figures=figures))
    spans = "]{" in markdown
    html = _html(markdown, escapes=spans)
    flat = _flattened(html)
    tree = _tree(flat)
    _check(tree, markdown)
    parsed = _Reader(resolve, anchor, has_spans=spans).read(tree)
    if flat is html:
        return parsed
    warning = Problem("nesting", line=_first_too_deep(markdown), figures={"most": MOST_NESTING})
    return replace(parsed, warnings=(warning,))


def _html(markdown: str, *, escapes: bool = False, positions: bool = False) -> str:
    """`escapes` sets characters that a backslash came before apart in a <span>; `positions` adds to each tag
    where it stands in the source, which takes a while and is done for the sake of an error alone."""
    extensions, parsing, rendering = _options()
    rendering.escaped_char_spans, rendering.sourcepos = escapes, positions
    html = comrak.render_markdown(clean(markdown), extensions, parsing, rendering)
    html = clean(html)  # again: &#1; is a character by now
    attributes = (" data-footnote-ref", " data-footnotes", " data-footnote-backref", " data-escaped-char")
    for attribute in attributes if escapes else attributes[:-1]:
        html = html.replace(attribute + ">", ">").replace(attribute + " ", " ")
    return html


def _tree(html: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f"<body>{html}</body>", parser)


def _check(tree: etree._Element, markdown: str) -> None:
    """Raises `ChapterTooLong` for a table or notes beyond what is typeset, with the line where they stand."""
    for number, table in enumerate(tree.iter("table")):
        rows, columns = sum(1 for _row in table.iter("tr")) - 1, len(next(table.iter("tr"), ()))
        for code, found, most in (("rows", rows, MOST_ROWS), ("columns", columns, MOST_COLUMNS)):
            if found > most:
                line = _line_of("<table", number, markdown)
                raise ChapterTooLong(Problem(code, line=line, figures={code: found, "most": most}))
    notes = sum(len(section.findall("ol/li")) for section in tree.findall("section"))
    if notes > MOST_FOOTNOTES:
        figures = {"footnotes": notes, "most": MOST_FOOTNOTES}
        raise ChapterTooLong(
            Problem("footnotes", line=_line_of("<sup", MOST_FOOTNOTES, markdown), figures=figures)
        )


def _line_of(tag: str, number: int, markdown: str) -> int:
    """The line of the source where the tag of that number, counted from 0, begins; 0 where none is found."""
    places = re.findall(rf'{tag} data-sourcepos="(\d+):', _html(markdown, positions=True))
    return int(places[number]) if number < len(places) else 0


def _first_too_deep(markdown: str) -> int:
    depth = 0
    for tag in _NESTING_TAG.finditer(_html(markdown, positions=True)):
        depth += 0 if tag[2] == "li" else -1 if tag[1] else 1
        if depth > MOST_NESTING and (place := re.search(r'data-sourcepos="(\d+):', tag[0])):
            return int(place[1])
    return 0


def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.tasklist = extensions.strikethrough = True
    extensions.footnotes = extensions.autolink = True
    parsing = comrak.ParseOptions()
    parsing.relaxed_tasklist_matching = True
    rendering = comrak.RenderOptions()
    rendering.escape = True
    return extensions, parsing, rendering


_NESTING_TAG = re.compile(r"<(/?)(blockquote|ul|ol|li|em|strong|del)\b[^>]*>")


def _flattened(html: str) -> str:
    """The HTML without the tags that nest deeper than `MOST_NESTING`, in one pass; itself where none does."""
    if len(_NESTING_TAG.findall(html)) <= 2 * MOST_NESTING:
        return html
    depth = deepest_ever = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth, deepest_ever
        closing, name = tag.groups()
        if name == "li":  # an item is as deep as its list
            return tag.group() if depth <= MOST_NESTING else "\n"
        depth += -1 if closing else 1
        deepest = depth + 1 if closing else depth
        deepest_ever = max(deepest_ever, depth)
        return tag.group() if deepest <= MOST_NESTING else "\n" if name in ("blockquote", "ul", "ol") else ""

    flat = _NESTING_TAG.sub(keep, html)
    return flat if deepest_ever > MOST_NESTING else html


@dataclass
class _Reader:
    """Walks the tree of one chapter."""

    resolve: ResolvePicture
    anchor: str
    has_spans: bool = False
    notes: dict[str, etree._Element] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    quoted_notes: set[str] = field(default_factory=set)
    reading_notes: bool = False
    note_depth: int = 0
    headings: int = 0
    level: int = 1
    shift: int = 0

    def read(self, body: etree._Element) -> Parsed:
        for section in body.findall("section"):
            self.notes = {
                li.get("id", ""): li for li in section.iter("li") if li.get("id", "").startswith("fn-")
            }
            body.remove(section)
        self.shift = 1 if body.find(".//h1") is not None else 0
        blocks = tuple(self.blocks(body))
        return Parsed(blocks, tuple(self.footnotes()))

    def footnotes(self) -> Iterator[Footnote]:
        self.reading_notes = True
        for name, number in self.numbers.items():
            yield Footnote(number, tuple(self.blocks(self.notes[name])) or (Paragraph((Text(""),)),))

    # Blocks

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks of an element. Loose text (of tight items, and raw HTML) becomes paragraphs."""
        loose: list[Inline] = list(_text(parent.text))
        for child in parent:
            if child.tag in _BLOCK_TAGS:
                yield from _paragraph(self.spanned(loose))
                loose = []
                yield from self.block(child)
            else:
                loose += self.inline(child)
            loose += _text(child.tail)
        yield from _paragraph(self.spanned(loose))

    def block(self, element: etree._Element) -> Iterator[Block]:
        match str(element.tag):
            case "p":
                yield from self.paragraph(element)
            case "blockquote":
                yield from _if_any(Quote(tuple(self.blocks(element))))
            case "ul" | "ol":
                yield from _if_any(self.listing(element))
            case "table":
                yield self.table(element)
            case "pre":
                yield _code_block(element)
            case "hr":
                yield SceneBreak()
            case "li":
                yield from self.blocks(element)
            case heading:
                if children := self.inlines(element):
                    yield self.heading(children, int(heading[1]) + self.shift)

    def paragraph(self, element: etree._Element) -> Iterator[Block]:
        inlines = self.inlines(element)
        match [inline for inline in inlines if not _is_blank(inline)]:
            case [Image(asset, alt)]:
                title = single.get("title", "") if (single := element.find(".//img")) is not None else ""
                yield Figure(asset, alt, caption=tuple(_text(title)))
            case _:
                yield from _paragraph(inlines)

    def heading(self, children: list[Inline], wanted: int) -> Heading:
        self.level = max(2, min(wanted, self.level + 1, 6))
        self.headings += 1
        return Heading(self.level, tuple(children), f"{self.anchor}heading-{self.headings}")

    def listing(self, element: etree._Element) -> List:
        items = tuple(self.item(child) for child in element if child.tag == "li")
        start = element.get("start", "1")
        return List(
            items=items,
            ordered=element.tag == "ol",
            start=min(int(start), 999_999_999) if start.isdecimal() else 1,
            tight=not any(child.find("p") is not None for child in element),
        )

    def item(self, element: etree._Element) -> ListItem:
        box = next(element.iter("input"), None)
        own = box is not None and _owner(box) is element
        checked = box.get("checked") is not None if own and box is not None else None
        return ListItem(tuple(_without_leading_space(self.blocks(element))), checked)

    def table(self, element: etree._Element) -> Table:
        rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in element.iter("tr")]
        cells = [tuple(Cell(tuple(self.inlines(cell))) for cell in row) for row in rows]
        return Table(tuple(_alignment(cell) for cell in rows[0]), cells[0], tuple(cells[1:]))

    # Inline runs

    def inlines(self, parent: etree._Element) -> list[Inline]:
        runs = list(_text(parent.text))
        for child in parent:
            runs += self.inline(child)
            runs += _text((child.tail or "").lstrip("\n") if child.tag == "br" else child.tail)
        return _joined(self.spanned(runs))

    def spanned(self, runs: list[Inline]) -> list[Inline]:
        return _spanned(runs) if self.has_spans else runs

    def inline(self, element: etree._Element) -> list[Inline]:  # noqa: PLR0911 a table of tags
        match str(element.tag):
            case "em" | "strong" | "del" as name:
                return [_WRAPPERS[name](tuple(self.inlines(element)))]
            case "code":
                return [Code((element.text or "").replace("\n", " "))]
            case "br":
                return [LineBreak()]
            case "a":
                return self.link(element)
            case "img":
                return self.image(element)
            case "sup":
                return self.footnote_reference(element)
            case "span":
                return [_Escaped(element.text or "")]
            case _:  # the box of a checklist, which its item reads
                return []

    def link(self, element: etree._Element) -> list[Inline]:
        if "footnote-backref" in element.get("class", ""):
            return []
        url = element.get("href", "")
        children = tuple(self.inlines(element))
        return [Link(url, children)] if is_safe_url(url) and children else list(children)

    def image(self, element: etree._Element) -> list[Inline]:
        asset = self.resolve(element.get("src", ""))
        alt = element.get("alt", "").replace("\n", " ")
        return [Image(asset, alt)] if asset else list(_text(alt))

    def footnote_reference(self, element: etree._Element) -> list[Inline]:
        link = element.find("a")
        name = link.get("href", "")[1:] if link is not None else ""
        if name not in self.notes:
            return []
        if self.reading_notes:
            return self.note_within_note(name)
        return [FootnoteReference(self.numbers.setdefault(name, len(self.numbers) + 1))]

    def note_within_note(self, name: str) -> list[Inline]:
        """No format sets a note's note well: a numbered one is named, another's words follow in brackets.

        Each is given once and none is deeper than a few, so that notes naming each other stay finite.
        """
        if name in self.numbers:
            return [Text(f"[{self.numbers[name]}]")]
        if name in self.quoted_notes or self.note_depth == 3:
            return []
        self.quoted_notes.add(name)
        self.note_depth += 1
        words = [run for p in self.notes[name].iter("p") for run in self.inlines(p)]
        self.note_depth -= 1
        return [Text(" ["), *_trimmed(words or [Text("")]), Text("]")]


_BLOCK_TAGS = frozenset({"p", "blockquote", "ul", "ol", "li", "table", "pre", "hr"})
_BLOCK_TAGS |= {f"h{level}" for level in range(1, 7)}
_WRAPPERS: dict[str, type[Emphasis | Strong | Strike]] = {"em": Emphasis, "strong": Strong, "del": Strike}


_PATH = r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*"
_QUERY = r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*"
_SAFE_URL = re.compile(
    rf"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{{1,5}})?(?:/{_PATH})?(?:\?{_QUERY})?(?:\#{_QUERY})?"
    r"|mailto:[\w.!$&'*+/=~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|\#[\w-]+",
    re.IGNORECASE | re.ASCII,
)


def is_safe_url(url: str) -> bool:
    """Whether a link may lead there: the web, an e-mail address, or an anchor of the same book.

    Only what RFC 3986 allows passes, since a malformed address makes a whole EPUB invalid.
    """
    return len(url) <= MOST_ADDRESS and _SAFE_URL.fullmatch(url) is not None


def _text(text: str | None) -> Iterator[Inline]:
    if text:
        yield Text(text.replace("\n", " "))


class _Escaped(Text):
    """A character that a backslash came before: it means itself."""


_ATTRIBUTE = r"""(?:lang|dir)=(?:"[\w-]+"|[\w-]+)"""
_BRACKET = re.compile(
    rf"""\[|\](?P<attributes>\{{{_ATTRIBUTE}(?:\ +{_ATTRIBUTE})?\ *\}})?""",
    re.ASCII,
)


def _spanned(runs: list[Inline]) -> list[Inline]:
    """The runs with `[words]{lang=fr}` made spans, as Pandoc writes them; brackets of any other kind stay."""
    found: list[Inline] = []
    opened: list[
        tuple[int, int]
    ] = []  # where a bracket stands among `found`, and how deep spans within it go
    for run in runs:
        if isinstance(run, _Escaped):
            found.append(Text(run.text))
        elif isinstance(run, Text):
            _match_brackets(run.text, found, opened)
        else:
            found.append(run)
    return [run for run in found if run != Text("")]


def _match_brackets(text: str, found: list[Inline], opened: list[tuple[int, int]]) -> None:
    position = 0
    for bracket in _BRACKET.finditer(text):
        found.append(Text(text[position : bracket.start()]))
        position = bracket.end()
        if bracket[0] == "[":
            opened.append((len(found), 0))
        elif opened:
            start, depth = opened.pop()
            told = _attributes(bracket["attributes"]) if depth < MOST_SPANS else None
            children = [run for run in found[start + 1 :] if run != Text("")] if told else []
            if opened:
                outer, deepest = opened[-1]
                opened[-1] = outer, max(deepest, depth + bool(children))
            if told and children:
                found[start:] = [Span(told[0], tuple(_joined(children)), told[1])]
                continue
        found.append(Text(bracket[0]))
    found.append(Text(text[position:]))


def _attributes(written: str | None) -> tuple[str, Direction] | None:
    """Language and direction, either of which may be ""; None for what is neither."""
    named = dict(pair.split("=") for pair in (written or "{}")[1:-1].replace('"', "").split())
    language, direction = named.get("lang", ""), named.get("dir", "")
    if not named or (language and not is_language(language)) or direction not in ("", "ltr", "rtl"):
        return None
    return language, cast(Direction, direction)


def _joined(runs: list[Inline]) -> list[Inline]:
    """The runs with neighbouring stretches of text made one."""
    joined: list[Inline] = []
    for run in runs:
        if isinstance(run, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _paragraph(inlines: list[Inline]) -> Iterator[Block]:
    if not all(_is_blank(inline) for inline in inlines):
        yield Paragraph(_trimmed(inlines))


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    runs = _joined(inlines)
    if isinstance(runs[0], Text):
        runs[0] = Text(runs[0].text.lstrip(" "))
    if isinstance(runs[-1], Text):
        runs[-1] = Text(runs[-1].text.rstrip(" "))
    return tuple(run for run in runs if not isinstance(run, Text) or run.text)


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.text.strip(" "))


def _if_any(block: Quote | List) -> Iterator[Block]:
    if block.blocks if isinstance(block, Quote) else block.items:
        yield block


def _without_leading_space(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks of an item; after its box a space is left over, which `_trimmed` does not see in a `<p>`."""
    for block in blocks:
        yield Paragraph(_trimmed(list(block.children))) if isinstance(block, Paragraph) else block


def _owner(box: etree._Element) -> etree._Element | None:
    return next(box.iterancestors("li"), None)


def _alignment(cell: etree._Element) -> Alignment:
    match cell.get("align"):
        case "center":
            return "center"
        case "right":
            return "right"
        case _:
            return "left"


def _code_block(element: etree._Element) -> CodeBlock:
    code = element.find("code")
    if code is None:
        return CodeBlock(element.text or "")
    language = code.get("class", "").removeprefix("language-")
    return CodeBlock(
        (code.text or "").removesuffix("\n"), language if re.fullmatch(r"[\w+#.-]{1,40}", language) else ""
    )
