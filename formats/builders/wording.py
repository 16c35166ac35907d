"""The few words that a book needs and its members did not write, in the book's language.

They belong to the book, not to the interface, so they do not follow the reader's own language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from formats.builders.other_languages import words_in
from formats.manuscript import Manuscript, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    contents: str
    chapter: str
    notes: str
    note: str
    back_to_text: str
    cover_of: str  # with {title}
    title_page: str
    cover: str
    copyright: str
    dedication: str
    all_rights: str
    start: str
    skip: str
    landmarks: str
    done: str
    to_do: str
    picture: str
    by: str
    the_end: str
    volume: str  # with {series} and {number}
    printed: str
    electronic: str
    roles: dict[Role, str]
    months: tuple[str, ...]
    part: str
    page: str
    pages: str
    show_contents: str
    reading_settings: str
    look: str
    looks: tuple[str, str, str, str]  # as the device, light, sepia, dark
    text_size: str
    text_sizes: tuple[str, str, str, str]  # small, medium, large, largest
    about_this_book: str
    table: str
    accessible: str
    resizable: str
    laid_out: str
    described: str
    not_described: str


_ENGLISH = Words(
    contents="Contents",
    chapter="Chapter",
    notes="Notes",
    note="Note",
    back_to_text="Back to the text",
    cover_of="Cover of {title}",
    title_page="Title page",
    cover="Cover",
    copyright="Copyright",
    dedication="Dedication",
    all_rights="All rights reserved.",
    start="Start of the text",
    skip="Skip to the text",
    landmarks="Landmarks",
    done="done",
    to_do="to do",
    picture="Picture",
    by="by",
    the_end="The end",
    volume="{series}, book {number}",
    printed="print",
    electronic="e-book",
    roles={
        "aut": "Author",
        "edt": "Edited by",
        "ill": "Illustrated by",
        "trl": "Translated by",
        "pht": "Photographs by",
        "aui": "Introduction by",
        "aft": "Afterword by",
        "cov": "Cover by",
        "ctb": "With",
    },
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    part="Part",
    page="Page",
    pages="List of pages",
    show_contents="Contents",
    reading_settings="Reading settings",
    look="Colours",
    looks=("As the device", "Light", "Sepia", "Dark"),
    text_size="Text size",
    text_sizes=("Small", "Medium", "Large", "Largest"),
    about_this_book="About this book",
    table="Table",
    accessible=(
        "This book has a table of contents, a list of its pages, headings in order and a logical reading order."
    ),
    resizable="Its text can be resized and restyled.",
    laid_out="Its pages are laid out; their text is live and can be read aloud, but keeps its size and place.",
    described="Every picture has a text alternative.",
    not_described="Some pictures have no text alternative.",
)

_FRENCH = Words(
    contents="Table des matières",
    chapter="Chapitre",
    notes="Notes",
    note="Note",
    back_to_text="Retour au texte",
    cover_of="Couverture de {title}",
    title_page="Page de titre",
    cover="Couverture",
    copyright="Mentions légales",
    dedication="Dédicace",
    all_rights="Tous droits réservés.",
    start="Début du texte",
    skip="Aller au texte",
    landmarks="Repères",
    done="fait",
    to_do="à faire",
    picture="Image",
    by="par",
    the_end="Fin",
    volume="{series}, tome {number}",
    printed="imprimé",
    electronic="numérique",
    roles={
        "aut": "Auteur",
        "edt": "Sous la direction de",
        "ill": "Illustrations de",
        "trl": "Traduit par",
        "pht": "Photographies de",
        "aui": "Introduction de",
        "aft": "Postface de",
        "cov": "Couverture de",
        "ctb": "Avec",
    },
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    part="Partie",
    page="Page",
    pages="Liste des pages",
    show_contents="Sommaire",
    reading_settings="Réglages de lecture",
    look="Couleurs",
    looks=("Comme l’appareil", "Clair", "Sépia", "Sombre"),
    text_size="Taille du texte",
    text_sizes=("Petite", "Moyenne", "Grande", "Très grande"),
    about_this_book="À propos de ce livre",
    table="Tableau",
    accessible=(
        "Ce livre a une table des matières, une liste de ses pages, des titres hiérarchisés et un ordre de "
        "lecture logique."
    ),
    resizable="La taille et l’apparence du texte peuvent être changées.",
    laid_out=(
        "Ses pages sont composées : leur texte reste du texte et peut être lu à voix haute, mais garde sa taille "
        "et sa place."
    ),
    described="Chaque image est décrite par un texte.",
    not_described="Certaines images ne sont pas décrites par un texte.",
)


@cache
def words_for(language: str) -> Words:
    """The words for a BCP 47 tag; English for what a language has not yet."""
    primary = language.lower().split("-")[0]
    return _FRENCH if primary == "fr" else replace(_ENGLISH, **words_in(primary))  # type: ignore[arg-type]


def speaks(language: str) -> bool:
    """Whether the words for a contents page, a chapter and a part are of the language itself."""
    primary = language.lower().split("-")[0]
    return primary in ("en", "fr") or bool(words_in(primary))


def colophon(manuscript: Manuscript) -> list[str]:
    """The lines of the copyright page, in order; none is empty."""
    words = words_for(manuscript.language)
    year = (manuscript.published or manuscript.modified.date()).year
    holder = manuscript.byline or manuscript.publisher
    lines = [
        f"© {year} {holder}".rstrip(),
        manuscript.rights or words.all_rights,
        *(f"{words.roles[each.role]} {each.name}" for each in manuscript.contributors),
        manuscript.edition,
        _published(manuscript, words),
        series_line(manuscript),
        f"ISBN {_hyphened(manuscript.isbn_print)} ({words.printed})" if manuscript.isbn_print else "",
        f"ISBN {_hyphened(manuscript.isbn_ebook)} ({words.electronic})" if manuscript.isbn_ebook else "",
        manuscript.ai_disclosure,
    ]
    return [line for line in lines if line]


def series_line(manuscript: Manuscript) -> str:
    """The series and the book's place in it, such as "Lights of the Sound, book 2"; "" outside one."""
    if not (manuscript.series and manuscript.series_number):
        return manuscript.series
    words = words_for(manuscript.language)
    return words.volume.format(series=manuscript.series, number=manuscript.series_number)


def _published(manuscript: Manuscript, words: Words) -> str:
    when = _month(manuscript.published, words) if manuscript.published else ""
    return ", ".join(filter(None, [manuscript.publisher, when]))


def _hyphened(number: str) -> str:
    """With hyphens where the publisher's own ones are, as an ISBN is printed."""
    from stdnum import isbn  # its ranges are read only for a book that has a number

    return str(isbn.format(number))


def _month(day: date, words: Words) -> str:
    return f"{words.months[day.month - 1]} {day.year}"
