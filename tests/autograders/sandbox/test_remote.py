"""Questions go out as the judge has them; replies may be anything and never get in."""

import numpy as np
import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.sandbox.remote import FIELDS, LARGEST_NUMBER, LONGEST_TEXT, asker
from lab.judge.answer import Answerer
from lab.judge.ask import Case, Stopped
from lab.judge.ask import asker as here
from lab.judge.described import Described, What
from lab.judge.examples import load
from lab.judge.problems import Kind, found
from lab.judge.verdict import judge
from lab.judge.wire import LARGEST, pack, unpack
from lab.phrases import description, phrase
from tests.autograders.sandbox.replies import VALUES, Answering, examples_of


class Replying:
    """Stands for a session: keeps the questions, and gives the bytes it was made with."""

    def __init__(self, *replies):
        self.replies, self.questions = list(replies), []

    def ask(self, question):
        self.questions.append(unpack(question))
        return self.replies.pop(0) if self.replies else pack(GOOD)


GOOD = {
    "value": 1.0,
    "changed": {},
    "shared": [],
    "kept": None,
    "foreign": None,
    "reseeds": False,
}
CASE = Case("part", "values", "for 2", {"x": 2.0}, None)


QUESTION = {"arguments": {"x": 2.0}, "by_name": [], "seed": None}


def ask(*replies, case=CASE):
    return asker(Replying(*replies), "f", 7)(case)


def test_an_answer_is_what_came_back():
    shared = [("['dW1']", "x"), ("", "cache[2]")]
    answer = ask(pack({**GOOD, "shared": shared, "kept": "[0]"}))
    assert answer.value == 1.0
    assert answer.arguments == {"x": 2.0}
    assert answer.shared == shared
    assert answer.kept == "[0]"


def test_an_argument_is_what_was_asked_unless_it_is_told_that_it_was_changed():
    array = np.ones(2)
    case = Case("part", "values", "", {"x": array, "y": 3}, None)
    assert ask(pack(GOOD), case=case).arguments["x"] is array
    answer = ask(pack({**GOOD, "changed": {"x": np.zeros(2)}}), case=case)
    assert np.array_equal(answer.arguments["x"], np.zeros(2))
    assert answer.arguments["y"] == 3
    assert np.array_equal(array, np.ones(2))


def test_what_was_kept_may_be_the_whole_result():
    assert ask(pack({**GOOD, "kept": ""})).kept == ""
    assert ask(pack(GOOD)).kept is None


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


def test_the_same_question_goes_out_again_and_another_one_that_looks_like_it_as_it_is():
    session = Replying()
    asking = asker(session, "f", 7)
    cases = [Case("part", "values", "", {"x": float(x)}, None) for x in (1, 1, 2)]
    for case in (*cases, cases[0], cases[0]):
        asking(case)
    asked = [question["arguments"]["x"] for question in session.questions]
    assert asked == [1.0, 1.0, 2.0, 1.0, 1.0]
    assert [question["seed"] for question in session.questions] == [7, None, None, None, None]


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


def stop(kind, **fields):
    return pack({"stopped": str(kind), "fields": fields})


