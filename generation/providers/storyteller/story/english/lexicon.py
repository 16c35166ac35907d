"""Everything English, gathered for the realiser."""

from __future__ import annotations

from generation.providers.storyteller.story.lexicon import Frame, Lexicon, Pools

from . import grammar, pools
from .helpers import HELPERS
from .homes import HOMES
from .items import ITEMS
from .lessons import LESSONS
from .places import PLACES
from .trials import TRIALS
from .wants import WANTS

ENGLISH = Lexicon(
    homes=HOMES,
    wants=WANTS,
    lessons=LESSONS,
    places=PLACES,
    trials=TRIALS,
    helpers=HELPERS,
    items=ITEMS,
    pools=Pools(
        looks=pools.LOOKS,
        best_friend=pools.BEST_FRIEND,
        friends=pools.FRIENDS,
        farewells=pools.FAREWELLS,
        departures=pools.DEPARTURES,
        setting_out=pools.SETTING_OUT,
        banter=pools.BANTER,
        jests=pools.JESTS,
        rests=pools.RESTS,
        alone=pools.ALONE,
        alone_after=pools.ALONE_AFTER,
        evenings=pools.EVENINGS,
        last_lines=pools.LAST_LINES,
        left_over=pools.LEFT_OVER,
        rest_titles=pools.REST_TITLES,
        ending_titles=pools.ENDING_TITLES,
        home_beat="We meet {hero}, who is {age}, and {a_fox} called {pal}.",
        rest_beat="They stop to rest, halfway there.",
        ending_beat="Home again at bedtime, {hero} is the same as this morning, and not quite the same.",
    ),
    frame=Frame(
        subtitle="A story about {lesson}",
        premise="{hero} and {pal} set out {quest}. {promise}",
        hero_role="hero",
        companion_role="companion",
        helper_role="helper on the way",
        grown_role="waits at home",
    ),
    typeset=grammar.typeset,
    slots=grammar.slots,
    alt=grammar.alt,
    looks=grammar.looks,
    place_name=grammar.PLACE_NAMES,
)
