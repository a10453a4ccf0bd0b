"""What is made once in a run, whichever of its processes asks first."""

import contextlib
import fcntl
import os
import pickle


@contextlib.contextmanager
def _alone(file):
    """Hold a lock that the other processes of the run wait for."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def folder(tmp_path_factory, name, make):
    """Return a folder that ``make(folder)`` has filled; to be copied, not changed.

    Parameters
    ----------
    tmp_path_factory : pytest.TempPathFactory
    name : str
    make : callable
        Gets a path at which nothing stands yet.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, done = shared / f"once-{name}", shared / f"once-{name}.done"
    with _alone(shared / f"once-{name}.lock"):
        if not done.exists():
            make(made)
            done.touch()
    return made


def value(tmp_path_factory, name, make):
    """Return what ``make()`` gave to the first who asked; it must bear being pickled."""

    def write(made):
        made.mkdir()
        (made / "value").write_bytes(pickle.dumps(make()))

    return pickle.loads((folder(tmp_path_factory, name, write) / "value").read_bytes())
