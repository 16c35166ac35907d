"""Shades of an organisation's colour can be read, whatever the colour."""

import math
import random
import re
from pathlib import Path

import pytest

from tenants.organisations.branding import BadColour, stylesheet
from tenants.organisations.colours import ENOUGH, INK, ON_DARKER, ON_LIGHTER, PAPER, contrast, shades_of

TOKENS = Path(__file__).parents[2] / "web" / "styles" / "tokens.css"
CHOSEN = ["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#808080", "#e7ded1", "#372e27"]
RANDOM = [f"#{random.Random(seed).randrange(1 << 24):06x}" for seed in range(400)]


def backgrounds(theme):
    block = re.search(rf'name: "{theme}";(.*?)\n}}', TOKENS.read_text(), re.S)[1]
    found = re.findall(r"--color-base-[123]00: oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", block)
    return [in_hex(float(light) / 100, float(chroma), float(hue)) for light, chroma, hue in found]


def in_hex(light, chroma, hue):
    """CSS Color 4, section 10.3: OKLCH by OKLab and linear light to sRGB."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l_ = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )
    encoded = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear)
    return "#" + "".join(f"{round(255 * min(1, max(0, v))):02x}" for v in encoded)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_worst_backgrounds_are_those_of_the_style_sheet():
    assert min(backgrounds("paper"), key=lambda each: contrast(each, "#000000")) == PAPER
    assert max(backgrounds("ink"), key=lambda each: contrast(each, "#000000")) == INK


def test_every_colour_can_be_read():
    for accent in CHOSEN + RANDOM:
        shades = shades_of(accent)
        for shade, theme, written in (
            (shades.on_light, "paper", ON_DARKER),
            (shades.on_dark, "ink", ON_LIGHTER),
        ):
            assert contrast(shade, written) >= ENOUGH, accent
            assert all(contrast(shade, each) >= ENOUGH for each in backgrounds(theme)), accent


def test_what_can_be_read_stays_as_it_is():
    assert shades_of("#1d3a8a").on_light == "#1d3a8a"
    assert shades_of("#ffe600").on_dark == "#ffe600"


@pytest.mark.parametrize("text", ["", "red", "#12345", "#12345G", "#123456}*{color:red", "#ABCDEF"])
def test_only_a_colour_gets_into_the_style_sheet(text):
    with pytest.raises(BadColour):
        stylesheet(text)
