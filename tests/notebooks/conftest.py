"""The filled notebooks after a run, made once."""

import pytest

from autograders.authoring import outputs
from autograders.course import lesson
from tests import once


@pytest.fixture(scope="session")
def finished(tmp_path_factory, kernel):
    """A function that gives a filled notebook with what it shows after a run."""

    def run(name):
        def make(folder):
            lesson.write(outputs.run(outputs.fill(name, folder)), folder / "finished.ipynb")

        made = once.folder(tmp_path_factory, f"finished-{name}", make)
        return lesson.read(made / "finished.ipynb")

    return run
