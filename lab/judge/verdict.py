"""Judging an exercise: part by part, the first thing that is wrong in each, and the mistake's name.

The same for the student's own check, which asks the shipped questions in the
notebook, and for grading, which asks fresh ones from outside.
"""

from dataclasses import dataclass, field

import numpy as np

from lab.ask import Stopped
from lab.checks import AT_SECOND_CALL, CHECKS
from lab.examples import NOT_RECORDED, RAISES, Part
from lab.expected import STILL_NONE, close

NO_QUESTION = "{name}: every part needs a question, and every question a part"


UNSTEADY = "the result is wrong, and wrong in another way at every call"
ASKED_AGAIN = 2


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
    problem : str or None
        The first thing that is wrong.
    answer
        What came back for that question; `lab.examples.RAISES` where nothing did, None
        where it is another one at every call.
    """

    part: Part
    judged: bool = True
    case: object = None
    problem: str | None = None
    answer: object = None

    @property
    def points(self):
        """What it earned."""
        return self.part.points if self.judged and self.problem is None else 0


@dataclass
class Verdict:
    """What came of an exercise.

    Attributes
    ----------
    name : str
    parts : list of PartVerdict
    unfinished : str or None
        Which of the stub's None is still there.
    mistakes : list of Mistake
        The known mistakes that give the same results.
    """

    name: str
    parts: list = field(default_factory=list)
    unfinished: str | None = None
    mistakes: list = field(default_factory=list)

    @property
    def points(self):
        """What the exercise earned: nothing while it is unfinished."""
        return 0 if self.unfinished else sum(part.points for part in self.parts)

    @property
    def wrong(self):
        """The parts that were judged and are wrong."""
        return [part for part in self.parts if part.problem is not None]


def judge(exercise, ask, mistakes=None):
    """Ask an exercise's questions, part by part.

    Parameters
    ----------
    exercise : Examples
    ask : callable
        ``ask(case, seeded=True)`` gives an `Answer` or raises `Stopped`.
    mistakes : callable, optional
        Gives the known mistakes with their results for the cases, where they are
        not those of `exercise`.

    Returns
    -------
    Verdict
    """
    if {case.part for case in exercise.cases} != set(exercise.parts):
        raise ValueError(NO_QUESTION.format(name=exercise.name))
    verdict, answers = Verdict(exercise.name), {}

    def recording(case, seeded=True):
        position = _position(exercise, case)
        try:
            answer = ask(case, seeded)
        except Stopped:
            answers.setdefault(position, RAISES)
            raise
        answers.setdefault(position, answer.value)
        return answer

    for name, part in exercise.parts.items():
        if verdict.wrong and not part.alone:
            verdict.parts.append(PartVerdict(part, judged=False))
            continue
        result, unfinished = _judge_part(exercise, name, recording)
        if result.problem not in (None, UNSTEADY):
            result.answer = answers.get(_position(exercise, result.case))
        verdict.parts.append(result)
        if unfinished and len(verdict.parts) == 1:
            verdict.unfinished = result.problem
            return verdict
    if verdict.wrong:
        known = exercise.mistakes if mistakes is None else mistakes()
        problem = verdict.wrong[0].problem
        possible = [mistake for mistake in known if mistake.problem in (None, problem)]
        verdict.mistakes = _matching(possible, exercise.cases, recording, answers)
    return verdict


def _position(exercise, case):
    return next(i for i, each in enumerate(exercise.cases) if each is case)


def _judge_part(exercise, name, ask):
    """Return the part's verdict, and whether it met one of the stub's None."""
    part = exercise.parts[name]
    for case in exercise.cases:
        if case.part != name:
            continue
        problem, unfinished = _problem(case, ask)
        unfinished = unfinished and case is exercise.cases[0]  # a stub answers nothing at all
        if problem:
            if problem != AT_SECOND_CALL and _is_unsteady(problem, case, ask):
                problem = UNSTEADY
            return PartVerdict(part, True, case, problem), unfinished
    return PartVerdict(part), False


def _is_unsteady(problem, case, ask):
    """Tell whether the words quote a student's own draws, which would be others next time."""
    return any(_problem(case, ask)[0] != problem for _ in range(ASKED_AGAIN))


def _problem(case, ask):
    """Return the first thing that is wrong, and whether it is one of the stub's None."""
    try:
        problem, unfinished = CHECKS[case.check](ask, case), False
    except Stopped as stopped:
        problem, unfinished = stopped.phrase, stopped.unfinished
    return problem, unfinished or bool(problem and problem.endswith(STILL_NONE))


def _matching(known, cases, ask, answers):
    """Return the known mistakes whose results equal the function's, on all recorded cases."""
    for position, case in enumerate(cases):
        recorded = any(not _is(mistake.results[position], NOT_RECORDED) for mistake in known)
        if recorded and position not in answers:
            try:
                ask(case)
            except Stopped:
                continue
    return [mistake for mistake in known if _same_everywhere(mistake.results, answers)]


def _same_everywhere(results, answers):
    pairs = [
        (result, answers[position])
        for position, result in enumerate(results)
        if position in answers and not _is(result, NOT_RECORDED)
    ]
    told = any(not isinstance(result, str) for result, _ in pairs)
    return told and all(same(result, answer) for result, answer in pairs)


def _is(result, word):
    return isinstance(result, str) and result == word


def same(result, answer):
    """Tell whether a recorded result and an answer are equal but for rounding."""
    if isinstance(result, str) or isinstance(answer, str) or result is None or answer is None:
        return type(result) is type(answer) and result == answer
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
        if got.dtype.kind not in "biuf":
            return False
        got = got.astype(float)
    except (TypeError, ValueError, OverflowError):
        return False
    want = np.asarray(result, dtype=float)
    if got.shape != want.shape:
        return False
    with np.errstate(invalid="ignore"):
        return bool(np.all((got == want) | close(got, want) | (np.isnan(got) & np.isnan(want))))
