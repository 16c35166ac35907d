"""Cut-paper motifs for the covers of guides, each in a handful of colours.

A motif stands on y = 0 around x = 0, is about 860 wide and 560 high, and bleeds over its edges.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.creatures import creature
from generation.providers.cutpaper.shapes import (
    circle,
    cut,
    ellipse,
    group,
    line,
    path,
    placed,
    polygon,
    rect,
    smooth,
)


@dataclass(frozen=True)
class Palette:
    """`ground` is the cover, `ink` its lettering; `warm`, `cool`, `deep` and `pale` are papers to cut from."""

    ground: str
    ink: str
    warm: str
    cool: str
    deep: str
    pale: str


PALETTES = (
    Palette("#f4ead6", "#21423c", "#d9603f", "#7fae8a", "#21574f", "#fbf6ea"),
    Palette("#1f4d48", "#fbf0d8", "#e8a94a", "#86b79a", "#12332f", "#f4e3c0"),
    Palette("#f0c9b2", "#4a2436", "#c8503c", "#8fa8a0", "#6b2f45", "#fbeadd"),
    Palette("#24365c", "#fdf1da", "#ef8354", "#7f9fc9", "#16223f", "#f6dfb4"),
    Palette("#e9dfc6", "#3a2f2a", "#b5462f", "#d9a441", "#5a6b3f", "#faf4e4"),
    Palette("#8c2f39", "#fdeedb", "#f2b457", "#d98a7a", "#5a1a26", "#f7dcc0"),
    Palette("#cfe0dc", "#1d3f4f", "#e2764a", "#5f9aa0", "#1f5566", "#f5f6ec"),
    Palette("#f3d48a", "#3b2a4a", "#d9563f", "#7f9f6a", "#4f3a6b", "#fdf3d6"),
)


def garden(c: Canvas, p: Palette) -> str:
    rows = "".join(
        cut(
            f"M-520,{-40 - i * 56} Q0,{-96 - i * 52} 520,{-40 - i * 56} V40 H-520Z",
            mix(p.deep, p.cool, 0.12 + i * 0.24),
            depth=1.4,
        )
        for i in (2, 1, 0)
    )
    plants = "".join(
        placed(_seedling(p, size), x, y)
        for x, y, size in ((-310, -96, 1.0), (-165, -112, 1.35), (165, -112, 1.15), (318, -92, 0.9))
    )
    return (
        _sun(p, 210, -420)
        + placed(_frond(p, p.cool), -400, -30, 1.25, turn=-16)
        + placed(_frond(p, p.cool), 420, -30, 1.1, turn=18)
        + rows
        + plants
        + placed(_trowel(p), 10, -40)
    )


def kitchen(c: Canvas, p: Palette) -> str:
    table = cut("M-520,-120 H520 V60 H-520Z", p.deep, depth=1.4) + "".join(
        rect(x, -120, 30, 180, mix(p.deep, p.pale, 0.14)) for x in range(-500, 520, 80)
    )
    bowl = cut("M-220,-290 H220 Q196,-96 70,-92 H-70 Q-196,-96 -220,-290Z", p.warm, depth=1.2) + line(
        "M-204,-262 H204", p.pale, 8, opacity=0.8
    )
    food = "".join(
        cut(f"M{x - r},{y} a{r},{r} 0 1 0 {2 * r},0 a{r},{r} 0 1 0 {-2 * r},0Z", k, depth=0.7)
        for x, y, r, k in (
            (-120, -316, 62, p.cool),
            (-8, -346, 72, p.pale),
            (112, -318, 66, mix(p.warm, p.pale, 0.45)),
            (40, -300, 50, p.cool),
        )
    )
    herbs = placed(_frond(p, p.cool), -90, -330, 0.62, turn=-26) + placed(
        _frond(p, mix(p.cool, p.deep, 0.4)), 96, -340, 0.6, turn=22
    )
    spoon = group(
        cut("M-13,0 V-300 H13 V0Z", mix(p.warm, p.pale, 0.6), depth=0.8),
        cut("M-46,-340 a46,66 0 1 0 92,0 a46,66 0 1 0 -92,0Z", mix(p.warm, p.pale, 0.6), depth=0.8),
        transform="translate(330,-96) rotate(14)",
    )
    lemon = placed(_slice(p), -330, -166)
    return _sun(p, -240, -430, 120) + herbs + food + bowl + table + spoon + lemon


def town(c: Canvas, p: Palette) -> str:
    out = _sun(p, 190, -430)
    for x, w, h, colour, roof in (
        (-470, 170, 250, mix(p.cool, p.ground, 0.3), 70),
        (-320, 150, 340, p.cool, 90),
        (-160, 170, 270, p.warm, 80),
        (20, 150, 400, p.deep, 96),
        (180, 170, 300, p.pale, 84),
        (350, 170, 230, mix(p.warm, p.deep, 0.35), 76),
    ):
        window = mix(p.pale, p.warm, 0.12) if colour != p.pale else p.deep
        out += cut(f"M{x},20 V{-h} L{x + w / 2},{-h - roof} L{x + w},{-h} V20Z", colour, depth=1.3)
        out += "".join(
            rect(x + 26 + i * (w - 86), -h + 30 + j * 72, 34, 44, window, 17 if j == 0 else 4)
            for i in (0, 1)
            for j in range(int((h - 70) / 72))
        )
        out += rect(x + w / 2 - 19, -52, 38, 72, shade(colour, -0.3), 18)
    return out + cut("M-520,-4 H520 V60 H-520Z", mix(p.deep, p.ground, 0.15), depth=1)


def mountain(c: Canvas, p: Palette) -> str:
    out = _sun(p, 170, -470, 130)
    for points, colour in (
        ([(-560, 0), (-250, -380), (-60, -170), (60, -260), (330, 0)], mix(p.cool, p.ground, 0.35)),
        ([(-120, 0), (210, -430), (540, 0)], p.cool),
        ([(-560, 0), (-330, -240), (-60, 0)], mix(p.deep, p.cool, 0.45)),
    ):
        out += cut("M" + " L".join(f"{x},{y}" for x, y in points) + "Z", colour, depth=1.5)
    out += path("M210,-430 L292,-323 L250,-344 L222,-306 L190,-346 L134,-331Z", p.pale) + path(
        "M-250,-380 L-196,-314 L-232,-326 L-262,-296 L-286,-336Z", p.pale
    )
    out += cut("M-560,-40 Q-260,-150 0,-86 T560,-110 V60 H-560Z", p.warm, depth=1.5) + cut(
        "M-560,30 Q-200,-90 120,-30 T560,-30 V80 H-560Z", p.deep, depth=1.5
    )
    trail = line("M120,60 C-60,10 60,-34 -20,-62 S40,-104 10,-118", p.pale, 13, stroke_dasharray="2 24")
    return (
        out
        + "".join(
            placed(_fir(p), x, y, k)
            for x, y, k in ((-350, -30, 1.1), (-270, -46, 0.8), (330, -50, 1.0), (400, -40, 1.3))
        )
        + trail
    )


def sea(c: Canvas, p: Palette) -> str:
    out = _sun(p, -150, -400, 150)
    boat = (
        line("M0,-60 V-330", mix(p.deep, "#000000", 0.1), 13)
        + cut("M14,-326 Q120,-220 142,-84 L14,-76Z", p.pale, depth=1)
        + cut("M-14,-300 Q-90,-200 -112,-84 L-14,-78Z", p.warm, depth=1)
        + cut("M-170,-60 H180 Q156,20 90,22 H-84 Q-150,20 -170,-60Z", p.deep, depth=1)
    )
    out += placed(boat, 110, -160, 1.1)
    for i, colour in enumerate((mix(p.cool, p.ground, 0.25), p.cool, mix(p.cool, p.deep, 0.5), p.deep)):
        y = -190 + i * 58
        points = [(x, y + 15 * math.sin(x / 84 + i * 1.7)) for x in range(-560, 620, 40)]
        out += cut(smooth(points) + " L600,90 L-600,90Z", colour, depth=1.3) + line(
            smooth([(x, yy + 20) for x, yy in points]), p.pale, 4, opacity=0.4
        )
    return out


def study(c: Canvas, p: Palette) -> str:
    out = _sun(p, 200, -430, 130) + cut("M-520,-60 H520 V60 H-520Z", p.deep, depth=1.4)
    for w, x, y, colour in (
        (470, 0, -122, p.warm),
        (420, -20, -182, p.pale),
        (450, 16, -242, p.cool),
        (380, -6, -302, mix(p.warm, p.deep, 0.45)),
    ):
        out += (
            cut(f"M{x - w / 2},{y} h{w} v60 h{-w}Z", colour, depth=1)
            + rect(x - w / 2 + 44, y, 12, 60, mix(colour, p.ground, 0.5))
            + rect(x + w / 2 - 26, y + 9, 26, 42, p.pale if colour != p.pale else p.ground)
        )
    open_book = (
        cut("M-190,-96 Q-95,-132 0,-92 Q95,-132 190,-96 V0 Q95,-34 0,4 Q-95,-34 -190,0Z", p.pale, depth=1)
        + line("M0,-92 V0", mix(p.pale, p.deep, 0.3), 4)
        + line(
            "M-150,-78 q60,-18 120,-2 M-150,-54 q60,-18 120,-2 M30,-80 q60,-18 120,2 M30,-56 q60,-18 120,2",
            mix(p.pale, p.deep, 0.35),
            5,
        )
    )
    return (
        out
        + placed(open_book, 0, -304)
        + placed(_frond(p, p.cool), -330, -60, 1.0, turn=-12)
        + group(
            rect(-13, -300, 26, 260, p.warm)
            + path("M-13,-300 L0,-344 L13,-300Z", p.pale)
            + path("M-4.5,-328 L0,-344 L4.5,-328Z", p.deep)
            + rect(-13, -40, 26, 30, p.cool, 6),
            transform="translate(330,-54) rotate(10)",
        )
    )


def growth(c: Canvas, p: Palette) -> str:
    """Money, work, projects: steps that grow into plants."""
    out = _sun(p, -220, -440, 120)
    for i, (h, colour) in enumerate(
        ((120, mix(p.cool, p.ground, 0.25)), (200, p.cool), (290, p.warm), (390, p.deep))
    ):
        x = -370 + i * 190
        out += cut(f"M{x},30 V{-h} H{x + 168} V30Z", colour, depth=1.3) + placed(
            _seedling(p, 0.7 + i * 0.22), x + 84, -h
        )
    return out + "".join(
        cut(f"M{x - 44},{y} a44,44 0 1 0 88,0 a44,44 0 1 0 -88,0Z", mix(p.warm, p.pale, 0.4), depth=0.8)
        + circle(x, y, 30, "none", stroke=mix(p.warm, p.deep, 0.25), stroke_width=5)
        for x, y in ((-400, -20), (-330, 6))
    )


def travel(c: Canvas, p: Palette) -> str:
    globe = cut("M-230,-250 a230,230 0 1 0 460,0 a230,230 0 1 0 -460,0Z", p.cool, depth=1.5)
    land = path(
        "M-150,-380 q70,-70 150,-40 q40,50 -20,100 q-60,10 -70,70 q-60,30 -90,-40 q-10,-50 30,-90Z M30,-240 q90,-50 150,10 q10,90 -70,130 q-60,-10 -80,-70Z M-130,-170 q50,-10 80,40 q-10,60 -40,70 q-50,-40 -40,-110Z",
        p.pale,
    )
    route = line("M-300,-60 C-240,-470 120,-560 330,-330", p.warm, 9, stroke_dasharray="3 24")
    plane = placed(cut("M-70,10 L70,-40 L20,50 L0,14 L-30,34 L-16,4Z", p.warm, depth=1), 330, -340, 1.1)
    pin = placed(
        cut("M0,0 C-20,-40 -60,-66 -60,-110 a60,60 0 1 1 120,0 C60,-66 20,-40 0,0Z", p.warm, depth=1)
        + circle(0, -112, 22, p.pale),
        -300,
        -56,
        0.9,
    )
    hills = cut("M-560,-30 Q-280,-120 0,-50 T560,-70 V60 H-560Z", p.deep, depth=1.4)
    return (
        globe
        + group(land, clip_path=c.clip("M-230,-250 a230,230 0 1 0 460,0 a230,230 0 1 0 -460,0Z"))
        + route
        + hills
        + plane
        + pin
    )


def calm(c: Canvas, p: Palette) -> str:
    """Health, mind, family: stones in balance, water, leaves."""
    rings = "".join(
        circle(0, -330, r, "none", stroke=mix(p.warm, p.ground, o), stroke_width=14)
        for r, o in ((190, 0.55), (240, 0.7), (292, 0.82))
    )
    stones = "".join(
        cut(
            f"M{-w},{y} C{-w},{y - h} {w},{y - h} {w},{y} C{w},{y + h * 0.5} {-w},{y + h * 0.5} {-w},{y}Z",
            k,
            depth=1.1,
        )
        for w, y, h, k in (
            (190, -110, 96, mix(p.deep, p.pale, 0.25)),
            (145, -196, 84, p.cool),
            (104, -272, 72, p.pale),
            (66, -336, 58, p.warm),
        )
    )
    pond = "".join(
        cut(
            f"M-560,{-60 + i * 46} Q-200,{-100 + i * 46} 0,{-62 + i * 46} T560,{-66 + i * 46} V80 H-560Z",
            mix(p.cool, p.deep, 0.15 + 0.3 * i),
            depth=1.2,
        )
        for i in range(3)
    )
    return (
        rings
        + circle(0, -330, 140, mix(p.warm, p.pale, 0.35))
        + placed(_frond(p, p.cool), -330, -50, 1.35, turn=-14)
        + placed(_frond(p, mix(p.cool, p.deep, 0.35)), 340, -50, 1.2, turn=14)
        + pond
        + placed(stones, 0, -20)
    )


def science(c: Canvas, p: Palette) -> str:
    stars = "".join(
        _twinkle(x, y, r, p.pale)
        for x, y, r in (
            (-330, -470, 20),
            (-200, -560, 13),
            (310, -500, 18),
            (390, -330, 12),
            (-410, -290, 14),
            (30, -560, 11),
        )
    )
    planet = cut("M-170,-330 a170,170 0 1 0 340,0 a170,170 0 1 0 -340,0Z", p.warm, depth=1.5)
    bands = group(
        path(
            "M-200,-390 Q0,-340 200,-400 V-370 Q0,-310 -200,-360Z M-200,-310 Q0,-260 200,-320 V-270 Q0,-210 -200,-260Z",
            mix(p.warm, p.pale, 0.4),
        ),
        clip_path=c.clip("M-170,-330 a170,170 0 1 0 340,0 a170,170 0 1 0 -340,0Z"),
    )
    ring = path(
        "M-160,-290 C-330,-220 -300,-170 -60,-220 C160,-266 330,-370 290,-416 C270,-440 200,-420 164,-402 C210,-404 226,-392 196,-362 C130,-300 -30,-240 -150,-230 C-196,-228 -200,-256 -160,-290Z",
        p.cool,
    )
    moon = (
        cut("M250,-190 a58,58 0 1 0 116,0 a58,58 0 1 0 -116,0Z", p.pale, depth=0.9)
        + circle(294, -204, 11, mix(p.pale, p.cool, 0.4))
        + circle(326, -178, 15, mix(p.pale, p.cool, 0.4))
    )
    hills = cut(
        "M-560,-40 Q-240,-150 0,-70 T560,-110 V60 H-560Z", mix(p.deep, p.cool, 0.25), depth=1.4
    ) + cut("M-560,20 Q-100,-90 560,-10 V80 H-560Z", p.deep, depth=1.3)
    scope = group(
        cut("M-34,-220 H34 L26,-60 H-26Z", p.cool, depth=0.9),
        rect(-22, -70, 44, 80, p.pale, 6),
        rect(-42, -240, 84, 30, p.warm, 6),
        transform="translate(-226,-96) rotate(38)",
    ) + line("M-226,-100 L-290,20 M-226,-100 L-160,20 M-226,-100 V24", p.pale, 11)
    return stars + planet + bands + ring + moon + hills + scope


def animals(c: Canvas, p: Palette) -> str:
    ground = cut("M-560,-60 Q-200,-140 0,-96 T560,-100 V80 H-560Z", p.cool, depth=1.4) + cut(
        "M-560,30 Q0,-60 560,20 V90 H-560Z", p.deep, depth=1.2
    )
    cast = (
        placed(creature(c, "dog"), -150, -56, 1.35)
        + placed(creature(c, "cat"), 160, -50, 1.15)
        + placed(creature(c, "bird"), 350, -70, 0.5, flip=True)
    )
    return _sun(p, 10, -330, 220) + placed(_frond(p, p.deep), -390, -60, 1.1, turn=-12) + ground + cast


def leaves(c: Canvas, p: Palette) -> str:
    """For whatever has no motif of its own."""
    out = _sun(p, 0, -330, 190)
    for x, k, turn, colour in (
        (-330, 1.5, -26, p.cool),
        (330, 1.45, 24, p.cool),
        (-190, 1.7, -12, p.deep),
        (200, 1.65, 13, p.deep),
        (-60, 1.5, -3, mix(p.warm, p.deep, 0.15)),
        (80, 1.3, 5, mix(p.cool, p.pale, 0.3)),
    ):
        out += placed(_frond(p, colour), x, 30, k, turn=turn)
    return out + "".join(
        placed(_bloom(p, k), x, y, s)
        for x, y, s, k in (
            (-260, -110, 1.0, p.warm),
            (250, -130, 1.15, p.pale),
            (0, -90, 1.3, p.warm),
            (-130, -30, 0.8, p.pale),
            (140, -40, 0.9, mix(p.warm, p.pale, 0.5)),
        )
    )


MOTIFS: dict[str, Callable[[Canvas, Palette], str]] = {
    "garden": garden, "kitchen": kitchen, "town": town, "mountain": mountain, "sea": sea, "study": study,
    "growth": growth, "travel": travel, "calm": calm, "science": science, "animals": animals, "leaves": leaves,
}  # fmt: skip

# Keywords in English and French, as in reading.py.
MOTIF_WORDS = {
    "garden": "garden* gardener* vegetable* seed* plant* compost orchard allotment flower* grow-your-own jardin* potager legume* graine* plante* fleur* semis verger permaculture",
    "kitchen": "kitchen cook* bake* baking bread sourdough* flour ferment* recipe* food* meal* cuisin* recette* pain patisserie gateau* repas aliment* fermentation chef",
    "town": "town city cities street* house* home* housing neighbour* neighbor* village* architecture ville* rue* maison* logement quartier* renovat* bricolage",
    "mountain": "mountain* alp alps walk* hik* trek* climb* summit outdoor* trail* camp* montagne* randonn* alpin* sommet* bivouac running ski*",
    "sea": "sea ocean* sail* boat* fish* beach* surf* swim* coast* mer ocean voile bateau* peche* plage* natation littoral water eau",
    "study": "study learn* read* writ* book* school* teach* student* language* exam* english french apprendre etud* lire lecture ecri* livre* ecole enseign* langue* eleve* francais anglais memoire histoire history philosophy",
    "growth": "money budget* business* invest* saving* start-up startup project* career* market* manage* lead* finance* freelance argent epargne* entreprise* projet* carriere* travail work gestion entrepren* productiv* economi*",
    "travel": "travel* journey* trip* world abroad holiday* voyag* monde etranger vacances itineraire* tour backpack*",
    "calm": "calm* mind* health* sleep* dormir dort yoga meditat* breath* stress* wellbeing well-being happi* parent* family baby sante sommeil respir* bien-etre bonheur famille bebe serenit* habit* habitude* sport fitness",
    "science": "science* space star stars astronom* physic* chemi* math* planet* comput* code coding programm* data ai robot* science espace etoile* astronomie physique chimie mathemat* ordinateur* informati* donnee* energie energy solar electric*",
    "animals": "dog* puppy cat cats kitten* pet pets animal* bird* horse* bee bees chien* chiot* chat chats chaton* animaux oiseau* cheval abeille* poule* hens chicken*",
}  # fmt: skip


# --- pieces ------------------------------------------------------------------------------------------------


def _sun(p: Palette, x: float, y: float, r: float = 140) -> str:
    return cut(
        f"M{x - r},{y} a{r},{r} 0 1 0 {2 * r},0 a{r},{r} 0 1 0 {-2 * r},0Z", mix(p.warm, p.pale, 0.3), depth=1
    )


def _frond(p: Palette, colour: str) -> str:
    """A tall stem with paired leaves, about 330 high."""
    stem = line("M0,0 Q10,-160 0,-322", shade(colour, -0.22), 7)
    pairs = "".join(
        cut(
            f"M0,{y} q{s * k * 0.42:.0f},{-k * 0.5:.0f} {s * k:.0f},{-k * 0.34:.0f} q{-s * k * 0.26:.0f},{k * 0.52:.0f} {-s * k:.0f},{k * 0.34:.0f}Z",
            shade(colour, 0.05 if s > 0 else -0.05),
            depth=0.5,
        )
        for y, k in ((-50, 104), (-110, 100), (-170, 88), (-226, 72), (-276, 54))
        for s in (-1, 1)
    )
    return stem + pairs + cut("M0,-300 q-22,-36 0,-74 q22,38 0,74Z", colour, depth=0.5)


def _seedling(p: Palette, size: float) -> str:
    leaf = mix(p.cool, p.pale, 0.12)
    art = (
        line("M0,10 Q4,-40 0,-86", mix(p.cool, p.deep, 0.3), 8)
        + cut("M0,-80 C-20,-126 -70,-132 -88,-122 C-78,-86 -40,-66 0,-80Z", leaf, depth=0.6)
        + cut("M0,-80 C14,-136 62,-150 92,-142 C88,-100 48,-68 0,-80Z", mix(p.warm, p.pale, 0.3), depth=0.6)
    )
    return placed(art, 0, 0, size)


def _trowel(p: Palette) -> str:
    return group(
        cut("M-15,-150 H15 V-80 H-15Z", mix(p.pale, p.deep, 0.3), depth=0.7),
        cut("M-24,-290 Q0,-306 24,-290 L19,-146 H-19Z", p.warm, depth=0.9),
        cut("M-58,-86 H58 Q64,0 0,74 Q-64,0 -58,-86Z", p.pale, depth=1),
        line("M0,-70 V20", mix(p.pale, p.deep, 0.25), 6),
    )


def _slice(p: Palette) -> str:
    spokes = "".join(
        line(f"M0,0 L{math.cos(a) * 46:.0f},{math.sin(a) * 46:.0f}", p.pale, 6)
        for a in (i * math.pi / 4 for i in range(8))
    )
    return (
        cut("M-72,0 a72,72 0 1 0 144,0 a72,72 0 1 0 -144,0Z", mix(p.warm, p.pale, 0.35), depth=0.9)
        + circle(0, 0, 60, p.pale)
        + circle(0, 0, 50, mix(p.warm, p.pale, 0.5))
        + spokes
    )


def _fir(p: Palette) -> str:
    tone = mix(p.cool, p.deep, 0.6)
    return rect(-8, -30, 16, 40, shade(p.deep, -0.3)) + "".join(
        cut(f"M{-w},{y} L0,{y - h} L{w},{y}Z", shade(tone, s), depth=0.6)
        for w, y, h, s in ((60, -20, 96, 0.0), (48, -76, 84, 0.07), (34, -128, 70, 0.14))
    )


def _bloom(p: Palette, colour: str) -> str:
    petals = "".join(
        ellipse(0, -46, 26, 44, shade(colour, -0.05 if a % 120 else 0.05), transform=f"rotate({a})")
        for a in range(0, 360, 60)
    )
    return (
        circle(3, 8, 78, "#120c2e", opacity=0.1)
        + petals
        + circle(0, 0, 26, mix(p.deep, p.warm, 0.25))
        + circle(-6, -6, 9, p.pale, opacity=0.6)
    )


def _twinkle(x: float, y: float, r: float, colour: str) -> str:
    return polygon(
        [
            (x + math.cos(a) * q, y + math.sin(a) * q)
            for a, q in ((i * math.pi / 4, r if i % 2 == 0 else r * 0.36) for i in range(8))
        ],
        colour,
    )
