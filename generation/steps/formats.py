"""The book's files, each a step of the room that builds them."""

from __future__ import annotations

from collections.abc import Sequence

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
    text_by_model = job.options.get("text") != choice.STORYTELLER
    pictures_by_model = job.options.get("pictures") != choice.CUTPAPER
    return _DISCLOSURES[job.book.language][text_by_model, pictures_by_model]


# By whether a model wrote the text, and whether one drew the pictures.
_DISCLOSURES = {
    "en": {
        (True, True): "Text and pictures were made with the help of artificial intelligence.",
        (True, False): "The text was written with the help of artificial intelligence.",
        (False, True): "The pictures were made with the help of artificial intelligence.",
        (False, False): "Composed and illustrated by Octavo’s own storyteller, without a language model.",
    },
    "fr": {
        (True, True): "Texte et images réalisés avec l’aide de l’intelligence artificielle.",
        (True, False): "Texte écrit avec l’aide de l’intelligence artificielle.",
        (False, True): "Images réalisées avec l’aide de l’intelligence artificielle.",
        (False, False): "Composé et illustré par le conteur d’Octavo, sans modèle de langage.",
    },
}
