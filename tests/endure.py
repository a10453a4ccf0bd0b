"""Long repetitions: a share of them in `make test`, all of them in `make endure`."""

import os

import pytest

WHOLE = bool(os.environ.get("ENDURE"))


def first(items, count):
    """Return the first so many items for ``parametrize``, or all of them."""
    return _marked(list(items) if WHOLE else list(items)[:count])


def spread(items, count):
    """Return so many items for ``parametrize``, evenly spread over all, or all of them."""
    items = list(items)
    taken = {round(i * (len(items) - 1) / max(count - 1, 1)) for i in range(count)}
    return _marked(items if WHOLE else [item for i, item in enumerate(items) if i in taken])


def seeds(few, many=50):
    """Return the seeds on which a random thing is tried."""
    return range(many if WHOLE else few)


def _marked(items):
    marks = pytest.mark.endure
    return [
        pytest.param(*(item if isinstance(item, tuple) else (item,)), marks=marks) for item in items
    ]
