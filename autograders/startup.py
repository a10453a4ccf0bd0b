"""What a process of ours sets for itself when it begins; whoever only imports us is left alone."""

import atexit
import contextlib
import gc
import os
import pathlib
import shutil
import site
import sys
import sysconfig
import tempfile

from autograders import CACHE, ROOT


def prepare() -> None:
    """Let nbgrader find its tools where no environment is active, and Python the course's rooms.

    A process without a home that it can write to gets one below the course's build/.
    """
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    # what is imported is no garbage, and to look through it took a sixth of the time to grade
    gc.set_threshold(20_000, 10, 10)
    # nbgrader calls alembic by its name
    path = [sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    os.environ["PATH"] = os.pathsep.join(path)
    home = _home()
    if os.name == "posix" and not (home and os.access(home, os.W_OK | os.X_OK)):
        _move(home, _own_home())


def _home() -> pathlib.Path | None:
    try:
        return pathlib.Path.home()
    except RuntimeError:  # no HOME, and a user without an account
        return None


def _own_home() -> pathlib.Path:
    """Return a folder that is this user's alone, the same one for all of the user's processes."""
    home = CACHE / f"home-{os.getuid()}"
    with contextlib.suppress(OSError):
        home.mkdir(0o700, parents=True, exist_ok=True)
        if os.access(home, os.W_OK | os.X_OK):
            return home
    passing = pathlib.Path(tempfile.mkdtemp(prefix="home-"))
    atexit.register(shutil.rmtree, passing, ignore_errors=True)
    return passing


def _move(before: pathlib.Path | None, home: pathlib.Path) -> None:
    """Make a folder the home of this process, and of those that it starts."""
    os.environ["HOME"] = str(home)
    if site.ENABLE_USER_SITE:  # packages may lie in the other one
        os.environ.setdefault("PYTHONUSERBASE", site.getuserbase())
    # what cannot be written can be read, and may say where nbgrader's folders are
    settings = before and before / ".jupyter"
    if settings and "JUPYTER_CONFIG_DIR" not in os.environ and os.access(settings, os.R_OK):
        others = os.environ.get("JUPYTER_CONFIG_PATH")
        os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, (others, str(settings))))
