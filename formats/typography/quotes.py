"""What the languages share: straight double quotes, ellipses and hyphens that stand for dashes."""

from __future__ import annotations

import re

from formats.typography.paragraphs import Line

ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
SPACED_HYPHEN = re.compile(r"(?<=[^\W\d\s] )-(?= \S)|(?<=\S )-(?= [^\W\d\s])")
_QUOTE = re.compile(r"(?<!\\)\"")
_OPENS_AFTER = frozenset(" \n\t\u00a0\u202f([{‘«“/")
_DASHES = frozenset("—–-")


def double_quotes(line: Line, *, opening: str, closing: str) -> None:
    """Turn straight double quotes into opening and closing ones by what stands around them.

    A quote after a digit that closes nothing is a sign of inches or seconds.
    """
    text = line.text
    depth = 0

    def turned(match: re.Match[str]) -> str:
        nonlocal depth
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        if _opens(before, after):
            depth += 1
            return opening
        if before.isdigit() and depth == 0:
            return "″"
        depth = max(0, depth - 1)
        return closing

    line.sub(_QUOTE, turned, where='"')


def _opens(before: str, after: str) -> bool:
    if not after or after.isspace():
        return False
    return not before or before in _OPENS_AFTER or (before in _DASHES and after.isalnum())
