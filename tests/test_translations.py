"""The French catalogue: whole, true to the English, and set as French is set."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.account.forms import LoginForm
from babel.messages.catalog import Catalog, Message
from django.utils.translation import override

from launcher import translations
from launcher.places import ROOT

# What is written alike in both languages.
ALIKE = {
    "%(count)s organisation",
    "%(count)s page",
    "%(count)s version",
    "%(width)d × %(height)d mm",
    "Action",
    "Admin",
    "Afro",
    "Budget",
    "Chat completions",
    "Code",
    "Console",
    "Description",
    "E-mail",
    "E-mails",
    "Exports",
    "Guides",
    "ISBN",
    "Imports",
    "Introduction",
    "Invitations",
    "Logo",
    "Migrations",
    "Notes",
    "Notifications",
    "Organisation",
    "Organisations",
    "Page %(number)s",
    "Page %(pages)s",
    "Pages %(pages)s",
    "Pages",
    "Pause",
    "Place",
    "Prologue",
    "Responses",
    "Secret",
    "Super-admin",
    "Test",
    "Total",
    "Type",
    "Versions",
    "Violet",
    "Webhooks",
    "Word (DOCX)",
    "budget",
    "description",
    "exception",
    "invitation",
    "logo",
    "mm",
    "note",
    "notification",
    "organisation",
    "version %(version)s",
}
# Faults of French typography, by what is wrong. Source: Lexique des règles typographiques en usage à
# l'Imprimerie nationale, "Ponctuation".
FAULTS = {
    "a typewriter's apostrophe or quotation mark": r"['\"]",
    "English quotation marks": r"[“”‘]",
    "three points for an ellipsis": r"\.\.\.",
    "no narrow space before ; ! ?": r"(?<![\u202f;!?])[;!?]",
    "no space that keeps together before a colon": r"(?<!\u00a0):(?=\s|$)",
    "no narrow space inside «": r"«(?!\u202f)",
    "no narrow space inside »": r"(?<!\u202f)»",
    "two spaces in a row": r"[ \u00a0\u202f]{2}",
    "a space at an end": r"^\s|\s$",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return translations.read(translations.catalogue("fr"))


def test_every_text_is_translated() -> None:
    assert translations.missing() == []


def test_catalogue_holds_nothing_that_no_source_has(catalogue: Catalog) -> None:
    wanted = {(message.id, message.context) for message in translations.collect()}
    assert [message.id for message in texts(catalogue) if (message.id, message.context) not in wanted] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_french_typography(catalogue: Catalog, fault: str) -> None:
    french = [text for message in texts(catalogue) for text in forms(message.string)]
    assert [text for text in french if has(fault, text)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_french_typography_of_e_mails(fault: str) -> None:
    pages = [path.read_text() for path in ROOT.glob("*/templates/*/email/fr/*")]
    lines = [line for page in pages for line in re.sub(r"{%.*?%}", "", page).splitlines()]
    assert len(lines) > 10
    assert [line for line in lines if has(fault, line.strip())] == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("a typewriter's apostrophe or quotation mark", "L'idée"),
        ("English quotation marks", "Le livre “Mina”"),
        ("three points for an ellipsis", "Un instant..."),
        ("no narrow space before ; ! ?", "Où allons-nous\u00a0?"),
        ("no narrow space before ; ! ?", "Réessayez ; tout est gardé"),
        ("no space that keeps together before a colon", "Chapitre 2 : L’eau"),
        ("no narrow space inside «", "«\u00a0Mina\u202f»"),
        ("no narrow space inside »", "«\u202fMina »"),
        ("two spaces in a row", "Un  livre"),
        ("a space at an end", "Un livre "),
    ],
)
def test_faults_of_typography_are_found(fault: str, text: str) -> None:
    assert has(fault, text)


def test_sound_typography_is_not_a_fault() -> None:
    sound = "2\u00a0: «\u202fOù es-tu\u202f?!\u202f» dit-elle à 10:30 sur <a href='#'>l’île</a> &amp; ici…"
    assert [fault for fault in FAULTS if has(fault, sound)] == []


def test_labels_of_sign_in_are_worded_by_this_catalogue() -> None:
    with override("fr"):
        assert str(LoginForm().fields["login"].label) == "Adresse e-mail"


def test_places_and_tags_are_those_of_the_english(catalogue: Catalog) -> None:
    differing = [
        (english, french)
        for message in texts(catalogue)
        for english, french in zip(forms(message.id), forms(message.string), strict=True)
        if places(english) != places(french)
    ]
    assert differing == []


def test_french_differs_from_the_english(catalogue: Catalog) -> None:
    alike = {forms(message.id)[0] for message in texts(catalogue) if message.id == message.string}
    assert alike == ALIKE


def texts(catalogue: Catalog) -> Iterator[Message]:
    """Every text but the catalogue's own head."""
    return (message for message in catalogue if message.id)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The singular and the plural of a text, or the text alone."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def has(fault: str, text: str) -> bool:
    """Whether a text has a fault, outside its tags and entities."""
    return bool(re.search(FAULTS[fault], re.sub(r"&\w+;", "&", re.sub(r"<[^>]*>", "", text))))


def places(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)\w|{\w+}|</?\w+>", text))
