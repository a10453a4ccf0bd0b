"""What a student reads names what is there: each of these was once called something else."""

import numpy as np
import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import find
from lab.check import problem
from lab.judge.answer import Answerer
from lab.judge.ask import asker
from lab.judge.examples import all_exercises
from lab.judge.excerpt import LONGEST_ERROR, one_line
from lab.judge.problems import Kind
from lab.judge.verdict import judge
from lab.judge.wire import pack, unpack
from tests.autograders.sandbox.replies import examples_of

FORWARD = "dropout", "forward_propagation_with_dropout"
BACKWARD = "dropout", "backward_propagation_with_dropout"
WHOLE = "dropout", "predict_without_dropout"
COST = "overfitting", "compute_cost"
ZEROS = "initialization", "initialize_parameters_zeros"
DECAY = "l2_regularization", "weight_decay_factor"


def changed(exercise, change):
    assignment, name = exercise
    code = stubs.changed(reference.source(assignment, name), change)
    return reference.run(assignment, code, name)


def written(exercise, code, **notebook):
    """Return a function by its text, in a notebook with these variables."""
    answer = reference.run(exercise[0], code, exercise[1])
    answer.__globals__.update(notebook)
    return answer


def verdicts(exercise, answer):
    assignment, name = exercise
    np.random.seed(1)
    yield judge(all_exercises()[name], asker(answer))
    for seed in range(3):
        asked = examples_of(assignment, find(*exercise), seed)
        yield judge(asked, asker(answer), all_exercises()[name])


def kinds(exercise, answer):
    """Return the kind of the first problem, the same whoever asks."""
    first = {verdict.wrong[0].problem.kind for verdict in verdicts(exercise, answer)}
    assert len(first) == 1
    return first.pop()


def names(exercise, answer):
    return [
        [mistake.name for mistake in verdict.mistakes] for verdict in verdicts(exercise, answer)
    ]


@pytest.mark.parametrize("change", ["0.5 * A3 > 0.5", "A3.astype(int)", "A3 > 1", "np.floor(A3)"])
def test_all_points_of_class_0_are_not_put_down_to_decimals(change):
    for said in (problem(WHOLE[1], {WHOLE[1]: changed(WHOLE, {"A3 > 0.5": change})}),):
        assert "It looks as if every point becomes class 0. Hint:" in said
        assert "decimals" not in said


def test_a_derivative_that_is_1_everywhere_is_called_that():
    code = stubs.without_markers(reference.source(*BACKWARD))
    answer = written(
        BACKWARD, code.replace("(A2 > 0)", "(A2 >= 0)").replace("(A1 > 0)", "(A1 >= 0)")
    )
    for verdict in verdicts(BACKWARD, answer):
        (mistake,) = verdict.mistakes
        assert "or it is 1 where A is 0, too" in mistake.says


PRINTS = {
    "without return": (COST, "def compute_cost(A3, Y):\n    print(-np.mean(np.log(A3)))\n"),
    "return alone": (COST, "def compute_cost(A3, Y):\n    print(1)\n    return\n"),
    "return None": (COST, "def compute_cost(A3, Y):\n    print(1)\n    return None\n"),
    "inner return": (
        COST,
        "def compute_cost(A3, Y):\n    def f():\n        return 1\n    print(f())\n",
    ),
    "a stub's None before": (
        DECAY,
        "def weight_decay_factor(learning_rate, lambd, m):\n    factor = None\n    print(m)\n",
    ),
}


@pytest.mark.parametrize("how", PRINTS)
def test_who_prints_is_not_told_to_begin(how):
    exercise, code = PRINTS[how]
    answer = written(exercise, code)
    assert kinds(exercise, answer) is Kind.RETURNS_NOTHING
    said = problem(exercise[1], {exercise[1]: answer})
    assert "it returns nothing; print only shows a value, so end it with `return`" in said
    assert "not done yet" not in said


def test_what_print_gives_back_is_told():
    code = "def compute_cost(A3, Y):\n    cost = print(1)\n    return cost\n"
    assert kinds(COST, written(COST, code)) is Kind.GIVES_NONE


def test_a_stub_is_still_not_done():
    for exercise in (COST, DECAY, WHOLE):
        stub = reference.run(exercise[0], reference.stub(*exercise), exercise[1])
        assert all(verdict.unfinished for verdict in verdicts(exercise, stub))


@pytest.mark.parametrize("value", [lambda *given: None, max, print, type("T", (), {})])
def test_what_has_no_text_is_asked_all_the_same(value):
    for verdict in verdicts(DECAY, value):
        assert verdict.points == 0


