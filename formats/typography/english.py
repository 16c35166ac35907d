"""English typography, as Hart's Rules and the Chicago Manual agree on it: quotes, dashes and ellipses."""

from __future__ import annotations

import re

from formats.typography.paragraphs import Line
from formats.typography.quotes import ELLIPSIS, SPACED_HYPHEN, double_quotes

NO_BREAK = "\u00a0"
_LETTER = r"[^\W\d_]"

_EM_DASH = re.compile(r"(?<!-)---(?!-)|(?<!-)(?<!\d)--(?!-)|(?<!-)--(?![\d-])")
_EN_DASH = re.compile(r"(?<=\d)--(?=\d)")
_RANGE = re.compile(r"(?<![\w.,/-])(\d{1,4})-(\d{1,4})(?![\w/-]|[.,]\d)")
_CONTRACTION = re.compile(
    r"(?<![\w'])'(?=(?:tis|twas|twere|twill|em|n|cause|til|bout|round|tween|neath|twixt)\b|\d0s\b|\d\d\b(?!'))",
    re.IGNORECASE,
)
_WITHIN_WORD = re.compile(r"(?<=[\w\ufffc])'(?=[\w\ufffc])")
_SINGLE_OPENING = re.compile(r"(?<![\w\ufffc.,;:!?…)\]’”'])'(?=[\w\ufffc…“\"])")
_SINGLE_CLOSING = re.compile(r"(?<!^)(?<![\s])'")
_TITLES = ("Mr", "Ms", "Dr", "Prof")
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof)(\.?) (?=[A-Z])")


def rules(line: Line) -> None:
    line.sub(ELLIPSIS, "…", where="...")
    line.sub(_EM_DASH, "—", where="--")
    line.sub(_EN_DASH, "–", where="--")
    line.sub(SPACED_HYPHEN, "–", where=" - ")
    line.sub(_RANGE, _range, where="-")
    line.sub(_CONTRACTION, "’", where="'")
    line.sub(_WITHIN_WORD, "’", where="'")
    line.sub(_SINGLE_OPENING, "‘", where="'")
    double_quotes(line, opening="“", closing="”")
    line.sub(_SINGLE_CLOSING, "’", where="'")
    if any(title in line.text for title in _TITLES):
        line.sub(_TITLE, lambda m: m[1] + m[2] + NO_BREAK)


def _range(match: re.Match[str]) -> str:
    """An en dash between rising numbers; a hyphen stays in what looks like a telephone number."""
    first, last = match.groups()
    is_range = int(first) < int(last) and (len(first), len(last)) != (3, 4)
    return f"{first}–{last}" if is_range else match.group()
