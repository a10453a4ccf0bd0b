"""Making the class's release with nbgrader, so that the course never is without one."""

import pathlib
import re

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograders import Refused
from autograders.course import catalogue, languages, lesson
from autograders.grading import gradebook
from autograders.grading.preprocessors import AddKit

CELLS_CHANGED = (
    "{assignment}: the new notebook adds or removes graded cells, "
    "but students have handed in already. "
    "Keep the cells of the release, or start a new assignment. The release is unchanged."
)
FAILED = "{assignment}: nbgrader could not make the release ({reason}). The release is unchanged."
NBGRADER_CHANGED = "Cannot add or remove cells"
NBGRADER_REASON = re.compile(r"^ *(?:[\w.]+\.)?(\w*(?:Error|Exception): .+)$", re.MULTILINE)


def release(api: NbGraderAPI, assignment: str) -> None:
    """Make or renew the release of one assignment.

    Parameters
    ----------
    api : NbGraderAPI
        From `autograders.settings.api`.
    assignment : str

    Raises
    ------
    Refused
        With the reason in one line; what was released before is still there.
    """
    catalogue.check_name(assignment)
    for problem in lesson.problems(assignment):
        raise Refused(problem)
    add = AddKit(parent=api)
    languages.check_name(add.language)
    if not add.incomplete:
        languages.check_finished(add.language, lesson.original(assignment), assignment)
    gradebook.check(api.coursedir.db_url)
    result = api.generate_assignment(assignment, force=True)
    if not result["success"]:
        if NBGRADER_CHANGED in result.get("log", ""):
            raise Refused(CELLS_CHANGED.format(assignment=assignment))
        raise Refused(FAILED.format(assignment=assignment, reason=reason(result)))


def language(coursedir: CourseDirectory, assignment: str) -> str:
    """Return the language in which an assignment stands released in the course's folder.

    That of the course's settings where no release can be read.
    """
    folder = pathlib.Path(coursedir.format_path(coursedir.release_directory, ".", assignment))
    try:
        return languages.of(lesson.read(folder / f"{assignment}.ipynb"))
    except Refused:
        return AddKit(parent=coursedir).language


def reason(result: dict[str, str]) -> str:
    """Return why nbgrader could not do something, from what its interface gives."""
    # what was raised first is the cause; the last only says that there is a log
    raised = NBGRADER_REASON.findall(result.get("log", ""))
    return (raised or result["error"].strip().splitlines()[-1:])[0]