TOLD = {
    Kind.NOT_DEFINED: {},
    Kind.NOT_A_FUNCTION: {"got": Described(What.ARRAY, (2,))},
    Kind.RAISED: {"error": "ValueError", "line": 3, "code": "raise error", "said": "too many"},
    Kind.RAISED_ELSEWHERE: {"error": "TypeError", "said": None},
    Kind.NONE_IN_LINE: {"line": 2, "code": "y = None"},
    Kind.NONE_NAMED: {"name": "y"},
    Kind.RETURNS_NOTHING: {},
    Kind.GIVES_NONE: {},
    Kind.TOO_LARGE_TO_READ: {"limit": LARGEST},
}
"""What the student's side may tell, as it tells it."""
RAISED = TOLD[Kind.RAISED]


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
    "nothing of what it has changed": pack(without("changed")),
    "nothing of what is shared": pack(without("shared")),
    "nothing of what is kept": pack(without("kept")),
    "nothing of what is foreign": pack(without("foreign")),
    "nothing of seeds": pack(without("reseeds")),
    "foreign that is a text": pack({**GOOD, "foreign": "x"}),
    "foreign without a name": pack({**GOOD, "foreign": (None, "x")}),
    "foreign with three": pack({**GOOD, "foreign": ("x", "y", "z")}),
    "foreign with a number": pack({**GOOD, "foreign": ("x", 3)}),
    "seeds that are a number": pack({**GOOD, "reseeds": 1}),
    "seeds that are None": pack({**GOOD, "reseeds": None}),
    "changes that are a list": pack({**GOOD, "changed": [2.0]}),
    "changes that are foreign": pack({**GOOD, "changed": object()}),
    "a change of what was not asked": pack({**GOOD, "changed": {"y": 2.0}}),
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
    "a stop of an array": pack({"stopped": np.zeros(2), "fields": {}}),
    "a stop that is foreign": pack({"stopped": object(), "fields": {}}),
    "a stop in the old words": pack({"stopped": "`y` is still None", "unfinished": True}),
    "a stop of no kind": stop(""),
    "a stop of an unknown kind": stop("forgiven"),
    "a stop of a kind in capitals": stop("NOT_DEFINED"),
    "a stop of a name in the class": stop("Kind.NOT_DEFINED"),
    "a stop with a blank": stop("not_defined "),
    "a stop without fields": pack({"stopped": "not_defined"}),
    "a stop whose fields are None": pack({"stopped": "not_defined", "fields": None}),
    "a stop whose fields are a list": pack({"stopped": "not_defined", "fields": []}),
    "a stop whose fields are a text": pack({"stopped": "none_named", "fields": "name"}),
    "a stop whose fields are foreign": pack({"stopped": "not_defined", "fields": object()}),
    "a stop with a field that the kind has not": stop("not_defined", place="x"),
    "a stop with a field too many": stop("none_named", name="y", place="x"),
    "a stop with another field": stop("none_named", place="x"),
    **{
        f"{kind} without {name}": stop(kind, **{n: v for n, v in fields.items() if n != name})
        for kind, fields in TOLD.items()
        for name in fields
    },
    "a name that is a number": stop("none_named", name=3),
    "a name that is None": stop("none_named", name=None),
    "a name that is foreign": stop("none_named", name=object()),
    "a name that is an array": stop("none_named", name=np.zeros(2)),
    "a name that is too long a text": stop("none_named", name="x" * 5000),
    "an error that is a list": stop("raised", **{**RAISED, "error": ["ValueError"]}),
    "a code that is a dict": stop("raised", **{**RAISED, "code": {}}),
    "what an error says as a number": stop("raised", **{**RAISED, "said": 5}),
    "a line that is a text": stop("raised", **{**RAISED, "line": "3"}),
    "a line that is a bool": stop("raised", **{**RAISED, "line": True}),
    "a line that is a float": stop("raised", **{**RAISED, "line": 3.0}),
    "a line that is NumPy's": stop("raised", **{**RAISED, "line": np.int64(3)}),
    "a line that is None": stop("raised", **{**RAISED, "line": None}),
    "a line below 0": stop("none_in_line", line=-1, code="y = None"),
    "a line just too large": stop("none_in_line", line=LARGEST_NUMBER + 1, code="y = None"),
    "a line of a thousand digits": stop("none_in_line", line=10**1000, code="y = None"),
    "a line of more bits than may come": stop("none_in_line", line=10**2000, code="y = None"),
    "a limit of words": stop("too_large_to_read", limit="much"),
    "a limit that is infinite": stop("too_large_to_read", limit=float("inf")),
    "a limit just too large": stop("too_large_to_read", limit=LARGEST_NUMBER + 1),
    "a kind of value that is a text": stop("not_a_function", got="an int"),
    "a kind of value that is a number": stop("not_a_function", got=3),
    "a kind of value that is None": stop("not_a_function", got=None),
    "a kind of value that is an array": stop("not_a_function", got=np.zeros(2)),
    "a kind of value that is an odd array": stop("not_a_function", got=np.array([None])),
    "a kind of value in a list": stop("not_a_function", got=[object()]),
    **{
        f"a {kind}, which the judge alone tells": stop(kind, place="the result")
        for kind in Kind
        if kind not in TOLD
    },
    **{
        f"a {kind}, which the judge alone tells, without fields": stop(kind)
        for kind in Kind
        if kind not in TOLD
    },
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_reply_that_is_none_costs_the_question_and_nothing_else(name):
    with pytest.raises(Stopped) as stopped:
        ask(HOSTILE[name])
    assert stopped.value.problem == found(Kind.UNREADABLE)
    assert phrase(stopped.value.problem) == "what it returns cannot be read"
    assert not stopped.value.problem.is_unfinished


