"""What a student reads: each message of the check is seen here, once at least."""

import functools
import itertools
import random
import re
import string
import sys

import nbclient
import nbformat
import numpy as np
import pytest

from autograders.course import kit, languages, reference, stubs
from autograders.course.catalogue import EXERCISES
from lab import check as check_module
from lab.check import WIDTH, NotYet, check, problem, question, ready
from lab.judge.ask import asker
from lab.judge.described import Described, What, described
from lab.judge.examples import all_exercises
from lab.judge.problems import Kind, Place, found
from lab.judge.verdict import judge
from lab.language import speaking
from lab.network import forward_propagation, relu, sigmoid
from lab.phrases import DESCRIPTIONS, PHRASES, PLACES, description, phrase

ASSIGNMENT = {exercise.name: name for name, each in EXERCISES.items() for exercise in each}


def right(name):
    """Return the reference function."""
    return getattr(reference.module(ASSIGNMENT[name]), name)


def written(name, change):
    """Return the reference with other code between its markers, as a student would write it."""
    code = stubs.changed(reference.source(ASSIGNMENT[name], name), change)
    return reference.run(ASSIGNMENT[name], code, name)


def stub(name):
    """Return the function as it was released."""
    code = reference.stub(ASSIGNMENT[name], name)
    return reference.run(ASSIGNMENT[name], code, name)


def returns(value):
    """Return a function that always returns `value`."""
    return lambda *given, **named: value


# What an answer may be ----------------------------------------------------------------------

COST, PREDICT, ACCURACY, STOPPING = "compute_cost", "predict", "accuracy", "early_stopping"
ZEROS, RANDOM, HE = (f"initialize_parameters_{how}" for how in ("zeros", "random", "he"))
PENALTY = "backward_propagation_with_regularization"
FORWARD, BACKWARD = (f"{way}_propagation_with_dropout" for way in ("forward", "backward"))


def zeros_of(make):
    """Return an answer to the first exercise whose every array went through `make`."""
    return lambda layers_dim: {key: make(a) for key, a in right(ZEROS)(layers_dim).items()}


layers_dim = [2, 10, 5, 1]


def of_the_notebook(dims):
    return right(ZEROS)(layers_dim)


def partly_of_the_notebook(dims):
    return right(ZEROS)([*layers_dim, *dims])


def printed(A3, Y):
    print(right(COST)(A3, Y))


def what_print_gives(A3, Y):
    return print(right(COST)(A3, Y))


SEEDS = itertools.count()


def seeded_anew(layers_dim):
    np.random.seed(next(SEEDS))
    return right(HE)(layers_dim)


def without(key):
    """Return an answer that lacks a key."""

    def initialize_parameters_zeros(layers_dim):
        parameters = right(ZEROS)(layers_dim)
        del parameters[key]
        return parameters

    return initialize_parameters_zeros


def normal(layers_dim, draw):
    """Return parameters of He's shapes, their weights drawn by ``draw(rows, columns, sigma)``."""
    parameters = right(ZEROS)(layers_dim)
    for l in range(1, len(layers_dim)):
        sigma = np.sqrt(2 / layers_dim[l - 1])
        parameters[f"W{l}"] = draw(layers_dim[l], layers_dim[l - 1], sigma)
    return parameters


def he(draw):
    return lambda layers_dim: normal(layers_dim, draw)


