"""Every construct of Markdown, and the words of each format: the same words, in the same order, nothing lost.

What is written is known from the source itself: the words of each case are listed beside it. Each format is
read by a reader that is not ours (pdfium, lxml over the e-book's spine, python-docx's parts, lxml for the page).
"""

# ruff: noqa: E501 a table of cases reads better in long lines
from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

import lxml.html
import pypdfium2
import pytest
from lxml import etree

from formats.assets import Asset
from formats.builders import build
from formats.manuscript import BookSource, ChapterSource, Manuscript
from tests.factories.manuscripts import jpeg, manuscript_of, meta

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ESCAPES = r"\*a\* \_b\_ \`c\` \[d\](e) \# f \> g 1\. h \\ i \| j \~k\~ \& \< \{l\} \$m\$ \@n"

# A name, the Markdown, and the words of it in the order in which they are read, without its notes.
CASES: tuple[tuple[str, str, str], ...] = (
    ("paragraphs", "One line\nand its second.\n\nAnother.", "One line and its second. Another."),
    ("hard breaks", "Roses  \nViolets\\\nSugar", "Roses Violets Sugar"),
    ("emphasis", "*a* **b** ***c*** ~~d~~ _e_ __f__ un*frigging*believable", "a b c d e f unfriggingbelievable"),
    ("nested", "**bold *and ~~gone `code` here~~ italic* end**", "bold and gone code here italic end"),
    ("code", "`a` `` b`c `` ` ``d`` `", "a b`c ``d``"),
    ("entities", "&copy; &amp; &lt;b&gt; &#960; &#x1F98A; AT&T", "© & <b> π 🦊 AT&T"),
    ("escapes", ESCAPES, "*a* _b_ `c` [d](e) # f > g 1. h \\ i | j ~k~ & < {l} $m$ @n"),
    ("typst code", "#eval(1) $x$ @ref <label> // x /* y */ = z", "#eval(1) $x$ @ref <label> // x /* y */ = z"),
    ("raw html", "<b>bold</b> <script>alert(1)</script>", "<b>bold</b> <script>alert(1)</script>"),
    ("block html", "<div>\nplain\n</div>", "<div> plain </div>"),
    ("headings", "## Two *em*\n\n### Three `c`\n\n#### Four\n\n##### Five\n\n###### Six", "Two em Three c Four Five Six"),
    ("underlined headings", "Two\n---\n\ntext", "Two text"),
    ("closed heading", "## Two ##\n\ntext", "Two text"),
    ("bullets", "- a\n- b\n    - c\n        - d\n- e", "a b c d e"),
    ("loose items", "- a\n\n  more\n\n- b", "a more b"),
    ("numbers", "3. a\n4. b\n   1. c", "a b c"),
    ("checklist", "- [ ] a\n- [x] b\n- [ ] *c*", "a b c"),
    ("list in quote in list", "- a\n  > b\n  > - c\n  >   1. d\n  >      > e\n- f", "a b c d e f"),
    ("quotes", "> a\n>\n> > b\n> > > c\n>\n> d", "a b c d"),
    ("code in a list", "1. a\n\n   ```\n   x = 1\n     y\n   ```\n\n2. b", "a x = 1 y b"),
    ("fences", "````text\n```\nin\n```\n````\n\n~~~\ntilde\n~~~", "``` in ``` tilde"),
    ("indented code", "    a  b\n    c\n\nd", "a b c d"),
    ("table", "|H|I|J|\n|:-|:-:|-:|\n|a|*b*|`c`|\n|d \\| e|[f](https://e.org)|**g**|", "H I J a b c d | e f g"),
    ("table alone", "|H|\n|-|", "H"),
    ("quoted table", "> |H|I|\n> |-|-|\n> |a|b|", "H I a b"),
    ("two tables", "|H|\n|-|\n|a|\n\n|I|\n|-|\n|b|", "H a I b"),
    ("links", "[a](https://e.org) [*b* `c`](https://e.org/?x=1&y=%20z#f \"title\") <https://x.org/y> [d]\n\n[d]: https://e.org", "a b c https://x.org/y d"),
    ("autolinks", "See https://e.org/a_b*c and www.e.org, mail me@e.org.", "See https://e.org/a_b*c and www.e.org, mail me@e.org."),
    ("odd links", "[a](javascript:x) [b](data:y) [c](<file:///etc/x y>) [d](#nowhere) [e](#chapter-1) [](x)", "a b c d e"),
    ("brackets", "[not a link] [x]: y [z](", "[not a link] [x]: y [z]("),
    ("scene break", "a\n\n***\n\nb", "a b"),
    ("figure", "a\n\n![alternative](images/gate.jpg \"The caption\")\n\nb", "a The caption b"),
    ("picture in line", "a ![alternative](gate) b", "a b"),
    ("missing picture", "a ![the words](images/none.jpg) b", "a the words b"),
    ("long word", "a " + "Donaudampfschifffahrtsgesellschaft" * 4 + " b", "a " + "Donaudampfschifffahrtsgesellschaft" * 4 + " b"),
    ("long address", "https://e.org/" + "path-of-many-parts/" * 8, "https://e.org/" + "path-of-many-parts/" * 8),
    ("other languages", "Ἐν ἀρχῇ ἦν ὁ λόγος, ъ и ё, Łódź, Ærøskøbing, ﬁn, naïve", "Ἐν ἀρχῇ ἦν ὁ λόγος, ъ и ё, Łódź, Ærøskøbing, ﬁn, naïve"),
    ("spans", "He said [in dubio]{lang=la} twice.", "He said in dubio twice."),
    ("combining", "e\u0301 a\u0308 n\u0303", "é ä ñ"),
    ("special spaces", "10\u00a0000 km\u202f! a\u2009b\u200bc", "10 000 km ! a b c"),
    ("last", "The end of it.", "The end of it."),
)  # fmt: skip
NOTES = "a[^one] b[^two] c[^one]\n\n[^one]: First *note*.\n\n    Second paragraph.\n\n    - item\n\n[^two]: Other `code`."
FRENCH = "« Où ? » dit-il ; « ici ! » C'est l'œuvre d'Étienne : 50 %, n'est-ce pas ?"
FROM_THE_RIGHT = "שלום עולם"
CHINESE = "天地玄黄，宇宙洪荒。"
JAPANESE = "吾輩は猫である。名前はまだ無い。"


