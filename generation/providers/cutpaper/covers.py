"""Covers, portrait 5:7. Stories show their hero in a scene, guides are set in type over a motif, novels over a landscape."""

from __future__ import annotations

import random
from dataclasses import replace

from generation.contract import HeroBrief, PictureRequest, Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import contrast, luminance, mix, shade
from generation.providers.cutpaper.composer import Frame, compose
from generation.providers.cutpaper.landscapes import TONES, Tones, landscape
from generation.providers.cutpaper.lettering import Block, Face, cleaned, figtree, fitted, fraunces, legible
from generation.providers.cutpaper.motifs import MOTIF_WORDS, MOTIFS, PALETTES, Palette
from generation.providers.cutpaper.palette import light_for
from generation.providers.cutpaper.reading import Words, understood
from generation.providers.cutpaper.shapes import cut, group, line, path, placed, rect

WIDTH, TOP = 860.0, -180.0  # scene units: 860 by 1204 is 5 by 7
CREAM = "#fff5e1"
ABSTRACT = {"study", "growth", "calm"}


def compose_cover(request: PictureRequest) -> Canvas:
    """The whole cover with its lettering; a title that no font can show leaves the art alone."""
    has_hero = request.hero is not None and request.scene.hero
    scene = understood(request.scene, seed=request.seed, has_hero=has_hero, title=request.title)
    if request.book_kind == "guide":
        return guide_cover(request, scene)
    if request.book_kind == "novel" or request.hero is None:
        return novel_cover(request, scene)
    return story_cover(request, scene, request.hero)


# --- stories -----------------------------------------------------------------------------------------------


def story_cover(request: PictureRequest, scene: Scene, hero: HeroBrief) -> Canvas:
    pose = {"lie": "stand", "climb": "reach", "sit": "wave"}.get(scene.pose, scene.pose)
    scene = replace(scene, hero=True, pose=pose)
    c = compose(scene, hero, seed=request.seed, frame=Frame(width=WIDTH, top=TOP, closeness=1.12, quiet=400))
    light = light_for(scene.time, scene.weather)
    deep = deepened(light.sky[0])
    title = _title(request.title, fraunces(700, soft=60), width=WIDTH - 130, height=330, largest=150)
    foot = 300.0
    if title:
        foot = -96 + title.height + 60
        c.add(_veil(c, deep, foot + 190, strength=0.93 if luminance(light.sky[0]) > 0.1 else 0.6))
        c.add(title.svg(WIDTH / 2, -96, CREAM, shadow=shade(deep, -0.55)))
        foot = _ornament(c, -96 + title.height + 46, mix(CREAM, "#f2c14e", 0.6))
    subtitle = _line(
        request.subtitle, fraunces(480, "italic"), width=WIDTH - 200, height=76, largest=36, lines=2
    )
    if subtitle and title:
        c.add(subtitle.svg(WIDTH / 2, foot + 14, CREAM))
    c.add(rect(0, 880, WIDTH, BOTTOM - 880, c.linear([(0, "#0b0f24", 0.0), (1, "#0b0f24", 0.62)])))
    author = _line(
        request.author.upper(), figtree(600), width=WIDTH - 180, height=40, largest=28, spacing=0.14
    )
    if author:
        c.add(author.svg(WIDTH / 2, 972, CREAM))
    return c


def deepened(colour: str) -> str:
    """The sky's own colour, dark enough for cream letters (WCAG 2.2's 4.5 to 1, and some more)."""
    for step in range(20):
        deep = mix(colour, "#0e1c3a", step * 0.05)
        if contrast(deep, CREAM) >= 5.6:
            return deep
    return "#0e1c3a"


