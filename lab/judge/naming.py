"""Calling mistakes by their names: one that explains the whole answer, or two that do together.

A name is given where the answer has all traits that the mistake leaves in it. Where two were
made at once, each is known by what the other one leaves intact, or by what the reference with
both changes answers.
"""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lab.judge import traits, traits_of_draws, traits_of_masks
from lab.judge.ask import Ask, Case, Raises, Stopped
from lab.judge.examples import Examples, RecordedMistake
from lab.judge.problems import Kind, Problem
from lab.judge.traits import Trait, Traits, same

ANSWERS = ("values", "undisturbed", "cost", "gradients", "undisturbed_gradients")
"""The checks of what has one right answer."""
WEIGHTS, MASKS = DRAWS = ("normal_draws", "fresh_masks")
"""The checks of draws."""
UNSTEADY = (Kind.UNSTEADY, Kind.OTHERWISE_AT_SECOND_CALL)
AGAIN = "at the next call"
OTHER = Trait("other")
SEVERAL = 3
"""So many arrays that a mistake makes are enough to know it by, whatever else is wrong."""

Observed = dict[int, Traits]
"""By the positions of the questions."""
Places = dict[tuple[int, str], Trait]
"""By the positions of the questions and the places in their answers."""


@dataclass
class Named:
    """The known mistakes in an answer.

    Attributes
    ----------
    mistakes : list of RecordedMistake
    together : bool
        Whether all of them were made; otherwise each of them answers so.
    """

    mistakes: list[RecordedMistake] = field(default_factory=list)
    together: bool = False


def is_told(case: Case) -> bool:
    """Tell whether mistakes can be known by the answer to a question."""
    return case.check in (*ANSWERS, *DRAWS)


def right(case: Case) -> Traits:
    """Return the traits of the right answer."""
    if case.check in DRAWS:
        return (traits_of_draws if case.check == WEIGHTS else traits_of_masks).right(case)
    steady = {} if case.seed is None else {AGAIN: Trait("same")}
    return traits.right(case) | steady


def observed(case: Case, ask: Ask) -> Traits:
    """Return the traits of a function's answer."""
    try:
        if case.check in DRAWS:
            return _of_draws(case, *(ask(case, seeded=first).value for first in (True, False)))
        seen = traits.of_answer(case, ask(case).value)
        return seen if case.seed is None else _with_steadiness(case, ask, seen)
    except Stopped as stopped:
        return traits.of_answer(case, Raises.of(stopped.problem))


def _of_draws(case: Case, value: Any, again: Any) -> Traits:
    told_of = traits_of_draws.of_weights if case.check == WEIGHTS else traits_of_masks.of_masks
    return told_of(case, value, again)


def signature(cases: list[Case], seen: Observed) -> Trait | None:
    """Return what several answers are told by at once; None where weights are drawn.

    What chance makes of numbers is another one each time. That of masks has words for them; None
    where one of these may mean anything.
    """
    if any(cases[position].check == WEIGHTS for position in seen):
        return None
    if any(traits_of_masks.UNEVEN in found.values() for found in seen.values()):
        return None

    def told(position: int, found: Traits) -> Traits:
        case = cases[position]
        return traits_of_masks.worded(case, found) if case.check == MASKS else found

    rights = {position: told(position, right(cases[position])) for position in seen}
    return traits.signature({each: told(each, found) for each, found in seen.items()}, rights)


def _with_steadiness(case: Case, ask: Ask, seen: Traits) -> Traits:
    """Add whether the answer is another one after other draws."""
    again = traits.of_answer(case, ask(case, seeded=False).value)
    return {**seen, AGAIN: OTHER if traits.wrong(again, seen) else Trait("same")}


def all_observed(cases: list[Case], positions: Iterable[int], ask: Ask) -> Observed:
    """Return the traits of a function's answers to some of the questions, by their positions."""
    return {position: observed(cases[position], ask) for position in positions}


def is_unsteady(problem: Problem | None) -> bool:
    """Tell whether a problem is that the answer is another one at every call."""
    return problem is not None and problem.kind in UNSTEADY


def positions(mistakes: Iterable[RecordedMistake]) -> list[int]:
    """Return the positions of the questions that mistakes are known by."""
    return sorted({position for mistake in mistakes for position in mistake.results})


