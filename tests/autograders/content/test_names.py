"""Wrong answers in the words of students are called by their names, two mistakes at once by both.

`answers.json` holds them: the function's code, and for each mistake in it the names that are
right. No listed change is written like them.
"""

import json
import pathlib

import numpy as np
import pytest

from autograders import ROOT
from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES
from lab.judge.ask import asker
from lab.judge.examples import all_exercises, load
from lab.judge.naming import DRAWS
from lab.judge.verdict import judge

ANSWERS = json.loads((pathlib.Path(__file__).parent / "answers.json").read_text(encoding="utf-8"))
ALONE_AT_LEAST, BOTH_AT_LEAST = 0.9, 0.6
BY_NAME = {e.name: (name, e) for name, exercises in EXERCISES.items() for e in exercises}


def verdict_on(answer):
    assignment, _ = BY_NAME[answer["exercise"]]
    function = reference.run(assignment, answer["code"], answer["exercise"])
    np.random.seed(1)
    return judge(all_exercises()[answer["exercise"]], asker(function))


@pytest.fixture(scope="module")
def called():
    """Each answer with the names that it was called by."""
    return [(answer, [m.name for m in verdict_on(answer).mistakes[:2]]) for answer in ANSWERS]


def test_there_are_enough_and_in_every_exercise():
    assert {answer["exercise"] for answer in ANSWERS} == BY_NAME.keys()
    assert sum(len(answer["made"]) == 1 for answer in ANSWERS) >= 100
    assert sum(len(answer["made"]) == 2 for answer in ANSWERS) >= 50


def test_no_answer_is_called_something_that_it_is_not(called):
    wrongly = [
        (answer["made"], names)
        for answer, names in called
        if not {*names} <= {name for each in answer["made"] for name in each}
    ]
    assert wrongly == []


@pytest.mark.parametrize(("mistakes", "least"), [(1, ALONE_AT_LEAST), (2, BOTH_AT_LEAST)])
def test_most_are_called_by_all_their_names(mistakes, least, called):
    some = [(a["made"], {*names}) for a, names in called if len(a["made"]) == mistakes]
    named = [all({*each} & names for each in made) for made, names in some]
    assert np.mean(named) >= least


# --- a seed hides nothing ---


@pytest.mark.parametrize(
    ("name", "mistake", "also"),
    [
        ("initialize_parameters_random", "scale-ignored", "random-seed-inside"),
        ("initialize_parameters_random", "random-uniform-draws", "random-seed-inside"),
        ("initialize_parameters_random", "random-flat-bias", "random-seed-inside"),
        ("initialize_parameters_he", "one-over-n", "he-seed-inside"),
        ("initialize_parameters_he", "no-square-root", "he-seed-inside"),
        ("initialize_parameters_he", "he-random-biases", "he-seed-inside"),
        ("forward_propagation_with_dropout", "not-scaled", "dropout-seed-inside"),
        ("forward_propagation_with_dropout", "mask-inverted", "dropout-seed-inside"),
        ("forward_propagation_with_dropout", "draws-used-as-mask", "dropout-seed-inside"),
    ],
)
@pytest.mark.parametrize("seed", [0, 1, 42])
def test_a_seed_hides_no_other_mistake(name, mistake, also, seed):
    assignment, exercise = BY_NAME[name]
    change = next(each.change for each in exercise.mistakes if each.name == mistake)
    head = "    parameters = {}" if "initialize" in name else "    Z1 ="
    code = stubs.changed(reference.source(assignment, name), change)
    code = code.replace(head, f"    np.random.seed({seed})\n{head}", 1)
    verdict = judge(load(assignment)[name], asker(reference.run(assignment, code, name)))
    assert {each.name for each in verdict.mistakes} == {mistake, also}
    assert verdict.together


# --- no name for what is right, or for another mistake ---


@pytest.mark.parametrize("name", BY_NAME)
def test_no_other_right_answer_has_the_traits_of_a_mistake(name):
    """Not even where the judge would have accused it: it is asked the same as the mistakes are."""
    assignment, exercise = BY_NAME[name]
    worked = all_exercises()[name]
    for change in exercise.right:
        code = stubs.changed(reference.source(assignment, name), change)
        assert judge(worked, asker(reference.run(assignment, code, name))).mistakes == []


def test_each_lesson_that_asks_for_draws_says_who_sets_a_seed():
    drawing = [
        (assignment, name)
        for name, (assignment, exercise) in BY_NAME.items()
        if any(question.check in DRAWS for question in exercise.questions)
    ]
    assert len(drawing) == 3
    for assignment, name in drawing:
        file = ROOT / "notebooks" / assignment / f"{assignment}.ipynb"
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        (at,) = (
            i
            for i, cell in enumerate(cells)
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
        )
        assert "seed" in "".join(cells[at - 1]["source"]), name
