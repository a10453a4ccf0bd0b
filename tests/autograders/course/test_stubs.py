"""From a reference function to its stub, and back."""

import ast

import pytest

from autograders import Refused
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES

FUNCTIONS = [
    (assignment, function)
    for assignment in EXERCISES
    for function in catalogue.functions(assignment)
]

EVERY_STATEMENT = '''\
def f(x, total):
    """Stay."""
    before = 1  # stays
    ### START CODE HERE ### (≈ 7 lines of code)
    # a step
    a = b = x + 1
    for i in range(3):
        # inside
        total += i
        c: int = 2
    (d,
     e) = 1, 2
    x["k"][0] = 4
    ### END CODE HERE ###
    return a
'''
ITS_STUB = '''\
def f(x, total):
    """Stay."""
    before = 1  # stays
    ### START CODE HERE ### (≈ 7 lines of code)
    # a step
    a = b = None
    for i in range(3):
        # inside
        total = None
        c = None
    (d,
     e) = None
    x["k"][0] = None
    ### END CODE HERE ###
    return a'''


def test_targets_become_none_and_heads_and_comments_stay():
    assert stubs.stub(EVERY_STATEMENT) == ITS_STUB


@pytest.mark.parametrize(("assignment", "function"), FUNCTIONS)
def test_every_stub_compiles_and_holds_no_line_of_the_answer(assignment, function):
    stub = reference.stub(assignment, function)
    compile(stub, function, "exec")
    source = reference.source(assignment, function)
    for first, last in stubs.regions(source):
        for line in source.splitlines()[first:last]:
            code = line.strip()
            if not code.startswith(("#", "for ")):
                assert code not in [each.strip() for each in stub.splitlines()]


@pytest.mark.parametrize(("assignment", "function"), FUNCTIONS)
def test_outside_the_markers_a_stub_is_the_reference(assignment, function):
    def outside(source):
        lines = source.splitlines()
        for first, last in reversed(stubs.regions(source)):
            del lines[first:last]
        return lines

    assert outside(reference.stub(assignment, function)) == outside(
        reference.source(assignment, function)
    )


def test_a_marker_that_counts_wrongly_is_refused():
    with pytest.raises(Refused, match="says 8 lines, the reference has 7"):
        stubs.stub(EVERY_STATEMENT.replace("7 lines", "8 lines"))


def test_a_statement_without_a_rule_is_refused():
    source = EVERY_STATEMENT.replace("total += i", "print(i)")
    with pytest.raises(Refused, match=r"no rule turns `print\(i\)` into a stub"):
        stubs.stub(source)


def test_a_region_that_does_not_end_is_refused():
    with pytest.raises(Refused, match="no '### END CODE HERE ###' line ends"):
        stubs.stub(EVERY_STATEMENT.replace(stubs.END, "# oh"))


def test_a_stub_that_does_not_compile_is_refused():
    with pytest.raises(Refused, match="f: the stub does not compile"):
        stubs.stub(EVERY_STATEMENT, text="    a = (\n")


def test_a_change_must_stand_between_the_markers():
    with pytest.raises(ValueError, match="does not stand between the markers"):
        stubs.changed(EVERY_STATEMENT, {"before": "after"})
    assert "total += 2 * i" in stubs.changed(EVERY_STATEMENT, {"+= i": "+= 2 * i"})


@pytest.mark.parametrize("assignment", EXERCISES)
def test_deriving_filling_and_deriving_again_changes_nothing(assignment):
    stored = lesson.read(lesson.path(assignment))
    assert lesson.derived(stored, assignment) == stored
    filled = lesson.filled(stored, assignment)
    assert filled != stored
    assert lesson.derived(filled, assignment) == stored
    assert lesson.filled(filled, assignment) == filled


def test_a_cell_that_differs_from_the_reference_is_named(monkeypatch, tmp_path):
    notebook = lesson.read(lesson.path("dropout"))
    cell = next(c for c in notebook.cells if lesson.grade_id(c) == "predict_without_dropout")
    cell.source += "\n# changed"
    monkeypatch.setattr(lesson, "read", lambda file: notebook)
    (problem,) = lesson.problems("dropout")
    assert "the cell 'predict_without_dropout' differs" in problem
    assert "derive" in problem


def test_the_reference_is_python_without_its_markers():
    for assignment in EXERCISES:
        for source in reference.sources(assignment).values():
            ast.parse(stubs.without_markers(source))
            assert stubs.START not in stubs.without_markers(source)


# --- two changes at once ---

TWO_LINES = '''
def f(x):
    """Return it."""
    ### START CODE HERE ###
    y = 2 * x
    z = y + 1  # one more
    ### END CODE HERE ###
    return z
'''
OTHER_RETURN = "def f(x):\n    y = 2 * x\n    z = y + 1\n    return -z"


def value(code, x=5):
    namespace = {}
    exec(code, namespace)
    return namespace["f"](x)


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ({"2 *": "3 *"}, {"+ 1": "+ 7"}, 22),
        ({"2 *": "3 *"}, OTHER_RETURN, -16),
        (OTHER_RETURN, {"+ 1": "+ 7"}, -17),
        ({"2 * x": "x"}, {"= 2": "= 4"}, None),
        ({"2 * x": "3 * x"}, {"2": "4"}, None),  # the one undoes the other
        (OTHER_RETURN, OTHER_RETURN.replace("-z", "0"), None),
    ],
)
def test_two_changes_are_made_at_once_where_they_leave_each_other_alone(one, other, result):
    code = stubs.composed(TWO_LINES, one, other)
    assert (code if code is None else value(code)) == result
