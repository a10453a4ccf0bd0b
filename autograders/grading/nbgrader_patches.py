"""Leading every way to nbgrader's autograding through our own intake.

Its command, formgrader's button and our own command all use the class `Autograde`, which
would read links, pipes and whatever else lies in a hand-in. It has no setting for where
it reads from, so two of its methods are wrapped, once for each process that loads the
course's settings.
"""

import contextlib
import functools
import glob
import os
import pathlib
import shutil

from nbgrader.converters import Autograde, NbGraderException

from autograders import Refused, intake, leftovers

INTAKE = ".intake"


def take_in_first():
    """Make nbgrader autograde what `autograders.intake` makes of each hand-in."""
    if hasattr(Autograde.init_notebooks, "__wrapped__"):
        return
    submitted = Autograde._input_directory.fget
    init_notebooks, convert_notebooks = Autograde.init_notebooks, Autograde.convert_notebooks

    def _input_directory(self):
        return _step() if self._sanitizing else submitted(self)

    @functools.wraps(init_notebooks)
    def init(self):
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
    def convert(self):
        try:
            convert_notebooks(self)
        finally:
            _clear(self.coursedir)
        if self._refusals:
            raise NbGraderException("\n".join(self._refusals))

    Autograde._input_directory = property(_input_directory)
    Autograde.init_notebooks, Autograde.convert_notebooks = init, convert


def _step():
    """Return the intake's folder below the course's, one for each process."""
    return f"{INTAKE}/{os.getpid()}"


def _clear(coursedir):
    folder = pathlib.Path(coursedir.root) / INTAKE
    shutil.rmtree(folder / str(os.getpid()), ignore_errors=True)
    with contextlib.suppress(OSError):  # another process may be taking in, too
        folder.rmdir()


def _take_in(coursedir):
    """Take in the hand-ins that are about to be graded; return why some cannot be."""
    found = coursedir.format_path(
        coursedir.submitted_directory, coursedir.student_id, coursedir.assignment_id
    )
    leftovers.clear(pathlib.Path(coursedir.root) / INTAKE, "")
    refusals = []
    for folder in sorted(glob.glob(found)):
        path = pathlib.Path(folder)
        student, name = path.parent.name, path.name
        target = pathlib.Path(coursedir.format_path(_step(), student, name))
        try:
            intake.write(intake.read(path, student, name), target)
        except Refused as refused:
            refusals.append(str(refused))
    return refusals
