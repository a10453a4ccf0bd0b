"""Where nbgrader has no setting: two of its converters, its export and how it reads a date.

They are wrapped once in a process, by whoever loads the course's settings: its command,
formgrader, our own.
"""

import contextlib
import datetime
import functools
import os
import pathlib
import shutil

import nbgrader.apps.api
import nbgrader.coursedir
import nbgrader.exchange.default.collect
import nbgrader.utils
from nbgrader.apps import zipcollectapp
from nbgrader.apps.dbapp import DbAssignmentAddApp
from nbgrader.apps.exportapp import ExportApp
from nbgrader.converters import Autograde, GenerateAssignment, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets import TraitError

from autograders import Refused
from autograders.course import assignment, dates
from autograders.course.catalogue import EXERCISES
from autograders.grading import gradebook, leftovers, release, standing
from autograders.judge import arrivals, intake
from lab.judge.excerpt import first_line

INTAKE = ".intake"
BAD_OPTION = (
    "An option of {plugin} cannot be used ({reason}). Correct it in the command, or in "
    "nbgrader_config.py."
)
_Date = datetime.datetime | str | None


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
        self._refusals = _take_in(self)
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


def _take_in(converter: Autograde) -> list[str]:
    """Take in the hand-ins that are about to be graded; return why some cannot be."""
    coursedir = converter.coursedir
    leftovers.clear(pathlib.Path(coursedir.root) / INTAKE, "")
    folder = pathlib.Path(coursedir.root) / coursedir.submitted_directory
    name = coursedir.assignment_id
    spoken = release.language(coursedir, name)
    found, strays = arrivals.find(folder, EXERCISES, coursedir.student_id)
    for _, line in strays:
        converter.log.error(line)
    refusals = []
    for arrival in (each for each in found if each.assignment == name):
        target = pathlib.Path(coursedir.format_path(_step(), arrival.student, name))
        try:
            hand_in = arrival.read()
            intake.write(hand_in, assignment.load(name), target, spoken)
        except Refused as refused:
            refusals.append(str(refused))
            standing.note(coursedir, name, arrival.student, str(refused))
        else:
            standing.note(coursedir, name, arrival.student, None)
            if hand_in.line:
                converter.log.warning(hand_in.line)
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
        plugin = self.plugin_class.__name__
        try:
            original(self)
        except TraitError as error:
            reason = first_line(error, 300).rstrip(".")
            self.fail(BAD_OPTION.format(plugin=plugin, reason=reason))
        try:
            with gradebook.opened(self):
                pass
        except Refused as refused:
            self.fail(str(refused))

    ExportApp.init_plugin = init_plugin


def read_dates_with_certainty() -> None:
    """Make nbgrader refuse a date that it would misread, where a person gives one.

    It takes a zone after a blank for seconds, or drops it, and an unknown name for UTC. Where it
    reads a date only to tell which hand-in is newer, and a refusal would stop those of all, it
    reads what it can as it did; a hand-in whose own time is not certain is refused when it is
    graded.
    """
    if hasattr(nbgrader.utils.parse_utc, "__wrapped__"):
        return
    original = nbgrader.utils.parse_utc

    @functools.wraps(original)
    def certain(ts: _Date) -> datetime.datetime | None:
        return dates.read(ts) if isinstance(ts, str) else original(ts)

    @functools.wraps(original)
    def likely(ts: _Date) -> datetime.datetime | None:
        try:
            return certain(ts)
        except dates.BadDate:
            return original(ts)

    @functools.wraps(original)
    def perhaps(ts: _Date) -> datetime.datetime | None:
        try:
            return likely(ts)
        except ValueError:  # formgrader's list of all students would end here
            return None

    nbgrader.utils.parse_utc = certain
    nbgrader.apps.api.parse_utc = perhaps
    for module in (nbgrader.coursedir, nbgrader.exchange.default.collect, zipcollectapp):
        module.parse_utc = likely
    _say_what_is_wrong_with_a_due_date()


def _say_what_is_wrong_with_a_due_date() -> None:
    """Let `nbgrader db assignment add` say in one line what would be a stack of calls."""
    original = DbAssignmentAddApp.start

    @functools.wraps(original)
    def start(self: DbAssignmentAddApp) -> None:
        try:
            if self.duedate:
                dates.read(self.duedate)
        except dates.BadDate as problem:
            self.fail(str(problem))
        original(self)

    DbAssignmentAddApp.start = start