def _veil(c: Canvas, colour: str, y1: float, *, strength: float) -> str:
    """A wash of colour from the top edge to y1, nearly full to two thirds of its height, then fading softly out."""
    fading = [
        (0.62 + 0.38 * t, colour, strength * 0.92 * (1 - t * t * (3 - 2 * t)))
        for t in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    return rect(0, TOP, WIDTH, y1 - TOP, c.linear([(0, colour, strength), *fading]))


def _ornament(c: Canvas, y: float, colour: str) -> float:
    """A small rule with a leaf in the middle; returns where what follows may begin."""
    x = WIDTH / 2
    c.add(line(f"M{x - 92},{y} H{x - 26} M{x + 26},{y} H{x + 92}", colour, 3, opacity=0.85))
    c.add(path(f"M{x - 15},{y} q15,-16 30,0 q-15,16 -30,0Z", colour))
    return y + 22


# --- guides ------------------------------------------------------------------------------------------------


def guide_cover(request: PictureRequest, scene: Scene) -> Canvas:
    c = Canvas(width=WIDTH, top=TOP, seed=f"{request.seed}|guide", taste=f"{request.seed}|guide")
    chance = random.Random(f"{request.seed}|{cleaned(request.title)}")
    palette = chance.choice(PALETTES)
    motif = MOTIFS[motif_for(request, scene)](c, palette)
    layout = chance.choice((_full_bleed, _arch, _panel))
    if not legible(cleaned(request.title), figtree(600)):
        layout = _full_bleed  # without a title an empty sheet would look forgotten
    layout(c, request, palette, motif)
    return c


def motif_for(request: PictureRequest, scene: Scene) -> str:
    """By what the title names; things that can be seen go before arts and aims, such as learning or budgets."""
    concrete = {name: words for name, words in MOTIF_WORDS.items() if name not in ABSTRACT}
    title = Words(f"{request.title} {request.subtitle}")
    by_title = title.first(concrete) or title.first(MOTIF_WORDS)
    by_scene = Words(f"{request.scene.place} {request.scene.description} {request.scene.alt}").first(
        MOTIF_WORDS
    )
    by_place = {
        "garden": "garden", "meadow": "leaves", "forest": "leaves", "kitchen": "kitchen", "market": "kitchen", "town": "town",
        "station": "travel", "mountain": "mountain", "hill": "mountain", "snow": "mountain", "sea": "sea", "beach": "sea",
        "island": "sea", "lake": "calm", "river": "calm", "library": "study", "desk": "study", "sky": "science", "bedroom": "calm",
    }  # fmt: skip
    return by_title or by_scene or (by_place.get(scene.place, "leaves") if request.scene.place else "leaves")


def _full_bleed(c: Canvas, request: PictureRequest, p: Palette, motif: str) -> None:
    """Type at the top left, the motif running off the foot."""
    c.add(
        rect(0, TOP, WIDTH, c.height, p.ground),
        placed(motif, WIDTH / 2, BOTTOM - 60, 1.04),
        rect(0, BOTTOM - 64, WIDTH, 80, p.deep),
    )
    y = TOP + 96
    c.add(rect(76, y, 64, 9, p.warm))
    _column(c, request, p, x=76, y=y + 52, width=WIDTH - 160, height=330, anchor="start", largest=118)
    _author(c, request, CREAM if luminance(p.deep) < 0.3 else "#22202a", x=76, y=BOTTOM - 40, anchor="start")


def _arch(c: Canvas, request: PictureRequest, p: Palette, motif: str) -> None:
    """The motif seen through an arch, type centred above."""
    c.add(rect(0, TOP, WIDTH, c.height, p.ground))
    left, right, spring, sill = 96.0, WIDTH - 96.0, 486.0, 912.0
    half = (right - left) / 2
    arch = f"M{left},{sill} V{spring} A{half},{half * 0.8:.0f} 0 0 1 {right},{spring} V{sill}Z"
    night = mix(p.ground, p.deep, 0.16) if luminance(p.ground) > 0.3 else mix(p.ground, p.pale, 0.16)
    c.add(
        cut(arch, night, depth=1.6), group(placed(motif, WIDTH / 2, sill - 36, 0.92), clip_path=c.clip(arch))
    )
    c.add(path(arch, "none", stroke=p.ink, stroke_width=5, opacity=0.9))
    _column(
        c, request, p, x=WIDTH / 2, y=TOP + 80, width=WIDTH - 150, height=236, anchor="middle", largest=112
    )
    _author(c, request, p.ink, x=WIDTH / 2, y=BOTTOM - 72, anchor="middle")


def _panel(c: Canvas, request: PictureRequest, p: Palette, motif: str) -> None:
    """The motif above, type on a sheet of paper below."""
    back = p.ground if luminance(p.ground) < 0.5 else mix(p.ground, p.cool, 0.35)
    sheet = p.pale
    c.add(rect(0, TOP, WIDTH, c.height, back), placed(motif, WIDTH / 2, 478, 1.02))
    c.add(
        cut(
            f"M-20,490 Q{WIDTH * 0.3:.0f},462 {WIDTH * 0.55:.0f},484 T{WIDTH + 20},476 V{BOTTOM + 40} H-20Z",
            sheet,
            depth=2,
        )
    )
    ink = p.ink if contrast(p.ink, sheet) >= 5 else p.deep
    q = replace(p, ink=ink, ground=sheet)
    end = _column(c, request, q, x=76, y=558, width=WIDTH - 150, height=264, anchor="start", largest=108)
    if end < BOTTOM - 128:
        c.add(rect(76, BOTTOM - 104, 64, 8, p.warm))
    _author(c, request, ink, x=76, y=BOTTOM - 76, anchor="start")


def _column(
    c: Canvas,
    request: PictureRequest,
    p: Palette,
    *,
    x: float,
    y: float,
    width: float,
    height: float,
    anchor: str,
    largest: float,
) -> float:
    """Title and, below it, subtitle; returns where they end."""
    title = _title(request.title, fraunces(620, soft=0), width=width, height=height, largest=largest)
    if not title:
        return y
    c.add(title.svg(x, y, p.ink, anchor=anchor))
    room = height + 96 - title.height
    subtitle = _line(
        request.subtitle,
        figtree(500),
        width=width * 0.92,
        height=min(96.0, max(30.0, room - 40)),
        largest=31,
        lines=3,
    )
    end = y + title.height
    if subtitle:
        ink = mix(p.ink, p.ground, 0.12)
        c.add(subtitle.svg(x, end + 40, ink, anchor=anchor))
        end += 40 + subtitle.height
    return end


def _author(c: Canvas, request: PictureRequest, ink: str, *, x: float, y: float, anchor: str) -> None:
    author = _line(request.author, figtree(650), width=WIDTH - 180, height=36, largest=27, spacing=0.02)
    if author:
        c.add(author.svg(x, y, ink, anchor=anchor))


# --- novels ------------------------------------------------------------------------------------------------


def novel_cover(request: PictureRequest, scene: Scene) -> Canvas:
    c = Canvas(
        width=WIDTH,
        top=TOP,
        seed=f"{request.seed}|novel|{cleaned(request.title)}",
        taste=f"{request.seed}|novel",
    )
    tones = _tones_for(scene, random.Random(f"{request.seed}|{cleaned(request.title)}"))
    landscape(c, tones, scene)
    title = _title(
        request.title.upper() if len(request.title) < 44 else request.title,
        fraunces(560, soft=0),
        width=WIDTH - 140,
        height=330,
        largest=150 if len(request.title) < 12 else 124,
        leading=1.12,
        spacing=0.035,
    )
    y = TOP + 176
    subtitle = _line(
        request.subtitle, fraunces(420, "italic"), width=WIDTH - 220, height=70, largest=34, lines=2
    )
    author = _line(
        request.author.upper(), figtree(500), width=WIDTH - 160, height=44, largest=34, spacing=0.2
    )
    if author:
        c.add(author.svg(WIDTH / 2, TOP + 84, tones.ink))
    if title:
        c.add(title.svg(WIDTH / 2, y, tones.ink, shadow=shade(tones.sky[0], -0.6)))
        if subtitle:
            c.add(subtitle.svg(WIDTH / 2, y + title.height + 44, tones.ink))
    return c


def _tones_for(scene: Scene, chance: random.Random) -> Tones:
    fitting = [tones for tones in TONES if tones.time == scene.time] or list(TONES)
    return chance.choice(fitting if chance.random() < 0.6 else list(TONES))


# --- lettering ---------------------------------------------------------------------------------------------


def _title(
    text: str,
    face: Face,
    *,
    width: float,
    height: float,
    largest: float,
    leading: float = 1.06,
    spacing: float = 0,
) -> Block | None:
    shown = legible(cleaned(text), face)
    if not shown:
        return None
    return fitted(
        shown[0], shown[1], width=width, height=height, largest=largest, leading=leading, spacing=spacing
    )


def _line(
    text: str, face: Face, *, width: float, height: float, largest: float, lines: int = 1, spacing: float = 0
) -> Block | None:
    shown = legible(cleaned(text, 110), face)
    if not shown:
        return None
    return fitted(
        shown[0],
        shown[1],
        width=width,
        height=height,
        largest=largest,
        smallest=12,
        leading=1.3,
        spacing=spacing,
        most_lines=lines,
    )
