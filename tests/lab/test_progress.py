"""The summary of the checks, and the bar that only a waiting person sees."""

import sys

import jupyter_client.manager
import pytest

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from lab import progress as module
from lab.judge.examples import load
from lab.progress import Meter, bar, progress
from source_ref import overfitting

ALL_RIGHT = """\
overfitting: 16 of 16 points from checks, 4 more for the written answer
exercise        points  check
--------------  ------  -----
compute_cost         5  right
predict              3  right
accuracy             3  right
early_stopping       5  right
Every check says right. What is left is the written answer.
"""
ONE_OPEN = """\
overfitting: 13 of 16 points from checks, 4 more for the written answer
exercise        points  check
--------------  ------  -----
compute_cost         5  right
predict              3  right
accuracy             3   open
early_stopping       5  right
Next: check("accuracy").
Stuck? check("accuracy", hint=True) gives a hint.
"""


@pytest.fixture
def answers(monkeypatch):
    """Put the right answers of one notebook where a notebook's variables are."""
    main = sys.modules["__main__"]
    for name in load("overfitting"):
        monkeypatch.setattr(main, name, getattr(overfitting, name), raising=False)
    return main


def test_all_right(answers, capsys):
    progress("overfitting")
    assert capsys.readouterr().out == ALL_RIGHT


def test_one_is_open(answers, monkeypatch, capsys):
    monkeypatch.setattr(answers, "accuracy", lambda predictions, Y: None)
    progress("overfitting")
    assert capsys.readouterr().out == ONE_OPEN


def test_the_notebook_is_the_one_in_the_folder(answers, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "overfitting.ipynb").touch()
    progress()
    assert capsys.readouterr().out == ALL_RIGHT


def test_no_notebook_or_another_name_is_answered_with_the_names(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    for arguments in ((), ("overfiting",)):
        progress(*arguments)
        assert capsys.readouterr().out == (
            "Say which notebook you mean, such as progress('initialization'). There are: "
            "initialization, overfitting, l2_regularization, dropout.\n"
        )


@pytest.mark.parametrize("name", EXERCISES)
def test_the_written_points_are_those_of_the_notebook(name):
    cells = lesson.read(lesson.path(name)).cells
    written = [
        cell.metadata.nbgrader.points
        for cell in cells
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert written == [module.WRITTEN_POINTS]


class Watched:
    """A person, a clock that a test moves, and what the person has seen."""

    def __init__(self, monkeypatch, attached):
        self.now, self.seen = 0.0, []
        monkeypatch.setattr(module.time, "perf_counter", lambda: self.now)
        monkeypatch.setattr(module, "attached", lambda: attached)
        monkeypatch.setattr(module, "display", self.display)

    def display(self, bundle, raw, display_id=None):
        self.seen.append(bundle["text/plain"])
        return self

    update = display

    def count(self, seconds_each):
        for _ in bar(range(4), "training"):
            self.now += seconds_each
        return self.seen


def test_a_long_wait_has_a_bar_that_goes_away(monkeypatch):
    assert Watched(monkeypatch, attached=True).count(seconds_each=0.3) == [
        "training  [########......................]   25 %",
        "training  [###############...............]   50 %",
        "training  [######################........]   75 %",
        "training  [##############################]  100 %",
        "",
    ]


@pytest.mark.parametrize(("attached", "seconds"), [(True, 0.24), (False, 0.3)])
def test_a_short_wait_or_nobody_waiting_has_none(monkeypatch, attached, seconds):
    assert Watched(monkeypatch, attached).count(seconds) == []


def test_a_wait_that_grows_long_gets_its_bar_late(monkeypatch):
    watched = Watched(monkeypatch, attached=True)
    meter = Meter(10, "training")
    for done, now in ((1, 0.05), (2, 0.15), (3, 0.9)):
        watched.now = now
        meter.reach(done)
    assert len(watched.seen) == 1


@pytest.fixture(scope="module")
def kernel():
    manager, client = jupyter_client.manager.start_new_kernel(
        kernel_name="python3", extra_arguments=["--IPKernelApp.log_level=40"]
    )
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


@pytest.mark.parametrize("person", [True, False])
def test_a_kernel_tells_a_person_from_a_program(kernel, person):
    """JupyterLab lets a cell ask for input; what runs notebooks by itself does not."""
    said = []
    reply = kernel.execute_interactive(
        "from lab.frontend import attached; print(attached())",
        allow_stdin=person,
        timeout=60,
        output_hook=lambda message: said.append(message["content"].get("text", "")),
    )
    assert reply["content"]["status"] == "ok"
    assert "".join(said).strip() == str(person)


def test_outside_a_notebook_nobody_watches():
    from lab.frontend import attached

    assert attached() is False
