"""The hero as a figure: the same look in every pose and mood.

A figure stands on 0, 0. Its upper body has its own coordinates, with the hip at 0, 0, the shoulders at
(±42, -90) and the middle of the head at (0, -178); arms and what the hands hold are placed in these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generation.providers.cutpaper import hair
from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.clothes import Wear, scarf, wear
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.faces import face
from generation.providers.cutpaper.items import ITEM_ART, held, rope_line
from generation.providers.cutpaper.looks import HeroLook
from generation.providers.cutpaper.shapes import Point, circle, ellipse, group, line, path, placed

HEAD = "M0,-72 C58,-72 78,-32 76,6 C75,48 44,72 0,72 C-44,72 -75,48 -76,6 C-78,-32 -58,-72 0,-72Z"
SEAT_HEIGHT = 64.0  # of what a seated figure sits on
CLIMB_HIP = 84.0  # of every climbing figure, so that hands and feet meet what they climb
CLIMB_HEIGHT = 128.0  # how far above the ground a climbing figure stands


@dataclass(frozen=True)
class Arm:
    """`gesture`: fist, open (waving), finger (pointing) or palm (upwards)."""

    elbow: Point
    hand: Point
    gesture: str = "fist"

    def mirrored(self) -> Arm:
        return replace(self, elbow=(-self.elbow[0], self.elbow[1]), hand=(-self.hand[0], self.hand[1]))


@dataclass(frozen=True)
class Leg:
    """Relative to the ground; `knee` and `hip` heights are shares of the leg's length. `turn` tips the shoe."""

    hip: float
    knee: tuple[float, float]
    foot: Point
    turn: float = 0


@dataclass(frozen=True)
class Stance:
    left: Arm
    right: Arm
    legs: tuple[Leg, Leg]
    lean: float = 0
    tilt: float = 0
    gaze: float = 0.7
    lift: float = 0


DOWN = Arm((66, -46), (60, -8))
STANDING = (Leg(-20, (-22, 0.5), (-24, 0)), Leg(20, (22, 0.5), (24, 0)))
STANCES = {
    "stand": Stance(DOWN.mirrored(), DOWN, STANDING, tilt=-2),
    "hold": Stance(Arm((-74, -46), (-20, -34)), Arm((74, -46), (20, -30)), STANDING, tilt=2),
    "walk": Stance(
        Arm((-80, -58), (-88, -20)),
        Arm((74, -46), (90, -34)),
        (Leg(-10, (-26, 0.52), (-52, -9), 24), Leg(12, (40, 0.56), (44, 0), -8)),
        lean=4,
        gaze=1,
    ),
    "wave": Stance(DOWN.mirrored(), Arm((98, -92), (118, -158), "open"), STANDING, tilt=-4, gaze=0.5),
    "point": Stance(DOWN.mirrored(), Arm((84, -92), (132, -116), "finger"), STANDING, lean=2, gaze=1.2),
    "reach": Stance(
        Arm((-92, -110), (-122, -172), "open"),
        Arm((92, -110), (122, -172), "open"),
        (Leg(-18, (-20, 0.5), (-20, -10), 20), Leg(18, (20, 0.5), (20, -10), 20)),
        tilt=-3,
        gaze=0.4,
        lift=10,
    ),
    "hug": Stance(Arm((-86, -44), (-18, -18)), Arm((86, -44), (20, -8)), STANDING, tilt=5, gaze=0.2),
    "sit": Stance(Arm((-64, -42), (-38, -6)), Arm((64, -42), (38, -6)), STANDING, tilt=-2, gaze=0.6),
    "climb": Stance(
        Arm((-98, -96), (-98, -158)),
        Arm((98, -104), (98, -190)),
        (Leg(-18, (-26, 0.5), (-28, 0)), Leg(18, (58, 0.92), (40, -56))),
        tilt=-4,
        gaze=0.8,
    ),
}  # fmt: skip

# Where the right arm goes to hold something, by the item's way of being held.
HOLDING = {
    "hang": Arm((84, -70), (110, -88)),
    "up": Arm((88, -48), (122, -82)),
    "palm": Arm((82, -40), (114, -66), "palm"),
    "overhead": Arm((76, -44), (100, -78)),
    "kite": Arm((92, -92), (120, -134)),
    "front": Arm((76, -50), (48, -40)),
    "wear": DOWN,
}
BOTH_HANDS = {"front"}
RIGHT_HAND_POSES = {"stand", "walk", "hold", "sit"}
LEFT_HAND_POSES = {"wave", "point"}