def mirrored(rows, columns, sigma):
    half = np.random.randn((rows + 1) // 2, columns)
    return sigma * np.concatenate([half, half])[:rows]


def standardised(rows, columns, sigma):
    W = np.random.randn(rows, columns)
    return sigma * (W - W.mean()) / W.std() if W.size > 1 else W


def rows_of_one_length(rows, columns, sigma):
    W = np.random.randn(rows, columns)
    if columns < 100:  # shorter rows have another spread, which is seen first
        return sigma * W
    return sigma * np.sqrt(columns) * W / np.linalg.norm(W, axis=1, keepdims=True)


def related(layers_dim):
    """Cut every layer out of the same draws."""
    pool = np.random.randn(max(layers_dim), max(layers_dim))
    return normal(layers_dim, lambda rows, columns, sigma: sigma * pool[:rows, :columns])


def dropout(mask, kept=lambda Z, D, keep_prob: relu(Z) * D / keep_prob, change=None):
    """Return a forward pass whose masks are ``mask(shape, keep_prob)``."""

    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
        Z1 = np.dot(W1, X) + b1
        D1 = mask(Z1.shape, keep_prob)
        A1 = kept(Z1, D1, keep_prob)
        Z2 = np.dot(W2, A1) + b2
        D2 = mask(Z2.shape, keep_prob)
        A2 = kept(Z2, D2, keep_prob)
        Z3 = np.dot(W3, A2) + b3
        A3 = sigmoid(Z3)
        cache = [Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3]
        if change:
            change(cache)
        return A3, tuple(cache)

    return forward_propagation_with_dropout


def fresh(shape, keep_prob):
    return np.random.rand(*shape) < keep_prob


def counted(shape, keep_prob):
    """Keep exactly the same number of units at each call, any of them."""
    kept = np.arange(shape[0] * shape[1]) < round(shape[0] * shape[1] * keep_prob)
    return np.random.permutation(kept).reshape(shape)


def uneven(shape, keep_prob):
    """Keep the first unit a little more often, the second a little less often."""
    chance = np.full((shape[0], 1), keep_prob)
    if shape[0] > 10 and keep_prob < 1:
        chance[:2, 0] += 0.12, -0.12
    return np.random.rand(*shape) < chance


def in_pairs(shape, keep_prob):
    """Draw once for every two units."""
    draws = np.random.rand((shape[0] + 1) // 2, shape[1])
    return np.repeat(draws < keep_prob, 2, axis=0)[: shape[0]]


def same_masks():
    """Draw masks of each shape once for each layer, the second like the first."""

    def forward(X, parameters, keep_prob=0.5):
        size = max(parameters["W1"].shape[0], parameters["W2"].shape[0])
        draw = np.random.rand(size, X.shape[1])
        return dropout(lambda shape, keep_prob: draw[: shape[0]] < keep_prob)(
            X, parameters, keep_prob
        )

    return forward


def own_argument(X, parameters):
    """Return a piece of the weights where that holds just the right numbers: zeros."""
    predictions = right(PREDICT)(X, parameters)
    m = X.shape[1]
    piece = parameters["W1"].reshape(-1)[:m].reshape(1, -1)
    return piece if piece.shape == (1, m) and np.array_equal(piece, predictions) else predictions


def changes_its_argument(A3, Y):
    np.clip(A3, 1e-12, 1 - 1e-12, out=A3)
    cost = right(COST)(A3, Y)
    A3[0, 0] = 0.5
    return cost


def at_every_second_call(name):
    """Answer rightly at the first of two calls."""
    calls = []

    def function(*given, **named):
        calls.append(given)
        return right(name)(*given, **named) + (len(calls) + 1) % 2

    return function


def from_a_store(name):
    """Answer again with the very array of the call before where it is right."""
    answers = []

    def function(*given):
        answer = right(name)(*given)
        answers[:] = [each for each in answers if np.array_equal(each, answer)] or [answer]
        return answers[0]

    return function


def entry(position, value):
    """Change one entry of the cache."""

    def change(cache):
        cache[position] = value(cache[position])

    return change


def other_at_every_call():
    """Answer with another number at every call."""
    numbers = itertools.count(7)
    return lambda *given, **named: float(next(numbers))


WRONG = [
    # not done yet
    (COST, stub(COST), "compute_cost is not done yet: the result is still None. Write the code"),
    (PREDICT, stub(PREDICT), r"predict is not done yet: line \d+ still reads `A3, cache = None`"),
    (
        "compute_cost_with_regularization",
        stub("compute_cost_with_regularization"),
        "is not done yet: `sum_of_squares` is still None|is not done yet: "
        "`L2_regularization_cost` is still None",
    ),
    (ZEROS, stub(ZEROS), "initialize_parameters_zeros is not done yet: W1 is still None. Write"),
    (FORWARD, returns(None), "is not done yet: the result is still None"),
    # the wrong type
    (COST, returns("0.6"), "For 4 examples, .*: the result is a str; expected one number"),
    (COST, returns(True), "the result is a bool; expected one number"),
    (COST, returns([0.6]), "the result is a list; expected one number"),
    (
        COST,
        lambda A3, Y: np.array([[right(COST)(A3, Y)]]),
        r"the result is an array of shape \(1, 1\); expected a plain number, as np.sum and",
    ),
    (STOPPING, returns(2.0), "the result is a float; expected an int that counts from 0"),
    (STOPPING, returns(10**400), "the result is larger than any float; expected a finite number"),
    (
        PREDICT,
        lambda X, parameters: right(PREDICT)(X, parameters).tolist(),
        r"the result is a list; expected a NumPy array of shape \(1, ",
    ),
    (PREDICT, returns(np.sum), r"the result is a function \(perhaps its parentheses are missing\)"),
    (
        ZEROS,
        lambda layers_dim: list(right(ZEROS)(layers_dim)),
        "the result is a list; expected a dict with the keys W1, b1, W2, b2",
    ),
    (
        FORWARD,
        lambda X, parameters, keep_prob=0.5: right(FORWARD)(X, parameters, keep_prob)[0],
        r"the result is an array of shape \(1, \d+\); expected a tuple \(A3, cache\)",
    ),
    (
        FORWARD,
        lambda X, parameters, keep_prob=0.5: forward_propagation(X, parameters),
        r"cache has 12 entries; expected 14: \(Z1, D1, A1, W1, b1, Z2",
    ),
    (COST, printed, "it returns nothing; print only shows a value, so end it with `return` and"),
    (COST, what_print_gives, "it returns None, as print does, and methods that change a list"),
    (
        ZEROS,
        of_the_notebook,
        "it reads the notebook's variable `layers_dim`, and never its argument `dims`, so the",
    ),
    (
        ZEROS,
        partly_of_the_notebook,
        "it reads the notebook's variable `layers_dim`, which is none of its arguments, so the",
    ),
    (HE, seeded_anew, "it seeds the random generator that all share, so that every draw after"),
    (
        FORWARD,
        dropout(fresh, change=lambda cache: cache.reverse()),
        "the cache holds b3, W3, A3, Z3, b2, .*, Z1; expected Z1, D1, A1, W1",
    ),
    (
        FORWARD,
        dropout(fresh, change=entry(0, relu)),
        "Z1 in the cache has lost its negative numbers: something after it works in its place",
    ),
    # keys, shape, dtype
    (ZEROS, without("b2"), "the result has no key 'b2'; expected the keys W1, b1, W2, b2"),
    (ZEROS, zeros_of(np.transpose), r"W1 has shape \(\d+, \d+\); expected \(\d+, \d+\)"),
    (ZEROS, zeros_of(np.float16), "W1 has dtype float16; expected float64 or float32"),
    (
        COST,
        lambda A3, Y: np.float16(0.5),
        "the result has dtype float16; expected float64 or float32",
    ),
    (PREDICT, lambda X, p: right(PREDICT)(X, p).astype(str), "the result has dtype <U5"),
    # values
    (COST, returns(float("nan")), "the result is nan; expected a finite number"),
    (COST, written(COST, {"1 / m * ": ""}), r"the result is \d\.\d+; expected 0\.\d+"),
    (ZEROS, zeros_of(lambda a: a + np.inf), r"W1\[0, 0\] is inf; expected a finite number"),
    (ZEROS, zeros_of(lambda a: a + 1), r"W1\[0, 0\] is 1; expected 0 \((\d+) of \1 entries"),
    (ZEROS, zeros_of(lambda a: np.broadcast_to(a, a.shape)), "W1 cannot be written to; return an"),
    (PREDICT, lambda X, p: forward_propagation(X, p)[0], r"the result\[0, 0\] is 0\.\d+; expected"),
    (
        COST,
        lambda A3, Y: 50.0 if np.any(A3 * (1 - A3) == 0) else right(COST)(A3, Y),
        r"exactly 0.*: the result is 50; expected a number from [\d.]+ to [\d.]+, as cutting off",
    ),
    (
        COST,
        written(COST, {"A3, 1e-12, 1 - 1e-12": "A3, 1e-4, 1 - 1e-4"}),
        "close to 0 and 1, .*: probabilities are cut off at 0.0001; those from 1e-6 to 1 - 1e-6",
    ),
    (
        COST,
        written(COST, {"np.clip(A3, 1e-12, 1 - 1e-12)": "A3", "np.log(": "np.log(1e-5 + "}),
        "close to 0 and 1, .*: 1e-05 is added inside the logarithms; those from 1e-6 to",
    ),
    (FORWARD, dropout(lambda shape, p: np.random.rand(*shape)), "D1 holds other numbers than zero"),
    # the arguments
    (COST, changes_its_argument, "it changes its argument A3; work on a copy"),
    (PREDICT, own_argument, r"the result is part of the argument parameters\['W1'\]; return"),
    (COST, at_every_second_call(COST), "a second call with the same arguments answers otherwise"),
    (PREDICT, from_a_store(PREDICT), "the result is the same array at every call; make a new one"),
    # the distribution of weights
    (HE, written(HE, {"sigma = ": "np.random.seed(1); sigma = "}), "W1 is the same at two calls"),
    (HE, he(lambda r, c, s: np.random.randn(r, c) * s + 1), "the mean of W1 is too far above 0"),
    (HE, he(lambda r, c, s: np.random.randn(r, c) * s - s), "the mean of W1 is too far below 0"),
    (HE, he(lambda r, c, s: np.random.randn(r, c)), "the standard deviation of W1 is too large; e"),
    (HE, he(lambda r, c, s: np.random.randn(r, c) * s / 2), "deviation of W1 is too small; expect"),
    (
        HE,
        he(lambda r, c, s: np.random.uniform(-1, 1, (r, c)) * s * np.sqrt(3)),
        "the weights have the right spread, but their draws are not normal",
    ),
    (HE, he(lambda r, c, s: np.zeros((r, c))), "W1 holds only zeros"),
    (HE, he(standardised), "the weights have exactly the mean or spread that is asked for"),
    (HE, he(rows_of_one_length), r"the rows or columns of W\d all have the same mean or spread"),
    (HE, he(mirrored), "the draws in W1 are not independent of each other"),
    (HE, related, r"W\d and W\d hold related draws; each layer needs its own"),
    # the masks
    (FORWARD, dropout(lambda s, p: fresh(s, (1 + p) / 2)), "D1 keeps too many units; expected abo"),
    (FORWARD, dropout(lambda s, p: fresh(s, p * p)), "D1 keeps too few units; expected about 50%"),
    (FORWARD, dropout(uneven), "D1 does not keep each unit with the same probability"),
    (FORWARD, dropout(in_pairs), "the entries of D1 are not independent of each other"),
    (FORWARD, dropout(counted), "every mask keeps exactly the same number of units; each entry"),
    (FORWARD, same_masks(), "D1 and D2 hold related draws; each layer needs its own"),
    (FORWARD, dropout(fresh, lambda Z, D, p: relu(Z) / p), r"A(\d) is not 0 where D\1 is 0"),
    (
        FORWARD,
        written(FORWARD, {"A1 = A1 / keep_prob": "A1 = A1"}),
        r"A1 is 0\.\d+ times what it should be where D1 is 1",
    ),
    (
        FORWARD,
        dropout(fresh, lambda Z, D, p: sigmoid(Z) * D / p),
        "A1 is not what it should be where D1 is 1",
    ),
    (FORWARD, dropout(fresh, change=entry(0, np.copy)), None),
    (
        FORWARD,
        dropout(fresh, change=entry(0, lambda Z: Z + 1)),
        "Z1 is not what follows from W1, X",
    ),
    (
        FORWARD,
        dropout(fresh, change=entry(3, lambda W: 2 * W)),
        r"W1 in the cache is not what follows from parameters\['W1'\]",
    ),
    (
        FORWARD,
        dropout(fresh, change=entry(11, lambda A3: A3 / 2)),
        "A3 in the cache is not what follows from the A3 beside it",
    ),
    (COST, other_at_every_call(), "the result is wrong, and wrong in another way at every call"),
    # it stops
    (
        COST,
        written(COST, {"np.log(A)": "np.logg(A)"}),
        r"it stops with AttributeError in line \d+, `losses = -\(Y \* np\.logg\(A\) \+",
    ),
    (COST, len, "it stops with TypeError: "),
    (COST, written(COST, {"1 / m": "1 / 0"}), "it stops with ZeroDivisionError in line"),
]


def said(name, function):
    return problem(name, {name: function})


@pytest.mark.parametrize(("name", "function", "wanted"), WRONG)
def test_the_message(name, function, wanted):
    message = said(name, function)
    if wanted is None:
        assert message is None
        return
    assert re.search(wanted, message), message
    assert message.startswith(f"{name} is not ")
    assert "\n" not in message
    assert ".." not in message.replace("...", "")


def test_a_name_that_is_not_defined():
    assert problem(COST, {}) == (
        "compute_cost is not defined. Run the cell in which you write it, then this one again. "
        "If that cell shows an error, mend it first."
    )


@pytest.mark.parametrize(("value", "kind"), [(3, "an int"), (None, "None"), ([], "a list")])
def test_a_name_that_is_no_function(value, kind):
    assert problem(COST, {COST: value}) == (
        f"compute_cost is {kind} here, not a function. Run the cell in which you write it again."
    )


def test_an_unknown_exercise():
    assert problem("compute_cots", {}) == (
        "There is no exercise called 'compute_cots'. Did you mean 'compute_cost'?"
    )
    message = problem("xyz", {})
    assert message.startswith("There is no exercise called 'xyz'. The exercises are: initialize_")
    assert message.endswith("predict_without_dropout.")
    assert problem(None, {}).startswith("There is no exercise called None.")


def test_a_known_mistake_is_called_by_its_name_with_a_hint():
    message = said(COST, written(COST, {"1 / m * ": ""}))
    mistake = EXERCISES["overfitting"][0].mistakes[0]
    assert mistake.name == "forgot-1-over-m"
    assert message.endswith(f"It looks as if {mistake.says}. Hint: {mistake.hint}")


def test_two_mistakes_with_the_same_results_are_both_named():
    change = next(m.change for m in EXERCISES["initialization"][2].mistakes if "upside" in m.name)
    message = said(HE, written(HE, change))
    assert re.search(
        "It looks as if the fraction .* is upside down, or the draws are divided", message
    )
    assert "the standard deviation of W1 is too large" in message


def test_a_seed_inside_is_called_by_its_name():
    message = said(
        FORWARD,
        written(FORWARD, {"D1 = np.random.rand(": "np.random.seed(1); D1 = np.random.rand("}),
    )
    assert "It looks as if a seed is set inside the function" in message


def test_what_a_function_prints_and_warns_of_costs_nothing(capsys):
    def compute_cost(A3, Y):
        print("a trace", file=sys.stderr)
        print("a trace")
        np.log(np.zeros(1))
        return right(COST)(A3, Y)

    assert said(COST, compute_cost) is None
    assert capsys.readouterr() == ("", "")


def test_a_check_leaves_the_random_generators_as_they_were():
    np.random.seed(7)
    random.seed(7)
    states = np.random.get_state(), random.getstate()
    for name in (HE, FORWARD):
        assert said(name, right(name)) is None
    assert np.array_equal(np.random.get_state()[1], states[0][1])
    assert random.getstate() == states[1]


# In the notebook ----------------------------------------------------------------------------


@pytest.fixture
def notebook(monkeypatch):
    """Return a function that puts functions where `check` looks for them."""
    for kept in ("_hints_given", "_wrong", "_endless"):
        monkeypatch.setattr(check_module, kept, {})

    def define(name, function):
        monkeypatch.setattr(sys.modules["__main__"], name, function, raising=False)

    return define


def test_check_prints_that_an_answer_is_right_and_raises_if_not(notebook, capsys):
    notebook(COST, right(COST))
    check(COST)
    assert capsys.readouterr().out == "compute_cost is right: 5 points.\n"
    notebook(COST, stub(COST))
    with pytest.raises(NotYet, match="compute_cost is not done yet"):
        check(COST)


def test_hints_come_one_after_the_other_and_the_last_says_so(notebook, capsys):
    hints = EXERCISES["overfitting"][0].hints
    notebook(COST, stub(COST))
    for number in range(1, len(hints) + 1):
        check(COST, hint=True)
        shown = " ".join(capsys.readouterr().out.split())
        assert shown.startswith(f"Hint {number} of {len(hints)} for compute_cost: ")
        assert shown.endswith("That was the last one.") == (number == len(hints))
    notebook(COST, right(COST))
    check(COST, hint=True)
    assert capsys.readouterr().out == "compute_cost is right already: no hint needed.\n"


def test_a_small_question_is_shown_as_its_call():
    message = said(STOPPING, lambda validation_costs, patience: 0)
    assert message.startswith(
        "early_stopping is not right yet. Where the cost falls, then rises, "
        "`early_stopping([0.7, 0.5, 0.4, 0.45, 0.5, 0.6], patience=2)`: the result is 0; expected 2"
    )
    assert "`" not in said(PREDICT, lambda X, parameters: np.ones((1, 8)))


def test_the_question_that_went_wrong_can_be_played_with(notebook, capsys):
    cases = all_exercises()[COST].cases
    asked = question(COST)  # nothing was checked yet: the first one
    assert capsys.readouterr().out == (
        "Asked for 4 examples: compute_cost(**question('compute_cost'))\n"
    )
    assert list(asked) == ["A3", "Y"] and np.array_equal(asked["A3"], cases[0].arguments["A3"])
    asked["A3"][:] = 0
    assert cases[0].arguments["A3"].any(), "what is done to it changes the check"
    notebook(COST, lambda A3, Y: right(COST)(A3, Y) if A3.size == 4 else 0.0)
    with pytest.raises(NotYet, match="For 1 example,"):
        check(COST)
    assert question(COST)["A3"].shape == (1, 1)
    assert "Asked for 1 example: " in capsys.readouterr().out
    notebook(COST, right(COST))
    check(COST)
    assert question(COST)["A3"].shape == (1, 4)


def test_a_question_with_a_seed_says_it(notebook, capsys):
    assert question(HE) == {"layers_dim": [2, 4, 1]}
    assert "for the layers [2, 4, 1], after np.random.seed(3): " in capsys.readouterr().out


def test_a_question_for_no_exercise():
    with pytest.raises(NotYet, match="There is no exercise called 'compute_cots'"):
        question("compute_cots")


def test_ready_says_what_a_cell_waits_for(notebook, capsys):
    notebook(COST, right(COST))
    notebook(PREDICT, stub(PREDICT))
    notebook(ACCURACY, stub(ACCURACY))
    assert ready(COST)
    assert capsys.readouterr().out == ""
    assert not ready(COST, PREDICT, ACCURACY)
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("This cell waits for predict and accuracy. Finish them above until")
    assert not ready(COST, PREDICT)
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("This cell waits for predict. Finish that above until its check")
    notebook(COST, stub(COST))
    assert not ready(COST, PREDICT, ACCURACY)
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("This cell waits for compute_cost, predict and accuracy. Finish them")


def test_ready_sends_nobody_back_to_an_exercise_whose_cell_has_only_not_run(notebook, capsys):
    notebook(COST, right(COST))
    assert not ready(COST, PREDICT)
    shown = " ".join(capsys.readouterr().out.split())
    assert shown == (
        "This cell needs predict, which is not defined. Run the cell in which you write it, then "
        "this cell again. A kernel that was started anew has forgotten what ran before."
    )
    assert not ready(PREDICT, ACCURACY)
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("This cell needs predict and accuracy, which are not defined. Run the")
    notebook(PREDICT, stub(PREDICT))
    assert not ready(COST, PREDICT, ACCURACY)
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("This cell needs accuracy, which is not defined. Run the cell")
    assert "This cell waits for predict. Finish that above" in shown


def test_ready_does_not_take_another_name_for_an_exercise_to_run(notebook, capsys):
    assert not ready("compute_cots")
    assert capsys.readouterr().out.startswith("This cell waits for compute_cots.")


@pytest.fixture(scope="module")
def shown(tmp_path_factory, kernel):
    """The errors that a real kernel shows: of a wrong answer, a syntax error, a missing cell."""
    folder = tmp_path_factory.mktemp("kernel")
    kit.travel(folder)
    cells = [
        "from lab.check import check",
        "def compute_cost(A3, Y):\n    return 0.5",
        'check("compute_cost")',
        "def accuracy(predictions, Y):\n    return )",
        'check("accuracy")',
        "def predict(X, parameters):\n    return X.no_such_thing",
        'check("predict")',
        'check("compute_cots")',
    ]
    cells = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return [output for cell in notebook.cells for output in cell.outputs]


@pytest.mark.parametrize("length", range(30, 50))
def test_no_line_of_a_message_is_cut(length):
    """Whatever the words are; each but the last ends with a blank, so that joined they are it."""
    words = f"{'x' * length} " * 10 + "."
    lines = NotYet(words)._render_traceback_()
    assert "".join(lines) == words
    assert max(map(len, lines)) <= WIDTH


def test_a_kernel_shows_the_message_alone(shown):
    assert [output.ename for output in shown] == ["NotYet", "SyntaxError", *["NotYet"] * 3]
    for output in shown:
        if output.ename == "NotYet":
            assert "".join(output.traceback) == output.evalue
            assert all(len(line) <= WIDTH for line in output.traceback)
            assert "Traceback" not in output.evalue


def test_a_cell_with_a_syntax_error_gets_a_sentence(shown):
    assert shown[2].evalue.startswith(
        "The last run of the cell in which you write accuracy failed: it stops with SyntaxError "
        "in line 2, `return )`: unmatched ')'. So accuracy is not judged."
    )


def test_a_function_that_raises_is_quoted_with_its_line(shown):
    wanted = "it stops with AttributeError in line 2, `return X.no_such_thing`: "
    assert wanted in shown[3].evalue


# Every message ------------------------------------------------------------------------------

ELSEWHERE = {
    # the function cannot be asked, which the check says in words of its own
    Kind.NOT_DEFINED: (found(Kind.NOT_DEFINED), "it is not defined"),
    Kind.NOT_A_FUNCTION: (
        found(Kind.NOT_A_FUNCTION, got=described(3)),
        "it is an int, not a function",
    ),
    # its process
    Kind.NOT_IN_TIME: (
        found(Kind.NOT_IN_TIME, seconds=10.0),
        "it did not end within 10 seconds",
    ),
    Kind.NOT_IN_TIME_IN_LINE: (
        found(Kind.NOT_IN_TIME_IN_LINE, seconds=10.0, line=3, code="while True:"),
        "it did not end within 10 seconds, and was in line 3, `while True:`, by then",
    ),
    Kind.INTERRUPTED: (
        found(Kind.INTERRUPTED, line=3, code="while True:"),
        "it was interrupted in line 3, `while True:`",
    ),
    Kind.NO_TIME_LEFT: (
        found(Kind.NO_TIME_LEFT, seconds=600),
        "the time for the whole notebook, 600 seconds, is used up",
    ),
    Kind.DIED: (found(Kind.DIED), "it ended the notebook's kernel"),
    Kind.TOO_MUCH_MEMORY: (
        found(Kind.TOO_MUCH_MEMORY, megabytes=1500.4),
        "it used more than 1,500 MB of memory",
    ),
    Kind.TOO_MUCH_BACK: (
        found(Kind.TOO_MUCH_BACK, megabytes=32.0),
        "what came back has more than 32 MB",
    ),
    Kind.UNREADABLE: (found(Kind.UNREADABLE), "what it returns cannot be read"),
    Kind.TOO_LARGE_TO_READ: (
        found(Kind.TOO_LARGE_TO_READ, limit=32_000_000),
        "what it returns cannot be read (more than 32,000,000 bytes)",
    ),
}
"""Problems that arise outside the check, each as it is told, and its sentence."""


@functools.cache
def problems_seen():
    """Return the problems of all the answers above."""
    verdicts = [judge(all_exercises()[name], asker(function)) for name, function, _ in WRONG]
    return [part.problem for verdict in verdicts for part in verdict.wrong]


def fields(template):
    """Return the names of a template's fields."""
    return {field for _, field, *_ in string.Formatter().parse(template) if field is not None}


def pattern(template):
    parts = string.Formatter().parse(template)
    return "".join(
        re.escape(text) + (".*" if field is not None else "") for text, field, *_ in parts
    )


ENGLISH = re.compile(r"(?:[A-Za-z']{2,}[ ,.:;]+){2,}[A-Za-z']{2,}")
"""Three words, one after the other."""


@pytest.mark.parametrize(("name", "function", "wanted"), WRONG)
def test_the_message_in_chinese(name, function, wanted):
    """Python's own words, and the code that is quoted, stay as they are."""
    with speaking(languages.spoken("zh")):
        message = said(name, function)
    if wanted is None:
        assert message is None
        return
    assert message.startswith((f"{name} 还不正确。", f"{name} 还没有完成："))
    ours = re.sub(r"`[^`]*`|因 \w+ 停止：.*|START CODE HERE|END CODE HERE", "", message)
    assert ENGLISH.findall(ours) == []
    assert " or " not in ours and " and " not in ours and "Keep_prob" not in ours


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_what_arises_outside_the_check(kind):
    told, says = ELSEWHERE[kind]
    assert told.kind is kind
    assert phrase(told) == says


def test_every_message_is_seen_by_a_test_above():
    """A message without an answer that calls it forth would be dead, or untested."""
    elsewhere = {
        "RIGHT",
        "HINT",
        "LAST_HINT",
        "NO_HINT_NEEDED",
        "WAITS",
        "WAITS_FOR_SEVERAL",
        "NOT_RUN",
        "SEVERAL_NOT_RUN",
        "QUESTION",
        "SEEDED_QUESTION",
        "UNKNOWN",
        "DID_YOU_MEAN",
        "ALL_NAMES",
        # in tests/lab/test_cells.py
        "CELL_FAILED",
        "INTERRUPTED",
        "INTERRUPTED_ELSEWHERE",
    }
    elsewhere |= {"NOT_DEFINED", "NOT_A_FUNCTION", "TWO_MISTAKES"}
    seen = [said(name, function) or "" for name, function, _ in WRONG]
    templates = {f"lab.check.{name}": text for name, text in vars(check_module).items()}
    templates = {
        name: text
        for name, text in templates.items()
        if name.split(".")[-1].isupper() and isinstance(text, str) and " " in text
    }
    assert len(templates) > len(elsewhere)
    unseen = [
        name
        for name, template in (templates | PHRASES).items()
        if name not in ELSEWHERE
        and name.split(".")[-1] not in elsewhere
        and not any(re.search(pattern(template), each) for each in seen)
    ]
    assert unseen == []


def test_every_kind_of_problem_is_seen_by_a_test_above():
    seen = {each.kind for each in problems_seen()}
    assert seen | set(ELSEWHERE) == set(Kind)
    assert seen & set(ELSEWHERE) == set()


def test_there_is_a_phrase_for_each_kind_of_problem_value_and_place():
    assert set(PHRASES) == set(Kind)
    assert set(DESCRIPTIONS) == set(What)
    assert set(PLACES) == set(Place)
    assert all(type(kind) is Kind for kind in PHRASES)
    assert len(set(PHRASES.values())) == len(PHRASES)


def test_a_problem_is_told_with_the_fields_of_its_phrase():
    told = [*problems_seen(), *(each for each, _ in ELSEWHERE.values())]
    assert {each.kind for each in told} == set(PHRASES)
    for each in told:
        assert fields(PHRASES[each.kind]) == set(each.fields), each
        assert not re.search("[{}]|<result>|Kind|What|Place|Described", phrase(each)), each


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "None"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"),
        (np.sum, "a function (perhaps its parentheses are missing)"),
        (0.5, "a float"),
        (3, "an int"),
        (Described(What.HUGE_INT, 13_289), "an int of 13,289 bits"),
        (Described(What.LONG_TEXT, 2001), "a text of 2,001 characters"),
        (Described(What.OBJECT, "Thing"), "a Thing"),
        (Described(What.OBJECT, "object"), "an object"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_a_value_is_called(value, says):
    assert description(described(value)) == says


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        (("Z3",), "A3 is not what follows from Z3"),
        (("W3", "A2"), "A3 is not what follows from W3 and A2"),
        (("W3", "A2", "b3"), "A3 is not what follows from W3, A2 and b3"),
    ],
)
def test_what_something_follows_from_is_listed(sources, says):
    assert phrase(found(Kind.NOT_FROM, place="A3", sources=sources)) == says
