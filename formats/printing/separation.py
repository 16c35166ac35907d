"""Colours for the press: sRGB into grey, or into CMYK by what a press's profile says its inks look like.

A profile tells both ways, from ink to colour and back. The way back fixes how much ink is used; printers set
different limits, so we work it out from the way forth ourselves: for each colour, as much black as leaves the
rest in reach, and of the three others what comes nearest, within the printer's limit.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

PROFILE = Path(__file__).parent / "profiles" / "CGATS001Compat-v2-micro.icc"
CONDITION = "CGATS TR 001"  # its name in the ICC's registry of printing conditions
REGISTRY = "http://www.color.org"

_SIDE = 17  # of the table of colours
_ROUNDS = 10
_DARK = 0.22  # below this lightness, of 1, type that is nearly neutral is set in black alone
_NEUTRAL = 0.12


class BadProfile(ValueError):
    """The file is not an ICC profile of a press with four inks."""


class Separation:
    """Turns sRGB into ink for one profile. `most_ink` is the most of all four together, in per cent."""

    def __init__(self, profile: bytes, *, most_ink: int = 300) -> None:
        self.profile, self.most_ink = profile, most_ink

    def colour(self, red: float, green: float, blue: float) -> tuple[float, float, float, float]:
        """The inks, each from 0 to 1."""
        if min(red, green, blue) > 0.995:
            return 0.0, 0.0, 0.0, 0.0
        from PIL import Image

        pixel = Image.new("RGB", (1, 1), tuple(round(part * 255) for part in (red, green, blue)))
        inks: Any = self.picture(pixel).getpixel((0, 0))
        cyan, magenta, yellow, black = (round(ink / 255, 3) for ink in inks)
        return cyan, magenta, yellow, black

    def picture(self, picture: Image.Image) -> Image.Image:
        """The same picture in CMYK."""
        return picture.convert("RGB").filter(self._table)

    @cached_property
    def _table(self) -> Any:
        from PIL import ImageFilter

        return ImageFilter.Color3DLUT(
            _SIDE, self._inks().ravel().tolist(), channels=4, target_mode="CMYK", _copy_table=False
        )

    def _inks(self) -> Any:
        """The inks of each colour of the table, red running quickest."""
        import numpy as np

        steps = np.linspace(0, 1, _SIDE)
        blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
        colours = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
        wanted = self._within_reach(_lab_of_srgb(colours))
        inks = self._solved(wanted, 1 - colours)
        inks[colours.min(axis=1) >= 1] = 0
        return inks

    def _solved(self, wanted: Any, start: Any) -> Any:
        """Newton's steps from the complement of the colour, the black ink set by its darkness."""
        import numpy as np

        darkness = 1 - wanted[:, 0] / 100
        grey = start.min(axis=1)
        black = np.clip((darkness - 0.3) / 0.7, 0, 1) ** 1.6 * np.clip(grey * 1.15, 0, 1)
        others = np.clip(start - black[:, None] * 0.6, 0, 1)
        for _round in range(_ROUNDS):
            now = self._looks(others, black)
            slopes = np.stack(
                [(self._looks(_more(others, ink), black) - now) / _STEP for ink in range(3)], axis=-1
            )
            square = slopes.transpose(0, 2, 1) @ slopes + np.eye(3) * 30
            pull = (slopes.transpose(0, 2, 1) @ (wanted - now)[:, :, None])[:, :, 0]
            others = np.clip(others + np.linalg.solve(square, pull[:, :, None])[:, :, 0] * 0.8, 0, 1)
            # Where the limit leaves a colour too light, black ink is what darkens it for less.
            full = others.sum(axis=1) + black > self.most_ink / 100 - 0.04
            black = np.where(full & (now[:, 0] > wanted[:, 0] + 1), np.minimum(black + 0.05, 1), black)
            others = self._limited(others, black)
        return np.concatenate([others, black[:, None]], axis=1)

    def _limited(self, others: Any, black: Any) -> Any:
        import numpy as np

        room = np.maximum(self.most_ink / 100 - 0.02 - black, 0)
        total = others.sum(axis=1)
        return others * np.minimum(1, room / np.maximum(total, 1e-6))[:, None]

    def _within_reach(self, lab: Any) -> Any:
        """Lightness from the press's own black to its paper: shadows keep their steps (black point)."""
        import numpy as np

        room = self.most_ink / 100 - 1.02
        deepest = self._looks(np.full((1, 3), min(room / 3, 1.0)), np.ones(1))[0, 0]
        scaled = lab.copy()
        scaled[:, 0] = deepest + lab[:, 0] * (100 - deepest) / 100
        return scaled

    def _looks(self, others: Any, black: Any) -> Any:
        """L*a*b* of inks by the profile, relative to its paper."""
        import numpy as np
        from PIL import Image, ImageCms

        inks = np.concatenate([others, black[:, None]], axis=1)
        sheet = Image.frombytes(
            "CMYK", (len(inks), 1), np.clip(inks * 255 + 0.5, 0, 255).astype(np.uint8).tobytes()
        )
        seen = ImageCms.applyTransform(sheet, self._forth)
        if seen is None:
            raise BadProfile
        lab = np.frombuffer(seen.tobytes(), dtype=np.uint8).reshape(-1, 3)
        signed = lab[:, 1:].astype(np.int16)
        return np.concatenate(
            [lab[:, :1] / 2.55, np.where(signed > 127, signed - 256, signed)], axis=1
        ).astype(float)

    @cached_property
    def _forth(self) -> Any:
        from PIL import ImageCms

        try:
            press = ImageCms.getOpenProfile(BytesIO(self.profile))
            if press.profile.xcolor_space.strip() != "CMYK":
                raise BadProfile
            return ImageCms.buildTransform(
                press,
                ImageCms.createProfile("LAB"),
                "CMYK",
                "LAB",
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            )
        except (OSError, ImageCms.PyCMSError) as error:
            raise BadProfile from error


_STEP = 8 / 255


@lru_cache(maxsize=4)
def separation(profile: bytes, most_ink: int) -> Separation:
    """The table takes about a second to make, so it is kept."""
    return Separation(profile, most_ink=most_ink)


def is_black(red: float, green: float, blue: float) -> bool:
    """Whether the eye takes a colour of type for black."""
    return max(red, green, blue) < _DARK and max(red, green, blue) - min(red, green, blue) < _NEUTRAL


def grey_of(red: float, green: float, blue: float, *, fine: bool) -> float:
    """Grey from 0 (black) to 1. Type and lines that are dark are black: a screen of dots blurs letters."""
    lightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 0.0 if fine and lightness < 0.45 else round(lightness, 3)


def _more(others: Any, ink: int) -> Any:
    more = others.copy()
    more[:, ink] += _STEP
    return more


def _lab_of_srgb(colours: Any) -> Any:
    """CIE L*a*b* (D50, as profiles have it) of sRGB from 0 to 1."""
    import numpy as np

    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [
            [0.4360747, 0.3850649, 0.1430804],
            [0.2225045, 0.7168786, 0.0606169],
            [0.0139322, 0.0971045, 0.7141733],
        ]
    )
    relative = linear @ to_xyz.T / np.array([0.9642, 1.0, 0.8249])
    bent = np.where(relative > 216 / 24389, np.cbrt(relative), (relative * 24389 / 27 + 16) / 116)
    return np.stack(
        [
            116 * bent[:, 1] - 16,
            500 * (bent[:, 0] - bent[:, 1]),
            200 * (bent[:, 1] - bent[:, 2]),
        ],
        axis=1,
    )
