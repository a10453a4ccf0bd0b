"""Making the class's release with nbgrader, so that the course never is without one."""

import functools
import pathlib
import shutil

from nbgrader.converters import GenerateAssignment

from autograders import Refused, lesson

CELLS_CHANGED = (
    "{name}: the new notebook adds or removes graded cells, but students have handed in already. "
    "Keep the cells of the release, or start a new assignment. The release is unchanged."
)
FAILED = "{name}: nbgrader could not make the release ({reason}). The release is unchanged."
NBGRADER_CHANGED = "Cannot add or remove cells"


def release(api, name):
    """Make or renew the release of one assignment.

    Parameters
    ----------
    api : NbGraderAPI
        From `autograders.settings.api`.
    name : str
        The assignment.

    Raises
    ------
    Refused
        With the reason in one line; what was released before is still there.
    """
    lesson.check_name(name)
    for problem in lesson.problems(name):
        raise Refused(problem)
    result = api.generate_assignment(name, force=True)
    if not result["success"]:
        if NBGRADER_CHANGED in result.get("log", ""):
            raise Refused(CELLS_CHANGED.format(name=name))
        reason = result["error"].strip().splitlines()[-1]
        raise Refused(FAILED.format(name=name, reason=reason))


def keep_last_release():
    """Make nbgrader put the last release back when making a new one fails.

    nbgrader deletes the old release first, and has no setting and no hook for
    this: a hook's exception is swallowed, and it runs after the deletion. So its
    converter is wrapped, once for each process that loads the course's settings.
    """
    if hasattr(GenerateAssignment.convert_notebooks, "__wrapped__"):
        return
    original = GenerateAssignment.convert_notebooks

    @functools.wraps(original)
    def convert_notebooks(self):
        folder = pathlib.Path(self.coursedir.format_path(self.coursedir.release_directory, ".", ""))
        last = folder / f".{self.coursedir.assignment_id}.last"
        current = folder / self.coursedir.assignment_id
        if last.exists() and not current.exists():
            last.rename(current)  # an earlier run was killed in between
        if not (self.force and current.exists()):
            return original(self)
        shutil.rmtree(last, ignore_errors=True)
        current.rename(last)
        try:
            original(self)
        except BaseException:
            shutil.rmtree(current, ignore_errors=True)
            last.rename(current)
            raise
        shutil.rmtree(last)
        return None

    GenerateAssignment.convert_notebooks = convert_notebooks
