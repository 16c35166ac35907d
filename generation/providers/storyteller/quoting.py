"""Members' own words on their way into a text: cleaned, cut to size, and shown literally in Markdown."""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT = 40
PHRASE_LIMIT = 90
TITLE_LIMIT = 160
NOTE_LIMIT = 600

_DIRECTION_MARKS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff\u200b\u2060"
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&^=@])")
_BLOCK_START = re.compile(r"^([-+])|^(\d{1,9})([.)])")


def clean(text: str, limit: int) -> str:
    """One line without control or direction characters, at most `limit` characters, cut at a word if it can be."""
    kept = "".join(_kept(letter) for letter in text[: limit * 20 + 200])
    line = " ".join(kept.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    if line[limit - 1] != " " and " " in cut[limit // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.-\u200d") + "…"


def literal(text: str) -> str:
    """`text` (one line) written so that Markdown shows exactly these characters."""
    shown = _SPECIAL.sub(r"\\\1", text)
    shown = shown.replace("://", r"\://").replace("www.", r"www\.").replace("WWW.", r"WWW\.")
    shown = re.sub(r"(?i)\b(mailto|xmpp):", r"\1\\:", shown)
    return _BLOCK_START.sub(lambda start: "\\" + start[1] if start[1] else f"{start[2]}\\{start[3]}", shown)


def _kept(letter: str) -> str:
    if letter in _DIRECTION_MARKS:
        return ""
    category = unicodedata.category(letter)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    if category in {"Cs", "Co", "Cn"}:
        return ""
    return letter
