"""Questions go out as the judge has them; replies may be anything and never get in."""

import numpy as np
import pytest

from autograders.authoring import examples
from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.sandbox.remote import LONGEST_PHRASE, asker
from lab.judge.ask import Case, Stopped
from lab.judge.ask import asker as here
from lab.judge.verdict import judge
from lab.judge.wire import LARGEST, pack, unpack
from tests.autograders.replies import VALUES, Answering, examples_of


class Replying:
    """Stands for a session: keeps the questions, and gives the bytes it was made with."""

    def __init__(self, *replies):
        self.replies, self.questions = list(replies), []

    def ask(self, question):
        self.questions.append(unpack(question))
        return self.replies.pop(0) if self.replies else pack(GOOD)


GOOD = {"value": 1.0, "arguments": {"x": 2.0}, "shared": [], "kept": None}
CASE = Case("part", "values", "for 2", {"x": 2.0}, None)


def ask(*replies, case=CASE):
    return asker(Replying(*replies), "f", 7)(case)


def test_an_answer_is_what_came_back():
    shared = [("['dW1']", "x"), ("", "cache[2]")]
    answer = ask(pack({**GOOD, "shared": shared, "kept": "the result[0]"}))
    assert answer.value == 1.0
    assert answer.arguments == {"x": 2.0}
    assert answer.shared == shared
    assert answer.kept == "the result[0]"


def test_the_first_call_is_seeded_where_its_question_has_no_seed():
    session = Replying()
    asking = asker(session, "f", 7)
    asking(CASE)
    asking(CASE)
    asking(CASE, seeded=False)
    assert [question["seed"] for question in session.questions] == [7, None, None]


def test_a_questions_own_seed_comes_first():
    session, seeded = Replying(), Case("part", "values", "", {"x": 2.0}, None, seed=5)
    asking = asker(session, "f", 7)
    asking(seeded)
    asking(seeded, seeded=False)
    asking(CASE)
    assert [question["seed"] for question in session.questions] == [5, None, None]


def test_a_question_holds_what_is_asked_and_nothing_of_what_is_right():
    session = Replying()
    case = Case("part", "values", "says", {"x": np.ones(2), "y": 3}, "expected", ["y"], 5)
    asker(session, "f", 7)(case)
    (question,) = session.questions
    assert question.keys() == {"name", "arguments", "by_name", "seed"}
    assert question["name"] == "f"
    assert question["by_name"] == ["y"]
    assert np.array_equal(question["arguments"]["x"], np.ones(2))


def without(name):
    return {key: value for key, value in GOOD.items() if key != name}


