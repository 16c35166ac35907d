"""What a language brings to the storyteller: its prose, its grammar and how it describes a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generation.contract import HeroBrief, Scene

from .entries import HelperProse, HomeProse, ItemProse, LessonProse, PlaceProse, TrialProse, WantProse

Slot = Callable[[str], str]


@dataclass(frozen=True)
class Moment:
    """What the words of one scene depend on besides the hero. An empty `helper` is the hero's own advice."""

    home: str
    place: str
    helper: str = ""


@dataclass(frozen=True)
class Pools:
    """Short pieces, each used at most once in a book."""

    looks: Sequence[str]
    best_friend: str
    friends: Sequence[str]
    farewells: Sequence[str]
    departures: Sequence[str]
    setting_out: Sequence[str]
    banter: Sequence[str]
    jests: Sequence[str]
    rests: Sequence[str]
    alone: Sequence[str]
    alone_after: Sequence[str]
    evenings: Sequence[str]
    last_lines: Sequence[str]
    left_over: Sequence[str]
    rest_titles: Sequence[str]
    ending_titles: Sequence[str]
    home_beat: str
    rest_beat: str
    ending_beat: str


@dataclass(frozen=True)
class Frame:
    """The lines around the chapters. `subtitle` holds {lesson}; `premise` holds {quest} and {promise}."""

    subtitle: str
    premise: str
    hero_role: str
    companion_role: str
    helper_role: str
    grown_role: str


@dataclass(frozen=True)
class Lexicon:
    homes: Mapping[str, HomeProse]
    wants: Mapping[str, WantProse]
    lessons: Mapping[str, LessonProse]
    places: Mapping[str, PlaceProse]
    trials: Mapping[str, TrialProse]
    helpers: Mapping[str, HelperProse]
    items: Mapping[str, ItemProse]
    pools: Pools
    frame: Frame
    typeset: Callable[[str], str]
    slots: Callable[[HeroBrief, Moment, Callable[[str], str]], Slot]
    alt: Callable[[Scene, HeroBrief], str]
    looks: Callable[[HeroBrief], str]
    place_name: Mapping[str, str]
