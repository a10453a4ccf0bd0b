"""The box in which hand-ins are forked, as the process sees it that started it."""

import sys

import psutil
import pytest

from autograders import Refused
from autograders.sandbox import bubblewrap
from autograders.sandbox.forkserver import ForkProcess, WarmParent
from autograders.sandbox.limits import Limits

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the wall needs Linux"),
    pytest.mark.usefixtures("box"),
]


def test_a_closed_box_leaves_no_file_open_and_no_process():
    own = psutil.Process()
    files, processes = own.num_fds(), set(own.children(recursive=True))
    parent = WarmParent(Limits())
    ForkProcess(parent, Limits()).close()
    assert own.num_fds() > files and set(own.children(recursive=True)) > processes
    parent.close()
    assert own.num_fds() == files
    assert set(own.children(recursive=True)) == processes


def test_a_box_that_cannot_be_built_leaves_neither(monkeypatch):
    monkeypatch.setattr(bubblewrap, "command", lambda readable, descriptor: ["false"])
    own = psutil.Process()
    files, processes = own.num_fds(), set(own.children(recursive=True))
    with pytest.raises(Refused):
        WarmParent(Limits()).wait()
    assert own.num_fds() == files
    assert set(own.children(recursive=True)) == processes
