"""French typography, after the Imprimerie nationale's Lexique and CLDR for numbers.

Narrow no-break space (U+202F) before ; ! ? and % and inside « », no-break space (U+00A0) before : and before
units; curved apostrophes; guillemets for straight quotes.
"""

from __future__ import annotations

import re

from formats.typography.paragraphs import Line
from formats.typography.quotes import ELLIPSIS, SPACED_HYPHEN, double_quotes

NO_BREAK = "\u00a0"
NARROW = "\u202f"
_ANY_SPACE = " \u00a0\u202f\u2009"
_LETTER = r"[^\W\d_]"

_APOSTROPHE_AFTER_LETTER = re.compile(rf"(?<={_LETTER})'")
_APOSTROPHE_BEFORE_YEAR = re.compile(r"(?<![\w'])'(?=\d\d\b)")
_SINGLE_OPENING = re.compile(rf"(?<![\w\ufffc])'(?={_LETTER})")
_EM_DASH = re.compile(r"(?<!-)---?(?!-)")
_DIALOGUE_DASH = re.compile(rf"(?:(?<=^)|(?<=\n))([—–])[{_ANY_SPACE}]+(?=\S)")
_GUILLEMET_OPENING = re.compile(rf"«[{_ANY_SPACE}]*(?=[^{_ANY_SPACE}\n])")
_GUILLEMET_CLOSING = re.compile(rf"(?<=[^{_ANY_SPACE}\n«])[{_ANY_SPACE}]*(?=»)")
_HIGH = re.compile(
    rf"(?<=[^{_ANY_SPACE}\n(\[«¿¡!?;:])[{_ANY_SPACE}]*(?=[!?;](?:[{_ANY_SPACE}\n)\]»”\"’'….,;:!?—–\ufffc]|$))"
)
_HIGH_AFTER_GUILLEMET = re.compile(rf"(?<=»)[{_ANY_SPACE}]*(?=[!?;])")
_COLON = re.compile(rf"(?<=[^{_ANY_SPACE}\n(\[«!?;:])[{_ANY_SPACE}]*(?=:(?:[{_ANY_SPACE}\n»”\"]|$))")
_THOUSANDS = re.compile(rf"(?<![\d,.])(?<![\d,.][{_ANY_SPACE}])\d{{1,3}}(?:[{_ANY_SPACE}]\d{{3}})+(?!\d)")
_PERCENT = re.compile(rf"(?<=\d)[{_ANY_SPACE}]*(?=[%‰])")
_UNIT = re.compile(
    rf"(?<=\d)[{_ANY_SPACE}](?=(?:[€$£]|°C?|(?:kg|mg|g|km|cm|mm|m²|m|ha|cl|ml|l|L|min|h|s|ans|Mo|Go)\b))"
)
_ABBREVIATION = re.compile(
    rf"(?<!\w)(MM?\.|Mmes?|Mlles?|Dr|Me|Mgr|p\.|n[°º]|art\.|chap\.|fig\.|vol\.)[{_ANY_SPACE}](?=[\dA-ZÀ-Þ])"
)


def rules(line: Line) -> None:
    line.sub(ELLIPSIS, "…", where="...")
    line.sub(_EM_DASH, "—", where="--")
    line.sub(SPACED_HYPHEN, "–", where=" - ")
    line.sub(_DIALOGUE_DASH, lambda m: m[1] + NO_BREAK)
    line.sub(_APOSTROPHE_AFTER_LETTER, "’", where="'")
    line.sub(_APOSTROPHE_BEFORE_YEAR, "’", where="'")
    line.sub(_SINGLE_OPENING, "‘", where="'")
    double_quotes(line, opening="«", closing="»")
    line.sub(_GUILLEMET_OPENING, "«" + NARROW, where="«")
    line.sub(_HIGH, NARROW)
    line.sub(_HIGH_AFTER_GUILLEMET, NARROW, where="»")
    line.sub(_COLON, NO_BREAK, where=":")
    line.sub(_GUILLEMET_CLOSING, NARROW, where="»")
    line.sub(_THOUSANDS, lambda m: re.sub(f"[{_ANY_SPACE}]", NARROW, m[0]))
    line.sub(_PERCENT, NARROW)
    line.sub(_UNIT, NO_BREAK)
    line.sub(_ABBREVIATION, lambda m: m[1] + NO_BREAK)