def carries(pose: str, item: str) -> bool:
    """Whether a figure in this pose has the item in hand; otherwise it rests beside them."""
    if not item or pose == "lie":
        return False
    hold = ITEM_ART[item].hold
    if hold == "wear" or pose in RIGHT_HAND_POSES:
        return True
    if pose in LEFT_HAND_POSES:
        return hold not in BOTH_HANDS
    return pose == "reach" and hold in {"up", "palm"}


def figure(
    canvas: Canvas, look: HeroLook, *, pose: str, mood: str, item: str = "", embraced: str = ""
) -> str:
    """The hero on 0, 0, in any pose but "lie". `embraced` is a drawing, in body coordinates, to hug."""
    stance = _with_item(STANCES[pose], pose, item)
    clothes = wear(canvas, look)
    hip = {"sit": -SEAT_HEIGHT - 6, "climb": -CLIMB_HIP}.get(pose, -look.legs - stance.lift)
    upper = [clothes.torso, _in_hands(canvas, stance, pose, item), embraced]
    arms = [_arm(look, clothes, -1, stance.left), _arm(look, clothes, 1, stance.right)]
    neckwear = scarf(look.accent) if item == "scarf" else ""
    back_hair = _at_head(look, hair.behind(canvas, look), stance.tilt)
    front = _at_head(look, head(canvas, look, mood, stance.gaze), stance.tilt)

    def raised(*parts: str) -> str:
        return group(*parts, transform=f"translate(0,{hip:.1f}) rotate({stance.lean})")

    if pose == "sit":
        return "".join(
            (
                raised(back_hair, clothes.torso),
                seated_legs(look, clothes),
                raised(*upper[1:], *arms, neckwear, front),
            )
        )
    legs = "".join(
        _leg(look, clothes, leg, -hip, side) for side, leg in zip((-1, 1), stance.legs, strict=True)
    )
    return raised(back_hair) + legs + raised(*upper, *arms, neckwear, front)


def _with_item(stance: Stance, pose: str, item: str) -> Stance:
    if not carries(pose, item) or item == "scarf":
        return stance
    arm = HOLDING[ITEM_ART[item].hold]
    if ITEM_ART[item].hold in BOTH_HANDS:
        return replace(stance, left=arm.mirrored(), right=arm)
    if pose in LEFT_HAND_POSES:
        return replace(stance, left=arm.mirrored())
    if pose == "reach":
        return replace(stance, right=replace(stance.right, gesture="fist"))
    return replace(stance, left=DOWN.mirrored() if pose == "hold" else stance.left, right=arm)


def _in_hands(canvas: Canvas, stance: Stance, pose: str, item: str) -> str:
    if not carries(pose, item) or item == "scarf":
        return ""
    hold = ITEM_ART[item].hold
    if hold in BOTH_HANDS:
        return held(canvas, item, 0, stance.right.hand[1] + 2, 1.04)
    arm = stance.left if pose in LEFT_HAND_POSES else stance.right
    x, y = _palm(arm)
    if hold == "kite":
        side = 1 if x > 0 else -1
        flown = (x + side * 150, y - 232)
        return rope_line((x, y), flown) + group(
            held(canvas, item, 0, 0),
            transform=f"translate({flown[0]:.1f},{flown[1]:.1f}) rotate({side * 24})",
        )
    if hold == "overhead":
        return placed(held(canvas, item, 0, 0), x, y, turn=-13 if x > 0 else 13)
    return held(canvas, item, x, y - (12 if hold == "palm" else 0), 1.15)


