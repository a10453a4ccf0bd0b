"""What a test needs of the machine: where that is missing it is skipped, but fails in CI."""

import os

import pytest

from autograders import Refused
from autograders.browser import tab
from autograders.sandbox.launcher import AUTO, launcher
from autograders.sandbox.limits import Limits


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


def wall_problem():
    """Return why the wall cannot be built here, as one line, or None."""
    try:
        launcher(AUTO, Limits())().close()
    except Refused as refused:
        return str(refused)
    return None
