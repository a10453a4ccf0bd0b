"""A hand-in's process: its time, its death, and the one that follows it. No real process."""

import pytest

from autograders.sandbox import session as session_module
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost, Session
from lab.judge.ask import Stopped
from lab.judge.problems import Kind, found
from lab.phrases import phrase

LIMITS = Limits(call=10, cell=20, notebook=60)


class Process:
    """Stands for a student's process: remembers what it was told, and dies where it should.

    Parameters
    ----------
    world : World
    """

    def __init__(self, world):
        self.world, self.spent, self.closed, self.ran = world, 0.0, False, []
        world.processes.append(self)

    def run(self, source, seconds):
        self.ran.append(source)
        self._work(source, seconds)
        return [{"output_type": "stream", "name": "stdout", "text": source}]

    def ask(self, question, seconds):
        self._work(question, seconds)
        return b"answer to " + question

    def close(self):
        self.closed = True

    def _work(self, told, seconds):
        assert not self.closed
        self.world.allowed.append(seconds)
        self.spent += self.world.takes.get(told, 0.0)
        deaths = self.world.deaths.get(told, [])
        if deaths and (kind := deaths.pop(0)):
            raise Lost(kind)


class World:
    """What the processes of a test do.

    Attributes
    ----------
    takes : dict
        The seconds that a cell or a question takes.
    deaths : dict
        The kind of problem with which the process ends at a cell or a question, one entry a
        time; None where it lives.
    """

    def __init__(self, takes=None, deaths=None):
        self.takes, self.deaths = takes or {}, deaths or {}
        self.processes, self.allowed = [], []

    def session(self, limits=LIMITS):
        return Session(lambda: Process(self), limits)


def text(outputs):
    return "".join(output.text for output in outputs)


def test_one_process_runs_all_cells_and_answers():
    world = World()
    with world.session() as session:
        assert text(session.run("a")) == "a"
        assert text(session.run("b")) == "b"
        assert session.ask(b"?") == b"answer to ?"
    (process,) = world.processes
    assert process.ran == ["a", "b"]
    assert process.closed


def test_no_process_is_started_before_it_is_needed():
    world = World()
    with world.session() as session:
        assert session.spent == 0
    assert world.processes == []


def test_a_failing_course_of_our_own_closes_the_process():
    world = World()
    with pytest.raises(ZeroDivisionError), world.session() as session:
        session.run("a")
        raise ZeroDivisionError
    assert world.processes[0].closed


def test_a_cell_that_ends_the_process_is_left_out_with_the_reason():
    world = World(deaths={"b": [Kind.DIED]})
    with world.session() as session:
        session.run("a")
        assert text(session.run("b")) == (
            "This cell was left out when grading: it ended the notebook's kernel. "
            "The kernel was started again and the cells before it were run again."
        )
        assert text(session.run("c")) == "c"
    first, second = world.processes
    assert first.closed
    assert first.ran == ["a", "b"]
    assert second.ran == ["a", "c"]


def test_a_question_that_ends_the_process_costs_that_exercise_alone():
    world = World(deaths={b"bad": [Kind.DIED]})
    with world.session() as session:
        session.run("a")
        session.begin()
        for _ in range(2):
            with pytest.raises(Stopped) as stopped:
                session.ask(b"bad")
            assert stopped.value.problem == found(Kind.DIED)
            assert phrase(stopped.value.problem) == "it ended the notebook's kernel"
            assert not stopped.value.problem.is_unfinished
        with pytest.raises(Stopped):
            session.ask(b"good")  # of the same exercise
        session.begin()
        assert session.ask(b"good") == b"answer to good"
    first, second = world.processes
    assert (first.ran, second.ran) == (["a"], ["a"])
    assert world.deaths[b"bad"] == []


def test_no_process_is_started_again_for_an_exercise_that_is_lost():
    world = World(deaths={b"bad": [Kind.DIED]})
    with world.session() as session:
        session.begin()
        for _ in range(5):
            with pytest.raises(Stopped):
                session.ask(b"bad")
        assert len(world.processes) == 1


def test_a_cell_that_dies_when_it_is_run_again_is_left_out_then():
    world = World(deaths={"b": [None, Kind.DIED], b"bad": [Kind.DIED]})
    with world.session() as session:
        for source in "abc":
            session.run(source)
        with pytest.raises(Stopped):
            session.ask(b"bad")
        session.begin()
        assert session.ask(b"good") == b"answer to good"
        assert text(session.run("d")) == "d"
    assert [process.ran for process in world.processes] == [
        *(["a", "b", "c"], ["a", "b"], ["a", "c", "d"])
    ]
    assert all(process.closed for process in world.processes)


def test_many_cells_that_die_when_they_are_run_again_are_all_left_out():
    deaths = {source: [None, Kind.DIED] for source in "abcd"}
    world = World(deaths={**deaths, b"bad": [Kind.DIED]})
    with world.session() as session:
        for source in "abcde":
            session.run(source)
        with pytest.raises(Stopped):
            session.ask(b"bad")
        session.begin()
        assert session.ask(b"good") == b"answer to good"
    assert [process.ran for process in world.processes] == [
        *(["a", "b", "c", "d", "e"], ["a"], ["b"], ["c"], ["d"], ["e"])
    ]


def test_what_one_call_may_take():
    world = World()
    with world.session() as session:
        session.run("a")
        session.ask(b"?")
    assert world.allowed == [20, 10]


def test_what_is_left_of_the_notebooks_time_is_all_that_a_call_gets():
    world = World(takes={"a": 45.0, b"?": 8.0})
    with world.session() as session:
        session.run("a")
        session.ask(b"?")
        assert session.spent == 53
        session.ask(b"!")
        session.run("b")
    assert world.allowed == [20, 10, 7, 7]


