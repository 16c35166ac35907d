"""Reading Markdown: every construct becomes data, and nothing else comes out of it."""

from __future__ import annotations

import pytest

from formats.blocks import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
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
    descend,
    plain_text,
)
from formats.markdown import MOST_NESTING, MOST_SPANS, ChapterTooLong, is_safe_url, parse


def blocks(markdown: str) -> tuple[Block, ...]:
    return parse(markdown, resolve={"gate": "gate"}.get, anchor="c-").blocks


def words(*children: str) -> Paragraph:
    return Paragraph(tuple(map(Text, children)))


def test_inline_runs() -> None:
    assert blocks("a *b **c*** ~~d~~ `e  <f>` [g](https://x.org/?a=1&b)\\\nh") == (
        Paragraph(
            (
                Text("a "),
                Emphasis((Text("b "), Strong((Text("c"),)))),
                Text(" "),
                Strike((Text("d"),)),
                Text(" "),
                Code("e  <f>"),
                Text(" "),
                Link("https://x.org/?a=1&b", (Text("g"),)),
                LineBreak(),
                Text("h"),
            )
        ),
    )


def test_lists_keep_order_start_nesting_and_boxes() -> None:
    assert blocks("3. a\n4. b\n   - c\n\n- [ ] d\n- [x] e\n- f") == (
        List(
            (
                ListItem((words("a"),)),
                ListItem((words("b"), List((ListItem((words("c"),)),)))),
            ),
            ordered=True,
            start=3,
        ),
        List((ListItem((words("d"),), False), ListItem((words("e"),), True), ListItem((words("f"),)))),
    )


def test_list_with_blank_lines_is_loose() -> None:
    (found,) = blocks("- a\n\n  b\n- c")
    assert found == List((ListItem((words("a"), words("b"))), ListItem((words("c"),))), tight=False)


def test_table_quote_code_and_scene_break() -> None:
    assert blocks("| a | b |\n|:-:|--:|\n| 1 | *2* |\n\n> q\n\n```py x\na < b\n\n c\n```\n\n***") == (
        Table(
            ("center", "right"),
            (Cell((Text("a"),)), Cell((Text("b"),))),
            ((Cell((Text("1"),)), Cell((Emphasis((Text("2"),)),))),),
        ),
        Quote((words("q"),)),
        CodeBlock("a < b\n\n c", "py"),
        SceneBreak(),
    )


def test_headings_stand_below_the_title_and_skip_no_level() -> None:
    found = [
        (b.level, b.anchor)
        for b in blocks("# A\n\n#### B\n\n## C\n\n#\n\n###### D")
        if isinstance(b, Heading)
    ]
    assert found == [(2, "c-heading-1"), (3, "c-heading-2"), (3, "c-heading-3"), (4, "c-heading-4")]


def test_picture_alone_is_a_figure_and_in_a_line_an_image() -> None:
    assert blocks('![the *gate*](gate "Old")\n\nsee ![g](gate) ![lost](nowhere.png)') == (
        Figure("gate", "the gate", (Text("Old"),)),
        Paragraph((Text("see "), Image("gate", "g"), Text(" lost"))),
    )


def test_footnotes_are_numbered_by_first_reference() -> None:
    parsed = parse("x[^b] y[^a] z[^b] [^none]\n\n[^a]: first\n[^b]: second\n\n    more\n[^c]: never named")
    assert parsed.blocks == (
        Paragraph(
            (
                Text("x"), FootnoteReference(1), Text(" y"), FootnoteReference(2), Text(" z"),
                FootnoteReference(1), Text(" [^none]"),
            )
        ),
    )  # fmt: skip
    assert parsed.footnotes == (Footnote(1, (words("second"), words("more"))), Footnote(2, (words("first"),)))


def test_notes_that_name_each_other_end() -> None:
    parsed = parse("x[^a]\n\n[^a]: one[^b]\n[^b]: two[^a][^c]\n[^c]: three[^b]")
    assert [plain_text(note.blocks[0].children) for note in parsed.footnotes] == ["one [two[1] [three]]"]


@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script>", '<b onclick="x">', "<!-- c -->", "<?php ?>", "<![CDATA[x]]>", "</p>"],
)
def test_raw_html_is_literal_text(html: str) -> None:
    for source in (html, f"a {html}"):
        (found,) = blocks(source)
        assert isinstance(found, Paragraph)
        assert plain_text(found.children) == source


def test_control_characters_go_also_as_references() -> None:
    (found,) = blocks("a\x00\x01\x0b\ufffe&#1;&#x1F;&#xFFFE;b")
    assert plain_text(found.children).replace("�", "") == "ab"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org", "http://a.b:80/c/d.html?e=f&g=%20#h", "mailto:me@example.org", "#chapter-2",
    ],
)  # fmt: skip
def test_links_to_the_web_and_within_the_book_are_kept(url: str) -> None:
    assert is_safe_url(url)
    (found,) = blocks(f"[x]({url})")
    assert found.children == (Link(url, (Text("x"),)),)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x",
        "//x.org", "/etc/passwd", "http://", "https://x.org/#a#b", "mailto:a@b", "ftp://x.org",
    ],
)  # fmt: skip
def test_other_links_leave_their_words(url: str) -> None:
    assert not is_safe_url(url)
    assert blocks(f"[x](<{url}>)") == (words("x"),)


