"""Why a book cannot be typeset as it is, or what had to be changed: a code, the place and the figures.

A problem is found where no web framework is loaded, in the sandbox's child; it becomes a sentence in a
member's language only where it is shown.

    raise BadBook(Problem("rows", chapter="Beans", line=12, figures={"rows": 5000, "most": 500}))
    problems.stored(error.problem)      # for a column of text
    problems.told(row.error)            # "“Beans”, line 12: A table has 5,000 rows; ..."
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Figure = int | str
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is one of `SENTENCES`. `chapter` is the title of the place, `line` the line of its Markdown,
    counted from 1, or 0 for the whole of it. `figures` are what the sentence names."""

    code: str
    chapter: str = ""
    line: int = 0
    figures: Mapping[str, Figure] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """The sentence in English, for the log."""
        return _sentence(self, _unchanged)

    def parameters(self) -> dict[str, Figure]:
        """Everything but the code, as JSON carries it."""
        place: dict[str, Figure] = {"chapter": self.chapter, "line": self.line}
        return {**self.figures, **{name: value for name, value in place.items() if value}}


class Told(Exception):
    """An error that knows its problem. One that is raised with words alone tells just these."""

    def __init__(self, problem: Problem | str) -> None:
        self.problem = (
            problem if isinstance(problem, Problem) else Problem("other", figures={"words": problem})
        )
        super().__init__(str(self.problem))


def message(code: str, parameters: Mapping[str, Figure]) -> str:
    """The sentence in the language that is active, with its place before it."""
    from django.utils.formats import number_format
    from django.utils.translation import gettext

    return _sentence(
        problem_of(code, parameters), gettext, lambda number: number_format(number, force_grouping=True)
    )


def problem_of(code: str, parameters: Mapping[str, Figure]) -> Problem:
    """The problem that JSON carried; nothing in it is trusted to be of the right kind."""
    figures = {name: value for name, value in parameters.items() if isinstance(value, int | str)}
    chapter, line = figures.pop("chapter", ""), figures.pop("line", 0)
    return Problem(code, str(chapter), line if isinstance(line, int) else 0, figures)


def stored(problem: Problem) -> str:
    """A problem as a line of JSON, to be kept until it is shown."""
    return json.dumps({"code": problem.code, **problem.parameters()}, ensure_ascii=False)


def told(kept: str) -> str:
    """The sentence of what `stored` wrote, in the language that is active; "" for anything else."""
    try:
        parameters = json.loads(kept)
        return message(str(parameters.pop("code")), parameters)
    except (ValueError, AttributeError, KeyError, TypeError):
        return ""


def _sentence(problem: Problem, translate: Translate, number: Callable[[int], str] = "{:,}".format) -> str:
    sentence = SENTENCES.get(problem.code, SENTENCES["unknown"])
    figures = {
        name: number(value) if isinstance(value, int) else value for name, value in problem.figures.items()
    }
    if "field" in figures:
        figures["field"] = translate(FIELDS.get(figures["field"], figures["field"]))
    try:
        words = translate(sentence) % figures
    except (KeyError, ValueError, TypeError):
        words = translate(SENTENCES["unknown"])
    if problem.chapter and problem.line:
        place = _("“%(chapter)s”, line %(line)s: %(sentence)s")
    elif problem.chapter:
        place = _("“%(chapter)s”: %(sentence)s")
    else:
        return words
    return translate(place) % {"chapter": problem.chapter, "line": number(problem.line), "sentence": words}


def _unchanged(text: str) -> str:
    return text


_ = _unchanged  # marks what the catalogue has to hold; this file is read without Django, too

SENTENCES: Mapping[str, str] = {
    # What a member can mend
    "no-chapter": _("The book has no chapter yet. Write one, then the files are made."),
    "chapter-length": _(
        "The text has %(characters)s characters; at most %(most)s are typeset. "
        "Divide it into several chapters."
    ),
    "book-length": _(
        "The book has %(characters)s characters; at most %(most)s are typeset. Divide it into volumes."
    ),
    "rows": _(
        "A table has %(rows)s rows; at most %(most)s are typeset. Divide it into several tables, with a line "
        "of text between them."
    ),
    "columns": _(
        "A table has %(columns)s columns; at most %(most)s fit on a page. Leave some out, or turn the table "
        "so that its columns become rows."
    ),
    "footnotes": _(
        "The chapter has %(footnotes)s footnotes; at most %(most)s are typeset. "
        "Divide it into several chapters."
    ),
    "pictures": _("The book has %(pictures)s pictures; at most %(most)s are typeset. Leave some out."),
    "chapters": _(
        "The book has %(chapters)s chapters; at most %(most)s are typeset. Divide it into volumes."
    ),
    "metadata-length": _(
        "What stands under “%(field)s” has %(characters)s characters; at most %(most)s are typeset. "
        "Shorten it."
    ),
    "title-length": _(
        "A chapter’s title has %(characters)s characters; at most %(most)s are typeset. Shorten it."
    ),
    # What became of the file
    "too-slow": _(
        "The file took too long to make. Long tables and lists are what takes most time: shorten them, or "
        "divide the book."
    ),
    "too-large": _("The file grew larger than a book may be. Leave out some pictures, or use smaller ones."),
    "memory": _(
        "The book needs more memory to be made than it may use. Divide its longest chapters and tables, or "
        "use smaller pictures."
    ),
    "pdf-not-set": _("The PDF could not be set: %(words)s"),
    "no-pango": _(
        "Pages designed in CSS need the Pango library, which this machine does not have. On Debian and "
        "Ubuntu, install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
    ),
    "not-made": _("The file could not be made. The next change to the book has it made again."),
    "other": "%(words)s",
    "unknown": _("The file could not be made as the book is."),
    # Warnings: the file is there
    "nesting": _(
        "Quotes, lists and emphasis stand inside each other more than %(most)s deep. What is deeper was set "
        "as if it were not."
    ),
    "no-claim": _("The PDF is tagged, but does not claim PDF/UA: %(words)s"),
}  # fmt: skip

# What `manuscript.BookMeta` calls its fields, as members know them.
FIELDS: Mapping[str, str] = {
    "title": _("Title"),
    "subtitle": _("Subtitle"),
    "authors": _("Author"),
    "contributors": _("Contributors"),
    "dedication": _("Dedication"),
    "description": _("Description"),
    "publisher": _("Publisher"),
    "rights": _("Rights"),
    "ai_disclosure": _("AI disclosure"),
    "cover_alt": _("Description of the cover"),
    "edition": _("Edition"),
    "series": _("Series"),
    "series_number": _("Number in the series"),
    "keywords": _("Keywords"),
    "back_text": _("Text on the back cover"),
}
