"""A browser for a day of class, and a folder for the pictures of it."""

import os

import pytest

from autograders import ROOT
from autograders.browser import tab


@pytest.fixture(scope="module")
def chromium():
    """A running browser; a machine without one skips what needs it, CI does not."""
    if tab.chromium() is None and not os.environ.get("CI"):
        pytest.skip(tab.NO_CHROMIUM)
    with tab.browser() as running:
        yield running


@pytest.fixture(scope="session")
def pictures():
    """The folder of the screenshots, which CI keeps."""
    folder = ROOT / "build" / "class_day"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
