"""How often right random answers are taken for wrong: counted and computed, not guessed.

A right answer is judged, and every statistic that it meets is counted; each fails with a
probability of at most `lab.judge.randomness.FALSE_ALARM`. What a check takes for a mistake without
a statistic has a probability of its own.
"""

import collections
import contextlib
import math
from unittest import mock

import numpy as np

from autograders.course import cases, reference
from autograders.course.catalogue import EXERCISES
from lab.judge import randomness
from lab.judge.ask import asker
from lab.judge.randomness import FALSE_ALARM
from lab.judge.verdict import judge

SIZES = {
    "mean_is_zero": lambda z: (),
    "spread_is_one": lambda z: (z.size,),
    "uncorrelated": lambda x, y: (),
    "share_is": lambda share, probability, n: (probability, n),
}
"""The statistics of `lab.judge.randomness` to which all others lead; what their laws depend on."""


def bound(rng, notebooks=EXERCISES):
    """Return how probable it is at most that fresh questions accuse a right answer.

    Parameters
    ----------
    rng : numpy.random.RandomState
        Draws the questions.
    notebooks : dict of str to list of Exercise
        The random exercises of all of them count together.

    Returns
    -------
    count : int
        The statistics that one grading looks at.
    probability : float
        That any of them, or any coincidence, is taken for a mistake.
    """
    asked = {e.name: e.fresh(rng) for exercises in notebooks.values() for e in exercises}
    counts = statistics(lambda exercise: asked[exercise.name], notebooks)
    # what must be met exactly is met by every right answer
    count = sum(n for (_, *law), n in counts.items() if law[:1] not in ([0], [1]))
    alone = (p for questions in asked.values() for p in coincidences(questions))
    return count, count * FALSE_ALARM + sum(alone)


def statistics(questions, notebooks=EXERCISES):
    """Judge every reference function; count the statistics that its answers meet.

    Parameters
    ----------
    questions : callable
        Gives the questions to an exercise.
    notebooks : dict of str to list of Exercise

    Returns
    -------
    Counter
        By the statistic's name and what its law depends on.
    """
    counts: collections.Counter[tuple] = collections.Counter()
    with contextlib.ExitStack() as stack:
        for name, size in SIZES.items():
            counted = _counted(counts, name, size, getattr(randomness, name))
            stack.enter_context(mock.patch.object(randomness, name, counted))
        for assignment, exercises in notebooks.items():
            for exercise in exercises:
                answered = cases.answered(assignment, exercise, questions(exercise))
                asked = cases.asked(assignment, exercise, answered)
                judge(asked, asker(getattr(reference.module(assignment), exercise.name)))
    return counts


def coincidences(questions):
    """Yield the probability of each event that a check takes for a mistake without a statistic.

    That two calls draw the same normal numbers is left out: it is below 2**-32 for each
    of the hundreds of draws, and so below 1e-1000. So are rows that are equal or alike.
    """
    for question in questions:
        if question.check == "normal_draws":
            yield 4 * randomness.EXACT ** (len(question.arguments["layers_dim"]) - 1)
        if question.check != "fresh_masks":
            continue
        keep_prob, units, m = masks_of(question)
        if keep_prob == 1:
            continue
        counted = 1.0
        for n in units:
            for size, others in ((n, m), (m, n)):
                # all rows, or all columns, keep as many as the first
                yield float(max(_binomial(size, keep_prob)) ** (others - 1))
            # two of four masks are equal
            yield from [(keep_prob**2 + (1 - keep_prob) ** 2) ** (n * m)] * 6
            # four masks keep the same number, which is the expected one rounded up or down
            law, expected = _binomial(n * m, keep_prob), n * m * keep_prob
            counted *= sum(law[k] ** 4 for k in {math.floor(expected), math.ceil(expected)})
        yield counted


def masks_of(question):
    """Return keep_prob, the numbers of units of both layers, and the number of examples."""
    arguments = question.arguments
    units = [arguments["parameters"][f"b{l}"].size for l in (1, 2)]
    return arguments.get("keep_prob", 0.5), units, arguments["X"].shape[1]


def _counted(counts, name, size, statistic):
    def call(*arguments):
        counts[name, *size(*arguments)] += 1
        return statistic(*arguments)

    return call


def _binomial(n, p):
    """Return the probabilities of 0 to n successes."""
    log_factorial = np.array([math.lgamma(k + 1) for k in range(n + 1)])
    k = np.arange(n + 1)
    ways = log_factorial[n] - log_factorial - log_factorial[::-1]
    return np.exp(ways + k * math.log(p) + (n - k) * math.log(1 - p))
