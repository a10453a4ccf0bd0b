"""Judging an exercise: part by part, the first thing that is wrong in each, and the mistake's name.

The same for the student's own check, which asks the shipped questions in the
notebook, and for grading, which asks fresh ones from outside.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lab.judge import naming, traits
from lab.judge.ask import Answer, Ask, Case, Raises, Stopped
from lab.judge.checks import CHECKS
from lab.judge.examples import Examples, Part, RecordedMistake
from lab.judge.problems import Kind, Problem, found

NO_QUESTION = "{name}: every part needs a question, and every question a part"

ASKED_AGAIN = 2
ENDED = (
    Kind.NOT_IN_TIME,
    Kind.NOT_IN_TIME_IN_LINE,
    Kind.NO_TIME_LEFT,
    Kind.DIED,
    Kind.TOO_MUCH_MEMORY,
)
"""After these nothing more is asked."""

Answers = dict[int, Any]
"""What came back, by the position of the question."""


@dataclass
class PartVerdict:
    """What came of one part.

    Attributes
    ----------
    part : Part
    judged : bool
        False where it was not asked, because an earlier part was wrong.
    case : Case or None
        The question that was answered wrongly.
    problem : Problem or None
        The first thing that is wrong.
    answer
        What came back for that question; `Raises` where nothing did, None where it is
        another one at every call.
    """

    part: Part
    judged: bool = True
    case: Case | None = None
    problem: Problem | None = None
    answer: Any = None

    @property
    def points(self) -> int:
        """What it earned."""
        return self.part.points if self.judged and self.problem is None else 0


@dataclass
class Verdict:
    """What came of an exercise.

    Attributes
    ----------
    name : str
    parts : list of PartVerdict
    unfinished : Problem or None
        Which of the stub's None is still there.
    mistakes : list of RecordedMistake
        The known mistakes in it.
    together : bool
        Whether all of them were made; otherwise each of them alone answers so.
    """

    name: str
    parts: list[PartVerdict] = field(default_factory=list)
    unfinished: Problem | None = None
    mistakes: list[RecordedMistake] = field(default_factory=list)
    together: bool = False

    @property
    def points(self) -> int:
        """What the exercise earned: nothing while it is unfinished."""
        return 0 if self.unfinished else sum(part.points for part in self.parts)

    @property
    def wrong(self) -> list[PartVerdict]:
        """The parts that were judged and are wrong."""
        return [part for part in self.parts if part.problem is not None]


def judge(exercise: Examples, ask: Ask, worked: Examples | None = None) -> Verdict:
    """Ask an exercise's questions, part by part.

    Parameters
    ----------
    exercise : Examples
    ask : Ask
    worked : Examples, optional
        The worked examples that mistakes are known by, where they are not `exercise`.

    Returns
    -------
    Verdict
    """
    if {case.part for case in exercise.cases} != set(exercise.parts):
        raise ValueError(NO_QUESTION.format(name=exercise.name))
    verdict = Verdict(exercise.name)
    answers: Answers = {}
    foreign: list[tuple[str, str | None]] = []

    def recording(case: Case, seeded: bool = True) -> Answer:
        position = _position(exercise, case)
        if position is None:
            return ask(case, seeded)
        try:
            answer = ask(case, seeded)
        except Stopped as stopped:
            answers.setdefault(position, Raises.of(stopped.problem))
            raise
        answers.setdefault(position, answer.value)
        foreign[:] = [answer.foreign] if answer.foreign else []
        return answer

    for name, part in exercise.parts.items():
        if verdict.wrong and not part.alone:
            verdict.parts.append(PartVerdict(part, judged=False))
            continue
        result = _judge_part(exercise, name, recording)
        if result.case and result.problem and result.problem.kind is not Kind.UNSTEADY:
            position = _position(exercise, result.case)
            result.answer = None if position is None else answers.get(position)
        if result.problem and not result.problem.is_unfinished and foreign:
            result.problem = _reads(*foreign[0])
        verdict.parts.append(result)
        if len(verdict.parts) == 1 and _is_stub(result, exercise):
            verdict.unfinished = result.problem
            return verdict
    problem = verdict.wrong[0].problem if verdict.wrong else None
    if problem and problem.kind not in ENDED:
        worked, answers = (exercise, answers) if worked is None else (worked, {})
        with np.errstate(all="ignore"):  # what comes back may be any numbers
            seen = _observed(worked, ask, answers)
            named = naming.name(worked, problem, seen)
        if not named.mistakes:
            kinds = {part.problem.kind for part in verdict.wrong if part.problem}
            named = naming.by_kind(worked.mistakes, kinds)
        verdict.mistakes, verdict.together = named.mistakes, named.together
    return verdict


def _reads(name: str, argument: str | None) -> Problem:
    if argument is None:
        return found(Kind.READS_NOTEBOOK, name=name)
    return found(Kind.NEVER_READ, name=name, argument=argument)


def _position(exercise: Examples, case: Case) -> int | None:
    """Return which of the questions a case is; None for one that a check has made up."""
    return next((i for i, each in enumerate(exercise.cases) if each is case), None)


def _is_stub(result: PartVerdict, exercise: Examples) -> bool:
    """Tell whether a part met one of the stub's None: a stub answers nothing at all."""
    first = result.case is exercise.cases[0]
    return first and result.problem is not None and result.problem.is_unfinished


def _judge_part(exercise: Examples, name: str, ask: Ask) -> PartVerdict:
    part = exercise.parts[name]
    for case in exercise.cases:
        if case.part != name:
            continue
        problem = _problem(case, ask)
        if problem:
            steady = problem.kind is Kind.OTHERWISE_AT_SECOND_CALL
            if not steady and _is_unsteady(problem, case, ask):
                problem = found(Kind.UNSTEADY)
            return PartVerdict(part, True, case, problem)
    return PartVerdict(part)


def _is_unsteady(problem: Problem, case: Case, ask: Ask) -> bool:
    """Tell whether the words quote a student's own draws, which would be others next time."""
    return any(_problem(case, ask) != problem for _ in range(ASKED_AGAIN))


def _problem(case: Case, ask: Ask) -> Problem | None:
    """Return the first thing that is wrong."""
    try:
        return CHECKS[case.check](ask, case)
    except Stopped as stopped:
        return stopped.problem


def _observed(worked: Examples, ask: Ask, answers: Answers) -> naming.Observed:
    """Return the traits of the answers to all questions that mistakes are known by."""
    seen: naming.Observed = {}
    for position in naming.positions(worked.mistakes):
        case = worked.cases[position]
        if position not in answers or case.seed is not None:
            seen[position] = naming.observed(case, ask)
        else:
            seen[position] = traits.of_answer(case, answers[position])
    return seen
