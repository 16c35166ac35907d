"""Books and what they are made of. Nouns and states only: `writing` holds the text, `publication` what a
publisher says of it."""

from books.models.publication import BookMetadata, BookSection, Contributor
from books.models.writing import (
    Book,
    BookKind,
    BookLanguage,
    Chapter,
    Character,
    Fact,
    Hero,
    Illustration,
    Place,
    Pronoun,
)

__all__ = [
    "Book",
    "BookKind",
    "BookLanguage",
    "BookMetadata",
    "BookSection",
    "Chapter",
    "Character",
    "Contributor",
    "Fact",
    "Hero",
    "Illustration",
    "Place",
    "Pronoun",
]
