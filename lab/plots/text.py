"""Tables as text, which read the same on every page and aloud."""


def table(header, rows):
    """Print rows under a header: the first column to the left, the others to the right.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequence of str

    Examples
    --------
    >>> table(["start", "test %"], [["zeros", "50.0 ± 0.0"], ["He", "96.6 ± 0.3"]])
    start      test %
    -----  ----------
    zeros  50.0 ± 0.0
    He     96.6 ± 0.3
    """
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, ["-" * width for width in widths], *rows):
        first, *others = zip(row, widths, strict=True)
        cells = [f"{first[0]:<{first[1]}}"] + [f"{text:>{width}}" for text, width in others]
        print("  ".join(cells).rstrip())