def book(*chapters: ChapterSource, language: str = "de") -> BookSource:
    """German has no typography of ours: what was written is what is printed."""
    known = meta(language=language, cover=None, dedication="", publisher="", ai_disclosure="", authors=("Q",))
    return BookSource(meta=known, chapters=chapters, assets=(Asset.from_bytes("gate", jpeg(80, 60)),))


@cache
def every_case() -> Manuscript:
    """Each case between two words that are nowhere else, as a chapter of its own."""
    return manuscript_of(
        book(
            *(
                ChapterSource(
                    title=f"Titel{number:02}", markdown=f"Vor{number:02}\n\n{markdown}\n\nNach{number:02}"
                )
                for number, (_name, markdown, _words) in enumerate(CASES)
            )
        )
    )


# What each format says


def of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def of_epub(data: bytes) -> str:
    """The documents of the spine, one after another."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    root = etree.fromstring(archive.read("META-INF/container.xml"))
    package_path = root.xpath("string(//*[local-name()='rootfile']/@full-path)")
    package = etree.fromstring(archive.read(package_path))
    folder = package_path.rpartition("/")[0]
    files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    spine = [files[item.get("idref")] for item in package.iter("{*}itemref")]
    return "\n".join(_shown(etree.fromstring(archive.read(f"{folder}/{name}"))) for name in spine)


def of_html(data: bytes) -> str:
    page = lxml.html.document_fromstring(data.decode())
    return _shown(page.get_element_by_id("text"))


_BLOCKS = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "br",
        "figcaption",
        "div",
        "tr",
        "blockquote",
    }
)


def _shown(root: etree._Element) -> str:
    def words(element: etree._Element) -> Iterator[str]:
        name = etree.QName(element).localname if isinstance(element.tag, str) else "script"
        if name in ("script", "style", "title", "nav") or element.get("class") == "box":
            yield element.tail or ""
            return
        if element.get("role") in ("doc-noteref", "doc-backlink"):
            yield element.tail or ""
            return
        space = "\n" if name in _BLOCKS else ""
        yield space + (element.text or "")
        for child in element:
            yield from words(child)
        yield space + (element.tail or "")

    return "".join(words(root))


def of_docx(data: bytes) -> str:
    """The body, and after it the notes."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = [etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    return "\n".join(_paragraph(paragraph) for part in parts for paragraph in part.iter(f"{W}p"))


