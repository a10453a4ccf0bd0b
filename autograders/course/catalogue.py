"""What a course holds: its assignments by name, and the content of each.

Content is loaded by its name when it is first asked for. Whoever only reads a hand-in,
or asks which assignments there are, loads none of it.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Generic, TypeVar

from autograders import ROOT, Refused
from autograders.course.exercise import Exercise
from autograders.course.rubric import Rubric
from autograders.course.study import Study
from lab.judge.examples import ORDER, in_order

CONTENT = "autograders.content"
"""The package whose folders have one module an assignment each."""

BROKEN = "{path} cannot be used ({error}). Mend it, then try again."
NO_LIST = {
    "exercises": "no list EXERCISES with an Exercise for each function",
    "rubrics": "no list RUBRICS with a Rubric for each written answer",
    "studies": "no dict STUDIES with a Study for each table",
}
UNKNOWN = (
    "There is no assignment {assignment!r}. Choose one of: {names}. "
    "To add one, ask `python -m autograders missing {assignment}`."
)

Listed = TypeVar("Listed")


class Content(Mapping[str, Listed], Generic[Listed]):
    """For each assignment what its module in one of the content's folders lists.

    Parameters
    ----------
    folder : str
        Such as "exercises"; a module there lists EXERCISES.
    is_there : callable
        ``is_there(name)`` tells whether a module's name is that of an assignment.
    expected : tuple of str
        Assignments that must be there.
    """

    def __init__(
        self, folder: str, is_there: Callable[[str], bool], expected: tuple[str, ...] = ()
    ) -> None:
        self._folder, self._is_there, self._expected = folder, is_there, expected
        self._names: list[str] | None = None
        self.loaded: dict[str, Listed] = {}

    @property
    def names(self) -> list[str]:
        """The assignments, in the course's order."""
        if self._names is None:
            found = {*self._expected, *modules(self._folder)}
            self._names = in_order(filter(self._is_there, found))
        return self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, assignment: object) -> bool:
        return assignment in self.names

    def __getitem__(self, assignment: str) -> Listed:
        if assignment not in self:
            raise KeyError(assignment)
        return self.load(assignment)

    def load(self, assignment: str) -> Listed:
        """Return what a module lists, also that of an assignment that is only being added.

        Raises
        ------
        Refused
            If the module cannot be imported or lists nothing.
        """
        if assignment not in self.loaded:
            name = f"{CONTENT}.{self._folder}.{assignment}"
            says = {"path": name.replace(".", "/") + ".py"}
            try:
                listed = getattr(importlib.import_module(name), self._folder.upper(), None)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise Refused(BROKEN.format(**says, error=reason)) from error
            if not listed:
                raise Refused(BROKEN.format(**says, error=NO_LIST[self._folder]))
            self.loaded[assignment] = listed
        return self.loaded[assignment]


def has_content() -> bool:
    """Tell whether there is a course's content: its exercises as data."""
    return importlib.util.find_spec(CONTENT) is not None


def modules(folder: str) -> set[str]:
    """Return the names of the modules in one of the content's folders."""
    spec = importlib.util.find_spec(f"{CONTENT}.{folder}")
    places = spec.submodule_search_locations if spec else None
    return {module.name for module in pkgutil.iter_modules(places)}


def _is_complete(assignment: str) -> bool:
    """Tell whether an assignment that is being added has its reference and its notebook."""
    files = f"source_ref/{assignment}.py", f"notebooks/{assignment}/{assignment}.ipynb"
    return assignment in ORDER or all((ROOT / file).is_file() for file in files)


EXERCISES: Content[list[Exercise]] = Content("exercises", _is_complete, ORDER)
"""For each assignment its exercises, in the course's order."""

STUDIES: Content[dict[str, Study]] = Content("studies", EXERCISES.__contains__)
"""For each assignment with results tables what they measure, by the tables' names."""

RUBRICS: Content[list[Rubric]] = Content("rubrics", EXERCISES.__contains__)
"""For each assignment whose written answers have one how they are marked."""


def check_name(assignment: str) -> str:
    """Return the assignment's name if it is one.

    Raises
    ------
    Refused
        If there is no such assignment.
    """
    if assignment not in EXERCISES:
        raise Refused(UNKNOWN.format(assignment=assignment, names=", ".join(EXERCISES)))
    return assignment


def functions(assignment: str) -> list[str]:
    """Return the names of the functions that students write, in order."""
    return [exercise.name for exercise in EXERCISES[assignment]]


def find(assignment: str, function: str) -> Exercise:
    """Return the exercise of a function in an assignment.

    Raises
    ------
    KeyError
        If there is none.
    """
    return {exercise.name: exercise for exercise in EXERCISES[assignment]}[function]


def content(name: str) -> ModuleType:
    """Return a module of the content that no assignment has alone, such as "sample"."""
    return importlib.import_module(f"{CONTENT}.{name}")
