"""The shapes that a language's authored prose comes in: one dataclass for each kind of entry.

Long strings are passages in the small notation of `prose.py`; titles and beats are one line each and may
hold slots as well.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HomeProse:
    """Where the hero lives. `closing` mirrors `opening`; `grown` is who waits there."""

    grown: str
    titles: tuple[str, ...]
    opening: str
    closing: str


@dataclass(frozen=True)
class LessonProse:
    """What the hero has yet to learn (`flaw`), how it goes wrong (`low`), right (`turn`), and what stays."""

    word: str
    promise: str
    flaw: str
    low_titles: tuple[str, ...]
    low: str
    low_beat: str
    turn_titles: tuple[str, ...]
    turn: str
    turn_beat: str
    echo: str


@dataclass(frozen=True)
class WantProse:
    """What the journey is for: how it begins, what is found and what is given back."""

    books: tuple[str, ...]
    quest: str
    call_titles: tuple[str, ...]
    call: str
    call_beat: str
    find_titles: tuple[str, ...]
    find: str
    find_beat: str
    give_titles: tuple[str, ...]
    give: str
    give_beat: str


@dataclass(frozen=True)
class PlaceProse:
    """A place on the way. `opening` is a line to begin a scene with; `spot` hides small things,
    `nook` has room for somebody to sit."""

    titles: tuple[str, ...]
    opening: str
    arrivals: tuple[str, ...]
    beat: str
    spot: str
    nook: str


@dataclass(frozen=True)
class TrialProse:
    """Something in the way, and how it is got past by good sense. {adviser} may be a helper or the hero."""

    meet_titles: tuple[str, ...]
    meet: str
    meet_beat: str
    solve_titles: tuple[str, ...]
    solve: str
    solve_beat: str


@dataclass(frozen=True)
class HelperProse:
    """Somebody who happens by. `noun` is how the helper is called once we have met."""

    noun: str
    entrance: str
    parting: str


@dataclass(frozen=True)
class ItemProse:
    """What the hero packs, and what it turns out to be good for."""

    titles: tuple[str, ...]
    pack: str
    use: str
    beat: str