def test_when_the_time_is_used_up_nothing_is_run_or_asked():
    world = World(takes={"a": 60.0})
    said = "the time for the whole notebook, 60 seconds, is used up"
    with world.session() as session:
        session.run("a")
        for source in "bc":
            assert text(session.run(source)) == f"This cell was not run when grading: {said}."
        session.begin()
        with pytest.raises(Stopped) as stopped:
            session.ask(b"?")
        assert stopped.value.problem == found(Kind.NO_TIME_LEFT, seconds=60)
        assert phrase(stopped.value.problem) == said
    (process,) = world.processes
    assert process.ran == ["a"]


def test_time_counts_over_all_processes():
    """A cell that dies late every time cannot use more than the whole."""
    world = World(takes={"a": 19.0, "b": 19.0}, deaths={"b": [Kind.DIED] * 9})
    with world.session() as session:
        session.run("a")  # 19
        session.run("b")  # 38
        session.run("b")  # a again: 57, b: 76
        assert session.spent == 76
        assert "is used up" in text(session.run("c"))
    assert len(world.processes) == 2


def test_time_that_ends_while_cells_are_run_again_ends_it_all():
    world = World(takes={"a": 25.0, "b": 1.0}, deaths={b"bad": [Kind.DIED]})
    with world.session() as session:
        session.run("a")
        session.run("b")
        with pytest.raises(Stopped):
            session.ask(b"bad")
        session.begin()
        world.takes["a"] = 40.0  # slower than before
        with pytest.raises(Stopped) as stopped:
            session.ask(b"good")
        assert stopped.value.problem.kind is Kind.NO_TIME_LEFT
        assert "is used up" in phrase(stopped.value.problem)
    assert all(process.closed for process in world.processes)


def test_a_process_that_cannot_be_started_costs_what_needed_it():
    def launch():
        raise Lost(Kind.TOO_MUCH_MEMORY, megabytes=500)

    session = Session(launch, LIMITS)
    said = "it used more than 500 MB of memory"
    assert text(session.run("a")) == f"This cell was not run when grading: {said}."
    session.begin()
    with pytest.raises(Stopped) as stopped:
        session.ask(b"?")
    assert phrase(stopped.value.problem) == said


def test_outputs_are_inert():
    class Showing(Process):
        def run(self, source, seconds):
            data = {"text/html": "<script>", "text/plain": "x"}
            return [{"output_type": "display_data", "data": data}, "nonsense"]

    world = World()
    (output,) = Session(lambda: Showing(world), LIMITS).run("a")
    assert output.data == {"text/plain": "x"}


# --- cells aside ---

ENDLESS = 10**6


class Bounded(Process):
    """A process that ends what is over its limit."""

    def _work(self, told, seconds):
        self.world.allowed.append(seconds)
        takes = self.world.takes.get(told, 0.0)
        self.spent += min(takes, seconds)
        if takes > seconds:
            raise Lost(Kind.NOT_IN_TIME, seconds=seconds)


def bounded(takes):
    world = World(takes)
    return world, Session(lambda: Bounded(world), LIMITS)


def test_cells_aside_take_no_time_from_the_exercises():
    world, session = bounded({"play": ENDLESS, "slow": 15.0, b"?": 9.0})
    with session:
        session.run("exercise")
        for _ in range(3):
            session.run("play", aside=True)
        for _ in range(5):
            session.run("slow", aside=True)
        assert session.spent == 0
        session.begin()
        for _ in range(6):
            assert session.ask(b"?") == b"answer to ?"
    assert session.spent == 54
    assert set(world.allowed[-6:-1]) == {10}


def test_a_cell_that_others_need_is_run_after_some_that_never_end():
    world, session = bounded({"play": ENDLESS})
    with session:
        for _ in range(5):
            session.run("play", aside=True)
        session.run("helper", aside=True)
        session.run("exercise")
    assert world.processes[-1].ran == ["helper", "exercise"]


def test_at_last_no_cell_aside_is_begun_and_all_others_are():
    world, session = bounded({"play": ENDLESS})
    with session:
        session.run("helper", aside=True)
        said = [text(session.run("play", aside=True)) for _ in range(20)]
        session.run("exercise")
    assert "60 seconds, is used up" in said[-1]
    assert world.processes[-1].ran == ["helper", "exercise"]
    assert sum(process.spent for process in world.processes) < 60
    assert len(world.processes) < 10


def test_of_the_cells_aside_only_quick_ones_run_again():
    """What an exercise loses when its process is started again costs no other exercise."""
    world, session = bounded({"slow": 9.0, b"bad": ENDLESS})
    with session:
        for source in ("helper", "slow", "slow", "slow"):
            session.run(source, aside=True)
        session.run("exercise")
        for _ in range(2):
            session.begin()
            with pytest.raises(Stopped):
                session.ask(b"bad")
        session.begin()
        assert session.ask(b"good")
    assert session.spent == 20
    assert [process.ran for process in world.processes[1:]] == [["helper", "exercise"]] * 2


def test_a_clock_far_behind_ends_what_only_waits(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(session_module.time, "monotonic", lambda: now[0])
    world = World()

    def ask(self, question, seconds):
        now[0] += 59
        return b""

    monkeypatch.setattr(Process, "ask", ask)
    with world.session() as session:
        for _ in range(7):
            session.ask(b"?")
        with pytest.raises(Stopped) as stopped:
            session.ask(b"?")
    assert stopped.value.problem == found(Kind.NO_TIME_LEFT, seconds=360)
    assert session.spent == 0
