"""The colours and shapes of the figures can be told apart, by colour-blind readers too."""

import itertools

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_rgb

from lab.plots import style
from lab.plots.boundary import FIELDS

# severities as in Machado, Oliveira and Fernandes (2009): 100 is the whole colour missing
VISIONS = {
    "full": None,
    "no green": "deuteranomaly",
    "no red": "protanomaly",
    "no blue": "tritanomaly",
}
TOLD_APART = 10  # CAM02-UCS; 1 is just noticeable side by side
GRAPHIC_CONTRAST = 3  # WCAG 2.1, 1.4.11, for lines and marks on their background


def seen(colour, vision):
    """Return a colour, in sRGB from 0 to 1, as a person with that vision sees it."""
    if VISIONS[vision] is None:
        return np.array(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": VISIONS[vision], "severity": 100}
    return np.clip(cspace_convert(colour, space, "sRGB1"), 0, 1)


def difference(first, second, vision):
    return float(deltaE(seen(first, vision), seen(second, vision), input_space="sRGB1"))


def luminance(colour):
    linear = np.where(
        np.array(colour) <= 0.04045,
        np.array(colour) / 12.92,
        ((np.array(colour) + 0.055) / 1.055) ** 2.4,
    )
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def on_white(rgba):
    return np.array(rgba[:3]) * rgba[3] + 1 - rgba[3]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("first", "second"), itertools.combinations(style.COLOURS, 2))
def test_two_colours_differ_for_every_eye(first, second, vision):
    assert difference(to_rgb(first), to_rgb(second), vision) >= TOLD_APART


@pytest.mark.parametrize("vision", VISIONS)
def test_the_two_sides_of_a_boundary_differ_for_every_eye(vision):
    assert difference(*map(on_white, FIELDS), vision) >= TOLD_APART


@pytest.mark.parametrize("colour", style.COLOURS)
def test_every_colour_stands_out_from_the_page(colour):
    page = to_rgb(style.STYLE["figure.facecolor"])
    assert contrast(to_rgb(colour), page) >= GRAPHIC_CONTRAST


def test_points_stand_out_from_the_side_on_which_they_are_right():
    for colour, field in zip(style.CLASS_COLOURS, FIELDS, strict=True):
        assert contrast(to_rgb(colour), on_white(field)) >= 2.5


def test_no_line_is_told_by_its_colour_alone():
    for kinds in (style.LINES, style.MARKERS):
        assert len(set(kinds)) == len(kinds) >= len(style.COLOURS)
    assert len(set(style.CLASS_MARKERS)) == 2


def test_red_and_green_would_be_found():
    """The measure can fail: traffic lights do not differ enough without green."""
    assert difference(to_rgb("#d62728"), to_rgb("#7f7f1f"), "no green") < TOLD_APART
