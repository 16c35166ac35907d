"""What a member asks for: cleaned, checked field by field, and kept as JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, get_args

from django.utils.translation import gettext as _

from generation.contract import (
    CREATURES,
    HAIR_COLOURS,
    HAIR_STYLES,
    OUTFITS,
    SKINS,
    Brief,
    HeroBrief,
    Kind,
    Language,
    Pronoun,
)

# Characters.
LONGEST = {
    "title": 200,
    "topic": 4_000,
    "goal": 4_000,
    "audience": 200,
    "tone": 200,
    "dedication": 400,
    "style": 40,
}
LONGEST_NOTE = 2_000
MOST_NOTES = 200
LONGEST_NAME = 60
AGES = range(1, 121)
CHAPTERS: dict[str, range] = {"guide": range(1, 41), "story": range(8, 25), "novel": range(1, 101)}
MOST_NOTE_CHARACTERS = 60_000

_LINES = frozenset({"topic", "goal"})  # may hold several lines; everything else is one
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class InvalidBrief(Exception):
    """What was asked for cannot be made. `errors` maps each field's name to sentences for the member."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = dict(errors)


def checked_brief(brief: Brief) -> Brief:
    """The brief without control characters and needless blanks. Raises `InvalidBrief` with every fault."""
    faults: dict[str, list[str]] = {}
    texts: dict[str, Any] = {name: _clean_text(name, getattr(brief, name), faults) for name in LONGEST}
    if not texts["topic"] and not texts["title"]:
        faults.setdefault("topic", []).append(_("Say what the book is about."))
    cleaned = replace(
        brief,
        **{**texts, "topic": texts["topic"] or texts["title"]},
        notes=_clean_notes(brief.notes, faults),
        hero=_clean_hero(brief.hero, faults),
    )
    _check_choices(cleaned, faults)
    if faults:
        raise InvalidBrief(faults)
    return cleaned


def brief_to_json(brief: Brief) -> dict[str, Any]:
    return asdict(brief)


def brief_from_json(data: Mapping[str, Any]) -> Brief:
    hero = data.get("hero")
    return Brief(
        **{**data, "notes": tuple(data.get("notes") or ()), "hero": HeroBrief(**hero) if hero else None}
    )


def clean(text: str, *, lines: bool = False) -> str:
    """Text that can be stored and typeset: in NFC, without control characters, blanks tidied.

    Joiners, direction marks and variation selectors stay: emoji and right-to-left scripts need them. The
    embeddings and overrides that would reorder the text around them go, as do lone surrogates.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(one for one in text if one in "\n\t" or not _unprintable(one))
    if not lines:
        return " ".join(kept.split())
    tidy = (re.sub(r"[ \t]+", " ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(tidy)).strip()


def _unprintable(character: str) -> bool:
    if character in _REORDERING:
        return True
    return unicodedata.category(character) in ("Cc", "Cs", "Cn") or character in "\ufeff\u2028\u2029"


_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _clean_text(name: str, text: str, faults: dict[str, list[str]]) -> str:
    cleaned = clean(text or "", lines=name in _LINES)
    if len(cleaned) > LONGEST[name]:
        message = _("This is %(length)d characters long. Shorten it to %(limit)d at most.")
        faults.setdefault(name, []).append(message % {"length": len(cleaned), "limit": LONGEST[name]})
    return cleaned


def _clean_notes(notes: tuple[str, ...], faults: dict[str, list[str]]) -> tuple[str, ...]:
    cleaned = tuple(note for note in (clean(note) for note in notes) if note)
    messages = []
    if len(cleaned) > MOST_NOTES:
        messages.append(
            _("There are %(count)d notes. Keep %(limit)d at most.")
            % {
                "count": len(cleaned),
                "limit": MOST_NOTES,
            }
        )
    if any(len(note) > LONGEST_NOTE for note in cleaned):
        messages.append(_("Keep each note to %(limit)d characters at most.") % {"limit": LONGEST_NOTE})
    if sum(map(len, cleaned)) > MOST_NOTE_CHARACTERS:
        messages.append(
            _("Keep all notes together to %(limit)d characters at most.") % {"limit": MOST_NOTE_CHARACTERS}
        )
    if messages:
        faults.setdefault("notes", []).extend(messages)
    return cleaned


def _clean_hero(hero: HeroBrief | None, faults: dict[str, list[str]]) -> HeroBrief | None:
    if hero is None:
        return None
    name, companion_name = clean(hero.name), clean(hero.companion_name)
    if not name:
        faults.setdefault("hero.name", []).append(_("Give the hero a name."))
    for field, text in (("hero.name", name), ("hero.companion_name", companion_name)):
        if len(text) > LONGEST_NAME:
            message = _("Keep the name to %(limit)d characters at most.") % {"limit": LONGEST_NAME}
            faults.setdefault(field, []).append(message)
    if hero.age not in AGES:
        faults.setdefault("hero.age", []).append(_("Give an age between 1 and 120."))
    choices = {
        "pronoun": (hero.pronoun, get_args(Pronoun)),
        "skin": (hero.skin, SKINS),
        "hair": (hero.hair, HAIR_STYLES),
        "hair_colour": (hero.hair_colour, HAIR_COLOURS),
        "outfit": (hero.outfit, OUTFITS),
        "companion": (hero.companion, ("", *CREATURES)),
    }
    for field, (value, known) in choices.items():
        _check_choice(f"hero.{field}", value, known, faults)
    if not _COLOUR.fullmatch(hero.colour):
        faults.setdefault("hero.colour", []).append(_("Give a colour as #rrggbb."))
    return replace(hero, name=name, companion_name=companion_name)


def _check_choices(brief: Brief, faults: dict[str, list[str]]) -> None:
    _check_choice("kind", brief.kind, get_args(Kind), faults)
    _check_choice("language", brief.language, get_args(Language), faults)
    allowed = CHAPTERS.get(brief.kind)
    if brief.chapters is not None and allowed and brief.chapters not in allowed:
        message = _("Choose between %(least)d and %(most)d chapters.")
        faults.setdefault("chapters", []).append(message % {"least": allowed[0], "most": allowed[-1]})


def _check_choice(field: str, value: str, known: tuple[str, ...], faults: dict[str, list[str]]) -> None:
    if value not in known:
        message = _("“%(value)s” is not one of the choices: %(choices)s.")
        shown = {"value": str(value)[:40], "choices": ", ".join(filter(None, known))}
        faults.setdefault(field, []).append(message % shown)
