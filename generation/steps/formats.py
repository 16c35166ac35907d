"""The book's files, each a step of the room that builds them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from formats import records
from formats.models import BookFormat, FormatType
from formats.steps import KIND
from generation.models import BookJob
from generation.providers import choice
from jobs.steps import NewStep

WITHOUT = "without_formats"


def missing(job: BookJob) -> Sequence[NewStep]:
    """The files that are missing or behind the text, but for those that a member does without."""
    rows = records.expect_formats(job.book)
    numbers = {format_: number for number, format_ in enumerate(FormatType.values, 1)}
    without = job.options.get(WITHOUT, [])
    wanted = [row for row in rows if row.status != BookFormat.Status.READY and row.format not in without]
    sentence = disclosure(job)
    return [
        NewStep(
            KIND,
            number=numbers[row.format],
            payload={"book": str(job.book_id), "format": row.format, "disclosure": sentence},
        )
        for row in wanted
    ]


def disclosure(job: BookJob) -> str:
    """What the colophon says on how the book was made, in the book's language."""
    with translation.override(job.book.language):
        if job.options.get("text") == choice.STORYTELLER:
            return gettext("Composed and illustrated with Octavo’s own storyteller.")
        return gettext("Text and pictures were made with the help of artificial intelligence.")
