"""What has arrived in submitted/: whose hand-in of which assignment lies where.

`submitted/<student>/<assignment>/` is where it belongs. What lies one folder off is found all the
same where there is no doubt whose it is, and is named in a line where there is.
"""

import fnmatch
import pathlib
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass

from autograders.judge import candidates, intake
from autograders.judge.candidates import Candidate
from lab.judge.excerpt import printable

MOODLE = re.compile("_assignsubmission_|_onlinetext")

STRAY = "submitted/{path} was not graded: {why}"
NO_STUDENT = (
    "it lies in no student's folder. Put it into submitted/<student>/{assignment}/, "
    "or take in a platform's ZIP file with `python -m autograders collect`."
)
FROM_MOODLE = (
    "the folder is named as Moodle does it. Take it out of submitted/, "
    "and Moodle's ZIP file in with `python -m autograders collect`."
)
TURNED_ROUND = "the student's folder comes first, as in submitted/<student>/{assignment}/."
NO_ASSIGNMENT = (
    "it is no notebook of this course's. Ask the student for the right one, or remove it."
)


@dataclass(frozen=True)
class Arrival:
    """A hand-in that lies in submitted/.

    Attributes
    ----------
    student, assignment : str
    folder : pathlib.Path
        Where it belongs, whether or not there is such a folder.
    loose : tuple of Candidate
        Notebooks of the assignment that lie elsewhere in the student's folder.
    """

    student: str
    assignment: str
    folder: pathlib.Path
    loose: tuple[Candidate, ...] = ()

    def read(self) -> intake.HandIn:
        """Read it; see `autograders.judge.intake.read`."""
        return intake.read(self.folder, self.student, self.assignment, self.loose)


def find(
    submitted: pathlib.Path, assignments: Iterable[str], student: str = "*"
) -> tuple[list[Arrival], list[tuple[str, str]]]:
    """Return what has arrived, and what lies where nobody grades it.

    Parameters
    ----------
    submitted : pathlib.Path
    assignments : iterable of str
        All of the course.
    student : str
        One student's id, or a pattern; all of them unless told otherwise.

    Returns
    -------
    arrivals : list of Arrival
        In the students' order; what cannot be looked at is there, and reading it says why.
    strays : list of (str, str)
        Whose folder it lies in, and a line that says what to do.
    """
    known, arrivals, strays = list(assignments), [], []
    for entry in _entries(submitted):
        if student != entry.name and not fnmatch.fnmatchcase(entry.name, student):
            continue
        if _is_folder(entry) or entry.is_symlink():
            found, lines = _of_student(entry, known)
            arrivals += found
        else:
            files = [each for each in _candidates(entry) if each.sure]
            lines = [_line(files[0], submitted, NO_STUDENT, known)] if files else []
        strays += [(entry.name, line) for line in lines]
    return arrivals, strays


def _of_student(home: pathlib.Path, known: list[str]) -> tuple[list[Arrival], list[str]]:
    """Return a student's hand-ins, and a line for each place with a notebook that is none."""
    there = [each for each in known if _may_be_there(home / each)]
    loose: dict[str, list[Candidate]] = {}
    lines = []
    for entry in _entries(home) if _is_folder(home) else []:
        if entry.name in there:
            continue
        found = _candidates(entry)
        unknown = []
        for each in found:
            assignment = candidates.assignment_of(each, known)
            if assignment is None:
                unknown += [each] if each.sure else []
            elif why := _doubt(each, home, known, there):
                lines.append(_line(each, home.parent, why, [assignment]))
                break
            else:
                loose.setdefault(assignment, []).append(each)
        if unknown:
            lines.append(_line(unknown[0], home.parent, NO_ASSIGNMENT, known))
    both = [each for each in known if each in there or each in loose]
    return [Arrival(home.name, a, home / a, tuple(loose.get(a, ()))) for a in both], lines


def _doubt(
    candidate: Candidate, home: pathlib.Path, known: list[str], there: list[str]
) -> str | None:
    """Return why it is not certain whose a notebook is, or None where it is."""
    if any(map(MOODLE.search, candidate.path.relative_to(home.parent).parts)):
        return FROM_MOODLE
    return TURNED_ROUND if home.name in known and not there else None


def _line(candidate: Candidate, submitted: pathlib.Path, why: str, assignments: list[str]) -> str:
    path = candidate.path.relative_to(submitted).as_posix()
    says = {"assignment": assignments[0] if len(assignments) == 1 else "<assignment>"}
    return STRAY.format(path=printable(path, 2 * candidates.LONGEST_SHOWN), why=why.format(**says))


def _candidates(entry: pathlib.Path) -> list[Candidate]:
    """Return what may be a notebook in a file or a folder, without following links."""
    try:
        if _is_folder(entry):
            if entry.name in candidates.NOT_OURS:
                return []
            return candidates.inside(entry, entry.name)
        return candidates.alone(entry) if stat.S_ISREG(entry.lstat().st_mode) else []
    except OSError:
        return []


def _entries(folder: pathlib.Path) -> list[pathlib.Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError:
        return []


def _is_folder(entry: pathlib.Path) -> bool:
    try:
        return stat.S_ISDIR(entry.lstat().st_mode)
    except OSError:
        return False


def _may_be_there(path: pathlib.Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
