"""Problems as data: they are stored and read as they are, and nothing decides by their words."""

import ast
import json
import string

import numpy as np
import pytest

from autograders import ROOT
from lab.judge.described import Described, What
from lab.judge.examples import all_exercises, decode, encode
from lab.judge.problems import Kind, Place, Problem, found
from lab.phrases import PHRASES, phrase

PROBLEMS = [
    found(Kind.DIED),
    found(Kind.NONE, place=Place.RESULT),
    found(Kind.NONE, place="W1"),
    found(Kind.WRONG_DTYPE, place=Place.RESULT, got="int64", want="float64"),
    found(Kind.WRONG_SHAPE, place="dW3", got=(2, 3), want=(3, 2)),
    found(Kind.WRONG_ENTRIES, place="b1", index=[0, 1], got="1", want="0", count=2, size=6),
    found(Kind.NOT_A_NUMBER, place=Place.RESULT, got=Described(What.OBJECT, "str")),
    found(Kind.NOT_A_NUMBER, place=Place.RESULT, got=Described(What.ARRAY, (2, 3))),
    found(Kind.NOT_A_NUMBER, place=Place.RESULT, got=Described(What.NONE)),
    found(Kind.MISSING_KEY, place=Place.RESULT, key="b2", keys=["W1", "b1"]),
    found(Kind.NOT_FROM, place="Z1", sources=("W1", "X", "b1")),
    found(Kind.RAISED, error="ValueError", line=3, code="raise error", said=None),
    found(Kind.NOT_IN_TIME, seconds=10.0),
]


def alike(first, second):
    """Compare data with types, those of a problem's fields among them."""
    if type(first) is not type(second):
        return False
    if isinstance(first, Problem | Described):
        return alike(vars(first), vars(second))
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(alike(first[k], second[k]) for k in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(alike, first, second))
    return first == second


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.kind))
def test_a_problem_is_read_as_it_was_written(problem):
    again = decode(json.loads(json.dumps(encode(problem))))
    assert again == problem
    assert alike(again, problem)
    assert phrase(again) == phrase(problem)
    assert again.is_unfinished == problem.is_unfinished


@pytest.mark.parametrize("word", [*Kind, *Place, *What], ids=repr)
def test_a_word_is_read_as_the_word_it_is(word):
    again = decode(json.loads(json.dumps(encode(word))))
    assert again is word


def test_a_text_that_looks_like_a_word_stays_a_text():
    for text in ("none", "<result>", "Kind", "raises"):
        assert type(decode(json.loads(json.dumps(encode(text))))) is str


@pytest.mark.parametrize(
    "value", [1j, object(), np.array, {1}, Exception()], ids=lambda each: type(each).__name__
)
def test_what_has_no_notation_is_refused(value):
    with pytest.raises(TypeError, match="no notation for"):
        encode(found(Kind.WRONG_NUMBER, got=value))


def test_the_kinds_that_are_unfinished():
    unfinished = {kind for kind in Kind if found(kind).is_unfinished}
    assert unfinished == {Kind.NONE, Kind.NONE_IN_LINE, Kind.NONE_NAMED}


def test_the_shipped_mistakes_are_known_by_problems_and_not_by_words():
    recorded = [each for exercise in all_exercises().values() for each in exercise.mistakes]
    problems = [mistake.problem for mistake in recorded if mistake.problem is not None]
    assert problems
    for problem in problems:
        assert type(problem) is Problem
        assert type(problem.kind) is Kind
        assert phrase(problem)


# --- nothing decides by words ---

PIECES = {
    piece
    for each in PHRASES.values()
    for text, *_ in string.Formatter().parse(each)
    if " " in (piece := text.strip(" ;:,.()`"))
}
"""What stands between the fields of the phrases: two words at the least."""
LOOKING = ("startswith", "endswith", "removeprefix", "removesuffix", "find", "index", "count")
SPOKEN = ("phrase", "description", "PHRASES", "DESCRIPTIONS")


def is_spoken(text):
    """Tell whether a text holds a piece of a phrase, or is one."""
    text = text.strip()
    return any(piece in text or (" " in text and text in piece) for piece in PIECES)


def decided_by_words(code):
    """Yield what a module's comparisons and its looking into texts take from the phrases."""
    tree = ast.parse(code)
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        looks = isinstance(node, ast.Call) and getattr(node.func, "attr", None) in LOOKING
        if not looks and not isinstance(node, ast.Compare | ast.MatchValue):
            continue
        for part in ast.walk(node):
            name = part.id if isinstance(part, ast.Name) else None
            text = part.value if isinstance(part, ast.Constant) else constants.get(name)
            if name in SPOKEN or (isinstance(text, str) and is_spoken(text)):
                yield name or text


@pytest.mark.parametrize("room", ["lab", "autograders", "source_ref"])
def test_nothing_is_decided_by_the_words_of_a_problem(room):
    files = [*(ROOT / room).rglob("*.py")]
    found = {file: [*decided_by_words(file.read_text(encoding="utf-8"))] for file in files}
    assert {file: words for file, words in found.items() if words} == {}
    assert files


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('problem.endswith("is still None")', True),
        ('problem == "the result is still None"', True),
        ('problem != "it is not defined"', True),
        ('"changes its argument" in problem', True),
        ('problem.startswith("it stops with ValueError")', True),
        ('STILL_NONE = "is still None"\nproblem.endswith(STILL_NONE)', True),
        ('phrase(problem) == "anything"', True),
        ("said in PHRASES.values()", True),
        ('match said:\n    case "it is not defined":\n        pass', True),
        ("problem.kind is Kind.NONE", False),
        ('code.endswith("= None")', False),
        ('name == "arguments"', False),
        ('says = "it is still None"', False),
        ("text = phrase(problem)", False),
    ],
)
def test_a_decision_by_words_is_seen(code, seen):
    assert bool([*decided_by_words(code)]) == seen
