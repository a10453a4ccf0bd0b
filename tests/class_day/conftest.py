"""A folder for the pictures of a day of class."""

import pytest

from autograders import ROOT


@pytest.fixture(autouse=True)
def in_a_browser(browser, server):
    """A day of class is lived in JupyterLab."""


@pytest.fixture(scope="session")
def pictures():
    """The folder of the screenshots, which CI keeps."""
    folder = ROOT / "build" / "class_day"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
