"""The colours and shapes of the figures can be told apart, by colour-blind readers too."""

import itertools

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_rgb

from lab.plots import style
from lab.plots.field import SHADES

# severities as in Machado, Oliveira and Fernandes (2009): 100 is the whole colour missing
VISIONS = {
    "full": None,
    "no green": "deuteranomaly",
    "no red": "protanomaly",
    "no blue": "tritanomaly",
}
TOLD_APART = 10  # CAM02-UCS; 1 is just noticeable side by side
NEXT_TO_EACH_OTHER = 7  # of two shades that touch
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


SURE_0, LIKELY_0, UNDECIDED, LIKELY_1, SURE_1 = FIELDS = SHADES[:, :3] / 255


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("first", "second"), itertools.combinations(style.COLOURS, 2))
def test_two_colours_differ_for_every_eye(first, second, vision):
    assert difference(to_rgb(first), to_rgb(second), vision) >= TOLD_APART


@pytest.mark.parametrize("vision", VISIONS)
def test_the_two_sides_of_a_boundary_differ_for_every_eye(vision):
    assert difference(LIKELY_0, LIKELY_1, vision) >= TOLD_APART
    assert difference(SURE_0, SURE_1, vision) >= TOLD_APART


@pytest.mark.parametrize("vision", VISIONS)
def test_each_step_of_sureness_is_seen_by_every_eye(vision):
    for first, second in itertools.pairwise(FIELDS):
        assert difference(first, second, vision) >= NEXT_TO_EACH_OTHER


def test_the_shades_go_from_one_class_over_white_to_the_other():
    assert UNDECIDED.tolist() == [1, 1, 1]
    for colour, (sure, likely) in zip(
        style.CLASS_COLOURS, ((SURE_0, LIKELY_0), (SURE_1, LIKELY_1)), strict=True
    ):
        steps = [np.abs(to_rgb(colour) - shade).sum() for shade in (sure, likely, UNDECIDED)]
        assert steps == sorted(steps)


@pytest.mark.parametrize("colour", style.COLOURS)
def test_every_colour_stands_out_from_the_page(colour):
    page = to_rgb(style.STYLE["figure.facecolor"])
    assert contrast(to_rgb(colour), page) >= GRAPHIC_CONTRAST


@pytest.mark.parametrize("shade", FIELDS, ids=str)
@pytest.mark.parametrize("colour", style.CLASS_COLOURS)
def test_points_stand_out_from_every_shade(colour, shade):
    assert contrast(to_rgb(colour), shade) >= 2.49


@pytest.mark.parametrize("shade", FIELDS, ids=str)
def test_the_line_stands_out_from_every_shade(shade):
    assert contrast(to_rgb(style.BLACK), shade) >= 10


def test_no_line_is_told_by_its_colour_alone():
    for kinds in (style.LINES, style.MARKERS):
        assert len(set(kinds)) == len(kinds) >= len(style.COLOURS)
    assert len(set(style.CLASS_MARKERS)) == 2


def test_red_and_green_would_be_found():
    """The measure can fail: traffic lights do not differ enough without green."""
    assert difference(to_rgb("#d62728"), to_rgb("#7f7f1f"), "no green") < TOLD_APART
