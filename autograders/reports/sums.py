"""A class in numbers: how points are spread, which mistakes were made, who needs a word."""

import collections
import itertools
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from autograders.course import catalogue
from autograders.judge import feedback
from autograders.reports.works import (
    AGAIN,
    GRADED,
    MARKED,
    NOTHING,
    OPEN,
    REFUSED,
    WAITING,
    Class_,
    Exercise,
    Work,
    Written,
)
from lab.language import Message

FAR = 0.4
"""By which share of an assignment's points a student is far below the own other work."""
SAID = Message("{count} with {points}")
LARGEST_STEPS = 40  # columns of a figure; points above are counted in steps of more than 1


@dataclass(frozen=True)
class Count:
    """How many have how many points: a column of a figure."""

    points: int
    count: int

    @property
    def said(self) -> str:
        """Return it in words."""
        return SAID.format(count=self.count, points=self.points)


@dataclass
class PartSum:
    """What came of a part in a class: how many, by the state."""

    name: str
    says: str
    best: float
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(feedback.STATES, 0))


@dataclass
class ExerciseSum:
    """What came of an exercise in a class."""

    name: str
    best: float
    spread: list[Count]
    parts: list[PartSum]
    untold: int
    """Of how many hand-ins the points are known, and not the parts."""


@dataclass(frozen=True)
class Example:
    """A question that was answered wrongly, and what was wrong with the answer."""

    asked: str
    found: str


@dataclass
class MistakeSum:
    """A mistake of a class: what the course says of it, who made it, an example.

    Where the judge cannot tell which of several was made, `says` holds all of them.
    """

    exercise: str
    names: tuple[str, ...]
    says: tuple[str, ...]
    hints: tuple[str, ...]
    students: list[str] = field(default_factory=list)
    example: Example | None = None


@dataclass
class UnnamedSum:
    """What is wrong in a part and is no mistake that the course knows."""

    exercise: str
    part: str
    students: list[str] = field(default_factory=list)
    example: Example | None = None


@dataclass
class AssignmentSum:
    """A class's work on an assignment."""

    name: str
    best: float
    states: dict[str, list[str]]
    """Who is in which state."""
    reasons: dict[str, str]
    """Why hand-ins were refused, by student; of a graded one why a newer one was."""
    late: list[str]
    """Who was late."""
    spread: list[Count]
    exercises: list[ExerciseSum]
    mistakes: list[MistakeSum]
    unnamed: list[UnnamedSum]
    written: dict[str, dict[str, list[str]]]
    """Who is in which state, by the written answer."""
    marks: dict[str, list[Count]]
    untold: list[str]

    @property
    def unread(self) -> int:
        """How many answers wait for a person."""
        waiting = (
            states.get(state, []) for states in self.written.values() for state in (OPEN, AGAIN)
        )
        return sum(map(len, waiting))

    @property
    def lacks(self) -> bool:
        """Whether somebody has handed in nothing, where others have."""
        return bool(self.states[NOTHING] and self.states[GRADED])


@dataclass(frozen=True)
class Far:
    """A student who is far below the own other work, in shares of the exercises' points."""

    student: str
    assignment: str
    share: float
    others: float


@dataclass(frozen=True)
class Twice:
    """A mistake that a student has made in several exercises."""

    student: str
    says: str
    exercises: tuple[str, ...]


def of_assignment(class_: Class_, assignment: str) -> AssignmentSum:
    """Return a class's work on an assignment, in numbers."""
    works = class_.of(assignment)
    graded = [work for work in works if work.state == GRADED]
    states: dict[str, list[str]] = {
        state: [work.student for work in works if work.state == state]
        for state in (GRADED, WAITING, REFUSED, NOTHING)
    }
    best = max((sum(each.best for each in work.exercises) for work in graded), default=0.0)
    written, marks = _written(graded)
    return AssignmentSum(
        assignment,
        best,
        states,
        {work.student: work.reason for work in works if work.reason},
        [work.student for work in graded if work.is_late],
        spread((work.of_exercises for work in graded), best),
        list(_exercises(graded)),
        mistakes(assignment, graded),
        unnamed(graded),
        written,
        marks,
        [work.student for work in graded if work.untold],
    )


