"""The student's side: whatever a question meets in the notebook becomes an answer."""

import base64
import sys

import numpy as np
import pytest

from lab.judge.answer import LONGEST_FIELD, Answerer, kernel
from lab.judge.described import Described, What
from lab.judge.problems import Kind, found
from lab.judge.wire import pack, unpack
from lab.phrases import phrase


def asked(namespace, name, arguments, by_name=(), seed=None, answerer=None):
    question = {"name": name, "arguments": arguments, "by_name": list(by_name), "seed": seed}
    return unpack((answerer or Answerer(namespace))(pack(question)))


def told(reply):
    """Return the problem that a reply tells, and nothing else."""
    assert reply.keys() == {"stopped", "fields"}
    assert type(reply["stopped"]) is str
    return found(Kind(reply["stopped"]), **reply["fields"])


def test_the_value_what_was_changed_and_what_is_shared_come_back():
    def half(X, parameters):
        X *= 0.5
        return {"X": X, "W": parameters["W"]}

    X = np.array([2.0, 4.0])
    reply = asked({"half": half}, "half", {"X": X, "parameters": {"W": np.eye(2)}})
    assert reply.keys() == {"value", "changed", "shared", "kept", "foreign", "reseeds"}
    assert np.array_equal(reply["value"]["X"], [1, 2])
    assert reply["changed"].keys() == {"X"}
    assert np.array_equal(reply["changed"]["X"], [1, 2])
    assert reply["shared"] == [("['X']", "X"), ("['W']", "parameters['W']")]
    assert reply["kept"] is None


@pytest.mark.parametrize(
    ("x", "function"),
    [
        (np.array([1.0, 2.0]), lambda x: x.fill(7)),
        (np.array([0.0]), lambda x: np.negative(x, out=x)),
        (np.array([np.nan]), lambda x: np.negative(x, out=x)),
        (np.array([[1.0, 2.0]]), lambda x: setattr(x, "shape", (2, 1))),
        ([1.0, 2.0], lambda x: x.append(3.0)),
        ([1, 2], lambda x: x.__setitem__(0, 1.0)),
        ({"W1": np.ones(2)}, lambda x: x["W1"].fill(0)),
        ({"W1": np.ones(2)}, lambda x: x.update(b1=None)),
        ({"W1": 1, "b1": 2}, lambda x: x.update(W1=x.pop("W1"))),
        ((np.ones(2), [np.ones(3)]), lambda x: x[1][0].fill(0)),
    ],
)
@pytest.mark.filterwarnings("ignore:Setting the shape")
def test_an_argument_comes_back_that_is_other_in_any_bit_and_no_other_one(x, function):
    changing = {"f": lambda x, y: [function(x), 1][1]}
    reply = asked(changing, "f", {"x": x, "y": np.ones(2)})
    assert reply["changed"].keys() == {"x"}
    assert asked({"f": lambda x, y: 1}, "f", {"x": x, "y": 1})["changed"] == {}


def test_the_same_array_at_two_calls_is_told():
    kept = np.zeros(3)
    answerer = Answerer({"same": lambda: (1, kept), "new": lambda: np.zeros(3)})
    assert asked({}, "same", {}, answerer=answerer)["kept"] is None
    assert asked({}, "same", {}, answerer=answerer)["kept"] == "[1]"
    assert asked({}, "new", {}, answerer=answerer)["kept"] is None
    # another function in between, and the memory of the first one is gone
    assert asked({}, "same", {}, answerer=answerer)["kept"] is None


def test_a_generator_that_is_seeded_is_told_and_one_that_draws_is_not():
    def seeds():
        np.random.seed(3)
        return 1

    namespace = {"draws": lambda: np.random.rand(1000), "seeds": seeds}
    assert asked(namespace, "draws", {})["reseeds"] is False
    assert asked(namespace, "seeds", {})["reseeds"] is True


def test_the_whole_result_may_be_the_same_array():
    kept = np.zeros(3)
    answerer = Answerer({"same": lambda: kept})
    assert asked({}, "same", {}, answerer=answerer)["kept"] is None
    assert asked({}, "same", {}, answerer=answerer)["kept"] == ""


def test_arguments_by_position_and_by_name():
    def difference(x, *, y):
        return x - y

    assert asked({"f": difference}, "f", {"x": 5, "y": 2}, ["y"])["value"] == 3
    problem = told(asked({"f": difference}, "f", {"x": 5, "y": 2}))
    assert problem.kind is Kind.RAISED_ELSEWHERE
    assert phrase(problem).startswith("it stops with TypeError: ")


def test_the_generators_are_seeded_only_where_the_question_says_so():
    import random

    def draw():
        return np.random.rand(), random.random()

    namespace = {"draw": draw}
    first = asked(namespace, "draw", {}, seed=7)["value"]
    other = asked(namespace, "draw", {})["value"]
    assert first == asked(namespace, "draw", {}, seed=7)["value"] != other


def test_what_a_function_did_to_its_arguments_is_not_there_when_it_is_asked_again():
    answerer = Answerer({"f": lambda x: x.fill(7) or x.sum()})
    for _ in range(3):
        reply = asked({}, "f", {"x": np.ones(2)}, answerer=answerer)
        assert reply["value"] == 14
        assert reply["changed"].keys() == {"x"}


