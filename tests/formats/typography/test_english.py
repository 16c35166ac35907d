"""English quotes, dashes and ellipses."""

from __future__ import annotations

import random

import pytest

from formats.blocks import plain_text
from formats.markdown import parse
from formats.typography import polish_blocks, polish_text

CASES = [
    ('"Hello," she said.', "“Hello,” she said."),
    ("It's the dogs' home", "It’s the dogs’ home"),
    ("'Tis fine, 'twas not", "’Tis fine, ’twas not"),
    ("the '90s, rock 'n' roll", "the ’90s, rock ’n’ roll"),
    ("\"'Nested,' he said.\"", "“‘Nested,’ he said.”"),
    ("('so')", "(‘so’)"),
    ("yes--no, yes -- no, a---b", "yes—no, yes — no, a—b"),
    ("a friend - a fox - came", "a friend – a fox – came"),
    ("5 - 3", "5 - 3"),
    ("pages 3-5, 1914--1918", "pages 3–5, 1914–1918"),
    ("555-1234, 2020-01-05, COVID-19", "555-1234, 2020-01-05, COVID-19"),
    ("Wait... what", "Wait… what"),
    ('6" tall and 5\' 6"', "6″ tall and 5’ 6″"),
    ("Mr. Fox and Dr Owl", "Mr.\u00a0Fox and Dr\u00a0Owl"),
    ("--flag and C--", "—flag and C—"),
    ("https://x.org/a--b\"c and don't", 'https://x.org/a--b"c and don’t'),
    ("no change: 12:30!", "no change: 12:30!"),
]


@pytest.mark.parametrize(("written", "expected"), CASES, ids=[case[0] for case in CASES])
def test_typography(written: str, expected: str) -> None:
    assert polish_text(written, "en-GB") == expected


def test_quotes_close_across_emphasis() -> None:
    (block,) = polish_blocks(parse('"*Yes*," it\'s "**no**"').blocks, "en")
    assert plain_text(block.children) == "“Yes,” it’s “no”"


def test_setting_twice_changes_nothing_more() -> None:
    chance = random.Random(11)
    pieces = [*(case[0] for case in CASES), '"', "'", " ", "-", "--", "...", "a", "5", "(", ")"]
    for _ in range(400):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 6)))
        once = polish_text(text, "en")
        assert polish_text(once, "en") == once, text


def test_language_without_rules_is_left_alone() -> None:
    assert polish_text('"Hallo" -- it\'s...', "de") == '"Hallo" -- it\'s...'