def spread(points: Iterable[float], best: float) -> list[Count]:
    """Return how many have how many points, from 0 to the most there are; parts of one round down.

    Where there are very many, several numbers of points stand in one column.
    """
    values = [int(value + 1e-9) for value in points]
    most = max([int(best), *values])
    step = most // LARGEST_STEPS + 1
    counts = collections.Counter(max(value, 0) // step * step for value in values)
    return [Count(value, counts[value]) for value in range(0, most + 1, step)]


def mistakes(assignment: str, works: list[Work]) -> list[MistakeSum]:
    """Return the mistakes that were named, those that most made first."""
    known = _known(assignment)
    found: dict[tuple[str, tuple[str, ...]], MistakeSum] = {}
    for work, exercise in _of_all(works):
        for names in _named(exercise):
            place = (exercise.name, names)
            if place not in found:
                told = [known.get((exercise.name, name), (name, "")) for name in names]
                says, hints = zip(*told, strict=True)
                found[place] = MistakeSum(exercise.name, names, says, hints)
            found[place].students.append(work.student)
            found[place].example = found[place].example or _example(exercise)
    return sorted(found.values(), key=lambda each: -len(each.students))


def unnamed(works: list[Work]) -> list[UnnamedSum]:
    """Return what is wrong and has no name, what most have first."""
    found: dict[tuple[str, str], UnnamedSum] = {}
    for work, exercise in _of_all(works):
        wrong = [part for part in exercise.parts if part.state == feedback.WRONG_PART]
        if wrong and not exercise.mistakes:
            place = (exercise.name, wrong[0].name)
            sum_ = found.setdefault(place, UnnamedSum(exercise.name, wrong[0].says))
            sum_.students.append(work.student)
            sum_.example = sum_.example or _example(exercise)
    return sorted(found.values(), key=lambda each: -len(each.students))


def far_below(class_: Class_) -> list[Far]:
    """Return who is far below the own other work, the furthest first."""
    found = []
    for student in class_.students:
        shares = {
            work.assignment: work.share
            for work in (class_.works[student, name] for name in class_.assignments)
            if work.state == GRADED
        }
        for assignment, share in shares.items():
            others = [other for name, other in shares.items() if name != assignment]
            if others and share <= statistics.fmean(others) - FAR:
                found.append(Far(student, assignment, share, statistics.fmean(others)))
    return sorted(found, key=lambda each: each.share - each.others)


def twice(class_: Class_) -> list[Twice]:
    """Return who has made the same mistake in several exercises.

    Exercises have mistakes of their own, so the same is what the course says the same of.
    """
    places = collections.defaultdict(list)
    for assignment in class_.assignments:
        known = _known(assignment)
        for work, exercise in _of_all(class_.of(assignment)):
            for names in _named(exercise):
                if len(names) == 1 and (exercise.name, names[0]) in known:
                    says, _ = known[exercise.name, names[0]]
                    places[work.student, says].append(exercise.name)
    return [
        Twice(student, says, tuple(exercises))
        for (student, says), exercises in places.items()
        if len(set(exercises)) > 1
    ]


def _known(assignment: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what the course says of its mistakes and hints at, by exercise and name."""
    return {
        (exercise.name, mistake.name): (mistake.says, mistake.hint)
        for exercise in catalogue.EXERCISES[assignment]
        for mistake in exercise.mistakes
    }


def _of_all(works: Iterable[Work]) -> Iterator[tuple[Work, Exercise]]:
    for work in works:
        yield from ((work, exercise) for exercise in work.exercises)


def _named(exercise: Exercise) -> list[tuple[str, ...]]:
    """Return the mistakes, each by itself; as one where one of several was made."""
    if exercise.together:
        return [(name,) for name in exercise.mistakes]
    return [exercise.mistakes] if exercise.mistakes else []


def _example(exercise: Exercise) -> Example | None:
    wrong = (part for part in exercise.parts if part.asked)
    return next((Example(part.asked, part.found) for part in wrong), None)


def _exercises(works: list[Work]) -> Iterator[ExerciseSum]:
    names = dict.fromkeys(exercise.name for _, exercise in _of_all(works))
    for name in names:
        found = [exercise for _, exercise in _of_all(works) if exercise.name == name]
        best = max(each.best for each in found)
        parts: dict[str, PartSum] = {}
        for part in itertools.chain.from_iterable(each.parts for each in found):
            sum_ = parts.setdefault(part.name, PartSum(part.name, part.says, part.best))
            sum_.counts[part.state] += 1
        untold = sum(not each.parts for each in found)
        yield ExerciseSum(
            name, best, spread((e.points for e in found), best), [*parts.values()], untold
        )


def _written(
    works: list[Work],
) -> tuple[dict[str, dict[str, list[str]]], dict[str, list[Count]]]:
    states: dict[str, dict[str, list[str]]] = {}
    given: dict[str, list[Written]] = collections.defaultdict(list)
    for work in works:
        for answer in work.written:
            states.setdefault(answer.name, collections.defaultdict(list))
            states[answer.name][answer.state].append(work.student)
            given[answer.name].append(answer)
    marks = {
        name: spread(
            (each.points or 0 for each in answers if each.state == MARKED), answers[0].best
        )
        for name, answers in given.items()
    }
    return states, marks
