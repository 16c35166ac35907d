"""Tells one scene of a plot: which passages belong to it, in which order, and how long it may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generation.contract import HeroBrief
from generation.providers.storyteller.instructions import Wish
from generation.providers.storyteller.quoting import literal
from generation.providers.storyteller.seeding import Chance

from .lexicon import Lexicon, Moment
from .plot import Plot, Role
from .prose import Draft

# Words of a scene: at the least and at the most, for small children and for those who read along.
_SPAN_YOUNG, _SPAN = (62, 92), (74, 128)
_SPAN_SHORTER, _SPAN_LONGER = (40, 84), (100, 175)

# Scenes in which a bit of talk on the way would not break the spell.
_TALKATIVE: frozenset[Role] = frozenset(("arrive1", "meet1", "rest", "arrive2", "meet2", "meet3"))

# In these a joke may have the last word.
_LEISURELY: frozenset[Role] = frozenset(("home", "leave", "arrive1", "rest", "arrive2"))

# In these it comes before the trial, for nobody chats when a giant lies in the way.
_MEETINGS: tuple[Role, ...] = ("meet1", "meet2", "meet3")

# Where a picnic could be; from anywhere else they have come out onto the grass by then.
_OUTDOORS = ("forest", "meadow", "hill", "mountain", "river", "lake", "beach", "garden", "snow")


@dataclass(frozen=True)
class Telling:
    """A plot on its way into words. `variant` is empty for the first telling, and whatever else for others."""

    plot: Plot
    hero: HeroBrief
    lexicon: Lexicon
    wish: Wish = field(default_factory=Wish)
    variant: str = ""

    def scene(self, role: Role) -> str:
        """The Markdown of one scene. Depends on nothing but this telling's own data."""
        draft = self._draft(role)
        if self.wish.funnier and role not in _LEISURELY:
            self._jest(draft, role)
        _COMPOSERS[role](self, draft)
        if role not in _MEETINGS:
            self._chat(draft, role)
        if self.wish.funnier and role in _LEISURELY:
            self._jest(draft, role)
        return self._cut(draft)

    def added(self, number: int, beats: Sequence[str]) -> str:
        """A chapter that the member added to the plan: their beats in their words, and a rest on the way."""
        draft = self._draft("rest")
        pools = self.lexicon.pools
        draft.add(self._picked(pools.left_over, "left_over", number))
        for beat in beats:
            draft.offer(literal(beat), weight="core")
        rests = self._order(pools.rests, "rests")
        draft.add(rests[1 + number % (len(rests) - 1)])
        return self._cut(draft)

    def moment(self, role: Role) -> Moment:
        """Where the scene is, and who gives advice in it."""
        place = place_of(self.plot, role)
        helper = {"solve1": self.plot.helpers[0], "solve2": self.plot.helpers[1]}.get(role, "")
        return Moment(home=self.plot.home, place=place, helper=helper)

    def pick(self, things: Sequence[str], purpose: str) -> str:
        """One of several that belong to a single scene of the book."""
        return self._order(things, purpose, self.variant)[0]

    def _draft(self, role: Role) -> Draft:
        slot = self.lexicon.slots(self.hero, self.moment(role), literal)
        chance = Chance(self.plot.seed, "scene", role, self.variant)
        return Draft(chance=chance, slot=slot, typeset=self.lexicon.typeset)

    def _cut(self, draft: Draft) -> str:
        span = _SPAN_YOUNG if self.plot.young else _SPAN
        span = {"shorter": _SPAN_SHORTER, "longer": _SPAN_LONGER}.get(self.wish.length, span)
        generous = self.wish.length == "longer" or (self.wish.length == "usual" and not self.plot.young)
        return draft.text(least=span[0], most=span[1], generous=generous)

    def _chat(self, draft: Draft, role: Role) -> None:
        """A bit of talk on the way, if the scene would be too short without."""
        for passage in self._asides(role) if role in _TALKATIVE else ():
            draft.offer(passage, weight="filler")

    def _asides(self, role: Role) -> tuple[str, ...]:
        order = self._order(self.lexicon.pools.banter, "banter")
        place = 2 * tuple(_COMPOSERS).index(role)
        pair = (order[place % len(order)], order[(place + 1) % len(order)])
        return pair if not self.variant else pair[::-1]

    def _jest(self, draft: Draft, role: Role) -> None:
        """Something silly: at the end where there is time, else before anything serious begins."""
        order = self._order(self.lexicon.pools.jests, "jests")
        draft.offer(order[tuple(_COMPOSERS).index(role) % len(order)], weight="core")

    def _order(self, things: Sequence[str], purpose: str, variant: str = "") -> list[str]:
        """Several in the order in which they are dealt out. Without a variant it is the same for all scenes."""
        return Chance(self.plot.seed, purpose, variant).shuffled(things)

    def _picked(self, things: Sequence[str], purpose: str, number: int) -> str:
        return self._order(things, purpose)[number % len(things)]

    # One method for each scene, in the order of the book.

    def _home(self, draft: Draft) -> None:
        pools = self.lexicon.pools
        draft.add(self.lexicon.homes[self.plot.home].opening)
        draft.add(self.pick(pools.looks, "looks"), running_on=True)
        draft.add(pools.best_friend)
        draft.add(self.pick(pools.friends, "friends"), running_on=True)
        draft.add(self.lexicon.lessons[self.plot.lesson].flaw)

    def _call(self, draft: Draft) -> None:
        draft.add(self.lexicon.wants[self.plot.want].call)

    def _leave(self, draft: Draft) -> None:
        pools = self.lexicon.pools
        draft.add(self.lexicon.items[self.plot.item].pack)
        draft.add(self.pick(pools.farewells, "farewells"))
        first, second, *_ = self._order(pools.departures, "departures", self.variant)
        draft.add(first)
        draft.offer(second, weight="filler")
        draft.offer(self.pick(pools.setting_out, "setting_out"), weight="spare")

    def _arrive(self, draft: Draft, number: int) -> None:
        arrivals = self.lexicon.places[self.plot.places[number]].arrivals
        draft.add(self.pick(arrivals, f"arrival {number}"))

    def _meet(self, draft: Draft, number: int) -> None:
        if f"arrive{number + 1}" not in self.plot.roles:
            draft.add(self.lexicon.places[self.plot.places[number]].opening)
        self._chat(draft, _MEETINGS[number])
        draft.add(self.lexicon.trials[self.plot.trials[number]].meet)

    def _solve(self, draft: Draft, number: int) -> None:
        helper = self.lexicon.helpers[self.plot.helpers[number]]
        draft.add(helper.entrance)
        draft.add(self.lexicon.trials[self.plot.trials[number]].solve)
        draft.offer(helper.parting, weight="spare")

    def _rest(self, draft: Draft) -> None:
        draft.add(self._order(self.lexicon.pools.rests, "rests")[0])

    def _low(self, draft: Draft) -> None:
        draft.add(self.lexicon.lessons[self.plot.lesson].low)

    def _turn(self, draft: Draft) -> None:
        draft.add(self.lexicon.lessons[self.plot.lesson].turn)

    def _solve_alone(self, draft: Draft) -> None:
        draft.add(self.pick(self.lexicon.pools.alone, "alone"))
        draft.add(self.lexicon.trials[self.plot.trials[2]].solve)
        draft.offer(self.pick(self.lexicon.pools.alone_after, "alone_after"), weight="spare")

    def _find(self, draft: Draft) -> None:
        if "meet3" not in self.plot.roles:
            draft.add(self.lexicon.places[self.plot.places[2]].opening)
        draft.offer(self.lexicon.items[self.plot.item].use, weight="spare")
        draft.add(self.lexicon.wants[self.plot.want].find)

    def _give(self, draft: Draft) -> None:
        draft.add(self.lexicon.wants[self.plot.want].give)

    def _ending(self, draft: Draft) -> None:
        pools = self.lexicon.pools
        draft.add(self.lexicon.homes[self.plot.home].closing)
        first, second, *_ = self._order(pools.evenings, "evenings", self.variant)
        draft.offer(first, weight="spare")
        draft.offer(second, weight="filler")
        draft.add(self.lexicon.lessons[self.plot.lesson].echo)
        draft.add(self.pick(pools.last_lines, "last_lines"))