def of_the_notebook(argument):
    code = stubs.without_markers(reference.source(*ZEROS))
    return code.replace("zeros(layers_dim)", f"zeros({argument})", 1)


def test_a_variable_of_the_notebook_is_named_with_the_argument_that_is_not_read():
    answer = written(ZEROS, of_the_notebook("layer_dims"), layers_dim=[2, 10, 5, 2])
    for verdict in verdicts(ZEROS, answer):
        found = verdict.wrong[0].problem
        assert found.kind is Kind.NEVER_READ
        assert found.fields == {"name": "layers_dim", "argument": "layer_dims"}


def test_it_is_named_where_the_argument_is_read_elsewhere():
    code = of_the_notebook("dims").replace("L = len(layers_dim)", "L = len(dims)")
    answer = written(ZEROS, code, layers_dim=[2] * 40)
    assert kinds(ZEROS, answer) is Kind.READS_NOTEBOOK


@pytest.mark.parametrize(
    "body",
    [
        # a constant of one's own is none of the exercise's arguments
        "return one + learning_rate * lambd / m",
        "one = 2; return one * lambd / m",
        "return -lambd / m",
    ],
)
def test_another_mistake_is_not_put_down_to_the_notebook(body):
    code = f"def weight_decay_factor(learning_rate, lambd, m):\n    {body}\n"
    assert kinds(DECAY, written(DECAY, code, one=1.0)) is Kind.WRONG_NUMBER


def test_a_variable_of_the_notebook_is_told_across_the_wall():
    answer = written(ZEROS, of_the_notebook("layer_dims"), layers_dim=[2, 10, 5, 1])
    question = {"name": "f", "arguments": {"layers_dim": [3, 1]}, "by_name": [], "seed": None}
    reply = unpack(Answerer({"f": answer})(pack(question)))
    assert reply["foreign"] == ("layers_dim", "layer_dims")


@pytest.mark.parametrize("after", ["A = A * D", "A *= D"])
def test_a_relu_in_place_is_blamed_and_not_the_line_of_Z(after):
    relu = "def relu(Z):\n    Z[Z < 0] = 0\n    return Z\n\n\n"
    code = stubs.without_markers(reference.source(*FORWARD))
    for l in "12":
        line = after.replace("A", f"A{l}").replace("D", f"D{l}")
        code = code.replace(f"A{l} = A{l} * D{l}", line)
        if "*=" in after:
            code = code.replace(f"A{l} = A{l} / keep_prob", f"A{l} /= keep_prob")
    answer = written(FORWARD, relu + code)
    for verdict in verdicts(FORWARD, answer):
        assert [part.points for part in verdict.parts] == [2, 0, 3]
        assert verdict.wrong[0].problem.kind is Kind.IN_PLACE
        assert verdict.wrong[0].problem.fields == {"place": "Z1"}


@pytest.mark.parametrize("keep_prob", [0.2, 0.3, 0.5, 0.6, 0.8])
def test_dropout_left_on_is_named_for_any_keep_prob(keep_prob):
    call = f"forward_propagation_with_dropout(X, parameters, {keep_prob})"
    answer = changed(WHOLE, {"forward_propagation(X, parameters)": call})
    assert names(WHOLE, answer) == [["dropout-while-predicting"]] * 4


LONG = "The first sentence. " + "The second one is longer than the first. " * 9
DEPRECATED = (
    "module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias for the builtin "
    "`float`. To avoid this error in existing code, use `float` by itself. Doing this will not "
    "modify any behavior and is safe. If you specifically wanted the numpy scalar type, use "
    "`np.float64` here.\nThe aliases was originally deprecated in NumPy 1.20; for more details "
    "and guidance see the original release note at:\n    https://numpy.org/devdocs/release"
)


@pytest.mark.parametrize("said", [LONG, DEPRECATED])
def test_what_an_error_says_ends_with_a_sentence(said):
    line = one_line(ValueError(said))
    assert len(line) <= LONGEST_ERROR
    assert " ".join(said.split()).startswith(line + ".")


def test_numpys_own_words_end_with_a_sentence():
    with pytest.raises(AttributeError) as raised:
        np.float  # noqa: B018 - what it raises is what is looked at
    if len(str(raised.value)) > LONGEST_ERROR:
        assert one_line(raised.value).endswith("use `np.float64` here")


def test_a_sentence_without_end_is_cut_between_words_and_says_so():
    line = one_line(ValueError("word " * 100))
    assert line.endswith("word …")
    assert len(line) <= LONGEST_ERROR
    assert one_line(ValueError("x" * 1000)) == "x" * (LONGEST_ERROR - 2) + " …"
    assert one_line(ValueError("short. And done.")) == "short. And done"
