"""A stock course by our own command: its hand-ins graded, and what came of them counted."""

import argparse
import logging
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, NbGraderException
from traitlets.config import Config

from autograders import Refused
from autograders.sandbox import plain
from autograders.sandbox.limits import Limits
from autograders.sandbox.plain import Room
from autograders.stock import kernels, known
from autograders.stock.settings import Boxes
from autograders.stock.side_by_side import DONE, LEFT, SAME

GRADED = "{assignment}: {done} graded, {same} as before, {left} not graded"
NOBODY = "Nobody has handed in. Put hand-ins into submitted/<student>/<assignment>/."
UNKNOWN = "There is no submitted/{student}/{assignment}/. Name one that is there."


def is_one(config: Config) -> bool:
    """Tell whether a course's settings have the two lines."""
    return bool(config.Boxes.get("side_by_side"))


def is_boxed(config: Config) -> bool:
    """Tell whether each hand-in of a course has a box."""
    return Boxes(config=config).boxed


def api(config: Config, root: pathlib.Path) -> NbGraderAPI:
    """Return nbgrader's interface to a course in a folder."""
    config = Config(config)
    config.CourseDirectory.root = str(root)
    config.NbGraderAPI.log_level = "WARN"
    made = NbGraderAPI(config=config)
    made.log.handlers[:], made.log.propagate = [logging.NullHandler()], False
    return made


def try_the_wall() -> None:
    """Build a box and take it down; raise Refused where there can be none."""
    plain.start(Limits(), Room()).close()


def foreign_kernels(found: NbGraderAPI) -> Iterator[str]:
    """Yield, for each released notebook with a kernel that no box replaces, what becomes of it."""
    with found.gradebook as gradebook:
        for assignment in [each.name for each in gradebook.assignments]:
            for notebook in known.read(gradebook, assignment).values():
                if why := kernels.foreign(notebook):
                    yield LEFT.format(assignment=assignment, why=why)


def grade(
    config: Config,
    root: pathlib.Path,
    told: argparse.Namespace,
    say: Callable[[str], None],
    show: Callable[[str], None],
) -> int:
    """Grade a stock course's hand-ins; return the command's status.

    Parameters
    ----------
    config : traitlets.config.Config
        The course's settings.
    root : pathlib.Path
        Its folder.
    told : argparse.Namespace
        assignment, student, force, workers and engine, as the command line has them.
    say, show : callable
        ``say(line)`` gets what went wrong, ``show(line)`` what came of an assignment.

    Raises
    ------
    Refused
        If nobody has handed in.
    """
    found = _saying(config, root, told, say)
    status = 0
    for assignment in told.assignment or _handed_in(found, told.student or "*"):
        found.coursedir.assignment_id, found.coursedir.student_id = assignment, told.student or "*"
        there = _there(found, assignment, told.student or "*")
        if not there:
            raise Refused(
                UNKNOWN.format(student=told.student or "<student>", assignment=assignment)
            )
        converter = Autograde(coursedir=found.coursedir, parent=found)
        converter.force = bool(told.force)
        try:
            converter.start()
        except NbGraderException:
            status = 1
        became = getattr(getattr(converter, "hand_ins", None), "became", {})
        done, same = became.get((assignment, DONE), 0), became.get((assignment, SAME), 0)
        left = len(there) - done - same
        status = status or int(left > 0)
        show(GRADED.format(assignment=assignment, done=done, same=same, left=left))
    return status


def _saying(
    config: Config, root: pathlib.Path, told: argparse.Namespace, say: Callable[[str], None]
) -> NbGraderAPI:
    """Return nbgrader's interface to the course; what it logs is said line by line."""
    config = Config(config)
    if told.engine is not None:
        config.Boxes.engine = told.engine
    if told.workers is not None:
        config.Boxes.workers = told.workers
    made = api(config, root)
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: say(record.getMessage())  # type: ignore[method-assign]
    made.log.handlers[:] = [handler]
    return made


def _folders(api: NbGraderAPI, student: str) -> list[pathlib.Path]:
    submitted = pathlib.Path(api.coursedir.root) / api.coursedir.submitted_directory
    return sorted(path for path in submitted.glob(f"{student}/*") if path.is_dir())


def _handed_in(api: Any, student: str) -> list[str]:
    """Return the released assignments that somebody has handed in."""
    with api.gradebook as gradebook:
        released = {each.name for each in gradebook.assignments}
    found = {path.name for path in _folders(api, student)} & released
    if not found:
        raise Refused(NOBODY)
    return sorted(found)


def _there(api: NbGraderAPI, assignment: str, student: str) -> list[pathlib.Path]:
    return [path for path in _folders(api, student) if path.name == assignment]
