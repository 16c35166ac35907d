"""The book's files, each a step of the room that builds them."""

from __future__ import annotations

from collections.abc import Sequence

from books.models import Book
from formats import records
from formats.models import BookFormat, FormatType
from formats.steps import KIND
from generation.models import BookJob
from generation.providers import choice
from jobs.steps import NewStep

WITHOUT = "without_formats"
ONLY = "only_formats"


def missing(job: BookJob) -> Sequence[NewStep]:
    """The files that are missing or behind the text, but for those that a member does without.

    Of a book that is there already each file is for itself: one that cannot be made leaves the others alone.
    """
    rows = records.expect_formats(job.book)
    numbers = {format_: number for number, format_ in enumerate(FormatType.values, 1)}
    asked = set(job.options.get(ONLY, numbers)) - set(job.options.get(WITHOUT, ()))
    payload = {
        "book": str(job.book_id),
        "disclosure": disclosure_of(job.book),
        "alone": job.purpose != BookJob.Purpose.BOOK,
    }
    return [
        NewStep(KIND, number=numbers[row.format], payload={**payload, "format": row.format})
        for row in rows
        if row.status != BookFormat.Status.READY and row.format in asked
    ]


def disclosure_of(book: Book) -> str:
    """What the colophon says on how the book was made, in the book's language; of an imported one nothing."""
    journeys = book.jobs.exclude(purpose=BookJob.Purpose.FORMATS).values_list("options", flat=True)
    made_with = list(journeys)
    if not made_with:
        return ""
    text_by_model = any(options.get("text") != choice.STORYTELLER for options in made_with)
    pictures_by_model = any(options.get("pictures") != choice.CUTPAPER for options in made_with)
    return _DISCLOSURES[book.language][text_by_model, pictures_by_model]


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
