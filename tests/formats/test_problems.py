"""Problems are codes and figures until they are shown, and then sentences in a member's language."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from django.utils import translation

from formats import problems
from formats.manuscript import MOST_METADATA, BadBook, BookMeta, ChapterSource, assemble
from formats.problems import FIELDS, SENTENCES, Problem
from tests.factories.manuscripts import meta

ROWS = Problem("rows", chapter="Beans", line=1200, figures={"rows": 5000, "most": 500})


def test_sentence_begins_with_the_place() -> None:
    said = "“Beans”, line 1,200: A table has 5,000 rows; at most 500 are typeset."
    assert str(ROWS).startswith(said)
    assert problems.message(ROWS.code, ROWS.parameters()).startswith(said)
    assert str(replace(ROWS, line=0)).startswith("“Beans”: A table")
    assert str(replace(ROWS, chapter="")).startswith("A table has")


def test_figures_are_written_as_the_members_language_does() -> None:
    with translation.override("fr"):
        assert "5\u202f000" in problems.message(ROWS.code, ROWS.parameters()).replace("\u00a0", "\u202f")


def test_stored_problem_comes_back() -> None:
    assert problems.told(problems.stored(ROWS)) == str(ROWS)
    assert json.loads(problems.stored(ROWS)) == {
        "code": "rows", "rows": 5000, "most": 500, "chapter": "Beans", "line": 1200,
    }  # fmt: skip


@pytest.mark.parametrize(
    "kept", ["", "Traceback: [Errno 28]", "[]", "3", "{}", "null", '{"code": []'], ids=range(7)
)
def test_what_is_no_problem_is_told_as_nothing(kept: str) -> None:
    assert problems.told(kept) == ""


@pytest.mark.parametrize("parameters", [{}, {"rows": None}, {"rows": [1], "most": {}}, {"line": "x"}])
def test_problem_without_its_figures_still_has_a_sentence(parameters: dict[str, object]) -> None:
    assert problems.told(json.dumps({"code": "rows", **parameters})).endswith(SENTENCES["unknown"])
    assert problems.told(json.dumps({"code": "new-one", **parameters})).endswith(SENTENCES["unknown"])


def test_words_of_others_are_not_taken_for_a_sentence_of_ours() -> None:
    hostile = "%(most)s %s %(chapter)s {0}"
    problem = Problem("rows", chapter=hostile, figures={"rows": 501, "most": 500})
    assert str(problem).startswith(f"“{hostile}”: A table has 501 rows")
    assert str(Problem("other", figures={"words": hostile})) == hostile


def test_every_sentence_has_the_figures_that_its_problem_brings() -> None:
    for code, sentence in SENTENCES.items():
        names = re.findall(r"%\((\w+)\)s", sentence)
        assert (
            str(Problem(code, figures=dict.fromkeys(names, 1))) != SENTENCES["unknown"] or code == "unknown"
        )


def test_every_field_of_limited_length_has_a_name() -> None:
    assert set(MOST_METADATA) <= set(FIELDS)


def test_problems_are_found_without_django() -> None:
    code = "import sys, formats.problems; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def refused(meta: BookMeta, *chapters: ChapterSource) -> Problem:
    with pytest.raises(BadBook) as caught:
        assemble(meta, chapters)
    return caught.value.problem


def test_limit_of_a_book_is_told_with_its_place() -> None:
    one = ChapterSource(title="One", markdown="a")
    long = ChapterSource(title="Two", markdown="x" * 900_000)
    assert refused(meta(), *[one] * 1001).code == "chapters"
    assert refused(meta(), *[long] * 6) == Problem(
        "book-length", figures={"characters": 5_400_000, "most": 5_000_000}
    )
    assert refused(meta(), replace(one, title="y" * 1001)) == Problem(
        "title-length", chapter="y" * 80, figures={"characters": 1001, "most": 1000}
    )
    assert refused(meta(authors=("Ada", "z" * 501)), one) == Problem(
        "metadata-length", figures={"field": "authors", "characters": 501, "most": 500}
    )
    assert refused(meta(), one, replace(long, markdown="x\n\n|a|\n|-|\n" + "|b|\n" * 501)) == Problem(
        "rows", chapter="Two", line=3, figures={"rows": 501, "most": 500}
    )


def test_nesting_is_a_warning_of_the_whole_book() -> None:
    book = assemble(meta(), [ChapterSource(title="One", markdown="a\n\n" + ">" * 30 + " deep")])
    (warning,) = map(str, book.warnings)
    assert warning.startswith("“One”, line 3: Quotes, lists and emphasis stand inside each other more")
