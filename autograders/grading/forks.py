"""How the processes begin that grade on this machine, and end with the one that began them."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any

from tqdm.auto import tqdm

METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
tqdm.monitor_interval = 0  # a thread, beside which nothing can be forked


class Context(type(multiprocessing.get_context(METHOD))):  # type: ignore[misc]
    """Forks what this process has imported, while nothing but the one that forks runs in it.

    Where there are threads, a fork may inherit a lock that nobody opens: one that takes the place
    of a process that has ended is started anew.
    """

    @staticmethod
    def Process(*arguments: Any, **named: Any) -> BaseProcess:
        alone = sys.platform == "linux" and threading.active_count() == 1
        context: Any = multiprocessing.get_context("fork" if alone else METHOD)
        return context.Process(*arguments, **named)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Start processes that do not get the Ctrl-C that is meant for this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # started by itself, it lets Ctrl-C through again for all that are started after it
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow_parent() -> None:
    """End this process when the one that grades ends, however that happens.

    It ignores Ctrl-C itself by now, and need not block it any more; hand-ins get it as ever.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()

    def follow(parent: BaseProcess) -> None:
        parent.join()
        os._exit(1)

    if parent is not None:
        threading.Thread(target=follow, args=[parent], daemon=True).start()
