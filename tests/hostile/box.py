"""A box of bubblewrap's around a trial, so that no hand-in reaches the machine that runs it.

The box has its own processes, network, temporary folders and user; the machine's files are
there to be read. It protects whoever runs the trials, and proves nothing about the grader:
inside it stands a whole course with everything an attack could want.
"""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import psutil

from autograders import ROOT

USER = 64321
"""Whom a trial belongs to where root starts it; nobody else has this number."""

GIGABYTE = 2**30
LARGEST_PROCESS, MOST_PROCESSES = 12 * GIGABYTE, 4000

NO_BOX = "bubblewrap cannot build a box here ({reason}); on Debian: apt install bubblewrap"


def run(folder, command, seconds, environment=None):
    """Run a command in a box in which only `folder` can be written.

    Parameters
    ----------
    folder : pathlib.Path
        From `new_folder`. The command starts in it.
    command : list of str
    seconds : float
        After this time everything in the box is killed.
    environment : dict of str to str, optional
        The only variables beside PATH and LANG.

    Returns
    -------
    subprocess.CompletedProcess or None
        None where the time was over.
    """
    variables = {
        "PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        **(environment or {}),
    }
    with subprocess.Popen(
        [*_boxed(folder), *command],
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        try:
            out, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            end(process)
    return subprocess.CompletedProcess(process.args, process.returncode, out, errors)


def end(process):
    """Kill a box; another user's processes do not end with their parent."""
    if process.poll() is None:
        outer = psutil.Process(process.pid)
        all_of_it = [*outer.children(recursive=True), outer]
        for each in all_of_it:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(all_of_it)


def missing():
    """Return why no box can be built here, as one line, or None."""
    folder = new_folder()
    try:
        result = run(folder, [sys.executable, "-c", ""], 60)
    except OSError as error:
        return NO_BOX.format(reason=error)
    finally:
        shutil.rmtree(folder)
    if result is None or result.returncode:
        lines = result.stderr.strip().splitlines() if result else []
        return NO_BOX.format(reason=lines[-1] if lines else "it does not answer")
    return None


def new_folder():
    """Return a new folder that the box's user can reach."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hand-ins-", dir="/tmp"))
    own(folder)
    return folder


def own(folder):
    """Give a folder and all below it to the box's user."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-hR", f"{USER}:{USER}", str(folder)], check=True)


def _boxed(folder):
    """Return the command line up to the boxed command."""
    limits = [
        *("prlimit", f"--as={LARGEST_PROCESS}"),
        *(f"--nproc={MOST_PROCESSES}", "--core=0", "choom", "-n", "1000", "--"),
    ]
    box = [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/"),
        *("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/var/tmp"),
        *_below_tmp(),
        *("--bind", str(folder), str(folder), "--chdir", str(folder)),
    ]
    if os.geteuid() != 0:
        return [*limits, *box]
    return [*as_user(), *limits, *box]


def _below_tmp():
    """Show the box what it needs to run, where that lies in the folder that it covers."""
    places = sorted({str(ROOT), sys.prefix, sys.base_prefix})
    covered = [place for place in places if place.startswith(("/tmp/", "/var/tmp/"))]
    return [part for place in covered for part in ("--ro-bind", place, place)]


def as_user():
    """Return what comes before a command that root has the box's user run."""
    return [*readable_python(), *as_number(USER)]


def as_number(number):
    """Return what makes a command of root's the user's with a number."""
    return ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups"]


def readable_python():
    """Let another user reach an interpreter that stands in root's own home."""
    home = pathlib.Path.home()
    inside = [p for p in {sys.base_prefix, sys.prefix} if pathlib.Path(p).is_relative_to(home)]
    if not inside:
        return []
    binds = []
    for prefix in inside:
        above = [p for p in reversed(pathlib.Path(prefix).parents) if p.is_relative_to(home)][1:]
        binds += [part for p in above for part in ("--perms", "0755", "--dir", str(p))]
        binds += ["--ro-bind", prefix, prefix]
    return [
        *("bwrap", "--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", str(home), *binds),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--die-with-parent"),
    ]
