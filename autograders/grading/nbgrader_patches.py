"""Where nbgrader has no setting: two of its converters and its export, wrapped once in a process.

That is done by whoever loads the course's settings: its command, formgrader, our own.
"""

import contextlib
import functools
import glob
import os
import pathlib
import shutil

from nbgrader.apps.exportapp import ExportApp
from nbgrader.converters import Autograde, GenerateAssignment, NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograders import Refused
from autograders.course import assignment
from autograders.grading import gradebook, leftovers
from autograders.judge import intake

INTAKE = ".intake"


def take_in_first() -> None:
    """Make nbgrader autograde what `autograders.judge.intake` makes of each hand-in.

    Its command, formgrader's button and our own command all use the class `Autograde`, which
    would read links, pipes and whatever else lies in a hand-in.
    """
    if hasattr(Autograde.init_notebooks, "__wrapped__"):
        return
    submitted = Autograde._input_directory.fget
    init_notebooks, convert_notebooks = Autograde.init_notebooks, Autograde.convert_notebooks

    def _input_directory(self: Autograde) -> str:
        return _step() if self._sanitizing else submitted(self)

    @functools.wraps(init_notebooks)
    def init(self: Autograde) -> None:
        self._refusals = _take_in(self.coursedir)
        for line in self._refusals:
            self.log.error(line)
        try:
            init_notebooks(self)
        except NbGraderException:
            _clear(self.coursedir)
            if self._refusals:
                raise NbGraderException("\n".join(self._refusals)) from None
            raise

    @functools.wraps(convert_notebooks)
    def convert(self: Autograde) -> None:
        try:
            convert_notebooks(self)
        finally:
            _clear(self.coursedir)
        if self._refusals:
            raise NbGraderException("\n".join(self._refusals))

    Autograde._input_directory = property(_input_directory)
    Autograde.init_notebooks, Autograde.convert_notebooks = init, convert


def _step() -> str:
    """Return the intake's folder below the course's, one for each process."""
    return f"{INTAKE}/{os.getpid()}"


def _clear(coursedir: CourseDirectory) -> None:
    folder = pathlib.Path(coursedir.root) / INTAKE
    shutil.rmtree(folder / str(os.getpid()), ignore_errors=True)
    with contextlib.suppress(OSError):  # another process may be taking in, too
        folder.rmdir()


def _take_in(coursedir: CourseDirectory) -> list[str]:
    """Take in the hand-ins that are about to be graded; return why some cannot be."""
    pattern = coursedir.directory_structure.format(
        nbgrader_step=coursedir.submitted_directory,
        student_id=coursedir.student_id,
        assignment_id=coursedir.assignment_id,
    )
    leftovers.clear(pathlib.Path(coursedir.root) / INTAKE, "")
    refusals = []
    found = glob.glob(pattern, root_dir=coursedir.root)  # noqa: PTH207 - it may be a whole path
    for folder in sorted(found):
        path = pathlib.Path(coursedir.root, folder)
        student, name = path.parent.name, path.name  # of the assignment
        target = pathlib.Path(coursedir.format_path(_step(), student, name))
        try:
            intake.write(intake.read(path, student, name), assignment.load(name), target)
        except Refused as refused:
            refusals.append(str(refused))
    return refusals


def keep_last_release() -> None:
    """Make nbgrader build a new release beside the last one, and put it in its place when done.

    nbgrader deletes the old release first, and has no setting and no hook for
    this: a hook's exception is swallowed, and it runs after the deletion. So its
    converter is wrapped, once for each process that loads the course's settings.
    """
    if hasattr(GenerateAssignment.convert_notebooks, "__wrapped__"):
        return
    original = GenerateAssignment.convert_notebooks

    @functools.wraps(original)
    def convert_notebooks(self: GenerateAssignment) -> None:
        name, directory = self.coursedir.assignment_id, self.coursedir.release_directory
        folder = pathlib.Path(self.coursedir.format_path(directory, ".", ""))
        current, last, building = folder / name, folder / f".{name}.last", folder / f".{name}.new"
        if last.exists() and not current.exists():
            last.rename(current)  # an earlier run was killed between two renames
        if current.exists() and not self.force:
            original(self)  # which says that it is there already
            return
        shutil.rmtree(building, ignore_errors=True)
        self.coursedir.release_directory = f"{directory}/{building.name}"
        try:
            original(self)
            if (building / name).exists():
                _replace(current, building / name, last)
        finally:
            self.coursedir.release_directory = directory
            shutil.rmtree(building, ignore_errors=True)

    GenerateAssignment.convert_notebooks = convert_notebooks


def _replace(current: pathlib.Path, new: pathlib.Path, last: pathlib.Path) -> None:
    """Put a finished release where the last one is."""
    shutil.rmtree(last, ignore_errors=True)
    if current.exists():
        current.rename(last)
    new.rename(current)
    shutil.rmtree(last, ignore_errors=True)


def export_what_stands() -> None:
    """Make nbgrader's export, by whatever plugin, count late penalties as they are now."""
    if hasattr(ExportApp.init_plugin, "__wrapped__"):
        return
    original = ExportApp.init_plugin

    @functools.wraps(original)
    def init_plugin(self: ExportApp) -> None:
        original(self)
        try:
            with gradebook.opened(self):
                pass
        except Refused as refused:
            self.fail(str(refused))

    ExportApp.init_plugin = init_plugin
