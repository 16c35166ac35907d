"""The rules of `formats.checks` in words: what holds, or what is amiss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from formats import problems

# For each rule what is said where it holds, and where it does not.
SENTENCES: Mapping[str, tuple[Promise, Promise]] = {
    "pdf-opens": (_("The file opens without repair."), _("The file is damaged.")),
    "pdf-pages": (_("It has %(pages)s pages."), _("It has no pages.")),
    "pdf-size": (
        _("All pages measure %(width)s × %(height)s mm."),
        _("Its pages have %(sizes)s different sizes."),
    ),
    "pdf-title": (_("Readers show the book’s title."), _("Readers do not show the book’s title.")),
    "pdf-language": (_("The language is named."), _("The language is not named.")),
    "pdf-ua": (
        _("It claims PDF/UA-1, the standard for accessible PDF."),
        _("It does not claim PDF/UA-1, the standard for accessible PDF."),
    ),
    "pdf-tagged": (
        _("Text and structure are tagged for screen readers."),
        _("Text and structure are not tagged for screen readers."),
    ),
    "pdf-bookmarks": (_("Bookmarks lead to the chapters."), _("There are no bookmarks.")),
    "pdf-labels": (
        _("Page numbers on the screen are those on the page."),
        _("Page numbers on the screen differ from those on the page."),
    ),
    "pdf-fonts": (
        _("All %(fonts)s fonts are embedded."),
        _("%(missing)s of %(fonts)s fonts are not embedded."),
    ),
    "pdf-alt": (
        _("All pictures have alternative texts (%(pictures)s)."),
        _("Pictures without an alternative text: %(missing)s of %(pictures)s."),
    ),
    "pdf-inert": (
        _("No scripts, attachments or launched programs."),
        _("It holds scripts, attachments or launched programs."),
    ),
    "epub-zip": (_("The archive is whole and begins as it must."), _("The archive is damaged.")),
    "epub-package": (
        _("Every file is listed, and every file listed is there (%(files)s)."),
        _("The list of its files is wrong."),
    ),
    "epub-documents": (
        _("All %(documents)s documents are well-formed."),
        _("Documents that are not well-formed: %(broken)s of %(documents)s."),
    ),
    "epub-contents": (
        _("Every chapter is in the contents (%(entries)s entries)."),
        _("Chapters that are not in the contents: %(missing)s."),
    ),
    "epub-links": (_("All %(links)s inner links lead somewhere."), _("Links that lead nowhere: %(dead)s.")),
    "epub-alt": (
        _("All pictures have alternative texts (%(pictures)s)."),
        _("Pictures without an alternative text: %(missing)s of %(pictures)s."),
    ),
    "epub-language": (
        _("Every document names its language."),
        _("Some documents do not name their language."),
    ),
    "epub-title": (
        _("Title, identifier and language are given."),
        _("Title, identifier or language is missing."),
    ),
    "epub-cover": (_("It has a cover."), _("It has no cover.")),
    "epub-access": (_("It says how accessible it is."), _("It does not say how accessible it is.")),
    "epub-inert": (
        _("No scripts, nothing fetched from elsewhere."),
        _("It holds scripts or fetches from elsewhere."),
    ),
    "docx-zip": (_("The archive is whole."), _("The archive is damaged.")),
    "docx-documents": (
        _("All %(documents)s parts are well-formed."),
        _("Parts that are not well-formed: %(broken)s of %(documents)s."),
    ),
    "docx-relations": (
        _("All relations between the parts hold (%(relations)s)."),
        _("Relations that lead nowhere: %(dead)s."),
    ),
    "docx-types": (_("Every part has its type."), _("Some parts have no type.")),
    "docx-styles": (
        _("Every style that is used is there (%(styles)s)."),
        _("Styles that are used and not there: %(missing)s."),
    ),
    "docx-headings": (
        _("Headings are real headings (%(headings)s)."),
        _("There are no headings to find one’s way by."),
    ),
    "docx-notes": (_("Footnotes are real footnotes (%(notes)s)."), _("Some footnotes have no text.")),
    "docx-alt": (
        _("All pictures have alternative texts (%(pictures)s)."),
        _("Pictures without an alternative text: %(missing)s of %(pictures)s."),
    ),
    "docx-title": (_("The book’s title is given."), _("The book’s title is missing.")),
    "docx-inert": (_("No macros or programs."), _("It holds macros or programs.")),
    "html-opens": (_("The page is well-formed."), _("The page is damaged.")),
    "html-alone": (
        _("Pictures and styles are in the file: it needs nothing else."),
        _("It needs files from elsewhere."),
    ),
    "html-inert": (_("No scripts."), _("It holds scripts.")),
    "html-title": (_("Title and language are given."), _("Title or language is missing.")),
    "html-headings": (_("Headings follow in order (%(headings)s)."), _("Headings leave out a level.")),
    "html-links": (_("All %(links)s inner links lead somewhere."), _("Links that lead nowhere: %(dead)s.")),
    "html-alt": (
        _("All pictures have alternative texts (%(pictures)s)."),
        _("Pictures without an alternative text: %(missing)s of %(pictures)s."),
    ),
    "markdown-text": (_("The text can be read everywhere (UTF-8)."), _("The text is damaged.")),
    "markdown-front-matter": (
        _("What is known of the book stands before the text."),
        _("What is known of the book is missing."),
    ),
    "markdown-chapters": (_("Chapters found: %(chapters)s."), _("There are no chapters.")),
    "markdown-pictures": (_("All pictures are there (%(pictures)s)."), _("Some pictures are missing.")),
    "checked": (_("The file was verified."), _("The file could not be verified.")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A check as a member reads it. `outcome` is "pass", "warn" or "fail"."""

    rule: str
    outcome: str
    sentence: str


def told(checks: Any) -> list[Told]:
    """The checks kept with a format, in the language that is active. What is not understood is left out."""
    rows = [row for row in checks if isinstance(row, dict)] if isinstance(checks, list) else []
    sentences = [(row, _sentence(row)) for row in rows]
    return [
        Told(str(row.get("rule")), str(row.get("outcome")), sentence)
        for row, sentence in sentences
        if sentence
    ]


def _sentence(row: Mapping[str, Any]) -> str:
    rule, detail = str(row.get("rule")), row.get("detail") or {}
    if rule not in SENTENCES:
        return problems.message(rule, detail) if rule in problems.SENTENCES else ""
    holds, amiss = SENTENCES[rule]
    figures = {
        name: number_format(value, force_grouping=True) if isinstance(value, int) else value
        for name, value in detail.items()
    }
    try:
        return str(holds if row.get("outcome") == "pass" else amiss) % figures
    except (KeyError, ValueError, TypeError):
        return ""
