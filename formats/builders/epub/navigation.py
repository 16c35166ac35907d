"""The navigation document: contents, landmarks and the list of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from formats.builders.epub.pages import Entry, Page, speaks
from formats.builders.markup import escape
from formats.builders.wording import Words

_FRAGMENTS = {"toc": "nav.xhtml#toc"}


def body_of_navigation(
    words: Words,
    language: str,
    entries: Sequence[Entry],
    pages: Sequence[Page],
    marks: Iterable[tuple[int, str]],
) -> str:
    landmarks = "".join(
        f'<li><a epub:type="{page.landmark}" href="{_FRAGMENTS.get(page.landmark, f"{page.name}.xhtml")}">'
        f"{escape(words.start if page.landmark == 'bodymatter' else page.title if page.landmark != 'titlepage' else words.title_page)}</a></li>\n"
        for page in pages
        if page.landmark and page.in_order
    )
    foreign = "" if speaks(words, language) else ' lang="en" xml:lang="en"'
    numbers = "".join(f'<li><a href="{href}">{number}</a></li>\n' for number, href in marks)
    return (
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">'
        f'<h1 id="toc-title"{foreign}>{escape(words.contents)}</h1>\n{_list(entries)}</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden" aria-label="{escape(words.landmarks)}"><ol>\n{landmarks}</ol></nav>\n'
        f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-label="{escape(words.pages)}"><ol>\n'
        f"{numbers}</ol></nav>"
    )


def _list(entries: Sequence[Entry]) -> str:
    return f"<ol>\n{''.join(map(_item, entries))}</ol>"


def _item(entry: Entry) -> str:
    below = f"\n{_list(entry.below)}" if entry.below else ""
    return f'<li><a href="{entry.href}">{escape(entry.title)}</a>{below}</li>\n'
