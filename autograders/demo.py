"""The whole road on a sample class, in a folder of its own: release, hand in, grade, feedback."""

import pathlib
import shutil
import sys
from collections.abc import Iterator
from typing import TextIO

from tqdm.auto import tqdm

from autograders import ROOT, Refused, sample, settings
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading import gradebook, pages, release, rounds, standing
from autograders.reports import overview
from autograders.sandbox.launcher import KERNEL

FOLDER = ROOT / "demo"

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
settings.place(c, {folder!r})
"""
NO_WALL = (
    "{reason}\nThis sample class is our own, so the demo goes on without the wall. "
    "Do not grade students like this."
)


def run(
    folder: pathlib.Path = FOLDER,
    out: TextIO = sys.stdout,
    everyone: bool = False,
    language: str | None = None,
    incomplete: bool = False,
) -> int:
    """Do the whole road and print the table.

    Parameters
    ----------
    folder : pathlib.Path
        Made anew.
    out : file
        Where the table goes.
    everyone : bool
        Whether each listed mistake has its student in the class.
    language, incomplete : str, bool
        See `autograders.settings.api`.

    Returns
    -------
    int
        0, or 1 if anything could not be graded.
    """
    folder = pathlib.Path(folder)
    if problem := settings.pattern_problem(folder):
        raise Refused(problem)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(lesson.FOLDER, folder / "notebooks")
    configuration = CONFIGURATION.format(root=str(ROOT), folder=str(folder.resolve()))
    (folder / "nbgrader_config.py").write_text(configuration, encoding="utf-8")
    api = settings.api(folder, language=language, incomplete=incomplete)
    class_ = sample.hand_ins(everyone)
    shown = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder
    print(STARTS.format(count=len(class_), folder=shown), file=out, flush=True)
    for assignment in EXERCISES:
        release.release(api, assignment)
    for student, done in class_.items():
        for assignment, change in done.items():
            sample.hand_in(folder, student, assignment, change)
    failures = []
    total = sum(len(done) for done in class_.values())
    with tqdm(total=total, unit="notebook", disable=not sys.stderr.isatty()) as bar:
        for problem in _graded(folder, out):
            bar.update()
            if problem:
                failures.append(problem)
        for assignment in EXERCISES:
            made = pages.renew(api, assignment)
            failures += [problem for *_, problem in made if problem]
    with gradebook.opened(api) as book:
        stands = standing.of_course(api.coursedir)
        print(*overview.lines(book, folder / "autograded", stands), sep="\n", file=out)
    print(file=out)
    print(*failures, ENDS.format(folder=shown), sep="\n", file=out)
    return 1 if failures else 0


def _graded(folder: pathlib.Path, out: TextIO) -> Iterator[str | None]:
    """Grade the class; yield each problem, or None. It is our own, so it may do without a wall."""
    try:
        for _, _, problem in rounds.grade(settings.api(folder), list(EXERCISES)):
            yield problem
    except Refused as refused:
        print(NO_WALL.format(reason=refused), file=out, flush=True)
        for _, _, problem in rounds.grade(settings.api(folder, KERNEL), list(EXERCISES)):
            yield problem
