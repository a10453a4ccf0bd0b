"""A small class that has handed in."""

import pytest

from tests.autograders.reports.similarity.answers import IN_OTHER_WORDS, REFERENCE, hand_in, renamed


@pytest.fixture
def submitted(tmp_path):
    """Return a folder with four students: a copy, a renamed copy, and one of their own."""
    folder = tmp_path / "submitted"
    hand_in(folder, "anna", REFERENCE)
    hand_in(folder, "copied", REFERENCE)
    hand_in(folder, "renamed", {name: renamed(source) for name, source in REFERENCE.items()})
    hand_in(folder, "independent", IN_OTHER_WORDS)
    return folder