def test_it_answers_with_the_function_as_it_is_now():
    namespace = {"f": lambda: 1}
    answerer = Answerer(namespace)
    assert asked({}, "f", {}, answerer=answerer)["value"] == 1
    namespace["f"] = lambda: 2
    assert asked({}, "f", {}, answerer=answerer)["value"] == 2


@pytest.mark.parametrize(
    ("namespace", "kind", "said"),
    [
        ({}, Kind.NOT_DEFINED, "it is not defined"),
        ({"f": 3}, Kind.NOT_A_FUNCTION, "it is an int, not a function"),
        ({"f": None}, Kind.NOT_A_FUNCTION, "it is None, not a function"),
        (
            {"f": np.zeros(2)},
            Kind.NOT_A_FUNCTION,
            "it is an array of shape (2,), not a function",
        ),
    ],
)
def test_what_is_no_function_is_named(namespace, kind, said):
    problem = told(asked(namespace, "f", {}))
    assert problem.kind is kind
    assert phrase(problem) == said
    assert not problem.is_unfinished


class Wordless(Exception):
    def __str__(self):
        raise RuntimeError


class Endless(Exception):
    def __str__(self):
        return "word " * 100_000


def stopping(error):
    def f():
        raise error

    return f


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("too\nmany  words"), "too many words"),
        (Wordless(), "no message"),
        (SystemExit(3), "3"),
        (GeneratorExit(), ""),
        (RecursionError("deep"), "deep"),
        (BaseException("base"), "base"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_a_function_raises_comes_back_as_a_sentence(error, said):
    problem = told(asked({"f": stopping(error)}, "f", {}))
    assert problem.kind is Kind.RAISED
    assert not problem.is_unfinished
    start, end = phrase(problem).split(" in line ")
    assert start == f"it stops with {type(error).__name__}"
    assert end.split(", ", 1)[1] == f"`raise error`: {said}"


def test_a_long_message_is_cut():
    assert len(phrase(told(asked({"f": stopping(Endless())}, "f", {})))) < 400


def test_a_long_line_of_code_and_a_long_name_are_cut(tmp_path):
    code = f"def f():\n    raise {'E' * 3000}('{'x' * 3000}')\n"
    file = tmp_path / "cell.py"
    file.write_text(code)
    namespace: dict = {"E" * 3000: type("E" * 3000, (Exception,), {})}
    exec(compile(code, str(file), "exec"), namespace)
    problem = told(asked(namespace, "f", {}))
    assert problem.kind is Kind.RAISED
    assert problem.fields["error"] == "E" * LONGEST_FIELD
    assert problem.fields["code"] == f"raise {'E' * 3000}"[:LONGEST_FIELD]
    assert len(problem.fields["said"]) <= LONGEST_FIELD


def test_an_interrupt_from_outside_is_no_answer():
    with pytest.raises(KeyboardInterrupt):
        asked({"f": stopping(KeyboardInterrupt())}, "f", {})


def test_a_none_of_the_stub_is_told_apart_from_a_mistake():
    namespace: dict = {}
    exec("def f(x):\n    y = None\n    return x + y\n", namespace)
    problem = told(asked(namespace, "f", {"x": 1.0}))
    assert problem == found(Kind.NONE_NAMED, name="y")
    assert phrase(problem) == "`y` is still None"
    assert problem.is_unfinished


def test_what_cannot_travel_is_said_and_not_raised():
    problem = told(asked({"f": lambda: list(range(100_000))}, "f", {}))
    assert problem == found(Kind.TOO_LARGE_TO_READ, limit=32_000_000)
    assert phrase(problem) == "what it returns cannot be read (more than 32,000,000 bytes)"
    assert asked({"f": lambda: object()}, "f", {})["value"] == Described(What.OBJECT, "object")


def test_what_a_function_prints_and_warns_goes_nowhere(capfd):
    import warnings

    def loud():
        print("x" * 1000)
        sys.stderr.write("y")
        warnings.warn("careful", stacklevel=1)
        return np.log(np.zeros(1))

    assert asked({"loud": loud}, "loud", {})["value"] == -np.inf
    assert capfd.readouterr() == ("", "")


def test_a_student_who_renames_numpy_and_sum_is_answered_for():
    namespace: dict = {}
    exec("np = None\nsum = 0\nlen = print\ndef f(x):\n    return x * 2\n", namespace)
    assert np.array_equal(asked(namespace, "f", {"x": np.ones(2)})["value"], [2, 2])


def test_the_kernel_answers_with_its_notebook_in_base64(monkeypatch):
    import __main__

    monkeypatch.setattr("lab.judge.answer._answerers", [])
    monkeypatch.setattr(__main__, "twice", lambda x: 2 * x, raising=False)
    question = {"name": "twice", "arguments": {"x": 4}, "by_name": [], "seed": None}
    text = repr(kernel(base64.b64encode(pack(question)).decode()))
    assert unpack(base64.b64decode(text, validate=True))["value"] == 8
