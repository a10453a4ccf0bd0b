"""The whole evening takes minutes and the network, so it belongs to the long repetitions."""

import pytest

from tests import endure, machine
from tests.hub import room

collect_ignore = [] if endure.WHOLE else ["test_evening.py"]


@pytest.fixture(scope="session")
def apart(slow):
    """Say that a test needs a room of its own; a machine that gives none skips it."""
    machine.need(room.problem())
