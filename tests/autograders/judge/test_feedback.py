"""The feedback as a student reads it, line by line."""

import numpy as np
import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.judge import feedback
from autograders.sandbox.remote import asker
from lab.judge.ask import Case, Raises
from lab.judge.described import Described, OddArray, What
from lab.judge.examples import Part, RecordedMistake, load
from lab.judge.expected import Array, Between, Index, Mapping, Number, Shaped, ZerosAndOnes
from lab.judge.problems import Kind, Place, found
from lab.judge.verdict import PartVerdict, Verdict, judge
from tests.autograders.sandbox.replies import VALUES, Answering, examples_of

FIRST, SECOND, THIRD = Part("the value", 3), Part("the rest", 2), Part("at 0", 1, alone=True)


def lines(verdict, points=6):
    text = feedback.lines(verdict, points)
    assert all(isinstance(line, str) and line.isprintable() for line in text)
    return text


ONLY_ZEROS = found(Kind.ONLY_ZEROS, place=Place.RESULT)


def wrong(expected, answer, problem=ONLY_ZEROS, arguments=None, says="for 2 examples"):
    case = Case("first", "values", says, arguments or {}, expected)
    return PartVerdict(FIRST, True, case, problem, answer)


def compared(expected, answer):
    """Return the lines between the problem and the end."""
    return lines(Verdict("f", [wrong(expected, answer)]), 3)[6:]


def test_all_right():
    verdict = Verdict("f", [PartVerdict(FIRST), PartVerdict(SECOND), PartVerdict(THIRD)])
    assert lines(verdict) == [
        "f: 6 of 6 points",
        "",
        "  right   3 of 3  the value",
        "  right   2 of 2  the rest",
        "  right   1 of 1  at 0",
        "",
        "Every part is right.",
    ]


def test_wrong_waiting_and_alone():
    problem = found(Kind.WRONG_NUMBER, place=Place.RESULT, got="2", want="1.5")
    first = wrong(Number(1.5), 2.0, problem, {"x": 0.5, "m": 3})
    verdict = Verdict("f", [first, PartVerdict(SECOND, False), PartVerdict(THIRD)])
    assert lines(verdict) == [
        "f: 1 of 6 points",
        "",
        "  wrong   0 of 3  the value",
        "  waiting 0 of 2  the rest (not judged, because a part above is wrong)",
        "  right   1 of 1  at 0",
        "",
        "Asked for 2 examples:",
        "    with x = 0.5, m = 3",
        "    the result is 2; expected 1.5.",
        "    came back: 2",
        "    expected:  1.5",
    ]


def test_what_is_kept_of_a_verdict_is_what_the_text_tells():
    problem = found(Kind.WRONG_NUMBER, place=Place.RESULT, got="2", want="1.5")
    first = wrong(Number(1.5), 2.0, problem, {"x": 0.5})
    parts = {"value": FIRST, "rest": SECOND, "end": THIRD}
    came = [first, PartVerdict(SECOND, False), PartVerdict(THIRD)]
    verdict = Verdict("f", came, mistakes=[RecordedMistake("m", "it is so", "Why?", {})])
    asked = {"asked": "for 2 examples", "found": "the result is 2; expected 1.5"}
    assert feedback.kept(verdict, parts) == {
        "parts": [
            {"name": "value", "says": "the value", "of": 3, "points": 0, "state": "wrong", **asked},
            {"name": "rest", "says": "the rest", "of": 2, "points": 0, "state": "waiting"},
            {"name": "end", "says": "at 0", "of": 1, "points": 1, "state": "right"},
        ],
        "mistakes": ["m"],
        "together": False,
    }


def test_of_an_unfinished_exercise_every_part_is_kept_as_unfinished():
    verdict = Verdict("f", [wrong(Number(1.0), None)], found(Kind.NONE_NAMED, name="y"))
    kept = feedback.kept(verdict, {"value": FIRST, "rest": SECOND})
    assert [(part["state"], part["points"]) for part in kept["parts"]] == [("unfinished", 0)] * 2
    assert feedback.MISTAKES not in kept


def test_unfinished():
    verdict = Verdict("f", [wrong(Number(1.0), None)], found(Kind.NONE_NAMED, name="y"))
    assert lines(verdict) == [
        "f: 0 of 6 points",
        "",
        "f is not done yet: `y` is still None. Write the code between START CODE HERE",
        "and END CODE HERE, run that cell, then this one again.",
    ]


def test_the_mistake_and_its_hint_come_last():
    mistake, other = (
        RecordedMistake(name, f"it is {name}", "Why?", {}) for name in ("this", "that")
    )
    verdict = Verdict("f", [wrong(Number(1.0), 2.0)], mistakes=[mistake])
    assert lines(verdict)[-2:] == ["", "It looks as if it is this. Hint: Why?"]
    verdict.mistakes = [mistake, other, mistake]
    assert lines(verdict)[-1] == "It looks as if it is this, or it is that. Hint: Why?"


