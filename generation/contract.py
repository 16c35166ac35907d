"""What the pipeline asks of a provider of text or of pictures, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Language = Literal["en", "fr"]
Kind = Literal["guide", "story", "novel"]
Pronoun = Literal["she", "he", "they"]

# The vocabulary that planners, illustrators and prompts share. A language model may leave `place` empty and
# speak through `description` alone; an illustrator must draw something fitting for either.
PLACES = (
    "bedroom", "kitchen", "garden", "town", "market", "library", "station", "forest", "meadow", "hill",
    "mountain", "river", "lake", "sea", "beach", "island", "cave", "snow", "sky", "desk",
)  # fmt: skip
TIMES = ("dawn", "day", "dusk", "night")
WEATHERS = ("clear", "cloud", "rain", "snow", "wind", "fog")
MOODS = ("happy", "brave", "worried", "wow", "laugh", "sleepy", "sad", "calm")
POSES = ("stand", "walk", "hold", "sit", "wave", "point", "reach", "hug", "lie", "climb")
ITEMS = (
    "lantern", "map", "basket", "umbrella", "kite", "book", "key", "star", "flower", "bell", "feather",
    "shell", "rope", "telescope", "drum", "letter", "seed", "scarf", "boat", "apple",
)  # fmt: skip
CREATURES = (
    "fox", "rabbit", "bear", "cat", "dog", "owl", "wolf", "panda", "mouse", "hedgehog", "frog", "bird",
    "turtle", "squirrel", "deer", "beaver", "bat", "firefly", "whale", "crab",
)  # fmt: skip
SKINS = ("light", "fair", "tan", "brown", "dark")
HAIR_STYLES = (
    "short", "curly", "afro", "bob", "long", "wavy", "puffs", "buns", "braids", "ponytail", "hijab", "bald",
)  # fmt: skip
HAIR_COLOURS = ("black", "brown", "blond", "red", "grey")
OUTFITS = ("coat", "stripes", "dress", "overalls", "jumper")


@dataclass(frozen=True)
class HeroBrief:
    """The child, or the invented hero, a story is about. Looks are the words of the tuples above."""

    name: str
    age: int = 6
    pronoun: Pronoun = "they"
    skin: str = "brown"
    hair: str = "curly"
    hair_colour: str = "black"
    glasses: bool = False
    freckles: bool = False
    outfit: str = "coat"
    colour: str = "#f4b43a"
    companion: str = "fox"
    companion_name: str = ""


@dataclass(frozen=True)
class Brief:
    """What a member asked for. `notes` are the member's own sentences; `seed` makes it repeatable."""

    title: str
    topic: str
    goal: str
    kind: Kind
    language: Language
    audience: str = ""
    tone: str = ""
    notes: tuple[str, ...] = ()
    hero: HeroBrief | None = None
    chapters: int | None = None
    seed: int = 0
    style: str = ""
    dedication: str = ""


@dataclass(frozen=True)
class Scene:
    """One picture: what it shows, in the shared vocabulary and in words.

    `alt` is the alternative text in the book's language; `description` is English, for picture models.
    """

    place: str = ""
    time: str = "day"
    weather: str = "clear"
    mood: str = "happy"
    pose: str = "stand"
    item: str = ""
    companion: bool = True
    creatures: tuple[str, ...] = ()
    hero: bool = True
    alt: str = ""
    description: str = ""


@dataclass(frozen=True)
class Character:
    name: str
    role: str
    description: str


@dataclass(frozen=True)
class Place:
    name: str
    description: str


@dataclass(frozen=True)
class Bible:
    """The story bible: what must stay true from chapter to chapter."""

    characters: tuple[Character, ...] = ()
    places: tuple[Place, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChapterPlan:
    """A chapter before it is written. `number` counts from 1; `beats` are one sentence each."""

    number: int
    title: str
    beats: tuple[str, ...] = ()
    scene: Scene | None = None
    private: Mapping[str, object] = field(default_factory=dict)  # the planner's own JSON, handed back to it


@dataclass(frozen=True)
class Outline:
    title: str
    subtitle: str
    premise: str
    bible: Bible
    chapters: tuple[ChapterPlan, ...]
    cover: Scene


@dataclass(frozen=True)
class ChapterText:
    """A chapter as Markdown without its own heading.

    `complete` is False where the model stopped early ("max_output_tokens" or "content_filter" in `reason`):
    the text is kept and continued, never shown as finished. `summary` says what happened, where the writer
    was asked for it.
    """

    markdown: str
    complete: bool = True
    reason: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Picture:
    """An encoded picture. `media_type` is image/jpeg or image/png; sizes in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class PictureRequest:
    """A picture to draw. `kind` is "cover" (portrait, carries `title` and `author`) or "scene".

    `gentle` asks for the softest wording, after a first one was refused.
    """

    kind: Literal["cover", "scene"]
    scene: Scene
    hero: HeroBrief | None
    language: Language
    title: str = ""
    author: str = ""
    subtitle: str = ""
    book_kind: Kind = "story"
    style: str = "cutpaper"
    seed: int = 0
    references: tuple[Picture, ...] = ()
    gentle: bool = False


@dataclass(frozen=True)
class Usage:
    """What one call used, for the ledger. Counts as the provider reported them."""

    provider: str
    model: str
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    pictures: int = 0
    remote_id: str = ""


@dataclass(frozen=True)
class Planned:
    """`usage` is None where the call goes on and tells at its end; its id is then `remote_id`.

    `kept` is what the provider wants to be handed back with the book's chapters, as plain JSON.
    """

    outline: Outline
    usage: Usage | None
    remote_id: str = ""
    kept: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Written:
    """`usage` is None where nothing was asked for: the text was there. `kept` as in `Planned`."""

    chapter: ChapterText
    usage: Usage | None
    kept: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Drawn:
    picture: Picture
    usage: Usage


@dataclass(frozen=True)
class ChapterRequest:
    """A chapter to write, with what was written before it: `summaries` by chapter number.

    `instruction` and `previous` are given when a member asks for a chapter to be written again;
    `partial` is the text so far of a chapter that stopped early: what is written then is only its rest.
    """

    brief: Brief
    outline: Outline
    chapter: ChapterPlan
    summaries: Mapping[int, str] = field(default_factory=dict)
    instruction: str = ""
    previous: str = ""
    partial: str = ""


class RemoteCall(Protocol):
    """Lets a provider note the id of a call that goes on without us, and find it after a crash."""

    @property
    def remote_id(self) -> str: ...

    async def remember(self, remote_id: str) -> None: ...

    async def before_sending(self) -> None:
        """To be called right before what is paid for, where something else was asked before it."""
        ...


class TextProvider(Protocol):
    """Plans and writes. Raises `ProviderError` and its kinds, from `generation.providers.errors`."""

    @property
    def name(self) -> str: ...

    async def plan(self, brief: Brief, call: RemoteCall) -> Planned: ...

    async def write(self, request: ChapterRequest, call: RemoteCall) -> Written: ...


class PictureProvider(Protocol):
    @property
    def name(self) -> str: ...

    async def draw(self, request: PictureRequest, call: RemoteCall) -> Drawn: ...
