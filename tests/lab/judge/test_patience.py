"""A call that does not end is ended, where the student's own code is, in whatever thread."""

import sys
import threading
import time

import pytest

from lab.judge import own, patience
from lab.judge.patience import NotInTime, Patience

QUICK = 0.02


def plain():
    while True:
        pass


def caught():
    while True:
        try:
            len("")
        except Exception:
            raise ValueError from None


def swallowed():
    while True:
        try:
            len("")
        except:  # noqa: E722 - students write it
            continue


def below():
    def inner():
        for _ in iter(int, 1):
            sum([1])

    inner()


def ended(function):
    """Return the places of the tests' own code at which a call was ended."""
    limit = Patience(QUICK)
    try:
        with limit:
            function()
    except NotInTime as error:
        limit.rest()
        return own.places(error.__traceback__, globals())
    finally:
        limit.close()
    return []


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(patience, "AGAIN", QUICK)


@pytest.mark.parametrize("function", [plain, caught, swallowed, below])
def test_a_call_that_does_not_end_is_ended_where_it_is(function):
    places = ended(function)
    assert any(frame.f_code.co_name == function.__name__ for frame, _ in places)
    assert own.code(places[-1])


def test_it_is_ended_in_another_thread_too():
    found = []
    thread = threading.Thread(target=lambda: found.extend(ended(plain)))
    thread.start()
    thread.join()
    assert found


def test_many_calls_that_end_are_left_alone_however_long_they_take_together():
    """The watch wakes while calls run, and between them."""
    limit, calls, start = Patience(QUICK), 0, time.monotonic()
    while time.monotonic() - start < 4 * QUICK:
        with limit:
            calls += 1
    limit.close()
    assert calls > 10


def test_what_is_raised_too_late_is_taken_back(monkeypatch):
    """It may arrive while the end of the call is being noted, and then nobody hears of it."""
    late = [NotInTime, NotInTime]

    def arrives(thread, kind):
        if late:
            raise late.pop()

    monkeypatch.setattr(patience, "_raise_in", arrives)
    limit = Patience(10)
    with limit:
        answer = 3
    limit.close()
    assert answer == 3 and limit._until is None and not late


def test_a_debugger_has_all_the_time():
    limit = Patience(QUICK)
    turns = []

    def looked_at():
        sys._getframe().f_trace = lambda *_: None
        for _ in iter(lambda: len(turns) < 3, False):
            turns.append(1) if limit._closed.wait(QUICK) is False else None

    with limit:
        looked_at()
    limit.close()
    assert len(turns) == 3


def test_no_threads_and_no_way_to_raise_cost_nothing_but_the_limit(monkeypatch):
    def no_thread(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    monkeypatch.setitem(sys.modules, "ctypes", None)
    limit = Patience(QUICK)
    with limit:
        answer = 3
    limit.close()
    assert answer == 3
