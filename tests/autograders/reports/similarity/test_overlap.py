"""What the overlap of two answers is."""

import nbformat

from autograders.course import lesson
from autograders.reports import similarity
from tests.autograders.reports.similarity.answers import (
    FUNCTIONS,
    IN_OTHER_WORDS,
    NAME,
    REFERENCE,
    hand_in,
    shares,
)


def test_copies_overlap_fully_and_independent_answers_do_not(submitted):
    found = shares(submitted)
    assert found[frozenset(("anna", "copied"))] == 1
    assert found[frozenset(("anna", "renamed"))] > 0.95
    for other in ("anna", "copied", "renamed"):
        assert found[frozenset(("independent", other))] < 0.4
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_what_the_stub_gave_does_not_count(submitted):
    """One solved exercise each, a different one, the rest as released."""
    for student, function in (("one", "compute_cost"), ("two", "early_stopping")):
        answers = {function: IN_OTHER_WORDS[function]}
        hand_in(submitted, student, answers)
    assert shares(submitted)[frozenset(("one", "two"))] < 0.1


def test_repeated_code_still_counts_beside_what_is_given():
    code = "total = total + values[0] * 2\n" * 4
    plain = similarity.fingerprint(code)
    beside = similarity.fingerprint(code, "x = 'other' if y else 9" * 3)
    assert beside.token_coverage == plain.token_coverage > 0
    assert similarity.fingerprint(code, code).token_coverage == 0


def test_untouched_stubs_are_left_out(submitted):
    hand_in(submitted, "untouched", {})
    answers, skipped = similarity.collect(submitted, NAME)
    assert "untouched" not in [answer.student for answer in answers]
    assert skipped == ["untouched, overfitting: too little is written to compare."]


def test_the_share_of_each_of_a_pair(submitted):
    """Half of the work in the other's answer: all of the one, a part of the other."""
    hand_in(submitted, "half", {"compute_cost": REFERENCE["compute_cost"]})
    answers, _ = similarity.collect(submitted, NAME)
    both = [answer for answer in answers if answer.student in ("anna", "half")]
    (pair,) = similarity.pairs(both)
    assert (pair.first.student, pair.second.student) == ("half", "anna")
    assert pair.share > 0.95
    assert 0.2 < pair.share_of_second < 0.8


def test_marks_stand_where_the_texts_are_alike(submitted):
    answers, _ = similarity.collect(submitted, NAME)
    found = {frozenset((p.first.student, p.second.student)): p for p in similarity.pairs(answers)}
    pair = found[frozenset(("anna", "renamed"))]
    for answer, pieces in zip(
        (pair.first, pair.second), similarity._marked(pair, similarity.released(NAME)), strict=True
    ):
        assert "".join(text for text, _ in pieces) == answer.code
        marked = "".join(text for text, kind in pieces if kind == "shared")
        assert "np.clip(" in marked
        assert "range(1, len(validation_costs))" in marked
        assert "return best" not in marked
        assert "m = Y.shape[1]" not in marked


def test_marks_stand_right_in_awkward_text(tmp_path):
    awkward = (
        "\n\n\r\nclass Thing:\r\n    pass\r\n\n" + REFERENCE["compute_cost"] + "\n# ü λ \x00\u202e"
    )
    for student in ("one", "two"):
        hand_in(tmp_path, student, {"compute_cost": awkward})
    answers, _ = similarity.collect(tmp_path, NAME)
    (pair,) = similarity.pairs(answers)
    first, second = similarity._marked(pair, similarity.released(NAME))
    assert first == second
    assert "".join(text for text, _ in first) == answers[0].code
    assert "\r" not in answers[0].code
    assert "# ü λ ??" in answers[0].code


def test_a_function_in_another_cell_is_read_too(submitted):
    file = hand_in(submitted, "moved", REFERENCE)
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        if lesson.grade_id(cell) in FUNCTIONS:
            cell.metadata.pop("nbgrader")
    nbformat.write(notebook, file)
    assert shares(submitted)[frozenset(("anna", "moved"))] == 1


def test_broken_python_is_compared_as_text(tmp_path):
    broken = REFERENCE["compute_cost"].replace("return cost", "return ((cost\n'''")
    for student in ("one", "two"):
        hand_in(tmp_path, student, {"compute_cost": broken})
    answers, skipped = similarity.collect(tmp_path, NAME)
    assert (len(answers), skipped) == (2, [])
    assert similarity.pairs(answers)[0].share == 1


def test_notebooks_of_an_older_form_are_read(tmp_path):
    """Cell ids came with format 4.5; nobody needs them here."""
    for student in ("one", "two"):
        file = hand_in(tmp_path, student, REFERENCE)
        notebook = nbformat.read(file, as_version=4)
        for cell in notebook.cells:
            del cell["id"]
        notebook.nbformat_minor = 2
        nbformat.write(notebook, file)
    answers, skipped = similarity.collect(tmp_path, NAME)
    assert (len(answers), skipped) == (2, [])
