"""The figures of the notebooks: one style, colours that colour-blind readers can tell apart.

Each of these functions works on plain data and shows one figure with a text
alternative that says what is seen. ``plots.points.picture(...)`` and so on return
that `Picture` instead of showing it.
"""

from lab.plots.boundary import Film, boundaries, snapshot
from lab.plots.curve import compare, curves, losses, profile, sizes, sweep
from lab.plots.diagram import network
from lab.plots.digit import pictures
from lab.plots.draw import histograms, mask
from lab.plots.gallery import bundles, gallery
from lab.plots.pair import pairs
from lab.plots.scatter import points
from lab.plots.style import Picture
from lab.plots.text import prose, table

__all__ = [
    "Film",
    "Picture",
    "boundaries",
    "bundles",
    "compare",
    "curves",
    "gallery",
    "histograms",
    "losses",
    "mask",
    "network",
    "pairs",
    "pictures",
    "points",
    "profile",
    "prose",
    "sizes",
    "snapshot",
    "sweep",
    "table",
]
