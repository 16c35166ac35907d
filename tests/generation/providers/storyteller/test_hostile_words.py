"""Whatever people type stands in the text as they typed it, and nothing else happens."""

from __future__ import annotations

import re

import comrak
import pytest

from generation.contract import HeroBrief, Kind
from generation.providers.storyteller.quoting import NAME_LIMIT, clean, literal
from tests.generation.providers.storyteller.books import book, brief

HOSTILE = {
    "markdown": "**bold** _it_ `code` # h > q",
    "link": "[x](http://evil.test) ![y](a.png)",
    "html": "<script>alert(1)</script>",
    "template": "{{ 7*7 }} {hero} {% x %} {topic}",
    "math and table": "$x$ | a | ~~b~~ ^c^",
    "footnote": "[^1]: note [1]: http://evil.test",
    "heading": "# Title",
    "list": "- item",
    "numbered": "1. item",
    "rule": "---",
    "setext": "===",
    "entity": "&lt;b&gt; &amp;",
    "autolink": "www.evil.test a@b.test http://evil.test",
    "emoji": "👩‍👩‍👧 🎈",
    "right to left": "ليلى",
    "shell": "$(rm -rf /) ../../etc/passwd",
    "backslash": "\\n \\* a\\",
    "choices": "a // b [c|d] ¶ + e",
}


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_literal_words_are_shown_as_they_are(word: str) -> None:
    for before, after in (("", ""), ("Hello, ", "."), ("*", "*")):
        shown = comrak.render_markdown(f"{before}{literal(word)}{after}", _extensions())
        text = re.sub(r"</?(?:p|em)>", "", shown).strip()
        assert _unescaped(text) == f"{before}{word}{after}".replace(
            "*" if before == "*" else "\0", "", 1
        ).removesuffix("*" if before == "*" else "\0")


@pytest.mark.parametrize("kind", ["story", "guide", "novel"])
@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(kind: Kind, word: str) -> None:
    hero = HeroBrief(name=word, companion=word, companion_name=word)
    for language in ("en", "fr"):
        made = book(
            brief(
                kind,
                language,
                topic=word,
                goal=word,
                hero=hero,
                notes=(word, "Plain words.") * (kind != "story"),
                seed=4,
            )
        )  # type: ignore[arg-type]
        html = comrak.render_markdown(made.whole, _extensions())
        assert not re.search(r"<(?:script|a|img|math|del|sup|code|hr|h1)\b", html)
        assert "49" not in re.sub(r"\[\d+\]", "", html)
        assert len(made.outline.title) <= 200


def test_hostile_hero_is_called_by_name() -> None:
    made = book(brief(hero=HeroBrief("{hero} *x*", companion_name="[c|d]"), seed=3))

    assert "{hero} *x*" in _unescaped(re.sub("<[^>]+>", "", comrak.render_markdown(made.texts[0])))
    assert "{hero} *x*" in " ".join(chapter.beats[0] for chapter in made.outline.chapters)


@pytest.mark.parametrize("kind", ["story", "guide", "novel"])
@pytest.mark.parametrize("word", ["a" * 10_000, "word " * 2_000, "👧🏽" * 5_000, "é" * 10_000])
def test_long_words_are_cut(kind: Kind, word: str) -> None:
    made = book(
        brief(
            kind,
            topic=word,
            goal=word,
            title=word,
            hero=HeroBrief(word, companion_name=word),
            notes=(word,) * (kind != "story"),
            seed=4,
        )
    )

    assert len(made.outline.title) <= 160
    assert word[:200] not in made.whole or kind != "story"
    assert len(made.whole) < 60_000


@pytest.mark.parametrize(
    "word", ["\x00\x07\x1b[31m", "\u202eabc\u202c", "\ud800x", "a\u2028b\nc\td", " \u200b ", "\x7f\x85"]
)
def test_control_characters_are_taken_out(word: str) -> None:
    made = book(brief(hero=HeroBrief(word, companion_name=word), title=word, topic=word, seed=2))
    everything = made.whole + repr(made.outline)

    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\u200b]", everything
    )
    everything.encode()


def test_name_that_is_nothing_is_replaced() -> None:
    made = book(brief(hero=HeroBrief(" \u200b\x00 "), seed=2))

    assert made.outline.bible.characters[0].name.isalpha()


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 10, "short"),
        ("a long name of many words", 12, "a long name…"),
        ("x" * 50, 10, "x" * 9 + "…"),
        ("one, two and three", 10, "one, two…"),
        ("  a \n b  ", 10, "a b"),
    ],
)
def test_clean_cuts_at_words(text: str, limit: int, cut: str) -> None:
    assert clean(text, limit) == cut


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("Mary-Jane O’Neill", "Anne-Sophie", "Jean", "Zoë", "李小龍", "J. R."):
        assert literal(clean(name, NAME_LIMIT)) == name


def _extensions() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    for name in ("strikethrough", "table", "autolink", "footnotes", "tasklist", "superscript"):
        setattr(options, name, True)
    return options


def _unescaped(html: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(entity, character)
    return html