HOSTILE = {
    "nothing": b"",
    "one byte": b"x",
    "a pickle": b"\x80\x04K\x01.",
    "more than may come": bytes(LARGEST + 1),
    "a number": pack(3),
    "a list": pack([GOOD]),
    "a foreign thing": pack(object()),
    "an array": pack(np.zeros(3)),
    "no value": pack(without("value")),
    "no arguments": pack(without("arguments")),
    "nothing of what is shared": pack(without("shared")),
    "nothing of what is kept": pack(without("kept")),
    "arguments that are a list": pack({**GOOD, "arguments": [2.0]}),
    "arguments that are foreign": pack({**GOOD, "arguments": object()}),
    "shared that is a number": pack({**GOOD, "shared": 5}),
    "shared without pairs": pack({**GOOD, "shared": ["x"]}),
    "shared with a number": pack({**GOOD, "shared": [("x", 3)]}),
    "shared with three": pack({**GOOD, "shared": [("x", "y", "z")]}),
    "shared that is foreign": pack({**GOOD, "shared": object()}),
    "shared that is None": pack({**GOOD, "shared": None}),
    "kept that is a number": pack({**GOOD, "kept": 5}),
    "kept that is an array": pack({**GOOD, "kept": np.zeros(2)}),
    "a stop without words": pack({"stopped": None}),
    "a stop of a number": pack({"stopped": 3.5}),
    "a stop of a dict": pack({"stopped": {"unfinished": True}}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_reply_that_is_none_costs_the_question_and_nothing_else(name):
    with pytest.raises(Stopped) as stopped:
        ask(HOSTILE[name])
    assert stopped.value.phrase == "what it returns cannot be read"
    assert not stopped.value.unfinished


def test_a_stop_is_cut_and_printable():
    text = "line\n\x1b[31mred\x00‮" + "x" * 10_000
    with pytest.raises(Stopped) as stopped:
        ask(pack({"stopped": text[:1900], "unfinished": True}))
    assert stopped.value.unfinished
    assert len(stopped.value.phrase) == LONGEST_PHRASE
    assert stopped.value.phrase.isprintable()
    assert stopped.value.phrase.startswith("line??[31mred??x")


@pytest.mark.parametrize("unfinished", [1, "yes", None, 1.0, [True]])
def test_only_true_is_unfinished(unfinished):
    with pytest.raises(Stopped) as stopped:
        ask(pack({"stopped": "words", "unfinished": unfinished}))
    assert not stopped.value.unfinished


def test_places_are_cut_and_printable():
    answer = ask(pack({**GOOD, "shared": [("a\nb", "y" * 1900)], "kept": "c\x00"}))
    assert answer.shared[0][0] == "a?b"
    assert len(answer.shared[0][1]) == LONGEST_PHRASE
    assert answer.kept == "c?"


# --- what a check makes of it ---

EXERCISES = [
    pytest.param(assignment, exercise, id=exercise.name)
    for assignment, exercises in EXERCISES.items()
    for exercise in exercises
]


ARGUMENTS = [{}, {"X": object()}, {"A3": np.zeros(0)}, {"layers_dim": None, "cache": 3}]


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_no_value_that_comes_back_breaks_the_judge_or_earns_all_points(assignment, exercise):
    asked = examples_of(assignment, exercise)
    known = examples.recorded(assignment, exercise, asked.cases)
    with np.errstate(all="ignore"):
        for value in VALUES:
            session = Answering(exercise.name, lambda *given, value=value, **named: value)
            verdict = judge(asked, asker(session, exercise.name, 7), lambda: known)
            assert verdict.points < exercise.points


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_no_arguments_that_come_back_break_the_judge(assignment, exercise):
    asked = examples_of(assignment, exercise)
    function = getattr(reference.module(assignment), exercise.name)
    for arguments in ARGUMENTS:
        session = Answering(exercise.name, function, arguments=arguments)
        verdict = judge(asked, asker(session, exercise.name, 7), list)
        looked_at = {case.check for case in asked.cases} & {"values", "dropout_arithmetic"}
        assert verdict.points < exercise.points or not looked_at
        assert all("it changes its argument" in part.problem for part in verdict.wrong)


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_across_the_wall_a_function_gets_the_verdict_it_gets_here(assignment, exercise):
    """Every mistake and right answer, packed and unpacked."""
    asked = examples_of(assignment, exercise, seed=3)
    known = examples.recorded(assignment, exercise, asked.cases)
    changes = [mistake.change for mistake in exercise.mistakes] + list(exercise.right)
    for change in changes:
        code = stubs.changed(reference.source(assignment, exercise.name), change)
        function = reference.run(assignment, code, exercise.name)
        session, verdicts = Answering(exercise.name, function), []
        for asking in (asker(session, exercise.name, 11), here(function)):
            np.random.seed(11)
            verdicts.append(judge(asked, asking, lambda: known))
        there, here_ = verdicts
        assert there.points == here_.points
        assert [part.problem for part in there.parts] == [part.problem for part in here_.parts]
        assert [each.name for each in there.mistakes] == [each.name for each in here_.mistakes]


def test_a_foreign_result_is_called_by_its_kind():
    answer = ask(pack({**GOOD, "value": {"a": lambda: 0}}))
    assert type(answer.value["a"]) is Described
    assert answer.value["a"].kind == "a function (perhaps its parentheses are missing)"