def name(worked: Examples, problem: Problem, seen: Observed) -> Named:
    """Return the known mistakes in an answer.

    Parameters
    ----------
    worked : Examples
        What the mistakes are known by.
    problem : Problem
        The first thing that is wrong.
    seen : dict of int to Traits
        What was observed.
    """
    known = worked.mistakes
    by_problem = [each for each in known if each.problem == problem]
    answer = _Answer(worked.cases, seen)
    alone = by_problem or [each for each in known if answer.is_explained_by(each)]
    if alone:
        return _each_once(alone)
    pairs = _told_by_signature(worked, seen) or answer.pairs(known)
    if pairs:
        return _common(pairs)
    if is_unsteady(problem) or answer.is_unsteady():
        return _each_once(each for each in known if is_unsteady(each.problem))
    return answer.partly(known)


def by_kind(known: Iterable[RecordedMistake], kinds: set[Kind]) -> Named:
    """Return the known mistakes that a kind of problem alone tells."""
    return _each_once(each for each in known if kinds.intersection(each.told_by))


def _told_by_signature(
    worked: Examples, seen: Observed
) -> list[tuple[RecordedMistake, RecordedMistake]]:
    """Return the pairs of mistakes that answer so where both are made."""
    told = signature(worked.cases, seen)
    if told is None:
        return []
    return [
        (mistake, other)
        for i, (mistake, row) in enumerate(zip(worked.mistakes, worked.pairs, strict=False))
        for other, number in zip(worked.mistakes[i + 1 :], row, strict=True)
        if number is not None and same(told, Trait("", number))
    ]


def _each_once(mistakes: Iterable[RecordedMistake], together: bool = False) -> Named:
    """Name each once, in however many ways it can be made."""
    return Named(list({each.name: each for each in mistakes}.values()), together)


def _common(pairs: list[tuple[RecordedMistake, RecordedMistake]]) -> Named:
    """Name what all pairs have in common: both where there is one pair."""
    names = [{one.name, other.name} for one, other in pairs]
    common = [each for each in pairs[0] if each.name in set.intersection(*names)]
    return _each_once(common, together=True)


