"""nbgrader's exchange, guarded.

Nothing is released where somebody could put their own in its place. What one user has handed in
under another one's name is not collected.
"""

import functools
import os
import pathlib
import stat
import sys
from typing import Any

import nbgrader.exchange.default.exchange
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
)

from autograders.doctor import exchange, phrases
from autograders.doctor.users import number, user

NOT_RELEASED = "Nothing was released. {why}"
FORGED = (
    "{path} says that it is from {student}, but {owner} put it there. It was not collected. "
    "Ask {owner}."
)


def guard() -> None:
    """Make nbgrader look at the exchange before it releases, and at owners when it collects.

    Its command, formgrader's buttons and our own commands all use these three classes.
    """
    if sys.platform == "win32" or hasattr(ExchangeCollect.init_src, "__wrapped__"):
        return  # there is no exchange on Windows
    for released in (ExchangeReleaseAssignment, ExchangeReleaseFeedback):
        released.start = _looking_first(released.start)
    ExchangeReleaseAssignment.init_dest = _nobody_renames(ExchangeReleaseAssignment.init_dest)
    ExchangeCollect._sort_by_timestamp = _own_first(ExchangeCollect._sort_by_timestamp)
    ExchangeCollect.init_src = _without_forged(ExchangeCollect.init_src)
    # nbgrader compares names, and a user without an account has none
    nbgrader.exchange.default.exchange.self_owned = _own


def _looking_first(original: Any) -> Any:
    @functools.wraps(original)
    def start(self: Any) -> Any:
        directory = self.coursedir
        place = pathlib.Path(self.root), directory.course_id
        for trouble in exchange.replaceable(*place, os.geteuid(), directory.groupshared):
            self.fail(NOT_RELEASED.format(why=phrases.line(trouble)))
        return original(self)

    return start


def _nobody_renames(original: Any) -> Any:
    @functools.wraps(original)
    def init_dest(self: Any) -> None:
        original(self)
        inbound = pathlib.Path(self.inbound_path)
        state = inbound.stat()
        if state.st_uid == os.geteuid():
            inbound.chmod(stat.S_IMODE(state.st_mode) | stat.S_ISVTX)

    return init_dest


def _own_first(original: Any) -> Any:
    @functools.wraps(original)
    def sort_by_timestamp(self: Any, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        own = []
        for record in records:
            forger = _forger(self, record)
            if forger is None:
                own.append(record)
                continue
            path = pathlib.Path(self.inbound_path, record["filename"])
            says = {"path": path, "student": record["username"], "owner": user(forger)}
            self.log.error(FORGED.format(**says))
        # where there is none, they are left out once one of each student has been chosen
        return original(self, own or records)

    return sort_by_timestamp


def _without_forged(original: Any) -> Any:
    @functools.wraps(original)
    def init_src(self: Any) -> None:
        original(self)
        chosen = self.src_records
        self.src_records = [each for each in chosen if _forger(self, each) is None]

    return init_src


def _forger(collect: Any, record: dict[str, Any]) -> int | None:
    """Return who handed in under another one's name, or None.

    Where students are no users of the system nobody can tell; what the collector or root has put
    there they have put there on purpose.
    """
    owner = _owner(pathlib.Path(collect.inbound_path, record["filename"]))
    student = number(record["username"])
    trusted = (student, os.geteuid(), exchange.ROOT_USER)
    return owner if collect.check_owner and student is not None and owner not in trusted else None


def _owner(path: pathlib.Path) -> int:
    return path.lstat().st_uid


def _own(path: str) -> bool:
    return pathlib.Path(path).stat().st_uid == os.geteuid()
