"""Themes as data: the measure, size and height of their pages on every trim."""

from __future__ import annotations

import pytest

from formats.builders.themes import INCH, THEMES, TRIMS, Theme, Trim

PROSE = [theme for theme in THEMES.values() if theme.design == "prose"]
SIZES = [*TRIMS.values(), Trim.custom(5.25 * INCH, 8 * INCH), Trim.custom(7.5 * INCH, 9.25 * INCH)]


def whole_lines(theme: Theme) -> float:
    return (theme.height - theme.top - theme.bottom - theme.body_size) / theme.leading


@pytest.mark.parametrize("theme", PROSE, ids=lambda theme: theme.name)
@pytest.mark.parametrize("trim", SIZES, ids=lambda trim: f"{trim.name}-{trim.width:.0f}")
def test_lines_are_readable_and_pages_hold_whole_lines_on_every_trim(theme: Theme, trim: Trim) -> None:
    set_on = theme.on(trim)
    # Type that may not shrink further has shorter lines on the smallest pages.
    assert set_on.measure >= (44.5 if set_on.body_size > theme.least_size else 38)
    assert set_on.measure <= 75.5
    assert set_on.body_size >= theme.least_size
    assert whole_lines(set_on) == pytest.approx(round(whole_lines(set_on)), abs=0.01)
    assert min(set_on.outside, set_on.inside) >= 0.48 * INCH
    assert min(set_on.top, set_on.bottom) >= 0.6 * INCH


@pytest.mark.parametrize("theme", PROSE, ids=lambda theme: theme.name)
def test_themes_are_at_home_on_their_own_trim(theme: Theme) -> None:
    assert theme.on(Trim(theme.name, theme.width, theme.height)) == theme


def test_classic_novel_is_set_as_the_classics_are() -> None:
    theme = THEMES["classic-novel"]
    assert (theme.width, theme.height) == (6 * INCH, 9 * INCH)
    assert (theme.body_font, theme.body_size, theme.leading) == ("EB Garamond", 11, 14.5)
    assert theme.inside > theme.outside
    assert theme.old_style_figures and theme.opens_right and theme.justified and theme.hyphenated


@pytest.mark.parametrize("trim", SIZES, ids=lambda trim: f"{trim.name}-{trim.width:.0f}")
def test_large_print_is_large_on_every_trim(trim: Trim) -> None:
    """RNIB's clear print begins large print at 16 points, unjustified and without divided words."""
    theme = THEMES["large-print"].on(trim)
    assert theme.body_size >= 16
    assert theme.leading >= 1.4 * theme.body_size
    assert not theme.justified and not theme.hyphenated


def test_printer_gets_the_margins_it_asks_for_and_still_whole_lines() -> None:
    theme = THEMES["classic-novel"].printed(bleed=9, least_inside=80, least_outside=70)
    assert (theme.bleed, theme.inside, theme.outside, theme.top) == (9, 80, 70, 70)
    assert theme.bottom >= 70
    assert whole_lines(theme) == pytest.approx(round(whole_lines(theme)), abs=0.01)


def test_themes_are_of_different_faces_and_openings() -> None:
    assert len({theme.opening for theme in PROSE}) == len(PROSE) == 6
    assert len({theme.ornament for theme in PROSE}) == len({theme.heads for theme in PROSE}) == 6
    assert len({(theme.body_font, theme.title_font) for theme in PROSE}) == 6
