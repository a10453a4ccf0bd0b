"""What one can tell of draws: right ones have the right traits, mistakes have others."""

import numpy as np
import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES, find
from lab.judge import naming, traits, traits_of_masks
from lab.judge.ask import asker
from lab.judge.examples import load

FORWARD = "dropout", "forward_propagation_with_dropout"
DRAWN = [
    (assignment, exercise.name, position)
    for assignment, exercises in EXERCISES.items()
    for exercise in exercises
    for position, case in enumerate(load(assignment)[exercise.name].cases)
    if case.check in naming.DRAWS
]


def way(number):
    """Return the reference, or one of the other right answers."""
    code = reference.source(*FORWARD)
    changes = [{}, *find(*FORWARD).right]
    return reference.run(FORWARD[0], stubs.changed(code, changes[number]), FORWARD[1])


@pytest.mark.parametrize(("assignment", "name", "position"), DRAWN)
def test_right_draws_have_no_wrong_trait(assignment, name, position):
    case = load(assignment)[name].cases[position]
    function = getattr(reference.module(assignment), name)
    for seed in range(3):
        np.random.seed(seed)
        case.seed, before = seed, case.seed
        seen = naming.observed(case, asker(function))
        case.seed = before
        assert traits.wrong(seen, naming.right(case)) == {}


@pytest.mark.parametrize("number", range(1 + len(find(*FORWARD).right)))
def test_other_right_ways_have_the_same_words(number):
    cases = load(FORWARD[0])[FORWARD[1]].cases
    told = [i for i, case in enumerate(cases) if case.check == naming.MASKS]
    np.random.seed(5)
    seen = naming.all_observed(cases, told, asker(way(number)))
    rights = {i: naming.right(cases[i]) for i in told}
    assert all(traits.wrong(seen[i], rights[i]) == {} for i in told)
    words = traits_of_masks.worded(cases[told[0]], seen[told[0]])
    assert words["D1 keeps"].what.strip() == "0.5"


BOTH = "D{l} = np.random.rand(*A{l}.shape)\n    A{l} = {then}"


@pytest.mark.parametrize(
    ("then", "place", "word"),
    [
        ("A{l} * (D{l} < keep_prob) / keep_prob", "A1", "masked where draws are large"),
        ("A{l} * (D{l} >= keep_prob) / keep_prob", "A1", "masked where draws are small"),
        ("A{l} * D{l}", "A1", "times the entries of D"),
        ("A{l} + D{l}", "A1", "and D added"),
        ("A{l} / np.mean(D{l})", "A1 is scaled", "by the share kept"),
        ("A{l} * (D{l} < 0.7) / keep_prob", "A1 keeps", None),
    ],
)
def test_what_is_done_with_the_draws_is_told(then, place, word):
    code = stubs.without_markers(reference.source(*FORWARD))
    for l in "12":
        lines = BOTH.replace("{then}", then).replace("{l}", l)
        code = code.replace(f"    A{l} = A{l} * D{l}\n", f"    {lines}\n")
        code = code.replace(f"    A{l} = A{l} / keep_prob\n", "")
    case = next(c for c in load(FORWARD[0])[FORWARD[1]].cases if c.check == naming.MASKS)
    seen = naming.observed(case, asker(reference.run(FORWARD[0], code, FORWARD[1])))
    if word is None:
        assert abs(seen[place].number - 0.7) <= seen[place].slack
    else:
        assert seen[place].what == word