def _paragraph(paragraph: etree._Element) -> str:
    said = []
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        boxed = any(True for _ in element.iterancestors(f"{W}sdt"))
        said.append("" if boxed else (element.text or "") if element.tag == f"{W}t" else " ")
    return "".join(said)


READERS: dict[str, Callable[[bytes], str]] = {
    "pdf": of_pdf,
    "epub": of_epub,
    "docx": of_docx,
    "html": of_html,
}


def plain(text: str) -> str:
    """The letters alone: white space, hyphens and how letters are put together differ by format."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(\*\s+){2}\*", "", text)  # a scene break
    return re.sub(r"[\s\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x02•–·‣◦☐☑☒⁃◆❧-]|\d+\.(?=\D)", "", text)


@cache
def said(format_: str) -> str:
    return READERS[format_](build(every_case(), format=format_).data)  # type: ignore[arg-type]


@pytest.mark.parametrize("format_", READERS)
@pytest.mark.parametrize("number", range(len(CASES)), ids=[name for name, _, _ in CASES])
def test_words_of_every_construct_are_in_every_format(format_: str, number: int) -> None:
    """In order, with nothing between; but for the signs of lists and breaks, which each format sets its way."""
    text = said(format_)
    start, end = text.index(f"Vor{number:02}"), text.rindex(f"Nach{number:02}")
    between = text[start + len("Vor00") : end]
    between = without_furniture(between, number) if format_ == "pdf" else between
    assert plain(between) == plain(CASES[number][2])


def without_furniture(text: str, number: int) -> str:
    """The words of pages without their running heads and folios."""
    return re.sub(rf"^\s*(\d+|Titel{number:02}|Starting a Garden)\s*$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("format_", READERS)
def test_notes_have_all_their_words_once(format_: str) -> None:
    manuscript = manuscript_of(book(ChapterSource(title="T", markdown=NOTES)))
    text = plain(READERS[format_](build(manuscript, format=format_).data))  # type: ignore[arg-type]
    first, other = plain("First note. Second paragraph. item"), plain("Other code.")
    assert text.count(first) == 1
    assert text.count(other) == 1
    assert text.index(first) < text.index(other)


@pytest.mark.parametrize("format_", READERS)
@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", CHINESE), ("ja", JAPANESE), ("he", FROM_THE_RIGHT)],
)
def test_other_scripts_keep_their_words(format_: str, language: str, text: str) -> None:
    manuscript = manuscript_of(
        book(ChapterSource(title="T", markdown=f"{text}\n\n- *{text}*"), language=language)
    )
    found = plain(READERS[format_](build(manuscript, format=format_).data))  # type: ignore[arg-type]
    assert found.count(plain(text)) == 2


@pytest.mark.parametrize("format_", READERS)
def test_french_is_set_alike_in_every_format(format_: str) -> None:
    manuscript = manuscript_of(book(ChapterSource(title="T", markdown=FRENCH), language="fr"))
    found = READERS[format_](build(manuscript, format=format_).data)  # type: ignore[arg-type]
    assert plain(FRENCH.replace("'", "’")) in plain(found)