def test_no_more_than_two_problems_are_told():
    verdict = Verdict("f", [wrong(Number(1.0), 2.0, says=f"for {i}") for i in range(4)])
    assert [line for line in lines(verdict) if line.startswith("Asked")] == [
        "Asked for 0:",
        "Asked for 1:",
    ]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ({"x": np.array([[0.25, 1]])}, "x = [0.25  1]"),
        ({"x": np.array([True, False])}, "x = [1  0]"),
        ({"x": 1 / 3, "y": True, "z": [1, 0.5]}, "x = 0.3333, y = 1, z = [1, 0.5]"),
        ({"layers_dim": (3, 2)}, "layers_dim = [3, 2]"),
        ({"large": np.zeros((3, 3)), "x": 1}, "x = 1"),
        ({"long": [0.5] * 17, "x": 1}, "x = 1"),
        ({"parameters": {"W1": np.zeros(1)}, "cache": (np.zeros(1),), "x": 1}, "x = 1"),
    ],
)
def test_arguments_are_shown_where_they_are_short(arguments, shown):
    verdict = Verdict("f", [wrong(Number(1.0), 2.0, arguments=arguments)])
    assert lines(verdict)[5] == f"    with {shown}"


def test_long_arguments_leave_no_line():
    verdict = Verdict("f", [wrong(Number(1.0), 2.0, arguments={"x": np.zeros((30, 30))})])
    assert not any("with" in line for line in lines(verdict))


def test_the_entries_that_differ_are_marked():
    want = Array(np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert compared(want, np.array([[1.0, 2.5], [3.0, 4.0]])) == [
        "    came back:    1  >2.5<",
        "                  3     4 ",
        "    expected:     1     2 ",
        "                  3     4 ",
        "    The entries between > and < differ.",
    ]


def test_where_all_entries_differ_marks_would_tell_nothing():
    assert compared(Array(np.ones(2)), np.zeros(2)) == [
        "    came back:  0   0 ",
        "    expected:   1   1 ",
    ]


def test_zeros_and_ones_are_marked_too():
    assert compared(ZerosAndOnes(np.array([[1, 0]])), np.array([[True, True]])) == [
        "    came back:  1  >1<",
        "    expected:   1   0 ",
        "    The entries between > and < differ.",
    ]


def test_the_differing_array_of_a_dict_is_named():
    want = Mapping({"dW3": Array(np.ones(1)), "dW2": Array(np.ones(1))})
    assert compared(want, {"dW3": np.ones(1), "dW2": np.zeros(1)}) == [
        "    dW2",
        "    came back:  0 ",
        "    expected:   1 ",
    ]
    assert compared(want, {"dW3": np.ones(1)}) == []
    assert compared(want, {"dW3": np.ones(1), "dW2": None}) == []


@pytest.mark.parametrize(
    ("expected", "answer", "shown"),
    [
        (Index(3), 2, ["2", "3"]),
        (Index(3), np.int64(2), ["2", "3"]),
        (Number(1 / 3), np.float64(2 / 3), ["0.6667", "0.3333"]),
        (Between(0.5, 1 / 3), float("inf"), ["inf", "0.5 to 0.3333"]),
        (Number(1.0), 10**300, [str(10**19), "1"]),
    ],
)
def test_numbers_are_shown_short(expected, answer, shown):
    assert compared(expected, answer) == [
        f"    came back: {shown[0]}",
        f"    expected:  {shown[1]}",
    ]


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        (Number(1.0), Raises()),
        (Array(np.ones(2)), Raises()),
        (Mapping({"a": Number(1.0)}), Raises()),
        (Number(1.0), None),
        (Number(1.0), True),
        (Number(1.0), "1.0"),
        (Number(1.0), Described(What.FUNCTION)),
        (Array(np.ones((2, 2))), np.ones(2)),
        (Array(np.ones(2)), OddArray((2,), "object")),
        (Array(np.ones(2)), [1.0, 1.0]),
        (Array(np.ones((9, 9))), np.zeros((9, 9))),
        (Array(np.ones(9)), np.zeros(9)),
        (Array(np.zeros(0)), np.zeros(0)),
        (Shaped((2,)), np.zeros(2)),
        (Mapping({"a": Number(1.0)}), 3.0),
    ],
    ids=repr,
)
def test_nothing_is_shown_where_it_would_not_help(expected, answer):
    assert compared(expected, answer) == []


EACH = [
    pytest.param(assignment, exercise, id=exercise.name)
    for assignment, exercises in EXERCISES.items()
    for exercise in exercises
]


@pytest.mark.parametrize(("assignment", "exercise"), EACH)
def test_every_mistake_gets_a_report_that_shows_no_reference(assignment, exercise):
    asked = examples_of(assignment, exercise)
    worked = load(assignment)[exercise.name]
    source = reference.source(assignment, exercise.name)
    own = source.splitlines()
    answers = {own[i].strip() for first, last in stubs.regions(source) for i in range(first, last)}
    for mistake in exercise.mistakes:
        code = stubs.changed(source, mistake.change)
        session = Answering(exercise.name, reference.run(assignment, code, exercise.name))
        verdict = judge(asked, asker(session, exercise.name, 7), worked)
        text = lines(verdict, exercise.points)
        assert text[0] == f"{exercise.name}: {verdict.points} of {exercise.points} points"
        assert mistake.hint in " ".join(text)
        assert any(line.startswith("Asked ") for line in text)
        assert all(len(line) < 120 for line in text)
        told = {line.strip() for line in text}
        assert not {each for each in answers & told if not each.startswith("#")}


@pytest.mark.parametrize(("assignment", "exercise"), EACH)
def test_whatever_comes_back_there_is_a_report(assignment, exercise):
    asked = examples_of(assignment, exercise)
    with np.errstate(all="ignore"):
        for value in VALUES:
            session = Answering(exercise.name, lambda *given, value=value, **named: value)
            verdict = judge(asked, asker(session, exercise.name, 7))
            assert len(lines(verdict, exercise.points)) >= 3
