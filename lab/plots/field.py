"""How sure a network is of each place in the plane: shades for it, and the line at 0.5."""

import contourpy
import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from PIL import Image

from lab.language import Message
from lab.network import forward_propagation, sigmoid
from lab.plots.fonts import Word
from lab.plots.style import BLACK, CLASS_COLOURS, percent

SIDE = 120  # of the grid on which a network is asked
MARGIN = 0.2  # around the points
EDGES = (0.1, 0.3, 0.7, 0.9)  # probabilities of class 1 between which one shade goes
DEPTHS = (0.3, 0.14)  # of the class's colour, where the network is sure and where it is less so
KEY = Word("probability of class 1")
SURE = (EDGES[0], EDGES[-1])
WHAT_SURE = Message("Sure is a probability of either class above 90 %.")


def _shades():
    """Return the colours from sure class 0 over white to sure class 1, as bytes RGBA."""
    zero, one = (np.array(to_rgb(colour)) for colour in CLASS_COLOURS)
    sides = [(zero, depth) for depth in DEPTHS], [(one, depth) for depth in DEPTHS[::-1]]
    tints = [[depth * colour + 1 - depth for colour, depth in side] for side in sides]
    opaque = np.column_stack([[*tints[0], np.ones(3), *tints[1]], np.ones(5)])
    return np.round(255 * opaque).astype(np.uint8)


SHADES = _shades()


def logit(probability):
    """Return the z whose sigmoid is the probability."""
    return np.log(probability / (1 - np.asarray(probability)))


class Plane:
    """The part of the plane around some points.

    Parameters
    ----------
    X : ndarray, shape (2, m)
        The points.
    """

    def __init__(self, X):
        low, high = X.min(axis=1) - MARGIN, X.max(axis=1) + MARGIN
        self.x, self.y = (np.linspace(low[i], high[i], SIDE) for i in (0, 1))
        self.extent = (low[0], high[0], low[1], high[1])
        grid = np.meshgrid(self.x, self.y)
        self.shape = grid[0].shape
        self.places = np.stack([axis.ravel() for axis in grid])

    def ask(self, parameters):
        """Return z of the last layer at each place, (SIDE, SIDE): 0 where the network turns.

        Between the places z runs straighter than the probability does.
        """
        _, cache = forward_propagation(self.places, parameters)
        return cache[8].reshape(self.shape)

    def lines(self, z, level=0.0):
        """Return where z crosses a level, as arrays of places (n, 2)."""
        return contourpy.contour_generator(self.x, self.y, z).lines(level)


def shares(z):
    """Return, in per cent, where class 1 is the answer and where the network is sure."""
    sure = (z < logit(SURE[0])) | (z > logit(SURE[1]))
    return {"area": percent(np.mean(sigmoid(z) > 0.5)), "sure": percent(np.mean(sure))}


class Field(Artist):
    """The shades of a whole panel, pixel by pixel, below all else.

    Matplotlib's own images are resampled each time they are drawn, which takes longer than
    all the rest.
    """

    zorder = 0

    def __init__(self, panel):
        super().__init__()
        self.panel = panel
        self.z = self.pixels = self.like = None
        panel.add_artist(self)

    def set_z(self, z, like=None):
        """Take other values, (rows, columns) from below; another field may show the same."""
        self.z, self.pixels, self.like = z, None, like

    def draw(self, renderer):
        """Put the pixels where the panel is."""
        box = self.panel.bbox
        left, bottom = round(box.x0), round(box.y0)
        size = round(box.x1) - left, round(box.y1) - bottom
        if self.like is not None and _fits(self.like.pixels, size):
            self.pixels = self.like.pixels
        elif not _fits(self.pixels, size):
            self.pixels = _shaded(self.z, size)
        renderer.draw_image(renderer.new_gc(), left, bottom, self.pixels)
        self.stale = False


def _fits(pixels, size):
    return pixels is not None and pixels.shape[1::-1] == size


def _shaded(z, size):
    """Return the shades of z as RGBA for so many pixels across and up."""
    coarse = Image.fromarray(z.astype(np.float32))
    heights = np.asarray(coarse.resize(size, Image.Resampling.BILINEAR))
    number = np.zeros(size[::-1], dtype=np.uint8)
    for edge in logit(EDGES).astype(np.float32):
        number += heights > edge
    image = Image.fromarray(number)
    image.putpalette(SHADES[:, :3].tobytes())
    return np.array(image.convert("RGBA"))  # to be drawn it has to be writable


def boundary(panel, width=1.5):
    """Return the artist of a boundary, without any line yet."""
    line = LineCollection([], colors=BLACK, linewidths=width, zorder=1.5)
    return panel.add_collection(line, autolim=False)


def key(panel):
    """Turn a small panel into the key of the shades: a column of them with their limits."""
    panel.imshow(SHADES[:, None], aspect="auto", origin="lower", extent=(0, 1, 0, len(SHADES)))
    panel.axhline(len(SHADES) / 2, color=BLACK, linewidth=1.5)
    places = [0, 1, 2, len(SHADES) / 2, 3, 4, 5]
    names = [f"{p:g}" for p in (0, *EDGES[:2], 0.5, *EDGES[2:], 1)]
    panel.set(xticks=[], yticks=places, yticklabels=names)
    panel.set_ylabel(KEY, fontsize=10)
    panel.tick_params(axis="y", length=0, labelsize=9.5)
    panel.yaxis.tick_right()
    panel.yaxis.set_label_position("right")
    panel.grid(False)
    panel.spines[:].set_visible(False)
