"""What a book's chapters do not keep of its plan: each finding quotes where it comes from."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Finding = dict[str, Any]
Code = Literal["character_missing", "empty_chapter", "repeated_paragraph", "far_shorter"]

_LONG_ENOUGH_TO_REPEAT = 120  # characters; shorter paragraphs may be refrains


@dataclass(frozen=True, slots=True)
class ChapterLook:
    number: int
    title: str
    text: str


def findings(*, characters: Sequence[str], chapters: Sequence[ChapterLook]) -> list[Finding]:
    """Each has `code`, `chapter` (None for the whole book) and `evidence`, the words that it is about."""
    return [
        *_missing_characters(characters, chapters),
        *_empty_chapters(chapters),
        *_repeated_paragraphs(chapters),
        *_far_shorter(chapters),
    ]


def _missing_characters(characters: Sequence[str], chapters: Sequence[ChapterLook]) -> Iterator[Finding]:
    """People of the bible whom no chapter names. The first word of a name is enough to be named."""
    whole = _folded(" ".join(chapter.text for chapter in chapters))
    for name in characters:
        words = _folded(name).split()
        if words and not any(word in whole for word in words if len(word) > 2 or len(words) == 1):
            yield _finding("character_missing", None, name)


def _empty_chapters(chapters: Sequence[ChapterLook]) -> Iterator[Finding]:
    for chapter in chapters:
        if not chapter.text.strip():
            yield _finding("empty_chapter", chapter.number, chapter.title)


def _repeated_paragraphs(chapters: Sequence[ChapterLook]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for chapter in chapters:
        for paragraph in chapter.text.split("\n\n"):
            if len(paragraph) < _LONG_ENOUGH_TO_REPEAT:
                continue
            if seen.setdefault(_folded(paragraph), chapter.number) != chapter.number:
                yield _finding("repeated_paragraph", chapter.number, paragraph[:200])


def _far_shorter(chapters: Sequence[ChapterLook]) -> Iterator[Finding]:
    """Chapters of less than a quarter of the usual length."""
    lengths = Counter({chapter.number: len(chapter.text.split()) for chapter in chapters})
    if len(lengths) < 3:
        return
    usual = sorted(lengths.values())[len(lengths) // 2]
    for chapter in chapters:
        if chapter.text.strip() and lengths[chapter.number] * 4 < usual:
            yield _finding("far_shorter", chapter.number, chapter.title)


def _finding(code: Code, chapter: int | None, evidence: str) -> Finding:
    return {"code": code, "chapter": chapter, "evidence": evidence}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
