"""Everything French, gathered for the realiser."""

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

FRENCH = Lexicon(
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
        home_beat="On fait la connaissance de {hero}, {ans}, et de {pal}, {un_pal}.",
        rest_beat="À mi-chemin, on s'arrête pour souffler.",
        ending_beat="De retour à l'heure du coucher, rien n'a changé, sauf {hero}.",
    ),
    frame=Frame(
        subtitle="Une histoire sur {lesson}",
        premise="{hero} et {pal} partent pour {quest}. {promise}",
        hero_role="personnage principal",
        companion_role="compagnon de route",
        helper_role="rencontre sur le chemin",
        grown_role="attend à la maison",
    ),
    typeset=grammar.typeset,
    slots=grammar.slots,
    alt=grammar.alt,
    looks=grammar.looks,
    place_name=grammar.PLACE_NAMES,
)
