"""Making the class's release with nbgrader, so that the course never is without one."""

import functools
import os
import pathlib
import re
import shutil

from nbgrader.converters import GenerateAssignment

from autograders import Refused, lesson

CELLS_CHANGED = (
    "{name}: the new notebook adds or removes graded cells, but students have handed in already. "
    "Keep the cells of the release, or start a new assignment. The release is unchanged."
)
FAILED = "{name}: nbgrader could not make the release ({reason}). The release is unchanged."
NBGRADER_CHANGED = "Cannot add or remove cells"
NBGRADER_REASON = re.compile(r"^ *(?:[\w.]+\.)?(\w*(?:Error|Exception): .+)$", re.MULTILINE)


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
        log = result.get("log", "")
        if NBGRADER_CHANGED in log:
            raise Refused(CELLS_CHANGED.format(name=name))
        # what was raised first is the cause; the last only says that there is a log
        reasons = NBGRADER_REASON.findall(log) or result["error"].strip().splitlines()[-1:]
        raise Refused(FAILED.format(name=name, reason=reasons[0]))


def keep_last_release():
    """Make nbgrader build a new release beside the last one, and put it in its place when done.

    nbgrader deletes the old release first, and has no setting and no hook for
    this: a hook's exception is swallowed, and it runs after the deletion. So its
    converter is wrapped, once for each process that loads the course's settings.
    """
    if hasattr(GenerateAssignment.convert_notebooks, "__wrapped__"):
        return
    original = GenerateAssignment.convert_notebooks

    @functools.wraps(original)
    def convert_notebooks(self):
        name, directory = self.coursedir.assignment_id, self.coursedir.release_directory
        folder = pathlib.Path(self.coursedir.format_path(directory, ".", ""))
        current, last, building = folder / name, folder / f".{name}.last", folder / f".{name}.new"
        if last.exists() and not current.exists():
            last.rename(current)  # an earlier run was killed between two renames
        if current.exists() and not self.force:
            return original(self)  # which says that it is there already
        shutil.rmtree(building, ignore_errors=True)
        self.coursedir.release_directory = os.path.join(directory, building.name)
        try:
            original(self)
            if (building / name).exists():
                _replace(current, building / name, last)
        finally:
            self.coursedir.release_directory = directory
            shutil.rmtree(building, ignore_errors=True)
        return None

    GenerateAssignment.convert_notebooks = convert_notebooks


def _replace(current, new, last):
    """Put a finished release where the last one is."""
    shutil.rmtree(last, ignore_errors=True)
    if current.exists():
        current.rename(last)
    new.rename(current)
    shutil.rmtree(last, ignore_errors=True)
