"""Pictures of handwritten digits."""

from lab.language import Message, translated
from lab.plots.fonts import worded
from lab.plots.style import new_figure, shown

ALT = Message("{count} pictures of handwritten digits, 8 by 8 pixels each: {labels}.")


@shown
def pictures(X, labels):
    """Draw digits of 8 by 8 pixels with a word below each.

    Parameters
    ----------
    X : ndarray, shape (64, m)
        Grey values from 0 to 1, one picture a column.
    labels : list of str
        What stands below each picture.
    """
    figure, axes = new_figure(len(labels), height=1.8)
    for panel, picture, label in zip(axes, X.T, labels, strict=True):
        panel.imshow(picture.reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
        panel.set(xticks=[], yticks=[], xlabel=worded(label))
        panel.grid(False)
    words = [translated(label).replace("\n", " ") for label in labels]
    return figure, ALT.format(count=len(words), labels="; ".join(words))
