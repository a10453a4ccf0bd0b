"""How far each hand-in has come: nothing, refused, not graded yet, or graded.

Why one was refused is kept beside the graded ones, as autograded/<student>/.refused.<assignment>.
"""

import contextlib
import os
import pathlib
from dataclasses import dataclass, field

from nbgrader.coursedir import CourseDirectory

from autograders.collecting import roster
from autograders.collecting.roster import Student

REFUSAL = ".refused."
LONGEST = 2_000  # characters of a reason


@dataclass(frozen=True)
class Standing:
    """Who is in the course, and what became of what they handed in.

    Attributes
    ----------
    roster : dict of str to Student
        Empty where the course has no roster.
    arrived : set of (str, str)
        An assignment and a student for each folder with a hand-in.
    refused : dict of (str, str) to str
        Why a hand-in was refused, by assignment and student.
    """

    roster: dict[str, Student] = field(default_factory=dict)
    arrived: frozenset[tuple[str, str]] = frozenset()
    refused: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def out(self) -> set[str]:
        """The ids of those who have left."""
        return {each.id for each in self.roster.values() if each.out}

    def waits(self, assignment: str, student: str) -> bool:
        """Tell whether a hand-in is there of which nothing is known but that it is."""
        return (assignment, student) in self.arrived and (assignment, student) not in self.refused


def of_course(coursedir: CourseDirectory) -> Standing:
    """Return how far the hand-ins of a course have come."""
    root = pathlib.Path(coursedir.root)
    submitted = root / coursedir.submitted_directory
    arrived = {(each.name, home.name) for home in _folders(submitted) for each in _folders(home)}
    refused = {}
    for note in (root / coursedir.autograded_directory).glob(f"*/{REFUSAL}*"):
        student, assignment = note.parent.name, note.name.removeprefix(REFUSAL)
        # what has been taken away since is no hand-in any more
        if os.path.lexists(submitted / student):
            with contextlib.suppress(OSError):
                refused[assignment, student] = note.read_text(encoding="utf-8").strip()
    return Standing(roster.load(root), frozenset(arrived), refused)


def note(coursedir: CourseDirectory, assignment: str, student: str, reason: str | None) -> None:
    """Keep why a hand-in was refused; with None, that it was not."""
    graded = pathlib.Path(coursedir.root) / coursedir.autograded_directory
    file = graded / student / f"{REFUSAL}{assignment}"
    if reason is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(reason[:LONGEST] + "\n", encoding="utf-8")


def forget(coursedir: CourseDirectory, assignment: str, there: set[str]) -> None:
    """Forget the refusals of hand-ins that are not there any more."""
    graded = pathlib.Path(coursedir.root) / coursedir.autograded_directory
    for file in graded.glob(f"*/{REFUSAL}{assignment}"):
        if file.parent.name not in there:
            file.unlink(missing_ok=True)


def _folders(folder: pathlib.Path) -> list[pathlib.Path]:
    with contextlib.suppress(OSError):
        found = (each for each in folder.iterdir() if not each.name.startswith("."))
        return sorted(each for each in found if each.is_dir())
    return []
