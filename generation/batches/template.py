"""What all books of a batch have in common, with places where each hero's name and age are put."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, cast

from django.utils.translation import gettext as _

from generation.batches.columns import plain
from generation.briefs import InvalidBrief, checked_brief, clean
from generation.contract import Brief, HeroBrief, Language

LONGEST_NAME: Final = 120
LONGEST_AUTHOR: Final = 120
_PLACE = re.compile(r"\{([^{}\n]{0,40})\}")
_MEANT: Final = {
    "name": "name",
    "prenom": "name",
    "nom": "name",
    "age": "age",
    "companion": "companion",
    "compagnon": "companion",
}
_WITH_PLACES = ("title", "topic", "goal", "dedication")


@dataclass(frozen=True)
class Template:
    """A picture book's brief without its hero.

    In title, topic, goal and dedication `{name}`, `{age}` and `{companion}` (in French `{prénom}`, `{âge}`,
    `{compagnon}`) stand for those of each row.
    """

    topic: str
    title: str = ""
    goal: str = ""
    language: str = "en"
    audience: str = ""
    tone: str = ""
    dedication: str = ""
    author_name: str = ""
    chapters: int | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Template:
        return cls(**data)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def speaks_of(self, what: str) -> bool:
        """Whether `what` ("name", "age" or "companion") has a place somewhere."""
        texts = (getattr(self, name) for name in _WITH_PLACES)
        return any(_MEANT.get(plain(word)) == what for text in texts for word in _PLACE.findall(text))


def checked_template(template: Template) -> Template:
    """The template, cleaned. Raises `InvalidBrief` with every fault, also for a place that nobody knows."""
    faults: dict[str, list[str]] = {}
    for name in _WITH_PLACES:
        for word in _PLACE.findall(getattr(template, name)):
            if plain(word) not in _MEANT:
                told = _("“{%(word)s}” is not known here. Write {name}, {age} or {companion}.")
                faults.setdefault(name, []).append(told % {"word": word})
    try:
        brief = checked_brief(_brief(template, HeroBrief(name="Robin")))
    except InvalidBrief as invalid:
        for name, sentences in invalid.errors.items():
            faults.setdefault(name, []).extend(sentences)
    if faults:
        raise InvalidBrief(faults)
    return replace(
        template,
        topic=brief.topic,
        title=brief.title,
        goal=brief.goal,
        audience=brief.audience,
        tone=brief.tone,
        dedication=brief.dedication,
        author_name=clean(template.author_name)[:LONGEST_AUTHOR],
    )


def brief_for(template: Template, hero: HeroBrief, *, dedication: str = "") -> Brief:
    """What one book is asked for: the row's own dedication, else the template's with its places filled."""
    filled: dict[str, Any] = {name: filled_in(getattr(template, name), hero) for name in _WITH_PLACES}
    if dedication:
        filled["dedication"] = dedication
    return _brief(replace(template, **filled), hero)


def filled_in(text: str, hero: HeroBrief) -> str:
    said = {"name": hero.name, "age": str(hero.age), "companion": hero.companion_name}
    return _PLACE.sub(lambda place: said.get(_MEANT.get(plain(place[1]), ""), place[0]), text)


def _brief(template: Template, hero: HeroBrief) -> Brief:
    return Brief(
        title=template.title,
        topic=template.topic,
        goal=template.goal,
        kind="story",
        language=cast(Language, template.language),
        audience=template.audience,
        tone=template.tone,
        dedication=template.dedication,
        chapters=template.chapters,
        hero=hero,
    )
