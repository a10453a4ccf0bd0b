"""Results on the same draws, pair by pair."""

import numpy as np

from lab.language import Message, capitalised, translated
from lab.plots.fonts import Word, worded
from lab.plots.style import BLACK, BLUE, GREEN, MARKERS, ORANGE, new_figure, shown

DIFFERENCE = Word("{name} − {base}")
ALT = Message("{unit}, against {base}; one mark for each of {count} draws. {lines}")
LINE = Message("{name}: {better} above zero, {worse} below; mean {mean}, standard deviation {sd}.")


@shown
def pairs(results, unit):
    """Draw, for each method but the first, its difference to the first on every draw.

    Parameters
    ----------
    results : dict of str to sequence of float
        For each method its result on draw 1, 2, ...; the same draws for all.
    unit : str
        What the numbers are, such as "% right on the test points".
    """
    (base, first), *others = results.items()
    figure, (panel,) = new_figure(height=1.3 + 0.75 * len(others))
    phrases = []
    for place, (name, values) in enumerate(others):
        differences = np.asarray(values, dtype=float) - np.asarray(first, dtype=float)
        mean, sd = differences.mean(), differences.std(ddof=1)
        # beside each other where they would hide each other
        heights = place + 0.22 * np.cos(np.pi * np.arange(differences.size))
        colour = (BLUE, ORANGE, GREEN)[place % 3]
        panel.plot(differences, heights, MARKERS[place], color=colour, alpha=0.75)
        panel.errorbar(mean, place, xerr=sd, fmt="|", color=BLACK, markersize=14, capsize=5)
        phrases.append(
            LINE.format(
                name=translated(name),
                better=int(np.sum(differences > 0)),
                worse=int(np.sum(differences < 0)),
                mean=f"{mean:+.1f}",
                sd=f"{sd:.1f}",
            )
        )
    panel.axvline(0, color=BLACK, linestyle=":", linewidth=1.2)
    names = [DIFFERENCE.format(name=worded(name), base=worded(base)) for name, _ in others]
    panel.set(yticks=range(len(others)), yticklabels=names, ylim=(-0.6, len(others) - 0.4))
    panel.set(xlabel=worded(unit))
    panel.invert_yaxis()
    panel.grid(axis="y", visible=False)
    return figure, ALT.format(
        unit=capitalised(translated(unit)),
        base=translated(base),
        count=len(first),
        lines=" ".join(phrases),
    )
