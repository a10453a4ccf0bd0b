"""Hand-ins whose metadata were changed, lost or never right."""

from autograders.course import lesson
from tests.hostile.handins import BROKEN, HandIn, cell, on, together, undone, whole

NO_NOTEBOOK = r"no notebook|no exercise"


def on_checks(change):
    """Change every check cell."""

    def everywhere(notebook):
        for each in notebook.cells:
            if lesson.is_check(each):
                change(each)

    return whole(everywhere)


def everywhere(change):
    """Change every cell."""
    return whole(lambda notebook: [change(each) for each in notebook.cells])


def nbgrader(grade_id, **entries):
    """Change what a cell says to nbgrader."""
    return on(grade_id, lambda each: each.metadata.nbgrader.update(entries))


def tagged(*tags):
    def change(each):
        if each.cell_type == "code":
            each.metadata.tags = [*each.metadata.get("tags", []), *tags]

    return everywhere(change)


def kernel(name, language="python"):
    def change(notebook):
        notebook.metadata.kernelspec = {
            "name": name,
            "display_name": name,
            "language": language,
        }

    return whole(change)


def swapped(notebook):
    first, second = cell(notebook, "compute_cost"), cell(notebook, "predict")
    first.metadata, second.metadata = second.metadata, first.metadata


def retyped(kind):
    def change(each):
        each.cell_type = kind
        for key in ("outputs", "execution_count"):
            each.pop(key, None)

    return change


def forget(key):
    return lambda each: each.pop(key, None)


def stale_checksums(each):
    if "nbgrader" in each.metadata:
        each.metadata.nbgrader.checksum = "0" * 32


def broken(name, says, prepare, points=16, **others):
    return HandIn(name, BROKEN, says, prepare, points, **others)


