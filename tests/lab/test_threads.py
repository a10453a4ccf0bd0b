"""Runs, their records and figures multiply matrices on one thread; others as before."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from lab import plots, training
from lab.data import moons
from lab.plots import style
from source_ref.initialization import initialize_parameters_he


def in_use():
    """Return how many threads each BLAS library would take now."""
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two():
    with threadpool_limits(2, user_api="blas"):
        yield
        assert in_use() == {2}


@pytest.fixture
def run():
    def cost(A3, Y):
        seen.append(in_use())
        return 0.0

    seen, data = [], moons(1)
    start = initialize_parameters_he([2, 20, 8, 1])
    watch = {"test": data.test}
    made = training.fit(data.train, start, learning_rate=0.1, steps=1, cost=cost, watch=watch)
    assert seen and all(each == {1} for each in seen)
    seen.clear()
    made.costs["test"]
    assert seen and all(each == {1} for each in seen)
    return made


def test_a_run_and_what_is_recorded_of_it_later(run):
    assert np.all(np.isfinite(run.parameters["W1"]))


def test_a_figure():
    seen = []

    @style.shown
    def draw():
        seen.append(in_use())
        return style.new_figure()[0], "nothing"

    draw.picture()
    assert seen == [{1}]


def test_a_picture_of_a_film(run, monkeypatch):
    seen, film = [], plots.Film({"train": moons(1).train, "test": moons(1).test})
    frame = film.frame
    monkeypatch.setattr(film, "frame", lambda *told: seen.append(in_use()) or frame(*told))
    film.picture(run)
    assert seen == [{1}]
