"""A story's outline: title, bible, and a chapter for each scene."""

from __future__ import annotations

from collections.abc import Sequence

from generation.contract import Bible, Brief, ChapterPlan, Character, HeroBrief, Outline, Place
from generation.providers.storyteller.quoting import TITLE_LIMIT, clean
from generation.providers.storyteller.seeding import Chance

from . import pictures
from .english.lexicon import ENGLISH
from .lexicon import Lexicon, Moment
from .plot import Plot, Role
from .prose import fill
from .telling import Telling

ENGINE = "story/1"


def outlined(*, brief: Brief, plot: Plot, hero: HeroBrief, lexicon: Lexicon) -> Outline:
    """The plan that a member may approve and edit. Each chapter carries the plot it is told from."""
    told = _Plain(plot, hero, lexicon)
    title = clean(brief.title, TITLE_LIMIT) or told.line(
        Chance(plot.seed, "book").one(lexicon.wants[plot.want].books)
    )
    lesson, want = lexicon.lessons[plot.lesson], lexicon.wants[plot.want]
    frame = lexicon.frame
    return Outline(
        title=title,
        subtitle=frame.subtitle.replace("{lesson}", lesson.word),
        premise=told.line(frame.premise.replace("{quest}", want.quest).replace("{promise}", lesson.promise)),
        bible=_bible(told, lesson.promise, want.quest),
        chapters=_chapters(told),
        cover=pictures.cover(plot=plot, hero=hero, lexicon=lexicon, title=title),
    )


class _Plain:
    """Lines of the lexicon in plain text, for titles, beats and the bible."""

    def __init__(self, plot: Plot, hero: HeroBrief, lexicon: Lexicon) -> None:
        self.plot, self.hero, self.lexicon = plot, hero, lexicon
        self._telling = Telling(plot, hero, lexicon)

    def line(self, template: str, role: Role = "home") -> str:
        moment = self._telling.moment(role)
        return fill(self.lexicon.typeset(template), self.lexicon.slots(self.hero, moment, str))

    def at(self, template: str, moment: Moment) -> str:
        return fill(self.lexicon.typeset(template), self.lexicon.slots(self.hero, moment, str))


def _chapters(told: _Plain) -> tuple[ChapterPlan, ...]:
    plot = told.plot
    english = _Plain(plot, told.hero, ENGLISH)
    used: set[str] = set()
    chapters = []
    facts = plot.as_json()
    for number, role in enumerate(plot.roles, start=1):
        title = _title(told, role, used)
        used.add(title)
        action = english.line(_beat(english, role), role)
        chapters.append(
            ChapterPlan(
                number=number,
                title=title,
                beats=(told.line(_beat(told, role), role),),
                scene=pictures.picture(
                    plot=plot, role=role, hero=told.hero, lexicon=told.lexicon, action=action
                ),
                private={"engine": ENGINE, "role": role, "plot": facts},
            )
        )
    return tuple(chapters)


def _title(told: _Plain, role: Role, used: set[str]) -> str:
    titles = [
        told.line(title, role)
        for title in Chance(told.plot.seed, "title", role).shuffled(_titles(told, role))
    ]
    return next((title for title in titles if title not in used), titles[0])


def _titles(told: _Plain, role: Role) -> Sequence[str]:
    lexicon, plot = told.lexicon, told.plot
    want, lesson = lexicon.wants[plot.want], lexicon.lessons[plot.lesson]
    one, two, three = (lexicon.trials[trial] for trial in plot.trials)
    places = [lexicon.places[place] for place in plot.places]
    return {
        "home": lexicon.homes[plot.home].titles,
        "call": want.call_titles,
        "leave": lexicon.items[plot.item].titles,
        "arrive1": places[0].titles,
        "meet1": one.meet_titles,
        "solve1": one.solve_titles,
        "rest": lexicon.pools.rest_titles,
        "arrive2": places[1].titles,
        "meet2": two.meet_titles,
        "solve2": two.solve_titles,
        "low": lesson.low_titles,
        "turn": lesson.turn_titles,
        "meet3": three.meet_titles,
        "solve3": three.solve_titles,
        "find": want.find_titles,
        "give": want.give_titles,
        "ending": lexicon.pools.ending_titles,
    }[role]


def _beat(told: _Plain, role: Role) -> str:
    lexicon, plot = told.lexicon, told.plot
    want, lesson = lexicon.wants[plot.want], lexicon.lessons[plot.lesson]
    one, two, three = (lexicon.trials[trial] for trial in plot.trials)
    places = [lexicon.places[place] for place in plot.places]
    return {
        "home": lexicon.pools.home_beat,
        "call": want.call_beat,
        "leave": lexicon.items[plot.item].beat,
        "arrive1": places[0].beat,
        "meet1": one.meet_beat,
        "solve1": one.solve_beat,
        "rest": lexicon.pools.rest_beat,
        "arrive2": places[1].beat,
        "meet2": two.meet_beat,
        "solve2": two.solve_beat,
        "low": lesson.low_beat,
        "turn": lesson.turn_beat,
        "meet3": three.meet_beat,
        "solve3": three.solve_beat,
        "find": want.find_beat,
        "give": want.give_beat,
        "ending": lexicon.pools.ending_beat,
    }[role]


def _bible(told: _Plain, promise: str, quest: str) -> Bible:
    plot, hero, lexicon, frame = told.plot, told.hero, told.lexicon, told.lexicon.frame
    helpers = tuple(
        Character(
            name=_capitalised(lexicon.helpers[helper].noun),
            role=frame.helper_role,
            description=_first_line(told, lexicon.helpers[helper].entrance, Moment(plot.home, place, helper)),
        )
        for helper, place in zip(plot.helpers, plot.places, strict=False)
    )
    return Bible(
        characters=(
            Character(hero.name, frame.hero_role, told.line("{age_looks}")),
            Character(hero.companion_name, frame.companion_role, told.line("{a_fox}")),
            Character(
                lexicon.homes[plot.home].grown,
                frame.grown_role,
                told.line(lexicon.homes[plot.home].titles[0]),
            ),
            *helpers,
        ),
        places=tuple(
            Place(lexicon.place_name[place], told.line(lexicon.places[place].beat)) for place in plot.places
        ),
        facts=(told.line(f"{{hero}}, {{pal}}: {quest}."), told.line(promise)),
    )


def _first_line(told: _Plain, passage: str, moment: Moment) -> str:
    return told.at(passage.strip().splitlines()[0].strip().split(" // ")[0], moment)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
