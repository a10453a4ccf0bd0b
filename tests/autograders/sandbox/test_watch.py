"""What time a student's processes are charged: theirs on the processor, whatever else goes on."""

import types

import pytest

from autograders.sandbox import watch
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost
from autograders.sandbox.watch import Watch
from lab.judge.problems import Kind, found

LIMITS = Limits(call=10, patience=6, memory=1_000)


class Machine:
    """A clock on the wall, and what the processes have used of the processor and of memory."""

    def __init__(self, monkeypatch):
        self.clock, self.seconds, self.bytes, self.looks = 1000.0, 50.0, 100.0, 0
        monkeypatch.setattr(watch, "time", types.SimpleNamespace(monotonic=lambda: self.clock))
        self.watch = Watch(self.used, LIMITS)

    def used(self):
        self.looks += 1
        return self.seconds, self.bytes

    def pass_(self, clock, share):
        """Let time pass, of which the processes get a share, with a look every tenth of it."""
        for _ in range(10):
            self.clock += clock / 10
            self.seconds += clock * share / 10
            self.watch.look()


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


@pytest.mark.parametrize("share", [1, 0.5, 0.2])
def test_the_same_work_is_charged_the_same_however_long_it_takes(machine, share):
    machine.watch.read()
    machine.watch.begin(10)
    machine.pass_(9 / share, share)
    machine.watch.end()
    assert machine.watch.spent == pytest.approx(9)


@pytest.mark.parametrize("share", [1, 0.5, 0.25])
def test_too_much_work_is_ended_after_the_same_time_of_its_own(machine, share):
    machine.watch.begin(10)
    with pytest.raises(Lost) as lost:
        machine.pass_(13 / share, share)
    assert lost.value.problem == found(Kind.NOT_IN_TIME, seconds=10)
    assert 10 < machine.watch.spent < 13


def test_what_waits_for_ever_is_ended_far_behind_its_limit(machine):
    machine.watch.begin(10)
    machine.pass_(59, 0)
    with pytest.raises(Lost) as lost:
        machine.pass_(2, 0)
    assert lost.value.problem == found(Kind.NOT_IN_TIME, seconds=60)
    assert machine.watch.spent == 0


def test_a_limit_is_of_one_request_and_what_is_spent_of_all(machine):
    machine.watch.read()
    for _ in range(3):
        machine.watch.begin(10)
        machine.pass_(9, 1)
        machine.watch.end()
    assert machine.watch.spent == pytest.approx(27)


def test_quick_answers_are_charged_without_a_look_at_each(machine):
    machine.watch.read()
    for _ in range(100):
        machine.watch.begin(10)
        machine.clock += 0.02
        machine.seconds += 0.02
        machine.watch.end()
    assert machine.watch.spent == pytest.approx(2, abs=0.6)
    assert machine.looks <= 5


def test_too_much_memory_is_seen(machine):
    machine.watch.begin(10)
    machine.bytes = 1_001
    with pytest.raises(Lost) as lost:
        machine.pass_(1, 0)
    assert lost.value.problem.kind is Kind.TOO_MUCH_MEMORY


def test_a_process_that_is_not_seen_for_a_moment_gives_no_time_back(machine):
    machine.watch.read()
    machine.seconds += 5
    machine.watch.read()
    machine.seconds -= 4
    machine.watch.read()
    assert machine.watch.spent == 5
