"""The whole road on a sample class, in a folder of its own: release, hand in, grade, feedback."""

import pathlib
import shutil
import sys

import nbformat
from tqdm.auto import tqdm

from autograders import ROOT, Refused, grading, lesson, reference, release, settings, stubs, table
from autograders.engine import KERNEL
from autograders.exercises import NOTEBOOKS

FOLDER = ROOT / "demo"

WRITTEN_ANSWER = "All units start equal, get equal gradients and stay equal. (A sample answer.)"
STARTS = "Releasing the assignments, grading a sample class of {count}, in {folder}/ ..."
ENDS = (
    "Points are those that the checks gave. 'written open': an answer that a person has to read "
    "(4 points each, not counted yet); an empty one has 0 of 4.\n"
    "Whoever is called after a mistake made it; the last column says what the grader calls it.\n"
    "Look at: {folder}/feedback/<student>/<assignment>/ for what a student gets back,\n"
    "         `.venv/bin/python -m autograders course {folder}` for the instructor's view."
)
CONFIGURATION = """\
# nbgrader's configuration for the sample class in this folder
import sys

sys.path.insert(0, {root!r})

from autograders import settings

c = get_config()  # noqa: F821 - given by traitlets, which runs this file
settings.apply(c)
c.CourseDirectory.root = {folder!r}
"""
NO_WALL = (
    "{reason}\nThis sample class is our own, so the demo goes on without the wall. "
    "Do not grade students like this."
)
IN_THE_SAMPLE = {
    "zeros-of-swapped-shape",
    "zeros-flat-bias",
    "random-uniform-draws",
    "scale-ignored",
    "no-square-root",
    "size-of-the-layer-itself",
    "forgot-1-over-m",
    "not-clipped",
    "half-counts-as-1",
    "probabilities-returned",
    "percent",
    "differences-cancel",
    "best-of-all",
    "equal-is-better",
    "penalty-forgot-one-half",
    "biases-penalised",
    "lambd-not-over-m",
    "only-dW3-penalised",
    "factor-forgot-m",
    "factor-with-a-plus",
    "randn-for-the-mask",
    "not-scaled",
    "dropout-seed-inside",
    "gradient-not-masked",
    "new-masks-on-the-way-back",
    "dropout-while-predicting",
    "activations-scaled-while-predicting",
}
"""Which listed mistakes the sample class makes, unless it is to make all of them."""


def mistaken(everyone=False):
    """Yield (assignment, exercise, mistake) for each student of the sample class who makes one.

    Parameters
    ----------
    everyone : bool
        Whether each listed mistake has its student.
    """
    for name, exercises in NOTEBOOKS.items():
        for exercise in exercises:
            for mistake in exercise.mistakes:
                if everyone or mistake.name in IN_THE_SAMPLE:
                    yield name, exercise, mistake


def hand_ins(everyone=False):
    """Return the sample class: for each student's id what is done in each assignment.

    Whoever makes a mistake hands in the one assignment in which it is made.

    Parameters
    ----------
    everyone : bool
        Whether each listed mistake has its student.

    Returns
    -------
    dict of str to (dict of str to function)
        A function takes a released notebook and its assignment and changes it in place.
    """
    students = {
        "all-right": dict.fromkeys(NOTEBOOKS, _all_right),
        "untouched-stubs": dict.fromkeys(NOTEBOOKS, _untouched),
        "right-in-other-words": dict.fromkeys(NOTEBOOKS, _other_words),
        "raises-in-a-scratch-cell": dict.fromkeys(NOTEBOOKS, _raising),
        "left-out-the-last-exercise": dict.fromkeys(NOTEBOOKS, _last_left_out),
        "only-initialization": {"initialization": _all_right},
    }
    for name, exercise, mistake in mistaken(everyone):
        students[mistake.name] = {name: _mistaken(exercise.name, mistake)}
    return students


