"""The figures of the report: drawn as SVG of few elements, each with its numbers in words.

They take their colours from the page, so that they are right in both themes and in print.
"""

from collections.abc import Sequence

import markupsafe

from autograders.reports.sums import Count

WIDTH, GAP, HEIGHT, ABOVE, BELOW = 22, 4, 80, 14, 16
"""Of a column, between two, of the highest, and of the numbers above and below, in pixels."""
LABELS = 20  # columns that are labelled each; of more every second or fifth one is
BAR_WIDTH, BAR_HEIGHT = 160, 14

SVG = markupsafe.Markup(
    '<svg class="figure" role="img" width="{width}" height="{height}" '
    'viewBox="0 0 {width} {height}"><title>{title}</title>{inside}</svg>'
)
RECT = markupsafe.Markup(
    '<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'
)
TEXT = markupsafe.Markup('<text x="{x:g}" y="{y:g}" text-anchor="middle">{text}</text>')
EMPTY = markupsafe.Markup("")


def columns(counts: Sequence[Count], title: str) -> markupsafe.Markup:
    """Return how many have how many points, as columns with their numbers.

    Parameters
    ----------
    counts : sequence of Count
    title : str
        The figure in words.
    """
    most = max((each.count for each in counts), default=0) or 1
    every = next(step for step in (1, 2, 5, 10, 100) if len(counts) <= step * LABELS)
    inside, base = EMPTY, ABOVE + HEIGHT
    for place, each in enumerate(counts):
        x, height = place * (WIDTH + GAP), HEIGHT * each.count / most
        middle = x + WIDTH / 2
        inside += RECT.format(kind="axis", x=x, y=base, width=WIDTH, height=1)
        if each.count:
            says = {"x": x, "y": base - height, "width": WIDTH, "height": height}
            inside += RECT.format(kind="column", **says)
            inside += TEXT.format(x=middle, y=base - height - 3, text=each.count)
        if place % every == 0:
            inside += TEXT.format(x=middle, y=base + BELOW - 3, text=each.points)
    width = max(len(counts) * (WIDTH + GAP), 1)
    return SVG.format(width=width, height=base + BELOW, title=title, inside=inside)


def bar(counts: dict[str, int], title: str) -> markupsafe.Markup:
    """Return shares of a whole side by side; each is drawn in the way that its name has.

    Parameters
    ----------
    counts : dict of str to int
    title : str
    """
    total, x, inside = sum(counts.values()) or 1, 0.0, EMPTY
    for kind, count in counts.items():
        width = BAR_WIDTH * count / total
        if count:
            says = {"x": x, "y": 0, "width": width, "height": BAR_HEIGHT}
            inside += RECT.format(kind=kind, **says)
        x += width
    return SVG.format(width=BAR_WIDTH, height=BAR_HEIGHT, title=title, inside=inside)
