from __future__ import annotations

from generation.continuity import ChapterLook, findings

LONG = "The same long paragraph about the same old wall in the same old garden, word for word, again. " * 2


def test_people_whom_no_chapter_names_are_found() -> None:
    chapters = (ChapterLook(1, "One", "Ana digs. Old Tom watches."),)

    found = findings(characters=("Ana Ruiz", "Tom", "Béatrice"), chapters=chapters)

    assert [(one["code"], one["evidence"]) for one in found] == [("character_missing", "Béatrice")]


def test_paragraph_told_twice_is_quoted() -> None:
    chapters = (ChapterLook(1, "One", LONG), ChapterLook(2, "Two", f"New.\n\n{LONG}"))

    (found,) = findings(characters=(), chapters=chapters)

    assert (found["code"], found["chapter"]) == ("repeated_paragraph", 2)
    assert LONG.startswith(found["evidence"])


def test_chapter_far_shorter_than_the_others_or_empty_is_found() -> None:
    texts = ("one " * 100, "two " * 100, "three " * 10, "")
    chapters = tuple(ChapterLook(number, f"C{number}", text) for number, text in enumerate(texts, 1))

    found = findings(characters=(), chapters=chapters)

    assert [(one["code"], one["chapter"]) for one in found] == [("empty_chapter", 4), ("far_shorter", 3)]
