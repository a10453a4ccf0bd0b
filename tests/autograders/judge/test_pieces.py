"""What is called behind a function is a piece of its own, and all pieces are the cell."""

import pytest

from autograders.course import reference
from autograders.course.catalogue import EXERCISES
from autograders.judge.pieces import apart

F = "def f(x):\n    return x"
LOOP = "while True:\n    f(1)"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([F, LOOP], [F, LOOP]),
        ([F, "f(1)"], [F, "f(1)"]),
        ([F, "%timeit f(1)"], [F, "%timeit f(1)"]),
        ([F, "!sleep 100"], [F, "!sleep 100"]),
        ([F, "x = f(1)\ny = 2"], [F, "x = f(1)", "y = 2"]),
        ([F, "y = [f(i) for i in range(9)]"], [F, "y = [f(i) for i in range(9)]"]),
        ([F, LOOP, "def g(x):\n    return 2"], [F, LOOP, "def g(x):\n    return 2"]),
        (
            [F, LOOP, "@cache\ndef g(x):\n    return 2"],
            [F, LOOP, "@cache\ndef g(x):\n    return 2"],
        ),
        ([F, "def h():\n    return f(1)", "h()"], [F + "\ndef h():\n    return f(1)", "h()"]),
        ([F, "# what is it?", "f(1)"], [F + "\n# what is it?", "f(1)"]),
        # what stands before it is needed for it
        (["x = float(1)", F], ["x = float(1)\n" + F]),
        # two statements on a line stay together
        (["def f(x): return x", "a = 1; f(1)"], ["def f(x): return x\na = 1; f(1)"]),
        # what only stores or imports something belongs to the function
        ([F, "import math\nE = 1e-12\n'a text'"], [F + "\nimport math\nE = 1e-12\n'a text'"]),
        (["%%time\n" + F, LOOP], ["%%time\n" + F + "\n" + LOOP]),
        ([F, "f(1"], [F + "\nf(1"]),
        (["def other(x):\n    return x", LOOP], ["def other(x):\n    return x\n" + LOOP]),
    ],
)
def test_calls_behind_a_function_are_pieces(given, wanted):
    assert apart("\n".join(given), {"f", "g"}) == wanted


@pytest.mark.parametrize("assignment", EXERCISES)
def test_an_answer_alone_is_one_piece(assignment):
    names = {exercise.name for exercise in EXERCISES[assignment]}
    for source in reference.sources(assignment).values():
        assert apart(source, names) == [source]