HAND_INS = [
    broken(
        "points-are-raised",
        "a check is worth 1,000 points",
        nbgrader("check_compute_cost", points=1000),
    ),
    broken(
        "points-are-negative",
        "a check is worth -5 points",
        nbgrader("check_compute_cost", points=-5),
    ),
    broken(
        "points-are-no-number",
        "a check is worth 'many' points",
        nbgrader("check_compute_cost", points="many"),
    ),
    broken(
        "points-are-gone",
        "a check is worth nothing",
        on("check_compute_cost", lambda c: c.metadata.nbgrader.pop("points")),
    ),
    broken(
        "checks-are-not-graded",
        "grade is switched off",
        on_checks(lambda c: c.metadata.nbgrader.update(grade=False)),
    ),
    broken(
        "checks-are-solutions",
        "checks are flagged as solutions",
        on_checks(lambda c: c.metadata.nbgrader.update(solution=True)),
    ),
    broken(
        "checks-are-tasks",
        "checks are flagged as tasks",
        on_checks(lambda c: c.metadata.nbgrader.update(task=True, solution=False, grade=False)),
    ),
    broken(
        "checks-are-unlocked",
        "checks are unlocked and empty",
        on_checks(lambda c: (c.metadata.nbgrader.update(locked=False), c.update(source=""))),
    ),
    broken(
        "exercises-are-locked",
        "exercises are flagged as locked",
        nbgrader("compute_cost", locked=True, solution=False),
    ),
    broken(
        "exercises-are-graded",
        "an exercise is flagged as graded",
        nbgrader("compute_cost", grade=True, points=50),
    ),
    broken(
        "written-answer-is-an-automatic-one",
        "the written answer is flagged as a check",
        nbgrader("written_two_curves", solution=False, locked=True),
    ),
    broken(
        "flags-are-words",
        "flags are the word 'yes'",
        on_checks(lambda c: c.metadata.nbgrader.update(grade="yes", locked="no")),
    ),
    broken(
        "checks-have-other-names",
        "grade ids with another spelling",
        on_checks(lambda c: c.metadata.nbgrader.update(grade_id=lesson.grade_id(c) + "-1")),
    ),
    broken(
        "grade-id-is-a-list",
        "a grade id that is no text",
        on("check_predict", lambda c: c.metadata.nbgrader.update(grade_id=["check_predict"])),
    ),
    broken("exercises-swapped-their-metadata", "two exercises swapped names", whole(swapped)),
    broken(
        "nbgrader-metadata-is-empty",
        "a cell's nbgrader entry is {}",
        on("predict", lambda c: c.metadata.update(nbgrader={})),
    ),
    broken(
        "nbgrader-metadata-is-null",
        "a cell's nbgrader entry is null",
        on("predict", lambda c: c.metadata.update(nbgrader=None)),
    ),
    broken(
        "nbgrader-metadata-is-a-list",
        "a cell's nbgrader entry is a list",
        on("check_predict", lambda c: c.metadata.update(nbgrader=[1, 2])),
    ),
    broken(
        "old-schema",
        "nbgrader's schema of 2015",
        on("predict", lambda c: c.metadata.nbgrader.update(schema_version=1)),
    ),
    broken(
        "future-schema",
        "a schema that is not there yet",
        on("predict", lambda c: c.metadata.nbgrader.update(schema_version=99)),
    ),
    broken(
        "schema-is-a-word",
        "a schema version that is no number",
        on("predict", lambda c: c.metadata.nbgrader.update(schema_version="three")),
    ),
    broken("checksums-are-stale", "every checksum is wrong", everywhere(stale_checksums)),
    broken(
        "cells-lost-their-metadata",
        "a service stripped what nbgrader needs",
        everywhere(lambda c: c.update(metadata={})),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "cells-have-no-metadata-at-all",
        "cells without the key metadata",
        everywhere(forget("metadata")),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "notebook-lost-its-metadata",
        "no kernel, no language",
        whole(lambda n: n.update(metadata={})),
    ),
    broken(
        "notebook-has-no-metadata-at-all",
        "no key metadata",
        whole(forget("metadata")),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "code-cells-have-no-outputs-key",
        "code cells written by a script",
        everywhere(forget("outputs")),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "code-cells-have-no-execution-count",
        "code cells written by a script",
        everywhere(forget("execution_count")),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "execution-counts-are-words",
        "execution counts are text",
        everywhere(lambda c: c.cell_type == "code" and c.update(execution_count="7")),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "an-output-of-an-unknown-kind",
        "a stored output of an old kind",
        on("predict", lambda c: c.update(outputs=[{"output_type": "pyout", "text": "1"}])),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "sources-are-lists",
        "sources as lists of lines",
        everywhere(lambda c: c.update(source=c.source.splitlines(keepends=True))),
    ),
    broken(
        "a-source-is-a-number",
        "one scratch cell's source is a number",
        on("given_setup", lambda c: c.update(source=7)),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "ids-are-no-ids",
        "cell ids with spaces, too long",
        everywhere(lambda c: c.update(id="an id with spaces " * 9)),
        refused=NO_NOTEBOOK,
    ),
    broken("check-is-raw", "a check became a raw cell", on("check_predict", retyped("raw"))),
    broken("check-is-prose", "a check became prose", on("check_predict", retyped("markdown"))),
    broken("exercise-is-prose", "an exercise became prose", on("predict", retyped("markdown")), 16),
    broken(
        "written-answer-is-code",
        "the written answer became code",
        on(
            "written_two_curves",
            lambda c: c.update(cell_type="code", outputs=[], execution_count=None),
        ),
    ),
    broken("kernel-of-my-own", "the student's own environment", kernel("my-conda-env")),
    broken("kernel-of-another-language", "a kernel of Julia", kernel("julia-1.11", "julia")),
    broken("kernel-is-a-path", "a kernel whose name leads elsewhere", kernel("../../../tmp/x")),
    broken(
        "kernelspec-is-a-word",
        "a kernelspec that is no dict",
        whole(lambda n: n.metadata.update(kernelspec="python3")),
        refused=NO_NOTEBOOK,
    ),
    broken(
        "everything-is-skipped", "every cell has the tag skip-execution", tagged("skip-execution")
    ),
    broken(
        "everything-is-skipped-and-nothing-done",
        "the same, nothing answered",
        together(undone(), tagged("skip-execution")),
        0,
    ),
    broken(
        "everything-is-an-explore-cell",
        "every cell is tagged as one to play with",
        tagged("explore"),
    ),
    broken(
        "errors-are-expected-and-nothing-done",
        "every cell may raise, nothing answered",
        together(undone(), tagged("raises-exception", "nbval-skip", "remove-cell")),
        0,
    ),
]