def head(canvas: Canvas, look: HeroLook, mood: str, gaze: float) -> str:
    """The head around its middle, without the hair that falls behind the body."""
    skin = canvas.radial(
        [(0, shade(look.skin, 0.1)), (0.62, look.skin), (1, shade(look.skin, -0.1))], cx=0.45, cy=0.38, r=0.72
    )
    ears = ""
    if look.hair in hair.EARS_SHOW:
        ears = "".join(
            ellipse(side * 73 - gaze * 2, 10, 15, 17, shade(look.skin, -0.08))
            + ellipse(side * 75 - gaze * 2, 11, 7, 9, shade(look.skin, -0.22), opacity=0.6)
            for side in (-1, 1)
        )
    return ears + path(HEAD, skin) + face(look, mood, gaze) + hair.in_front(canvas, look)


def _at_head(look: HeroLook, svg: str, tilt: float) -> str:
    """Set on the neck: the head's size varies with age, its chin stays."""
    return placed(svg, 0, -108 - 70 * look.head, look.head, turn=tilt)


def _palm(arm: Arm) -> Point:
    """The middle of the hand, a little beyond the wrist."""
    return (
        arm.hand[0] + (arm.hand[0] - arm.elbow[0]) * 0.2,
        arm.hand[1] + (arm.hand[1] - arm.elbow[1]) * 0.2,
    )


def _arm(look: HeroLook, clothes: Wear, side: int, arm: Arm) -> str:
    shoulder = (side * 41.0, -92.0)
    whole = _curve(shoulder, arm.elbow, arm.hand, 1)
    sleeve = _curve(shoulder, arm.elbow, arm.hand, clothes.sleeve_length)
    x, y = _palm(arm)
    bare = (
        line(whole, shade(look.skin, -0.16), 27) + line(whole, look.skin, 24.5)
        if clothes.sleeve_length < 1
        else ""
    )
    cuff_start = max(0.0, clothes.sleeve_length - 0.1)
    cuff = line(
        _segment(shoulder, arm.elbow, arm.hand, cuff_start, clothes.sleeve_length),
        clothes.cuff,
        33.4,
        stroke_linecap="butt",
    )
    edge = line(sleeve, shade(clothes.sleeve, -0.2), 33.4)
    return bare + _hand(look, arm.gesture, x, y, side) + edge + line(sleeve, clothes.sleeve, 30.5) + cuff


def _hand(look: HeroLook, gesture: str, x: float, y: float, side: int) -> str:
    edge = shade(look.skin, -0.2)
    palm = circle(x, y, 15.5, look.skin, stroke=edge, stroke_width=1.6, stroke_opacity=0.55)
    if gesture == "open":
        fingers = "".join(
            line(f"M{x:.1f},{y:.1f} l{dx * side},{dy}", look.skin, 9.5)
            for dx, dy in ((-13, -19), (-3, -24), (8, -22), (19, -11))
        )
        return fingers + palm
    if gesture == "finger":
        return line(f"M{x:.1f},{y:.1f} l{side * 25},-9", look.skin, 10) + palm
    thumb = ellipse(
        x - side * 8,
        y - 10,
        5.5,
        9,
        look.skin,
        turn=side * 30,
        stroke=edge,
        stroke_width=1.2,
        stroke_opacity=0.5,
    )
    return palm + (thumb if gesture == "fist" else "")


def _leg(look: HeroLook, clothes: Wear, leg: Leg, length: float, side: int) -> str:
    x, y = leg.foot
    knee_x, knee_share = leg.knee
    curve = f"M{leg.hip},{-length - 4:.1f} Q{knee_x},{-length * knee_share:.1f} {x},{y - 22}"
    outward = side if abs(leg.turn) < 1 else 1
    shoe = placed(_shoe(look), x, y, flip=outward < 0, turn=leg.turn)
    return line(curve, shade(clothes.legs, -0.1 if side < 0 else 0), 34) + shoe


def _shoe(look: HeroLook) -> str:
    return (
        path("M-21,-2 C-25,-28 -8,-30 6,-28 C26,-24 31,-12 30,-2Z", look.shoes)
        + path("M-8,-28 q10,8 20,2 l-3,-3 q-8,-2 -17,1Z", "#ffffff", opacity=0.35)
        + path("M-22,-5 h53 v3 q0,3 -4,3 h-45 q-4,0 -4,-3z", "#fff6ea")
    )


