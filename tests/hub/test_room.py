"""A room leaves nothing behind: no account, no folder, no process, no mount."""

import os
import pathlib
import pwd
import subprocess

import pytest

from autograders import ROOT
from tests.hub import broken, room

pytestmark = pytest.mark.usefixtures("apart")


def mounts():
    return pathlib.Path("/proc/self/mountinfo").read_text()


def assert_nothing_is_left():
    with pytest.raises(KeyError):
        pwd.getpwnam(broken.ACCOUNT)
    assert [folder for folder in broken.FOLDERS if os.path.exists(folder)] == []
    assert not os.path.exists(f"/home/{broken.ACCOUNT}")


def test_nothing_is_left_after_a_failure():
    before = mounts()
    read, write = os.pipe()
    os.set_inheritable(write, True)
    with pytest.raises(AssertionError, match="broken on purpose"):
        room.run(broken.__name__, keep=write)
    os.close(write)
    assert os.read(read, 1) == b""  # all that had it are gone
    os.close(read)
    assert mounts() == before
    assert_nothing_is_left()


def test_nothing_is_left_after_being_killed():
    read, write = os.pipe()
    os.set_inheritable(write, True)
    process = subprocess.Popen(
        room.command(broken.__name__, "wait"),
        cwd=ROOT,
        env=room.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[write],
    )
    os.close(write)
    with process:
        assert process.stdout.readline() == "begun\n"
        process.kill()
    assert os.read(read, 1) == b""
    os.close(read)
    assert_nothing_is_left()


def test_a_person_who_is_not_root_is_told_why(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert room.problem() == room.NEEDS_ROOT


def test_a_program_that_is_missing_is_named():
    assert "needs no-such-program" in room.problem("no-such-program")
