"""The benchmark of the lessons compares like with like, and times what it says."""

import statistics

import numpy as np
import pytest

from benchmarks import lessons
from benchmarks.notes import train_as_in_the_notes
from lab import explore
from lab.data import moons
from lab.training import fit
from source_ref.initialization import initialize_parameters_he, initialize_parameters_random
from source_ref.l2_regularization import backward_propagation_with_regularization

pytestmark = pytest.mark.usefixtures("slow")


def test_the_notes_code_does_the_same_work_as_fit():
    points = moons(4).train
    np.random.seed(1)
    start = initialize_parameters_he([2, 20, 8, 1])
    settings = {"learning_rate": 0.05, "momentum": 0.9, "steps": 40}
    run = fit(
        points,
        start,
        backward=lambda X, Y, cache: backward_propagation_with_regularization(X, Y, cache, 0.7),
        **settings,
    )
    for costs in (False, True):
        cost = train_as_in_the_notes(*points, start, 0.7, costs=costs, **settings)
        assert np.isclose(cost, run.costs["train"][-1], rtol=1e-9)


def test_other_work_is_found(monkeypatch):
    points = moons(4).train
    nets = {"a net": (points, [2, 4, 3, 1], 0.05, 20)}
    monkeypatch.setattr(lessons, "NETS", nets)
    slower = lambda *arguments, **named: train_as_in_the_notes(  # noqa: E731
        *arguments, **{**named, "momentum": 0.5}
    )
    monkeypatch.setattr(lessons, "train_as_in_the_notes", slower)
    with pytest.raises(SystemExit, match="not the same work"):
        lessons.show_steps(1)


def test_every_way_is_called_once_a_round_in_turn():
    called = []
    ways = {name: lambda name=name: called.append(name) for name in "ab"}
    times = lessons.interleaved(ways, 3, "nothing")
    assert called == ["a", "b"] * 3
    assert [len(taken) for taken in times.values()] == [3, 3]


def test_ratios_are_taken_within_a_round():
    times = {"fit": [1.0, 10.0, 2.0], "other": [2.0, 20.0, 6.0]}
    assert list(lessons.ratios(times)) == [1, statistics.median([2, 2, 3])]


def test_each_position_of_a_slider_is_timed():
    taken = list(
        lessons.answers(
            lambda: explore.constant(initialize_parameters_random, initialize_parameters_he),
            "constant",
        )
    )
    assert len(taken) > 10
    assert all(waited > 0 and worked > 0 for waited, worked in taken)


def test_all_but_the_notebooks_is_printed(monkeypatch, capsys):
    points = moons(4).train
    monkeypatch.setattr(lessons, "NETS", {"a net": (points, [2, 4, 3, 1], 0.05, 20)})
    lessons.show_steps(1)
    lessons.show_own_share(1)
    printed = capsys.readouterr().out
    for words in ("fit, with the student's", "as in the notes", "scikit-learn", "own share"):
        assert words in printed
