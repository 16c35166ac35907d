"""The notation that prose is authored in, and how it becomes the text of one scene.

- a blank line begins a new paragraph, and so does the beginning and the end of a line of speech;
- ` ¶ ` begins one within a line, where two speakers share it;
- `+ ` before a line: only where there is room for it;
- ` // ` between wordings of a line, `[a|b]` between wordings within one: one of them is taken;
- `{slot}`: a word that the language fills in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from generation.providers.storyteller.seeding import Chance
from generation.providers.storyteller.statistics import word_count

_INLINE = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_OPENING_QUOTES = ("“", "«", "—")


@dataclass(frozen=True)
class Line:
    """One line of a passage with its wordings; `spare` lines are kept only where there is room."""

    wordings: tuple[str, ...]
    spare: bool
    opens_paragraph: bool


@lru_cache(maxsize=4096)
def parse(passage: str) -> tuple[Line, ...]:
    """The lines of a passage."""
    lines: list[Line] = []
    opens = True
    for raw in passage.strip().splitlines():
        text = raw.strip()
        if not text:
            opens = True
            continue
        spare = text.startswith("+ ")
        text = text.removeprefix("+ ")
        wordings = tuple(wording.strip() for wording in text.split(" // "))
        speech = any(wording.startswith(_OPENING_QUOTES) for wording in wordings)
        lines.append(Line(wordings, spare, opens or speech))
        opens = speech
    return tuple(lines)


def fill(template: str, slot: Callable[[str], str]) -> str:
    """`template` with its slots filled, once: what is filled in is never read as a template again."""
    return _SLOT.sub(lambda match: slot(match[1]), template)


Weight = Literal["core", "spare", "filler"]


@dataclass(frozen=True)
class _Drafted:
    text: str
    weight: Weight
    opens: bool
    words: int


class Draft:
    """A scene being put together from passages, then cut or filled to a length in words."""

    def __init__(self, *, chance: Chance, slot: Callable[[str], str], typeset: Callable[[str], str]) -> None:
        self._chance = chance
        self._slot = slot
        self._typeset = typeset
        self._lines: list[_Drafted] = []

    def add(self, passage: str, *, running_on: bool = False) -> None:
        """Adds a passage, line by line; `running_on` continues the paragraph before it."""
        for position, line in enumerate(parse(passage)):
            opens = line.opens_paragraph and not (running_on and position == 0)
            self._keep(self._worded(line), "spare" if line.spare else "core", opens)

    def offer(self, passage: str, *, weight: Weight) -> None:
        """Adds a passage that is kept as a whole or not at all."""
        lines = [_Drafted(self._worded(line), weight, line.opens_paragraph, 0) for line in parse(passage)]
        self._keep(_joined(lines), weight, opens=True)

    def text(self, *, least: int, most: int, generous: bool) -> str:
        """The scene in Markdown, of `least` to `most` words as far as its core allows.

        Spare lines are kept in their order: all that fit if `generous`, else only as many as `least` needs.
        Fillers come in only where the scene would still be shorter than `least`.
        """
        total = sum(line.words for line in self._lines if line.weight == "core")
        taken: set[int] = set()
        for weight in ("spare", "filler"):
            for position, line in enumerate(self._lines):
                wanted = total < least or (generous and weight == "spare")
                if line.weight == weight and wanted and total + line.words <= most:
                    taken.add(position)
                    total += line.words
        kept: list[_Drafted] = []
        opens = False
        for position, line in enumerate(self._lines):
            opens = opens or line.opens
            if line.weight == "core" or position in taken:
                kept.append(replace(line, opens=opens))
                opens = False
        return _joined(kept)

    def _keep(self, text: str, weight: Weight, opens: bool) -> None:
        self._lines.append(_Drafted(text, weight, opens, word_count(text)))

    def _worded(self, line: Line) -> str:
        wording = line.wordings[0] if len(line.wordings) == 1 else self._chance.one(line.wordings)
        wording = _INLINE.sub(lambda match: self._chance.one(match[1].split("|")), wording)
        return fill(self._typeset(wording.replace(" ¶ ", "\n\n")), self._slot)


def _joined(lines: list[_Drafted]) -> str:
    text = ""
    for line in lines:
        text += ("\n\n" if line.opens else " ") + line.text if text else line.text
    return text
