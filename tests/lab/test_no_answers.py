"""In lab nothing can be called whose result is the answer to an exercise."""

import functools
import importlib
import pkgutil

import pytest

import lab
from lab.check import problem
from lab.judge.examples import all_exercises


def everything_lab_offers():
    """Yield every callable of every module of the kit once, under the first of its names."""
    seen = []
    for info in pkgutil.walk_packages(lab.__path__, "lab."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            known = any(value is each for each in seen)
            if callable(value) and not name.startswith("__") and not known:
                seen.append(value)
                yield f"{info.name}.{name}", value


@pytest.mark.apart
@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("exercise", all_exercises())
def test_nothing_in_lab_answers(exercise, capsys):
    offered = dict(everything_lab_offers())
    assert len(offered) > 50
    answers = [
        name
        for name, function in offered.items()
        if problem(exercise, {exercise: function}) is None
    ]
    assert answers == []


def test_the_search_finds_an_answer_that_is_there():
    """The test above can fail: a reference function in lab would be found."""
    from source_ref.overfitting import accuracy

    wrapped = functools.partial(accuracy)
    functools.update_wrapper(wrapped, accuracy)
    assert problem("accuracy", {"accuracy": wrapped}) is None
