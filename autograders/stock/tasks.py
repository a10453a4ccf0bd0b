"""Making a task of each hand-in: what is graded, with what is known, and where its files lie."""

import os
import pathlib
import re
import shutil

from nbgrader.converters import Autograde, NbGraderException

from autograders import Refused
from autograders.grading import leftovers
from autograders.sandbox.plain import Room
from autograders.stock import handin, imports
from autograders.stock.grader import Task
from autograders.stock.known import KnownNotebook
from autograders.stock.settings import Boxes

LARGEST_NOTEBOOK = 100_000_000  # bytes
LARGEST_NOTE = 200
TIMESTAMP = "timestamp.txt"
CACHE = ".autograders"
"""Where in the course's folder is kept what is made once."""

NO_NOTEBOOKS = (
    "{student}, {assignment}: no notebook of the assignment was handed in. "
    "Was it generated with `nbgrader generate_assignment`?"
)


class Tasks:
    """What one call of autograde has to grade.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde
    settings : Boxes
    known : dict of str to dict of str to KnownNotebook
        What the gradebook knows of each assignment's notebooks.
    """

    def __init__(
        self, converter: Autograde, settings: Boxes, known: dict[str, dict[str, KnownNotebook]]
    ) -> None:
        self._converter, self._settings, self._known = converter, settings, known
        self._root = pathlib.Path(converter.coursedir.root).resolve()
        self._rooms: dict[str, Room] = {}

    def whose(self, folder: str) -> tuple[str, str]:
        """Return the assignment and the student of a folder that nbgrader has found."""
        pattern = self._converter._format_source(
            "(?P<assignment>.*)", "(?P<student>.*)", escape=True
        )
        if found := re.match(pattern, folder):
            return found["assignment"], found["student"]
        raise NbGraderException(f"Could not match {folder!r} with {pattern!r}")

    def graded(self, assignment: str, student: str) -> pathlib.Path:
        """Return where a graded hand-in lies."""
        return self._root / pathlib.Path(self._converter._format_dest(assignment, student))

    def make(
        self, assignment: str, student: str, folder: pathlib.Path, found: list[str]
    ) -> Task | None:
        """Put a hand-in's files together; return its task, or None where it is graded already.

        Raises
        ------
        Refused
            If it cannot be graded.
        """
        converter, says = self._converter, {"student": student, "assignment": assignment}
        converter.notebooks = found
        if os.path.lexists(folder / TIMESTAMP):
            handin.plain_bytes(folder / TIMESTAMP, says, LARGEST_NOTE)
        if not converter.init_destination(assignment, student):
            return None
        converter.run_pre_convert_hook()
        notebooks = self._notebooks(says, found)
        aside = self._aside(assignment, student)
        self._put_together(assignment, folder, aside, says)
        return Task(
            student,
            assignment,
            notebooks,
            str(aside),
            self._known[assignment],
            tuple(converter.sanitize_preprocessors),
            tuple(converter.autograde_preprocessors),
            converter.config,
            converter.coursedir.db_url,
            self._settings.boxed,
            self._settings.limits,
            self._room(assignment),
        )

    def _notebooks(self, says: dict[str, str], found: list[str]) -> dict[str, bytes]:
        """Return what was handed in of the notebooks that the assignment has."""
        handed_in = {pathlib.Path(each).stem: pathlib.Path(each) for each in found}
        known = self._known[says["assignment"]]
        for name in sorted(handed_in.keys() - known):
            self._converter.log.warning("Skipping unknown notebook: %s", handed_in[name])
        notebooks = {
            name: handin.plain_bytes(path, says, LARGEST_NOTEBOOK)
            for name, path in handed_in.items()
            if name in known
        }
        if not notebooks:
            raise Refused(NO_NOTEBOOKS.format(**says))
        return notebooks

    def _aside(self, assignment: str, student: str) -> pathlib.Path:
        """Return a new folder beside the one of what is graded, which no killed run blocks."""
        graded = self.graded(assignment, student)
        leftovers.clear(graded.parent, f".{assignment}.")
        aside = graded.with_name(f".{assignment}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        return aside

    def _put_together(
        self, assignment: str, folder: pathlib.Path, aside: pathlib.Path, says: dict[str, str]
    ) -> None:
        ignored = list(self._converter.coursedir.ignore)
        say = self._converter.log.warning
        student = handin.plain_files(folder, ignored, say, says)
        source = self._source(assignment)
        theirs = self._converter.exclude_overwriting.get(assignment, [])
        handin.put_together(student, folder, source, aside, ignored, theirs)

    def _source(self, assignment: str) -> pathlib.Path:
        coursedir = self._converter.coursedir
        return pathlib.Path(
            coursedir.format_path(coursedir.source_directory, ".", assignment)
        ).resolve()

    def _room(self, assignment: str) -> Room:
        if assignment not in self._rooms:
            self._rooms[assignment] = Room(
                imports.of_assignment(self._source(assignment)),
                self._settings.readable(assignment, self._root),
                assignment in self._settings.network,
                str(self._root / CACHE),
            )
        return self._rooms[assignment]
