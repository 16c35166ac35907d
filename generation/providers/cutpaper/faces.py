"""Faces: one for each mood. Drawn around the middle of the head, which is about 152 wide and 144 high."""

from __future__ import annotations

from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.looks import HeroLook
from generation.providers.cutpaper.shapes import circle, ellipse, line, path

INK = "#2b2029"
BLUSH = "#f0605a"
EYE_Y = 10.0
# Height of the brows, and by how much their inner ends drop (brave) or rise (worried).
BROWS = {
    "happy": (-24, 5),
    "brave": (-20, -9),
    "worried": (-26, 15),
    "wow": (-27, 10),
    "laugh": (-26, 7),
    "sleepy": (-19, 5),
    "sad": (-23, 19),
    "calm": (-22, 4),
}


def face(look: HeroLook, mood: str, gaze: float) -> str:
    """The face in this mood. `gaze` from -1 (left) to 1 (right) moves features and pupils."""
    x = gaze * 7
    return "".join(
        (
            cheeks(look, x),
            eyes(look, mood, x),
            nose(look, x),
            mouth(look, mood, x),
            tear(x) if mood == "sad" else "",
            brows(look, mood, x),
            glasses(look, x) if look.glasses else "",
        )
    )


def cheeks(look: HeroLook, x: float) -> str:
    blush = "".join(ellipse(x + side * 44, 38, 17, 11, BLUSH, opacity=0.34) for side in (-1, 1))
    if not look.freckles:
        return blush
    spots = (
        (-47, 32),
        (-39, 28),
        (-34, 35),
        (-51, 39),
        (-42, 41),
        (34, 35),
        (39, 28),
        (47, 32),
        (51, 39),
        (42, 41),
    )
    return blush + "".join(circle(x + dx, y, 2.3, shade(look.skin, -0.34), opacity=0.75) for dx, y in spots)


def eyes(look: HeroLook, mood: str, x: float) -> str:
    if mood == "sleepy":
        return "".join(line(f"M{x + side * 29 - 13},{EYE_Y} q13,12 26,0", INK, 5) for side in (-1, 1))
    if mood == "laugh":
        return "".join(line(f"M{x + side * 29 - 13},{EYE_Y + 5} q13,-17 26,0", INK, 5.4) for side in (-1, 1))
    return "".join(eye(look, mood, x + side * 29, x) for side in (-1, 1))


def eye(look: HeroLook, mood: str, x: float, gaze: float) -> str:
    height = {"wow": 18.5, "calm": 14.5, "brave": 15}.get(mood, 16.5)
    pupil_x = x + gaze * 0.4
    pupil_y = EYE_Y + (2 if mood in {"sad", "calm"} else 0)
    lid = {"wow": -14, "calm": -7, "brave": -8.5}.get(mood, -11)
    parts = [
        ellipse(x, EYE_Y, 14, height, "#ffffff"),
        ellipse(pupil_x, pupil_y + 1, 10, height - 3.2, "#241a22"),
        ellipse(pupil_x, pupil_y + 4.5, 7.2, (height - 3.2) * 0.58, look.eyes, opacity=0.8),
        circle(pupil_x + 3.2, pupil_y - 5, 4, "#ffffff"),
        circle(pupil_x - 3.2, pupil_y + 6, 2, "#ffffff", opacity=0.85),
        line(
            f"M{x - 14.5:.1f},{EYE_Y + lid + 2} q14.5,{-9 if mood in {'calm', 'brave'} else -12} 29,0",
            INK,
            3.8,
        ),
    ]
    return "".join(parts)


def nose(look: HeroLook, x: float) -> str:
    return line(f"M{x * 1.3 - 6:.1f},29 q6,6.5 12,0", shade(look.skin, -0.36), 4)


def mouth(look: HeroLook, mood: str, x: float) -> str:
    lip = shade(look.skin, -0.55)
    if mood == "laugh":
        return open_mouth(x)
    if mood == "wow":
        return ellipse(x, 52, 9, 11.5, "#7c2430") + ellipse(x, 58, 5.5, 4.5, "#ef8080")
    curve = {
        "happy": "M{0},45 Q{1},64 {2},45",
        "brave": "M{0},49 Q{1},57 {2},44",
        "calm": "M{0},48 Q{1},57 {2},48",
        "sleepy": "M{0},49 Q{1},58 {2},49",
        "worried": "M{0},53 q6,-7 12,-1 t13,-1 t7,2",
        "sad": "M{0},56 Q{1},43 {2},56",
    }[mood]
    half = 19 if mood == "happy" else 15
    return line(curve.format(f"{x - half:.1f}", f"{x:.1f}", f"{x + half:.1f}"), lip, 4.6)


def open_mouth(x: float) -> str:
    return (
        path(
            f"M{x - 21:.1f},41 Q{x:.1f},44 {x + 21:.1f},41 Q{x + 17:.1f},66 {x:.1f},66 Q{x - 17:.1f},66 {x - 21:.1f},41Z",
            "#7c2430",
        )
        + path(f"M{x - 11:.1f},61 Q{x:.1f},52 {x + 11:.1f},61 Q{x:.1f},68 {x - 11:.1f},61Z", "#ef8080")
        + path(
            f"M{x - 17:.1f},42 Q{x:.1f},45 {x + 17:.1f},42 L{x + 13:.1f},48 Q{x:.1f},50 {x - 13:.1f},48Z",
            "#ffffff",
        )
    )


def tear(x: float) -> str:
    return path(f"M{x + 40:.1f},28 q-7,12 0,16 q7,-4 0,-16Z", "#a9dcf2", opacity=0.95)


def brows(look: HeroLook, mood: str, x: float) -> str:
    y, drop = BROWS[mood]
    return "".join(
        line(
            f"M{x + side * 31 - 13:.1f},{y} q13,-8 26,0",
            look.brows,
            5.4,
            transform=f"rotate({side * drop} {x + side * 31:.1f} {y})",
        )
        for side in (-1, 1)
    )


def glasses(look: HeroLook, x: float) -> str:
    lenses = "".join(
        circle(
            x + side * 29, EYE_Y + 1, 23.5, "#ffffff", fill_opacity=0.16, stroke=look.glasses, stroke_width=5
        )
        for side in (-1, 1)
    )
    bridge = f"M{x - 6:.1f},{EYE_Y - 2} q6,-6 12,0 M{x - 52:.1f},{EYE_Y - 3} L-74,{EYE_Y - 7} M{x + 52:.1f},{EYE_Y - 3} L74,{EYE_Y - 7}"
    return lenses + line(bridge, look.glasses, 5)
