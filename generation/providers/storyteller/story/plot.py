"""A story's decided facts, as plain data that travels with each of its chapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from . import facts

Role = Literal[
    "home", "call", "leave", "arrive1", "meet1", "solve1", "rest", "arrive2", "meet2", "solve2",
    "low", "turn", "meet3", "solve3", "find", "give", "ending",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Plot:
    """Who, where and what, by id. `places` are the two on the way and the one where it is found."""

    seed: int
    young: bool
    home: str
    want: str
    lesson: str
    item: str
    places: tuple[str, str, str]
    trials: tuple[str, str, str]
    helpers: tuple[str, str]
    roles: tuple[Role, ...]
    hero: str
    age: int
    pronoun: str
    companion: str
    companion_name: str

    def as_json(self) -> dict[str, object]:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}

    def is_known(self) -> bool:
        """Whether every id still has its facts; a plan made by an older version may not."""
        return (
            self.home in facts.HOMES
            and self.want in facts.WANTS
            and self.lesson in facts.LESSONS
            and self.item in facts.ITEMS
            and all(place in facts.NEIGHBOURS for place in self.places)
            and all(trial in facts.TRIALS for trial in self.trials)
            and all(helper in facts.HELPERS for helper in self.helpers)
        )

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Plot:
        """Raises KeyError or TypeError for what is not a plot."""
        values = {name: data[name] for name in cls.__dataclass_fields__}
        restored: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
        }
        return cls(**restored)
