"""The one style of all figures, and how a figure becomes a picture with a text alternative."""

import base64
import functools
import html
import io
from typing import Any, NamedTuple

import matplotlib
import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from lab.meter import attached

# Okabe and Ito (2008); each colour has a marker and a line style of its own
BLUE, ORANGE, GREEN, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, BLACK)
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
MARKERS = ("o", "^", "s", "D", "v")
CLASS_COLOURS, CLASS_MARKERS = (BLUE, ORANGE), ("o", "^")
STYLE: dict[Any, Any] = {
    "font.size": 11.5,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "axes.axisbelow": True,
    "legend.frameon": True,
    "legend.framealpha": 0.85,
    "legend.edgecolor": "none",
    "lines.linewidth": 1.8,
    "figure.facecolor": "white",
}
"""On white with a margin, so that a figure reads the same on a dark page."""

WIDTH, HEIGHT = 8.0, 3.5  # inches; as wide as a notebook's text
PIXELS_PER_INCH = 100  # as shown
SHARPNESS = 1.5  # stored pixels for each one shown, for zoom and for fine screens
COLOURS_STORED = 128  # enough for soft edges; a third of the bytes


class Picture(NamedTuple):
    """A figure as PNG, and what is seen on it in words."""

    png: bytes
    alt: str

    @property
    def size(self):
        """Width and height as shown, in pixels."""
        width, height = Image.open(io.BytesIO(self.png)).size
        return round(width / SHARPNESS), round(height / SHARPNESS)

    def html(self):
        """Return an img element that carries the picture and its alternative."""
        width, height = self.size
        data = base64.b64encode(self.png).decode("ascii")
        return (
            f'<img src="data:image/png;base64,{data}" alt="{html.escape(self.alt)}" '
            f'width="{width}" height="{height}" decoding="sync" '
            'style="max-width: 100%; height: auto">'
        )

    def show(self):
        """Display the picture.

        JupyterLab drops the alternative of a PNG, so where a person watches it gets
        an element that has one. What is stored without a person is the PNG.
        """
        width, height = self.size
        bundle = {"image/png": self.png, "text/plain": self.alt}
        if attached():
            bundle["text/html"] = self.html()
        about = {"image/png": {"alt": self.alt, "width": width, "height": height}}
        display(bundle, raw=True, metadata=about)


def shown(draw):
    """Turn a function that returns (figure, alt) into one that shows the picture.

    The picture itself is what its attribute ``picture`` returns.
    """

    @functools.wraps(draw)
    def picture(*args, **kwargs):
        with matplotlib.rc_context(STYLE):
            figure, alt = draw(*args, **kwargs)
            return Picture(_png(figure), alt)

    @functools.wraps(draw)
    def show(*args, **kwargs):
        picture(*args, **kwargs).show()

    vars(show)["picture"] = picture
    return show


def new_figure(panels=1, height=HEIGHT, same=False):
    """Return an empty figure and its panels, side by side, with the same axes if asked."""
    figure = blank(height, WIDTH if panels > 1 else 0.75 * WIDTH)
    figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.1)
    return figure, figure.subplots(1, panels, squeeze=False, sharex=same, sharey=same)[0]


def blank(height=HEIGHT, width=WIDTH):
    """Return a figure without panels, sizes in inches."""
    return Figure(figsize=(width, height))


def percent(share, digits=0):
    """Return a share between 0 and 1 in per cent, with so many digits after the point."""
    return f"{100 * float(share):.{digits}f}"


def short(number):
    """Return a number with two digits, or all of those before the point, and no more."""
    if abs(number) >= 99.5:
        return f"{float(number):.0f}"
    return f"{float(number):.2g}" if abs(number) > 1e-6 else "0"


def _png(figure):
    """Return the figure as a small PNG that holds no version and no time."""
    figure.set_dpi(PIXELS_PER_INCH * SHARPNESS)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    picture = picture.quantize(COLOURS_STORED, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    data = io.BytesIO()
    picture.save(data, "png", optimize=False, compress_level=6)
    return data.getvalue()
