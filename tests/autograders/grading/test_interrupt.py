"""Ctrl-C is held back where it would leave something half done, and never lost."""

import signal
import threading

import pytest

from autograders.grading import interrupt


def press():
    signal.raise_signal(signal.SIGINT)


@pytest.fixture(autouse=True)
def pythons_handler():
    """Give every test the handler that a command starts with, and see that it comes back."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler


def test_it_is_taken_at_the_next_place_that_lets_it_through():
    done = []
    with pytest.raises(KeyboardInterrupt), interrupt.held():
        press()
        press()
        done.append("written")
        with interrupt.let_through():
            done.append("waited")
    assert done == ["written"]


def test_it_is_taken_at_once_where_it_is_let_through():
    done = []
    with pytest.raises(KeyboardInterrupt), interrupt.held():
        with interrupt.let_through():
            press()
            done.append("waited")
        done.append("written")
    assert done == []


def test_it_is_taken_at_the_end_at_the_latest():
    done = []
    with pytest.raises(KeyboardInterrupt), interrupt.held():
        press()
        done.append("written")
    assert done == ["written"]


def test_a_second_one_does_not_disturb_the_clearing_up():
    done = []
    with pytest.raises(KeyboardInterrupt), interrupt.held():
        try:
            with interrupt.let_through():
                press()
        finally:
            press()
            done.append("cleared up")
    assert done == ["cleared up"]


def test_nothing_happens_where_nobody_presses():
    with interrupt.held(), interrupt.let_through():
        pass


def test_without_holding_it_is_as_ever():
    with pytest.raises(KeyboardInterrupt), interrupt.let_through():
        press()


def test_a_handler_of_someone_else_stays():
    got = []
    signal.signal(signal.SIGINT, lambda *_: got.append("theirs"))
    with interrupt.held():
        press()
    assert got == ["theirs"]
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_another_thread_changes_nothing():
    def hold():
        with interrupt.held(), interrupt.let_through():
            handlers.append(signal.getsignal(signal.SIGINT))

    handlers = []
    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    assert handlers == [signal.default_int_handler]