def test_malformed_address_is_no_link() -> None:
    assert not is_safe_url("https://x.org/%zz")
    assert not is_safe_url("http://a b")
    assert not is_safe_url("https://x.org/\n")


def test_deep_nesting_is_flattened_and_keeps_its_words() -> None:
    source = ">" * 500 + " deep\n\n" + "\n".join("  " * n + f"- level {n}" for n in range(60))
    found = list(descend(blocks(source)))
    text = " ".join(plain_text(block.children) for block in found if isinstance(block, Paragraph))
    assert "deep" in text
    assert [n for n in range(60) if f"level {n}" not in text] == []
    assert _depth(blocks(source)) <= MOST_NESTING + 1


def _depth(found: tuple[Block, ...]) -> int:
    inner = [b.blocks for b in found if isinstance(b, Quote)]
    inner += [item.blocks for b in found if isinstance(b, List) for item in b.items]
    return 1 + max(map(_depth, inner), default=0)


@pytest.mark.parametrize(
    "source",
    [
        ">" * 20_000,
        "[" * 20_000,
        "*" * 20_000 + "a",
        "*a _b " * 9000,
        "[a](" * 9000,
        "[^a]: " * 9000,
        "`" * 20_000,
        "[" * 20_000 + "a" + "]{lang=fr}" * 20_000,
        "[" * 20_000 + "a" + "*b*]{lang=fr1}" * 20_000,
        "*[" * 9_000 + "a" + "]{lang=fr}*" * 9_000,
    ],
    ids=range(10),
)
def test_pathological_input_ends(source: str) -> None:
    assert parse(source).blocks is not None


def test_chain_of_notes_ends() -> None:
    notes = "\n\n".join(f"[^{n}]: n [^{n + 1}] [^{n + 1}]" for n in range(1500))
    assert len(parse(f"x[^0]\n\n{notes}").footnotes) == 1


def test_what_is_too_long_is_refused_with_its_place() -> None:
    with pytest.raises(ChapterTooLong, match="1,000,001 characters"):
        parse("x" * 1_000_001)
    with pytest.raises(ChapterTooLong, match="501 rows") as caught:
        parse("before\n\n|a|\n|-|\n\nbetween\n\n|a|\n|-|\n" + "|b|\n" * 501)
    assert caught.value.problem.line == 8
    with pytest.raises(ChapterTooLong, match="61 columns") as caught:
        parse("before\n\n" + "|a" * 61 + "|\n" + "|-" * 61 + "|\n")
    assert caught.value.problem.line == 3
    with pytest.raises(ChapterTooLong, match="2,001 footnotes") as caught:
        parse("".join(f"x[^{n}]\n\n[^{n}]: y\n\n" for n in range(2001)))
    assert caught.value.problem.line == 8001


def test_nesting_that_is_too_deep_is_told_with_its_line() -> None:
    assert parse("one\n\n> two\n\n" + ">" * 20 + " twenty").warnings == ()
    (warning,) = parse("one\n\n> two\n\nthree\n\n" + ">" * 21 + " deep").warnings
    assert (warning.code, warning.line, warning.figures) == ("nesting", 7, {"most": 20})


def test_bracketed_span_is_in_another_language() -> None:
    source = 'The [mot *juste*]{lang=fr}, [שלום]{lang="he" dir=rtl} and [x]{dir=ltr}'
    (found,) = blocks(source)
    assert found == Paragraph(
        (
            Text("The "),
            Span("fr", (Text("mot "), Emphasis((Text("juste"),)))),
            Text(", "),
            Span("he", (Text("שלום"),), "rtl"),
            Text(" and "),
            Span("", (Text("x"),), "ltr"),
        )
    )
    assert blocks("- [a]{lang=la} b\n- c[^1]\n\n[^1]: [d]{lang=la}") == (
        List((
            ListItem((Paragraph((Span("la", (Text("a"),)), Text(" b"))),)),
            ListItem((Paragraph((Text("c"), FootnoteReference(1))),)),
        )),
    )  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "[a]{lang=}", "[a]{lang=nonsense}", "[a]{onclick=x}", "[a]{lang=fr onclick=x}",
        "[a] {lang=fr}", "[]{lang=fr}", "a]{lang=fr}", "[a]{.small}", "[a]{dir=up}", "[a]{lang=fr", "[a]{}",
        "[[[[x]{lang=1}]{lang=1}", "[a]{lang=fr lang",
    ],
)  # fmt: skip
def test_malformed_span_stays_as_it_was_typed(source: str) -> None:
    assert blocks(f"x {source} y") == (words(f"x {source} y"),)


def test_escaped_brackets_and_code_are_no_span() -> None:
    assert blocks(r"\[a\]{lang=fr} \[b]{lang=fr} [c\]{lang=fr}") == (
        words("[a]{lang=fr} [b]{lang=fr} [c]{lang=fr}"),
    )
    assert blocks("`[a]{lang=fr}`") == (Paragraph((Code("[a]{lang=fr}"),)),)


def test_spans_within_each_other_are_few() -> None:
    (found,) = blocks("[" * 9 + "x" + "]{lang=fr}" * 9)
    assert isinstance(found, Paragraph)
    depth, runs = 0, found.children
    while span := next((run for run in runs if isinstance(run, Span)), None):
        depth, runs = depth + 1, span.children
    assert depth == MOST_SPANS