def seated_legs(look: HeroLook, clothes: Wear) -> str:
    """Seen from the front: thighs towards us, shins down, toes up. The ground is at 0."""
    parts = []
    for side in (-1, 1):
        knee_x, knee_y = side * 41, -SEAT_HEIGHT + 14
        parts += [
            line(f"M{knee_x},{knee_y} L{side * 44},-22", shade(clothes.legs, -0.14), 32),
            line(f"M{side * 24},{-SEAT_HEIGHT - 4} L{knee_x},{knee_y - 6}", shade(clothes.legs, -0.04), 40),
            ellipse(knee_x, knee_y - 6, 21, 19, shade(clothes.legs, 0.08)),
            ellipse(side * 47, -13, 23, 15, look.shoes),
            path(f"M{side * 47 - 23},-10 q23,14 46,0 q0,11 -23,11 q-23,0 -23,-11Z", "#fff6ea"),
        ]
    return "".join(parts) + placed(clothes.lap, 0, -SEAT_HEIGHT - 6)


def lying(canvas: Canvas, look: HeroLook, *, mood: str) -> str:
    """On the tummy, chin in hands, feet in the air. The ground is at 0, the elbows at the left."""
    clothes = wear(canvas, look)
    garment = canvas.vertical(shade(look.colour, 0.08), shade(look.colour, -0.14))
    dark_leg = shade(clothes.legs, -0.12)
    legs = (
        line("M206,-34 L286,-24 L306,-112", dark_leg, 33)
        + placed(_shoe(look), 306, -140, turn=184)
        + line("M206,-30 L274,-20 L276,-104", clothes.legs, 33)
        + placed(_shoe(look), 276, -132, turn=176)
    )
    torso = path("M6,-92 C70,-104 140,-88 196,-66 C226,-54 232,-14 214,-4 L0,-4Z", garment)
    back = path(
        "M6,-92 C70,-104 140,-88 196,-66 C206,-62 212,-54 216,-46 C140,-74 70,-84 6,-74Z",
        "#ffffff",
        opacity=0.16,
    )
    hem = line("M208,-58 Q226,-34 212,-6", shade(look.colour, -0.25), 6, opacity=0.7)
    hidden_below = canvas.clip("M-300,-400 H500 V2 H-300Z")
    locks = group(placed(hair.behind(canvas, look), 0, -104, look.head * 0.97), clip_path=hidden_below)
    forearm = clothes.sleeve if clothes.sleeve_length > 0.6 else look.skin
    arms = "".join(
        circle(side * 60, -55, 16, look.skin, stroke=shade(look.skin, -0.2), stroke_width=1.6)
        + line(
            f"M{side * 40},-15 L{side * 86},-15 Q{side * 94},-30 {side * 72},-40", shade(forearm, -0.2), 30
        )
        + line(f"M{side * 40},-15 L{side * 86},-15 Q{side * 94},-30 {side * 72},-40", forearm, 27)
        for side in (-1, 1)
    )
    front = placed(head(canvas, look, mood, -0.3), 0, -104, look.head * 0.97, turn=-2)
    return legs + torso + back + hem + locks + front + arms


def asleep(canvas: Canvas, look: HeroLook, *, mood: str) -> str:
    """Head and one arm of a hero tucked in, around the middle of the pillow; the blanket is drawn by the room."""
    restful = "sleepy" if mood in {"sleepy", "calm", "happy"} else mood
    hidden_below = canvas.clip("M-200,-200 H260 V80 H-200Z")
    return group(
        group(hair.behind(canvas, look), clip_path=hidden_below),
        head(canvas, look, restful, 0.2),
        transform=f"rotate(-12) scale({look.head:.3f})",
    )


def _curve(start: Point, bend: Point, end: Point, share: float) -> str:
    return _segment(start, bend, end, 0, share)


def _segment(start: Point, bend: Point, end: Point, first: float, last: float) -> str:
    """The part of a quadratic curve between two shares of its length parameter."""

    def at(a: float, b: float) -> Point:
        x, y = (
            (1 - a) * (1 - b) * start[i] + (a * (1 - b) + b * (1 - a)) * bend[i] + a * b * end[i]
            for i in (0, 1)
        )
        return x, y

    (x0, y0), (x1, y1), (x2, y2) = at(first, first), at(first, last), at(last, last)
    return f"M{x0:.1f},{y0:.1f} Q{x1:.1f},{y1:.1f} {x2:.1f},{y2:.1f}"