_COMPOSERS: dict[Role, Callable[[Telling, Draft], None]] = {
    "home": Telling._home,
    "call": Telling._call,
    "leave": Telling._leave,
    "arrive1": lambda telling, draft: telling._arrive(draft, 0),
    "meet1": lambda telling, draft: telling._meet(draft, 0),
    "solve1": lambda telling, draft: telling._solve(draft, 0),
    "rest": Telling._rest,
    "arrive2": lambda telling, draft: telling._arrive(draft, 1),
    "meet2": lambda telling, draft: telling._meet(draft, 1),
    "solve2": lambda telling, draft: telling._solve(draft, 1),
    "low": Telling._low,
    "turn": Telling._turn,
    "meet3": lambda telling, draft: telling._meet(draft, 2),
    "solve3": Telling._solve_alone,
    "find": Telling._find,
    "give": Telling._give,
    "ending": Telling._ending,
}


def place_of(plot: Plot, role: Role) -> str:
    """Where on the route a scene takes place; empty at home and where the want decides."""
    first, second, last = plot.places
    return {
        "arrive1": first, "meet1": first, "solve1": first, "rest": first if first in _OUTDOORS else "meadow", "arrive2": second, "meet2": second, "solve2": second,
        "low": second, "turn": second, "meet3": last, "solve3": last, "find": last, "give": last,
    }.get(role, "")  # fmt: skip
