"""A stock course by our own command: its hand-ins graded, and what came of them counted."""

import logging
import pathlib
from collections.abc import Callable
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, NbGraderException
from traitlets.config import Config
from traitlets.utils.bunch import Bunch

from autograders import Refused
from autograders.stock.side_by_side import DONE, SAME

GRADED = "{assignment}: {done} graded, {same} as before, {left} not graded"
NOBODY = "Nobody has handed in. Put hand-ins into submitted/<student>/<assignment>/."
UNKNOWN = "There is no submitted/{student}/{assignment}/. Name one that is there."


def is_one(config: Config) -> bool:
    """Tell whether a course's settings have the two lines."""
    return bool(config.Boxes.get("side_by_side"))


def grade(
    config: Config,
    root: pathlib.Path,
    told: Bunch,
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
    told : Bunch
        assignments, student, force, workers and engine, as the command line has them.
    say, show : callable
        ``say(line)`` gets what went wrong, ``show(line)`` what came of an assignment.

    Raises
    ------
    Refused
        If nobody has handed in.
    """
    api = _api(config, root, told, say)
    status = 0
    for assignment in told.assignments or _handed_in(api, told.student or "*"):
        api.coursedir.assignment_id, api.coursedir.student_id = assignment, told.student or "*"
        there = _there(api, assignment, told.student or "*")
        if not there:
            raise Refused(
                UNKNOWN.format(student=told.student or "<student>", assignment=assignment)
            )
        converter = Autograde(coursedir=api.coursedir, parent=api)
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


def _api(
    config: Config, root: pathlib.Path, told: Bunch, say: Callable[[str], None]
) -> NbGraderAPI:
    """Return nbgrader's interface to the course; what it logs is said line by line."""
    config = Config(config)
    config.CourseDirectory.root = str(root)
    if told.engine is not None:
        config.Boxes.engine = told.engine
    if told.workers is not None:
        config.Boxes.workers = told.workers
    config.NbGraderAPI.log_level = "WARN"
    api = NbGraderAPI(config=config)
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: say(record.getMessage())  # type: ignore[method-assign]
    api.log.handlers[:], api.log.propagate = [handler], False
    return api


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