class _Answer:
    """What was observed beside what is right."""

    def __init__(self, cases: list[Case], seen: Observed) -> None:
        self._seen = seen
        self._draws = {i for i, case in enumerate(cases) if case.check in DRAWS}
        rights = {i: right(cases[i]) for i in seen}
        self._right = _flat(rights)
        self._got = _flat(seen)
        self._wrong = {
            place: trait
            for place, trait in self._got.items()
            if place in self._right and not same(trait, self._right[place])
        }

    def is_unsteady(self) -> bool:
        """Tell whether an answer is another one after other draws."""
        return any(place == AGAIN for _, place in self._wrong)

    def is_explained_by(self, mistake: RecordedMistake) -> bool:
        """Tell whether a mistake's traits are those of the answer, the right ones too."""
        theirs = self._of(mistake)
        told = any(trait.what != traits.RAISES for trait in theirs.values())
        if not told or not all(self._has(*each) for each in theirs.items()):
            return False
        return all(place in theirs for place in self._wrong if place[0] in mistake.results)

    def pairs(
        self, mistakes: Iterable[RecordedMistake]
    ) -> list[tuple[RecordedMistake, RecordedMistake]]:
        """Return the pairs of which each leaves intact what tells the other."""
        theirs = [(each, self._of(each)) for each in mistakes if not each.problem]
        likely = [
            (each, places)
            for each, places in theirs
            if self._is_there(places) or self._may_add_up(places)
        ]
        return [
            (one, other)
            for (one, ones), (other, others) in itertools.combinations(likely, 2)
            if one.name != other.name and self._is_sum(ones, others)
        ]

    def partly(self, mistakes: Iterable[RecordedMistake]) -> Named:
        """Name the seeds, biases and arrays that are wrong, among what nothing explains."""
        found = [(each, self._of(each)) for each in mistakes if self._tells_much(self._of(each))]
        largest = [
            (each, places)
            for each, places in found
            if not any(places.keys() < others.keys() for _, others in found)
        ]
        if any(a.keys() & b.keys() for (_, a), (_, b) in itertools.combinations(largest, 2)):
            return Named()
        return _each_once((each for each, _ in largest), together=True)

    def _of(self, mistake: RecordedMistake) -> Places:
        return {
            place: trait
            for place, trait in _flat(mistake.results).items()
            if place[0] in self._seen
        }

    def _has(self, place: tuple[int, str], trait: Trait) -> bool:
        return place in self._got and same(self._got[place], trait)

    def _tells_much(self, theirs: Places) -> bool:
        """Tell whether all that it leaves is there, and is such that nothing else leaves it."""
        return (
            bool(theirs)
            and all(self._has(*each) for each in theirs.items())
            and (self._are_their_own(theirs) or self._are_entries(theirs))
        )

    def _are_their_own(self, theirs: Places) -> bool:
        return all(
            place[0] in self._draws and traits_of_draws.is_its_own(place[1], trait.what)
            for place, trait in theirs.items()
        )

    def _are_entries(self, theirs: Places) -> bool:
        """Tell whether they are numbers of several arrays, which nothing else gives by chance."""
        told = [place for place, trait in theirs.items() if trait.number]
        return len(told) == len(theirs) >= SEVERAL and all(
            place[0] not in self._draws and place[1] != traits.WHOLE for place in theirs
        )

    def _is_sum(self, ones: Places, others: Places) -> bool:
        """Tell whether two mistakes explain all, each having something of its own there."""
        own = self._has_own(ones, others), self._has_own(others, ones)
        if not any(own) or not (own[0] or self._adds_to(ones, others)):
            return False
        if not (own[1] or self._adds_to(others, ones)):
            return False
        words = {(name, trait) for both in (ones, others) for (_, name), trait in both.items()}
        for place, trait in self._wrong.items():
            # a word that another question's answer has from one of them will do
            word = trait.number is None and (place[1], trait) in words
            if place not in ones and place not in others and not word:
                return False
        for place in ones.keys() | others.keys():
            both = [each[place] for each in (ones, others) if place in each]
            if any(self._has(place, trait) for trait in both):
                continue
            if len(both) == 1 and self._is_hidden(place, others if place in ones else ones):
                continue
            if len(both) == 1 or not self._may_be_both(place, *both):
                return False
        return True

    def _is_there(self, theirs: Places) -> bool:
        """Tell whether a mistake has left something in draws as it does alone."""
        return any(place[0] in self._draws and self._has(place, theirs[place]) for place in theirs)

    def _may_add_up(self, theirs: Places) -> bool:
        """Tell whether what a mistake leaves may be hidden in sums of numbers, all of it."""
        return bool(theirs) and all(
            place[0] in self._draws and place in self._wrong and trait.number is not None
            for place, trait in theirs.items()
        )

    def _adds_to(self, ones: Places, others: Places) -> bool:
        """Tell whether a mistake shows in sums alone, with another one that shows elsewhere too.

        Spreads alone are no sign of that one: many numbers have the same sum.
        """
        shared = [place for place in ones if place in others]
        return (
            bool(shared)
            and all(self._may_be_both(place, ones[place], others[place]) for place in shared)
            and any(
                self._has(place, trait) and not place[1].endswith(traits_of_draws.SPREAD)
                for place, trait in others.items()
                if place not in ones
            )
        )

    def _has_own(self, ones: Places, others: Places) -> bool:
        """Tell whether a mistake has left something that the other one does not touch."""
        return any(place not in others and self._has(place, ones[place]) for place in ones)

    def _is_hidden(self, place: tuple[int, str], others: Places) -> bool:
        """Tell whether another mistake leaves nothing there to be seen: no array, or an error."""
        position, name = place
        if place in self._got:
            return False
        whole = ((position, traits.WHOLE), (position, name.split()[0]))
        return any(each != place and each in others for each in whole)

    def _may_be_both(self, place: tuple[int, str], one: Trait, other: Trait) -> bool:
        """Tell whether what is there may come of two mistakes at once."""
        got = self._got.get(place)
        if got is None or place not in self._wrong:
            return False
        wanted = self._right.get(place)
        shift = _shift(wanted, one), _shift(wanted, other), _shift(wanted, got)
        slack = one.slack + other.slack + got.slack
        return abs(shift[0] + shift[1] - shift[2]) <= slack  # NaN where there is no number


def _shift(wanted: Trait | None, trait: Trait) -> float:
    """Return by how much a number differs from the right one."""
    if wanted is None or wanted.number is None or trait.number is None:
        return math.nan
    return trait.number - wanted.number


def _flat(results: Observed) -> Places:
    return {
        (position, place): trait
        for position, places in results.items()
        for place, trait in places.items()
    }
