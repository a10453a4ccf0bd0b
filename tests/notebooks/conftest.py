"""The filled notebooks after a run, made once."""

import pytest

from autograders.authoring import outputs
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests import blas, once


@pytest.fixture(scope="session")
def finished(tmp_path_factory, kernel):
    """A function that gives a filled notebook with what it shows after a run.

    The BLAS kernels take turns, as far as this processor has them.
    """
    cores = dict(blas.pairs(EXERCISES)[: len(EXERCISES)])

    def run(assignment):
        def make(folder):
            with pytest.MonkeyPatch.context() as monkeypatch:
                if not blas.lacks(cores[assignment]):
                    monkeypatch.setenv("OPENBLAS_CORETYPE", cores[assignment])
                lesson.write(
                    outputs.run(outputs.fill(assignment, folder)), folder / "finished.ipynb"
                )

        made = once.folder(tmp_path_factory, f"finished-{assignment}", make)
        return lesson.read(made / "finished.ipynb")

    return run
