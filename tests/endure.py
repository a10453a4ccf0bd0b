"""Long repetitions: a share of them in `make test`, all of them in `make endure`."""

import os

import pytest

WHOLE = bool(os.environ.get("ENDURE"))


def share(items, count, **options):
    """Return a list for ``parametrize``: so many of the items, evenly spread, or all of them.

    Parameters
    ----------
    items : sequence
    count : int
        How many `make test` takes.
    **options
        For `pytest.param`.
    """
    items = list(items)
    taken = {round(i * (len(items) - 1) / max(count - 1, 1)) for i in range(count)}
    chosen = items if WHOLE else [item for i, item in enumerate(items) if i in taken]
    return [
        pytest.param(
            *(item if isinstance(item, tuple) else (item,)), marks=pytest.mark.endure, **options
        )
        for item in chosen
    ]


def seeds(few, many=50):
    """Return the seeds on which a random thing is tried."""
    return range(many if WHOLE else few)
