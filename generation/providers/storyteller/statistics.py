"""Text statistics of Markdown: its sentences and its words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_BLOCK_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:?")
_EMPHASIS = re.compile(r"(?<!\\)[*_`]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CLOSERS = '”»’")*]\u202f\u00a0'
_END = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*\s+(?=[\s“«\"(*‘—]*[^\W\d_a-zà-ÿ]|[“«\"(‘—])")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$")


def word_count(text: str) -> int:
    """How many words; a contraction or a hyphenated word is one."""
    return len(_WORD.findall(text))


def sentences(markdown: str) -> list[str]:
    """The sentences of a Markdown text in reading order, without its marks.

    A speech and the words that say who speaks are one sentence, as long as no full stop and capital part them.
    """
    found: list[str] = []
    for block in _blocks(markdown):
        plain = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _FOOTNOTE.sub("", block)))
        start = 0
        for end in _END.finditer(plain):
            found.append(plain[start : end.end()].strip())
            start = end.end()
        found.append(plain[start:].strip())
    return [sentence for sentence in found if _WORD.search(sentence)]


def _blocks(markdown: str) -> list[str]:
    blocks: list[str] = []
    running = False
    for line in markdown.splitlines():
        if not line.strip() or _TABLE_RULE.match(line):
            running = False
            continue
        if line.lstrip().startswith("|"):
            blocks.extend(cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")))
            running = False
        elif _BLOCK_MARK.match(line) or _FOOTNOTE.match(line):
            heading = line.lstrip().startswith("#")
            blocks.append(_BLOCK_MARK.sub("", line, count=1))
            running = not heading
        elif running:
            blocks[-1] += " " + line.strip()
        else:
            blocks.append(line.strip())
            running = True
    return blocks