def told(reply):
    """Return the problem in a reply."""
    with pytest.raises(Stopped) as stopped:
        ask(reply)
    return stopped.value.problem


def test_these_kinds_and_no_other_may_be_told():
    assert FIELDS.keys() == TOLD.keys()
    assert {kind: set(fields) for kind, fields in FIELDS.items()} == {
        kind: set(fields) for kind, fields in TOLD.items()
    }


@pytest.mark.parametrize("kind", TOLD)
def test_what_may_be_told_comes_as_it_was_told(kind):
    problem = told(stop(kind, **TOLD[kind]))
    assert problem == found(kind, **TOLD[kind])
    assert type(problem.kind) is Kind
    assert phrase(problem).isprintable()
    assert problem.is_unfinished == (kind in (Kind.NONE_IN_LINE, Kind.NONE_NAMED))


def written(tmp_path, *lines):
    """Return a function of these lines, whose code can be quoted."""
    code = "".join(f"{line}\n" for line in ("def f(x):", *(f"    {line}" for line in lines)))
    file, namespace = tmp_path / "cell.py", {}
    file.write_text(code)
    exec(compile(code, str(file), "exec"), namespace)
    return namespace["f"]


STOPPING = {
    Kind.NOT_DEFINED: lambda tmp_path: {},
    Kind.NOT_A_FUNCTION: lambda tmp_path: {"f": np.zeros((2, 3))},
    Kind.RAISED: lambda tmp_path: {"f": written(tmp_path, "raise ValueError('λ')")},
    Kind.RAISED_ELSEWHERE: lambda tmp_path: {"f": int.bit_length},
    Kind.NONE_IN_LINE: lambda tmp_path: {"f": written(tmp_path, "y, z = None")},
    Kind.NONE_NAMED: lambda tmp_path: {"f": written(tmp_path, "y = None", "return x + y")},
    Kind.RETURNS_NOTHING: lambda tmp_path: {"f": written(tmp_path, "print(x)")},
    Kind.GIVES_NONE: lambda tmp_path: {"f": written(tmp_path, "y = print(x)", "return y")},
    Kind.TOO_LARGE_TO_READ: lambda tmp_path: {"f": lambda x: list(range(100_000))},
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_stops_a_function_there_is_told_as_it_is_here(kind, tmp_path):
    """The student's side tells every kind with just the fields that it may have."""
    namespace = STOPPING[kind](tmp_path)
    problem = told(Answerer(namespace)(pack({"name": "f", **QUESTION})))
    assert problem.kind is kind
    if kind in (Kind.NOT_DEFINED, Kind.NOT_A_FUNCTION, Kind.TOO_LARGE_TO_READ):
        return
    with pytest.raises(Stopped) as stopped:
        here(namespace["f"])(CASE)
    assert problem == stopped.value.problem


LONG = ("line\n\x1b[31mred\x00\u202e" + "x" * 10_000)[:1900]


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, fields in TOLD.items() for name in fields if type(fields[name]) is str],
)
def test_a_text_in_a_stop_is_cut_and_printable(kind, name):
    field = told(stop(kind, **{**TOLD[kind], name: LONG})).fields[name]
    assert len(field) == LONGEST_TEXT
    assert field.isprintable()
    assert field.startswith("line??[31mred??x")


def test_a_stop_is_cut_and_printable():
    problem = told(stop(Kind.NONE_NAMED, name=LONG))
    assert problem.is_unfinished
    assert len(phrase(problem)) == LONGEST_TEXT + len("`` is still None")
    assert phrase(problem).isprintable()
    assert phrase(problem).startswith("`line??[31mred??x")


@pytest.mark.parametrize("field", ["{place}", "{0}", "{line.__class__}", "{", "}}", "{got!r}"])
def test_a_text_that_looks_like_a_template_is_a_text(field):
    problem = told(stop(Kind.RAISED, error=field, line=3, code=field, said=field))
    assert phrase(problem) == f"it stops with {field} in line 3, `{field}`: {field}"


