"""From sRGB to ink: near what it should look like, within the printer's limit, black type in black alone."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from formats.printing.separation import PROFILE, BadProfile, Separation, grey_of, is_black


@pytest.fixture(scope="module")
def press() -> Separation:
    return Separation(PROFILE.read_bytes(), most_ink=240)


def test_no_colour_takes_more_ink_than_allowed(press: Separation) -> None:
    steps = np.linspace(0, 255, 24).astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    inks = np.asarray(press.picture(Image.fromarray(grid, "RGB"))).astype(float).sum(axis=2) / 2.55
    assert 230 < inks.max() <= 241


def test_white_is_paper_and_a_black_field_is_deep(press: Separation) -> None:
    assert press.colour(1, 1, 1) == (0, 0, 0, 0)
    deep = press.colour(0, 0, 0)
    assert deep[3] > 0.9 and 2 < sum(deep) <= 2.4


def test_colours_keep_their_hue(press: Separation) -> None:
    cyan, magenta, yellow, black = press.colour(0.8, 0.2, 0.15)
    assert magenta > 0.7 and yellow > 0.6 and cyan < 0.2 and black < 0.2
    cyan, magenta, yellow, _black = press.colour(0.2, 0.6, 0.3)
    assert cyan > 0.5 and yellow > 0.5 and magenta < 0.35


def test_greys_have_a_balance_that_looks_grey(press: Separation) -> None:
    from formats.printing.separation import _lab_of_srgb

    for level in (0.3, 0.5, 0.7, 0.9):
        inks = press.colour(level, level, level)
        seen = press._looks(np.array([inks[:3]]), np.array([inks[3]]))[0]
        wanted = press._within_reach(_lab_of_srgb(np.array([[level] * 3])))[0]
        assert np.abs(seen - wanted).max() < 4


def test_profile_of_another_kind_is_refused() -> None:
    from PIL import ImageCms

    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for bad in (screen, b"nothing of the kind"):
        with pytest.raises(BadProfile):
            Separation(bad).colour(0.5, 0.2, 0.2)


def test_dark_type_is_pure_black_and_a_dark_field_is_not() -> None:
    assert grey_of(0.36, 0.12, 0.1, fine=True) == 0
    assert grey_of(0.3, 0.3, 0.3, fine=False) == 0.3
    assert grey_of(0.9, 0.9, 0.9, fine=True) == 0.9
    assert is_black(0.12, 0.1, 0.09) and not is_black(0.3, 0.1, 0.1)
