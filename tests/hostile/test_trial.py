"""The trial itself: canaries notice, verdicts say so, the box holds, the list is complete."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections import Counter

import psutil
import pytest

from autograders.course import lesson
from tests import machine
from tests.hostile import box, record, verdict
from tests.hostile.canaries import Canaries
from tests.hostile.files import NEIGHBOUR
from tests.hostile.handins import ATTACK, BROKEN, PLANTED, UNLUCKY, all_hand_ins, hand_in
from tests.hostile.spy import PORT
from tests.hostile.trial import LAST

RIGHT = {"points": 16.0, "total": 16.0, "problem": None, "leaks": []}
NOTICES = """
import pathlib, sys
from tests.hostile.test_trial import notices
notices(pathlib.Path.cwd())
"""


@pytest.fixture
def folder():
    """Return a folder for a box."""
    machine.need(box.missing())
    made = box.new_folder()
    yield made
    box.run(made, ["sh", "-c", "rm -rf *"], 60)
    made.rmdir()


def test_the_list_is_long_enough():
    kinds = Counter(each.kind for each in all_hand_ins().values())
    assert kinds[ATTACK] >= 150
    assert kinds[BROKEN] + kinds[UNLUCKY] >= 200


def prepared(each, folder):
    """Make a hand-in in a folder as it lies in a course; return what stands there."""
    target = folder / "course" / "submitted" / each.name / each.assignment
    (target / "lab").mkdir(parents=True)
    (folder / "course" / "notebooks").symlink_to(lesson.FOLDER)
    shutil.copy(lesson.path(each.assignment), target)
    hand_in(target, each)
    return dict(standing(target))


def standing(folder):
    """Yield what stands below a folder, by name: a link's target, bytes, or a size."""
    if folder.is_symlink():
        yield folder.name, os.readlink(folder)
        return
    for path, below, names in os.walk(os.fsencode(folder)):
        for name in (*below, *names):
            file = os.path.join(path, name)
            if os.path.islink(file):
                yield name, os.readlink(file)
            elif os.path.isfile(file) and os.access(file, os.R_OK):
                size = os.path.getsize(file)
                text = size if size > 10**8 else pathlib.Path(os.fsdecode(file)).read_bytes()
                yield name, (text, os.stat(file).st_mode)
            else:
                yield name, None


def test_each_hand_in_can_be_made_and_is_not_the_right_one(tmp_path):
    """An edit that finds nothing to change would prove nothing."""
    listed = all_hand_ins()
    right = prepared(listed["everything-right"], tmp_path / "right")
    same = []
    for name, each in listed.items():
        if prepared(each, tmp_path / name) == right:
            same.append(name)
        subprocess.run(["rm", "-rf", tmp_path / name], check=True)
    assert same == ["everything-right"]