@pytest.mark.parametrize("unfinished", [True, 1, "yes", None, 1.0, [True]])
def test_nothing_beside_the_kind_makes_a_stop_unfinished(unfinished):
    stopped = {"stopped": str(Kind.RAISED), "fields": RAISED, "unfinished": unfinished}
    problem = told(pack({**stopped, "is_unfinished": unfinished}))
    assert problem == found(Kind.RAISED, **RAISED)
    assert not problem.is_unfinished


def test_a_stop_beside_an_answer_is_a_stop():
    assert told(pack({**GOOD, "stopped": "not_defined", "fields": {}})) == found(Kind.NOT_DEFINED)


@pytest.mark.parametrize("number", [0, 1, LARGEST_NUMBER])
def test_a_number_in_a_stop_is_within_its_bounds(number):
    assert told(stop(Kind.NONE_IN_LINE, line=number, code="")).fields["line"] == number


def test_places_are_cut_and_printable():
    answer = ask(pack({**GOOD, "shared": [("a\nb", "y" * 1900)], "kept": "c\x00"}))
    assert answer.shared[0][0] == "a?b"
    assert len(answer.shared[0][1]) == LONGEST_TEXT
    assert answer.kept == "c?"


# --- what a check makes of it ---

EACH = [
    pytest.param(assignment, exercise, id=exercise.name)
    for assignment, exercises in EXERCISES.items()
    for exercise in exercises
]


CHANGES = [None, object(), np.zeros(0), 3, {}, (np.zeros(0),) * 10]


@pytest.mark.parametrize(("assignment", "exercise"), EACH)
def test_no_value_that_comes_back_breaks_the_judge_or_earns_all_points(assignment, exercise):
    asked = examples_of(assignment, exercise)
    worked = load(assignment)[exercise.name]
    with np.errstate(all="ignore"):
        for value in VALUES:
            session = Answering(exercise.name, lambda *given, value=value, **named: value)
            verdict = judge(asked, asker(session, exercise.name, 7), worked)
            assert verdict.points < exercise.points


@pytest.mark.parametrize(("assignment", "exercise"), EACH)
def test_no_arguments_that_come_back_break_the_judge(assignment, exercise):
    asked = examples_of(assignment, exercise)
    function = getattr(reference.module(assignment), exercise.name)
    (first, *_) = asked.cases[0].arguments
    for changed in CHANGES:
        session = Answering(exercise.name, function, changed={first: changed})
        verdict = judge(asked, asker(session, exercise.name, 7))
        looked_at = {case.check for case in asked.cases} & {"values", "dropout_arithmetic"}
        assert verdict.points < exercise.points or not looked_at
        assert all(part.problem.kind is Kind.CHANGED for part in verdict.wrong)
        assert all("it changes its argument" in phrase(part.problem) for part in verdict.wrong)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("assignment", "exercise"), EACH)
def test_across_the_wall_a_function_gets_the_verdict_it_gets_here(assignment, exercise):
    """Every mistake and right answer, packed and unpacked."""
    asked = examples_of(assignment, exercise, seed=3)
    worked = load(assignment)[exercise.name]
    changes = [mistake.change for mistake in exercise.mistakes] + list(exercise.right)
    for change in changes:
        code = stubs.changed(reference.source(assignment, exercise.name), change)
        function = reference.run(assignment, code, exercise.name)
        session, verdicts = Answering(exercise.name, function), []
        for asking in (asker(session, exercise.name, 11), here(function)):
            np.random.seed(11)
            verdicts.append(judge(asked, asking, worked))
        there, here_ = verdicts
        assert there.points == here_.points
        assert [part.problem for part in there.parts] == [part.problem for part in here_.parts]
        assert [each.name for each in there.mistakes] == [each.name for each in here_.mistakes]


def test_a_foreign_result_is_called_by_its_kind():
    answer = ask(pack({**GOOD, "value": {"a": lambda: 0}}))
    assert answer.value["a"] == Described(What.FUNCTION)
    assert description(answer.value["a"]) == "a function (perhaps its parentheses are missing)"
