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
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from lab import threads
from lab.meter import attached
from lab.plots import fonts
from lab.plots.text import prose

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
NEIGHBOURS = 16  # of 255: colours nearer than this are one colour in a palette of our own
SMALL, QUICK = 6, 1  # how hard a PNG is compressed: one that is stored, one that is looked at once


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


class Scene:
    """A figure of which some artists move: what stands still is drawn only once.

    Parameters
    ----------
    figure : Figure
    moving : sequence of Artist
        Those that change from picture to picture.
    """

    def __init__(self, figure, moving=()):
        self.canvas = FigureCanvasAgg(figure)
        self.moving = sorted(moving, key=lambda artist: artist.zorder)
        for artist in self.moving:
            artist.set_animated(True)
        self.standing = None

    def redraw_all(self):
        """Forget what was drawn: something that stood still has changed."""
        self.standing = None

    def draw(self):
        """Return the canvas with everything drawn."""
        if self.standing is None:
            self.canvas.draw()
            self.standing = self.canvas.copy_from_bbox(self.canvas.figure.bbox)
        else:
            self.canvas.restore_region(self.standing)
        for artist in self.moving:
            artist.draw(self.canvas.renderer)
        return self.canvas


def shown(draw):
    """Turn a function that returns (figure or scene, alt) into one that shows the picture.

    The picture itself is what its attribute ``picture`` returns.
    """

    @functools.wraps(draw)
    @threads.on_one
    def picture(*args, **kwargs):
        with matplotlib.rc_context({**STYLE, **fonts.style()}):
            drawn, alt = draw(*args, **kwargs)
            scene = drawn if isinstance(drawn, Scene) else Scene(drawn)
            return Picture(png(scene.draw(), SMALL), alt)

    @functools.wraps(draw)
    def show(*args, **kwargs):
        if fonts.lacking("step"):
            prose(str(fonts.NO_FONT))
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
    return Figure(figsize=(width, height), dpi=PIXELS_PER_INCH * SHARPNESS)


def percent(share, digits=0):
    """Return a share between 0 and 1 in per cent, with so many digits after the point."""
    return f"{100 * float(share):.{digits}f}"


def short(number):
    """Return a number with two digits, or all of those before the point, and no more."""
    if abs(number) >= 99.5:
        return f"{float(number):.0f}"
    return f"{float(number):.2g}" if abs(number) > 1e-6 else "0"


def png(canvas, level, palette=None):
    """Return what was drawn as a PNG that holds no version and no time.

    Parameters
    ----------
    canvas : FigureCanvasAgg
    level : int
        How hard it is compressed.
    palette : Image, optional
        The colours to take; to find the best ones takes longer than to draw.
    """
    size = canvas.get_width_height(physical=True)
    drawn = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    found = {"palette": palette} if palette else {"method": Image.Quantize.FASTOCTREE}
    picture = drawn.convert("RGB").quantize(COLOURS_STORED, dither=Image.Dither.NONE, **found)
    data = io.BytesIO()
    picture.save(data, "png", optimize=False, compress_level=level)
    return data.getvalue()


def palette(grounds):
    """Return what a picture's colours can be: ours over each ground, with soft edges.

    Parameters
    ----------
    grounds : sequence of (int, int, int)
        Colours, from 0 to 255, that fill whole parts of it; white is always one.
    """
    inks = [255 * np.array(to_rgb(ink)) for ink in (*COLOURS, STYLE["grid.color"])]
    grounds = [np.full(3, 255.0), *map(np.array, grounds)]
    edges = [
        share * ink + (1 - share) * ground
        for share in (0.5, 0.25, 0.75)
        for ground in grounds
        for ink in (*inks, grounds[0])
    ]
    known: list = []
    for colour in [*grounds, *inks, *edges]:
        # Pillow looks colours up by their first bits: a neighbour would be taken for another
        if all(np.abs(colour - other).max() > NEIGHBOURS for other in known):
            known.append(colour)
    image = Image.new("P", (1, 1))
    image.putpalette(np.round(known).astype(np.uint8).tobytes())
    return image
