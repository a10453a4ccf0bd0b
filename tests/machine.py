"""What a test needs of the machine: where that is missing it is skipped, but fails in CI."""

import os

import pytest

from autograders.browser import tab


def need(missing):
    """Skip the test, or fail it in CI, where something is missing.

    Parameters
    ----------
    missing : str or None
        What is missing, in words; None where nothing is.
    """
    if missing and os.environ.get("CI"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


def need_chromium():
    """Skip the test, or fail it in CI, where there is no Chromium."""
    need(None if tab.chromium() else tab.NO_CHROMIUM)
