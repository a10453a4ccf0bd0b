"""Judging an exercise: part by part, the first thing that is wrong in each, and the mistake's name.

The same for the student's own check, which asks the shipped questions in the
notebook, and for grading, which asks fresh ones from outside.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lab.judge.ask import Answer, Ask, Case, Raises, Stopped
from lab.judge.checks import CHECKS
from lab.judge.examples import Examples, Part, RecordedMistake
from lab.judge.problems import Kind, Problem, found
from lab.judge.rounding import close, rounding_of

NO_QUESTION = "{name}: every part needs a question, and every question a part"

ASKED_AGAIN = 2

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
        The known mistakes that give the same results.
    """

    name: str
    parts: list[PartVerdict] = field(default_factory=list)
    unfinished: Problem | None = None
    mistakes: list[RecordedMistake] = field(default_factory=list)

    @property
    def points(self) -> int:
        """What the exercise earned: nothing while it is unfinished."""
        return 0 if self.unfinished else sum(part.points for part in self.parts)

    @property
    def wrong(self) -> list[PartVerdict]:
        """The parts that were judged and are wrong."""
        return [part for part in self.parts if part.problem is not None]


def judge(
    exercise: Examples, ask: Ask, mistakes: Callable[[], list[RecordedMistake]] | None = None
) -> Verdict:
    """Ask an exercise's questions, part by part.

    Parameters
    ----------
    exercise : Examples
    ask : Ask
    mistakes : callable, optional
        Gives the known mistakes with their results for the cases, where they are
        not those of `exercise`.

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
        except Stopped:
            answers.setdefault(position, Raises())
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
    if verdict.wrong:
        known = exercise.mistakes if mistakes is None else mistakes()
        problem = verdict.wrong[0].problem
        possible = [mistake for mistake in known if mistake.problem in (None, problem)]
        verdict.mistakes = _matching(possible, exercise.cases, recording, answers)
        if not verdict.mistakes:
            verdict.mistakes = _told(known, verdict, recording)
    return verdict


def _reads(name: str, argument: str | None) -> Problem:
    if argument is None:
        return found(Kind.READS_NOTEBOOK, name=name)
    return found(Kind.NEVER_READ, name=name, argument=argument)


def _told(known: list[RecordedMistake], verdict: Verdict, ask: Ask) -> list[RecordedMistake]:
    """Return the known mistakes that a kind of problem alone tells."""
    kinds = {part.problem.kind for part in verdict.wrong if part.problem}
    told = [mistake for mistake in known if mistake.told_by]
    if any(Kind.UNSTEADY in mistake.told_by for mistake in told):
        kinds |= {Kind.UNSTEADY for part in verdict.wrong if part.case and _varies(part.case, ask)}
    return [mistake for mistake in told if kinds.intersection(mistake.told_by)]


def _varies(case: Case, ask: Ask) -> bool:
    """Tell whether a function answers otherwise where nobody seeds its draws."""
    try:
        first, *others = (ask(case, seeded=False).value for _ in range(2 + ASKED_AGAIN))
    except Stopped:
        return False
    return not all(same(first, other) for other in others)


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


def _matching(
    known: list[RecordedMistake], cases: list[Case], ask: Ask, answers: Answers
) -> list[RecordedMistake]:
    """Return the known mistakes whose results equal the function's, on all recorded cases."""
    for position in sorted({position for mistake in known for position in mistake.results}):
        if position not in answers:
            try:
                ask(cases[position])
            except Stopped:
                continue
    return [mistake for mistake in known if _same_everywhere(mistake.results, answers)]


def _same_everywhere(results: Answers, answers: Answers) -> bool:
    pairs = [(results[position], answers[position]) for position in results.keys() & answers]
    told = any(not isinstance(result, str | Raises) for result, _ in pairs)
    return told and all(same(result, answer) for result, answer in pairs)


def same(result: Any, answer: Any) -> bool:
    """Tell whether a recorded result and an answer are equal but for rounding."""
    plain = str, Raises, type(None)
    if isinstance(result, plain) or isinstance(answer, plain):
        return type(result) is type(answer) and bool(result == answer)
    if isinstance(result, dict):
        return isinstance(answer, dict) and all(
            key in answer and same(value, answer[key]) for key, value in result.items()
        )
    if isinstance(result, tuple):
        return (
            isinstance(answer, tuple)
            and len(result) == len(answer)
            and all(map(same, result, answer))
        )
    try:
        got = np.asarray(answer)
        rounding = rounding_of(got)
        if got.dtype.kind not in "biuf":
            return False
        got = got.astype(float)
    except (TypeError, ValueError, OverflowError):
        return False
    want = np.asarray(result, dtype=float)
    if got.shape != want.shape:
        return False
    with np.errstate(invalid="ignore"):
        equal = (got == want) | close(got, want, rounding=rounding)
        return bool(np.all(equal | (np.isnan(got) & np.isnan(want))))