def test_a_box_reaches_nothing_outside(folder):
    """Its processes, its network and its files are its own."""
    code = (
        "import os, socket, sys\n"
        "assert os.getuid() != 0\n"
        f"assert not os.path.exists('/proc/{os.getpid()}/fd'), 'a process'\n"
        "open('written', 'w').write('here')\n"
        "for path in ('/usr/x', '/etc/passwd', sys.argv[1]):\n"
        "    try:\n"
        "        open(path, 'a')\n"
        "    except OSError:\n"
        "        continue\n"
        "    sys.exit(path)\n"
        "socket.create_connection(('127.0.0.1', int(sys.argv[2])), timeout=5)\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = box.run(folder, [sys.executable, "-c", code, __file__, str(port)], 60)
    assert "ConnectionRefusedError" in done.stderr
    assert (folder / "written").read_text() == "here"


def test_a_box_ends_in_time(folder):
    assert box.run(folder, ["sh", "-c", "trap '' TERM INT; sleep 600"], 1) is None
    running = [each.info["cmdline"] or [] for each in psutil.process_iter(["cmdline"])]
    assert [line for line in running if str(folder) in line] == []


def notices(folder):
    """Do, inside a box, what attacks do, and let the canaries say what they noticed."""
    course, home = folder / "course", folder / "home"
    for room in (course / "source_ref", course / "submitted" / "x", home):
        room.mkdir(parents=True)
    (course / "nbgrader_config.py").touch()
    (course / "submitted" / "x" / "notes").write_text("mine")
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as base, base:
        base.execute("create table student (id text, first_name text)")
    canaries = Canaries(course, home)
    canaries.settle(folder / "canaries.json")
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as base, base:
        row = (NEIGHBOUR, canaries.texts["gradebook"])
        base.execute("insert into student values (?, ?)", row)
    canaries.watch()
    before = canaries.damage()
    (course / "submitted" / "x" / "notes").write_text("theirs")
    (home / "planted.txt").write_text(PLANTED)
    os.kill(canaries.process.pid, signal.SIGSTOP)
    os.waitpid(canaries.process.pid, os.WUNTRACED)
    with socket.create_connection(("127.0.0.1", PORT)) as line:
        line.sendall(b"hello")
        assert line.recv(100)
    while not canaries.heard or not canaries.heard[-1]:
        pass
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as base, base:
        base.execute("update student set first_name = 'owned'")
    print(json.dumps([before, canaries.damage()]))
    os._exit(0)


def test_canaries_notice(folder):
    paths = {"PYTHONPATH": str(record.ROOT), "HOME": str(folder)}
    code = NOTICES + "\nsys.stdout.flush()"
    done = box.run(folder, [sys.executable, "-u", "-c", code], 120, paths)
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout)
    assert before == []
    assert [line for line in after if "submitted/x/notes was changed" in line]
    assert [line for line in after if "left behind: ~/planted.txt" in line]
    assert [line for line in after if "process of others" in line]
    assert [line for line in after if "'hello'" in line]
    assert [line for line in after if "name in the gradebook" in line]


@pytest.mark.parametrize(
    ("name", "got", "line"),
    [
        ("redefines-check", RIGHT, "it has 16.0 points; 0 remain by right"),
        ("reads-the-gradebook", {**RIGHT, "leaks": ["gradebook"]}, "secret of: gradebook"),
        ("reads-the-gradebook", {**RIGHT, "leaks": ["worked"]}, "reported success"),
        ("credits-itself", {**RIGHT, "total": 66.0}, "its whole score is 66.0"),
        ("notebook-is-a-pipe", RIGHT, "it was graded, with 16.0 points"),
        ("notebook-is-a-pipe", {**RIGHT, "problem": "no plain file\nx"}, "not one plain line"),
        ("notebook-is-a-pipe", {**RIGHT, "problem": "oh"}, "does not say"),
        ("everything-right", {**RIGHT, "problem": "oh"}, "it was not graded: oh"),
        ("everything-right", None, "nothing was said of it"),
    ],
)
def test_a_verdict_names_what_did_not_hold(name, got, line):
    (said,) = verdict.unkept(all_hand_ins()[name], got)
    assert line in said


def test_a_kept_promise_has_no_line():
    refused = {**RIGHT, "problem": "x is no plain file"}
    assert verdict.unkept(all_hand_ins()["notebook-is-a-pipe"], refused) == []
    assert verdict.unkept(all_hand_ins()["utf-16"], RIGHT) == []
    assert verdict.neighbours({NEIGHBOUR: RIGHT, LAST: RIGHT}) == []
    assert verdict.neighbours({LAST: RIGHT}) == ["a-neighbour beside it: nothing was said of it"]


def test_the_table_is_the_recorded_one():
    found = json.loads(record.RECORD.read_text(encoding="utf-8"))
    assert record.TABLE.read_text(encoding="utf-8") == record.table(found)
    assert set(found["ours"]) <= {*all_hand_ins(), record.WHOLE_CLASS}