def run(folder=FOLDER, out=sys.stdout, everyone=False):
    """Do the whole road and print the table.

    Parameters
    ----------
    folder : pathlib.Path
        Made anew.
    out : file
        Where the table goes.
    everyone : bool
        Whether each listed mistake has its student in the class.

    Returns
    -------
    int
        0, or 1 if anything could not be graded.
    """
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(lesson.FOLDER, folder / "notebooks")
    configuration = CONFIGURATION.format(root=str(ROOT), folder=str(folder.resolve()))
    (folder / "nbgrader_config.py").write_text(configuration, encoding="utf-8")
    api = settings.api(folder)
    class_ = hand_ins(everyone)
    shown = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder
    print(STARTS.format(count=len(class_), folder=shown), file=out, flush=True)
    for name in NOTEBOOKS:
        release.release(api, name)
    for student, done in class_.items():
        for name, change in done.items():
            hand_in(folder, student, name, change)
    failures = []
    total = sum(len(done) for done in class_.values())
    with tqdm(total=total, unit="notebook", disable=not sys.stderr.isatty()) as bar:
        for problem in _graded(folder, out):
            bar.update()
            if problem:
                failures.append(problem)
        for name in NOTEBOOKS:
            result = api.generate_feedback(name)
            if not result["success"]:
                failures.append(result["error"].strip().splitlines()[-1])
    with api.gradebook as gradebook:
        print(*table.table(gradebook, folder / "autograded"), sep="\n", file=out)
    print(file=out)
    print(*failures, ENDS.format(folder=shown), sep="\n", file=out)
    return 1 if failures else 0


def _graded(folder, out):
    """Grade the class; yield each problem, or None. It is our own, so it may do without a wall."""
    try:
        for _, _, problem in grading.grade(settings.api(folder), list(NOTEBOOKS)):
            yield problem
    except Refused as refused:
        print(NO_WALL.format(reason=refused), file=out, flush=True)
        for _, _, problem in grading.grade(settings.api(folder, KERNEL), list(NOTEBOOKS)):
            yield problem


def hand_in(course, student, name, change):
    """Copy a release to a student's hand-in and change its notebook.

    Parameters
    ----------
    course : pathlib.Path
        The course's folder.
    student, name : str
        Whose hand-in, of which assignment.
    change : callable
        ``change(notebook, name)`` changes the notebook in place.
    """
    target = course / "submitted" / student / name
    shutil.copytree(course / "release" / name, target)
    file = target / f"{name}.ipynb"
    notebook = lesson.read(file)
    change(notebook, name)
    nbformat.write(notebook, file)


def _answer(notebook, sources, written=True):
    for cell in notebook.cells:
        if lesson.grade_id(cell) in sources:
            cell.source = sources[lesson.grade_id(cell)]
        elif written and lesson.grade_id(cell).startswith("written_"):
            cell.source = WRITTEN_ANSWER


def _references(name):
    return {function: reference.source(name, function) for function in lesson.names(name)}


def _all_right(notebook, name):
    _answer(notebook, _references(name))


def _untouched(notebook, name):
    """Hand in what was released."""


def _other_words(notebook, name):
    answers = {}
    for exercise in NOTEBOOKS[name]:
        source = reference.source(name, exercise.name)
        other = exercise.right[-1] if exercise.right else {}
        answers[exercise.name] = stubs.changed(source, other)
    _answer(notebook, answers)


def _raising(notebook, name):
    _all_right(notebook, name)
    scratch = nbformat.v4.new_code_cell("1 / 0  # a scratch cell that was forgotten")
    notebook.cells.insert(2, scratch)


def _last_left_out(notebook, name):
    answers = _references(name)
    answers.popitem()
    _answer(notebook, answers)


def _mistaken(function, mistake):
    def change(notebook, name):
        wrong = stubs.changed(reference.source(name, function), mistake.change)
        _answer(notebook, {**_references(name), function: wrong})

    return change
