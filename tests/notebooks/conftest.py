"""The filled notebooks after a run, made once."""

import pytest

from autograders.authoring import arithmetic, outputs
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests import once


@pytest.fixture(scope="session")
def finished(tmp_path_factory, kernel):
    """A function that gives a filled notebook with what it shows after a run.

    The ways to compute take turns, as far as this processor has them.
    """
    ways = dict(arithmetic.in_turn(EXERCISES)[: len(EXERCISES)])

    def run(assignment):
        def make(folder):
            with pytest.MonkeyPatch.context() as monkeypatch:
                way = ways[assignment]
                chosen = {} if arithmetic.lacks(way) else arithmetic.variables(way)
                for name, value in chosen.items():
                    monkeypatch.setenv(name, value)
                lesson.write(
                    outputs.run(outputs.fill(assignment, folder)), folder / "finished.ipynb"
                )

        made = once.folder(tmp_path_factory, f"finished-{assignment}", make)
        return lesson.read(made / "finished.ipynb")

    return run
