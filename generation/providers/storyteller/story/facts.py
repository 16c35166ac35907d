"""The story world as facts without words: what fits where, who may come by, what a picture shows.

Both languages tell from these tables; the ids are the keys of their prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """What one picture shows, in the shared vocabulary; an empty place is wherever the story is by then."""

    mood: str
    pose: str
    item: str = ""
    place: str = ""
    time: str = ""
    weather: str = ""
    creatures: tuple[str, ...] = ()


@dataclass(frozen=True)
class HomeFacts:
    shot: Shot
    yard: str
    near: tuple[str, ...]


@dataclass(frozen=True)
class WantFacts:
    """`find_places` in which it can lie; `homes` it can begin from (empty: any); what it rules out."""

    find_places: tuple[str, ...]
    call: Shot
    find: Shot
    give: Shot
    homes: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    not_trials: tuple[str, ...] = ()
    not_creatures: tuple[str, ...] = ()
    cover: Shot | None = None


@dataclass(frozen=True)
class TrialFacts:
    places: tuple[str, ...]
    meet: Shot
    solve: Shot


@dataclass(frozen=True)
class LessonFacts:
    """`not_trials` would show before its time what the hero has yet to learn."""

    low: Shot
    turn: Shot
    not_trials: tuple[str, ...] = ()


# Which places a traveller on foot (or by butter-coloured boat) reaches from which.
NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "garden": ("town", "meadow", "forest", "library"),
    "town": ("market", "library", "station", "garden", "river", "hill"),
    "market": ("town", "station", "beach", "river", "library"),
    "library": ("town", "market", "station", "garden"),
    "station": ("town", "market", "mountain", "beach", "snow", "library", "meadow"),
    "forest": ("meadow", "river", "cave", "hill", "mountain", "lake", "garden"),
    "meadow": ("forest", "hill", "river", "lake", "garden", "beach", "station"),
    "hill": ("meadow", "forest", "mountain", "sky", "beach", "cave", "town"),
    "mountain": ("hill", "cave", "snow", "forest", "sky", "lake", "station"),
    "river": ("forest", "meadow", "town", "lake", "sea", "market", "beach"),
    "lake": ("forest", "mountain", "meadow", "river", "snow", "island"),
    "sea": ("beach", "island"),
    "beach": ("sea", "cave", "hill", "market", "station", "island"),
    "island": ("sea", "beach", "cave"),
    "cave": ("mountain", "forest", "beach", "hill"),
    "snow": ("mountain", "station", "lake", "sky", "forest"),
    "sky": ("hill", "mountain", "snow", "island"),
}

# The middle of the story happens on foot: no running away on the open water or among the clouds.
NOT_FOR_THE_LOW = ("sea", "sky")

HOMES: Mapping[str, HomeFacts] = {
    "bakery": HomeFacts(Shot("happy", "sit", place="kitchen"), "town", ("town", "market", "station", "library")),
    "tower": HomeFacts(Shot("happy", "stand", place="bedroom"), "town", ("town", "station", "library", "market", "river")),
    "lane": HomeFacts(Shot("happy", "stand", place="bedroom"), "garden", ("meadow", "hill", "forest", "town")),
    "boat": HomeFacts(Shot("happy", "wave", place="river"), "river", ("lake", "meadow", "market", "forest")),
    "farm": HomeFacts(Shot("happy", "stand", place="meadow"), "meadow", ("hill", "forest", "river", "mountain")),
    "railway": HomeFacts(Shot("laugh", "sit", place="kitchen"), "station", ("station", "town", "meadow", "hill")),
    "dunes": HomeFacts(Shot("happy", "stand", place="beach"), "beach", ("sea", "hill", "meadow", "market", "cave")),
    "edge": HomeFacts(Shot("happy", "stand", place="garden"), "garden", ("forest", "meadow", "river", "lake")),
    "bookshop": HomeFacts(Shot("calm", "sit", "book", place="library"), "town", ("town", "market", "station", "garden")),
    "hilltop": HomeFacts(Shot("laugh", "sit", place="kitchen"), "hill", ("mountain", "meadow", "forest", "town")),
}  # fmt: skip

_IN_TOWN = ("bakery", "tower", "lane", "railway", "bookshop")

WANTS: Mapping[str, WantFacts] = {
    "star": WantFacts(
        find_places=("lake", "meadow", "forest", "beach", "mountain"),
        call=Shot("wow", "point", place="bedroom", time="night"),
        find=Shot("wow", "hold", "star"),
        give=Shot("happy", "reach", "star", place="hill", time="night"),
        homes=(*_IN_TOWN, "hilltop"),
    ),
    "song": WantFacts(
        find_places=("cave", "mountain", "forest", "beach"),
        call=Shot("worried", "reach", place="bedroom", time="dawn"),
        find=Shot("wow", "hold"),
        give=Shot("laugh", "reach", place="hill", time="night", weather="wind"),
        not_places=("hill",),
        not_trials=("wind", "fog"),
    ),
    "sleep": WantFacts(
        find_places=("meadow", "cave", "forest", "island", "garden"),
        call=Shot("worried", "sit", place="bedroom", time="night"),
        find=Shot("calm", "sit"),
        give=Shot("sleepy", "reach", place="town", time="night"),
        homes=_IN_TOWN,
    ),
    "letter": WantFacts(
        find_places=("sea", "island", "beach"),
        call=Shot("wow", "hold", "letter", place="kitchen", time="day"),
        find=Shot("wow", "hold", "letter", creatures=("whale",)),
        give=Shot("happy", "wave", place="beach", time="dusk", creatures=("whale",)),
        not_creatures=("whale",),
    ),
    "light": WantFacts(
        find_places=("cave", "island", "mountain", "hill", "sky"),
        call=Shot("worried", "point", place="beach", time="night"),
        find=Shot("calm", "sit", "lantern"),
        give=Shot("happy", "hold", "lantern", place="sea", time="night"),
        homes=("dunes", "hilltop", "lane"),
    ),
    "colours": WantFacts(
        find_places=("sky", "market", "hill", "garden", "meadow", "beach"),
        call=Shot("sad", "sit", place="bedroom", time="day", weather="cloud"),
        find=Shot("laugh", "sit", "drum"),
        give=Shot("laugh", "reach", place="town", time="dusk"),
        homes=_IN_TOWN,
    ),
    "seed": WantFacts(
        find_places=("garden", "forest", "hill", "mountain", "meadow"),
        call=Shot("worried", "hug", place="garden", time="day"),
        find=Shot("wow", "hold", "seed"),
        give=Shot("calm", "sit", "seed", place="garden", time="dusk"),
        homes=(*_IN_TOWN, "edge", "farm", "hilltop"),
    ),
    "laugh": WantFacts(
        find_places=("market", "town", "river", "beach", "meadow", "garden"),
        call=Shot("worried", "stand", place="bedroom", time="day"),
        find=Shot("laugh", "reach"),
        give=Shot("laugh", "hold", place="bedroom", time="night"),
    ),
    "bell": WantFacts(
        find_places=("mountain", "station", "cave", "lake", "forest"),
        call=Shot("worried", "stand", "bell", place="town", time="day"),
        find=Shot("wow", "hold", "bell"),
        give=Shot("brave", "hold", "bell", place="town", time="night"),
    ),
    "page": WantFacts(
        find_places=("library", "town", "station", "beach", "hill"),
        call=Shot("worried", "hold", "book", place="bedroom", time="night"),
        find=Shot("calm", "reach", "letter"),
        give=Shot("happy", "hold", "book", place="bedroom", time="night"),
    ),
    "snowflake": WantFacts(
        find_places=("sky", "mountain"),
        call=Shot("sad", "stand", place="bedroom", time="day", weather="cloud"),
        find=Shot("calm", "reach", weather="cloud"),
        give=Shot("wow", "reach", place="market", time="night", weather="snow"),
        homes=(*_IN_TOWN, "farm", "edge", "hilltop"),
        not_places=("snow", "sea", "garden", "meadow"),
        not_trials=("ice",),
    ),
    "turtle": WantFacts(
        find_places=("beach", "island"),
        call=Shot("wow", "point", place="bedroom", time="day", creatures=("turtle",)),
        find=Shot("worried", "wave", creatures=("turtle",)),
        give=Shot("happy", "wave", time="dusk", creatures=("turtle",)),
        homes=(*_IN_TOWN, "farm", "edge", "hilltop"),
        not_creatures=("turtle",),
    ),
    "soup": WantFacts(
        find_places=("forest", "beach", "hill", "river", "cave"),
        call=Shot("worried", "stand", place="market", time="day"),
        find=Shot("happy", "sit"),
        give=Shot("laugh", "sit", place="town", time="night"),
        homes=_IN_TOWN,
    ),
    "clock": WantFacts(
        find_places=("station", "library", "forest", "hill", "garden"),
        call=Shot("wow", "point", place="town", time="day"),
        find=Shot("calm", "sit"),
        give=Shot("happy", "climb", place="town", time="night"),
        homes=_IN_TOWN,
    ),
    "egg": WantFacts(
        find_places=("mountain", "island", "forest", "snow"),
        call=Shot("wow", "point", place="garden", time="dawn"),
        find=Shot("brave", "reach"),
        give=Shot("wow", "reach", time="night"),
    ),
}  # fmt: skip

TRIALS: Mapping[str, TrialFacts] = {
    "gate": TrialFacts(("garden", "town", "forest", "meadow", "library", "hill"), Shot("worried", "reach"), Shot("happy", "point")),
    "stream": TrialFacts(("river", "forest", "meadow", "mountain"), Shot("worried", "point"), Shot("brave", "walk")),
    "dark": TrialFacts(("cave", "forest"), Shot("worried", "hug", time="night"), Shot("calm", "reach", time="night")),
    "echo": TrialFacts(("cave", "mountain"), Shot("worried", "hug"), Shot("happy", "wave")),
    "giant": TrialFacts(("hill", "mountain", "meadow", "forest", "island"), Shot("wow", "point"), Shot("brave", "climb")),
    "fog": TrialFacts(("lake", "hill", "meadow", "beach", "island"), Shot("worried", "reach", weather="fog"), Shot("calm", "walk", weather="fog")),
    "signpost": TrialFacts(("forest", "town", "meadow", "station", "hill", "snow"), Shot("worried", "point"), Shot("happy", "walk")),
    "toll": TrialFacts(("river", "town", "garden", "lake"), Shot("worried", "stand", creatures=("bird",)), Shot("laugh", "wave", creatures=("bird",))),
    "wind": TrialFacts(("hill", "beach", "mountain", "meadow", "snow"), Shot("worried", "walk", weather="wind"), Shot("brave", "lie", weather="wind")),
    "becalmed": TrialFacts(("sea",), Shot("sad", "sit", "boat"), Shot("happy", "sit", "boat")),
    "noise": TrialFacts(("market", "station", "town"), Shot("worried", "wave"), Shot("calm", "stand")),
    "bookdoor": TrialFacts(("library",), Shot("worried", "stand", "book"), Shot("happy", "sit", "book")),
    "train": TrialFacts(("station",), Shot("sad", "stand"), Shot("happy", "reach")),
    "ice": TrialFacts(("snow", "mountain"), Shot("laugh", "lie"), Shot("brave", "climb")),
    "maze": TrialFacts(("garden",), Shot("worried", "walk"), Shot("calm", "walk")),
    "cliff": TrialFacts(("mountain", "beach", "island", "hill"), Shot("worried", "point"), Shot("brave", "climb")),
    "gull": TrialFacts(("beach", "island", "market"), Shot("worried", "reach", creatures=("bird",)), Shot("happy", "sit", creatures=("bird",))),
    "mud": TrialFacts(("river", "meadow", "forest", "lake"), Shot("worried", "lie"), Shot("brave", "walk")),
    "step": TrialFacts(("sky",), Shot("worried", "sit"), Shot("happy", "stand")),
    "shadow": TrialFacts(("cave", "forest", "town", "library"), Shot("worried", "hug", time="dusk"), Shot("laugh", "wave", time="dusk")),
    "knot": TrialFacts(("station", "beach", "market", "garden"), Shot("worried", "hold", "rope"), Shot("happy", "hold", "rope")),
    "scales": TrialFacts(("market", "town"), Shot("sad", "reach"), Shot("calm", "stand")),
    "cloud": TrialFacts(("sky", "mountain", "snow"), Shot("laugh", "lie", weather="cloud"), Shot("calm", "hug", weather="cloud")),
}  # fmt: skip

HELPERS: Mapping[str, tuple[str, ...]] = {
    "fox": ("town", "forest", "snow", "meadow", "station"),
    "rabbit": ("meadow", "hill", "garden", "snow", "island"),
    "bear": ("mountain", "forest", "snow", "cave", "river"),
    "cat": ("market", "library", "town", "station", "garden"),
    "dog": ("station", "market", "town", "beach"),
    "owl": ("forest", "library", "hill", "cave"),
    "wolf": ("snow", "mountain", "forest", "hill"),
    "panda": ("mountain", "forest", "snow", "meadow", "hill"),
    "mouse": ("library", "town", "station", "market", "garden"),
    "hedgehog": ("garden", "forest", "meadow"),
    "frog": ("river", "lake", "meadow", "garden"),
    "bird": ("sky", "hill", "beach", "meadow", "mountain", "island", "river", "lake", "sea"),
    "turtle": ("beach", "sea", "island", "lake", "river"),
    "squirrel": ("forest", "garden", "town"),
    "deer": ("meadow", "forest", "hill", "mountain", "lake"),
    "beaver": ("river", "lake"),
    "bat": ("cave", "library", "sky"),
    "firefly": ("forest", "cave", "meadow", "garden", "lake"),
    "whale": ("sea",),
    "crab": ("beach", "island", "sea"),
}

# Creatures that appear in a trial itself: a second one of the kind would puzzle the reader.
BUSY_CREATURES: Mapping[str, tuple[str, ...]] = {"gull": ("bird",), "toll": ("bird",)}

LESSONS: Mapping[str, LessonFacts] = {
    "courage": LessonFacts(
        Shot("worried", "walk", time="night"), Shot("calm", "hug", time="night"), ("dark", "shadow")
    ),
    "kindness": LessonFacts(Shot("worried", "walk"), Shot("calm", "hug")),
    "patience": LessonFacts(Shot("sad", "sit"), Shot("calm", "sit", time="night")),
    "sharing": LessonFacts(Shot("sad", "stand"), Shot("happy", "hug")),
    "honesty": LessonFacts(Shot("worried", "point"), Shot("calm", "hug"), ("noise", "signpost", "fog")),
    "curiosity": LessonFacts(Shot("sad", "walk"), Shot("wow", "point")),
    "sorry": LessonFacts(Shot("sad", "stand"), Shot("calm", "hug")),
    "friendship": LessonFacts(Shot("sad", "walk"), Shot("laugh", "hug")),
    "perseverance": LessonFacts(Shot("sad", "sit"), Shot("brave", "walk")),
    "calm": LessonFacts(Shot("sad", "sit"), Shot("calm", "sit")),
}

# Where the hero is alone in the low scene's picture, because the text has left the companion behind.
APART = ("courage", "friendship", "sharing", "calm")

ITEMS = (
    "lantern",
    "map",
    "scarf",
    "rope",
    "telescope",
    "umbrella",
    "basket",
    "drum",
    "key",
    "kite",
    "feather",
    "book",
)

# An item that would have solved the book in the first scene, or spoils its point.
NOT_WITH: Mapping[str, tuple[str, ...]] = {
    "light": ("lantern",),
    "page": ("book",),
    "song": ("kite",),
}
