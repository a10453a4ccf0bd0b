"""A box in which a notebook runs as nbgrader itself runs it: all its cells, among its files."""

import json
import os
import pathlib
import sys
import sysconfig
from dataclasses import dataclass, replace
from typing import Any

from autograders import Refused
from autograders.sandbox import bubblewrap
from autograders.sandbox.box import frames
from autograders.sandbox.bubblewrap import no_wall
from autograders.sandbox.forkserver import LARGEST_SHOWN, ForkProcess, WarmParent
from autograders.sandbox.launcher import NEEDS_LINUX
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost, OwnFault
from autograders.sandbox.shared import readable_for_all

PLAIN = (
    "import sys; sys.path[:0] = ['/box', *{paths}]; "
    "from box.plain import main; main({fd}, {modules})"
)
PACKAGES = ("site-packages", "dist-packages")
"""What the folders of installed packages are called."""
NO_FILES = "the assignment's files could not be put into the box: {reason}"
PUT_WITHIN = 60.0  # seconds for writing the files
HANGS = 10.0  # seconds beyond a cell's own that are left to interrupt it


@dataclass(frozen=True)
class Room:
    """What a box holds beside the programs.

    Attributes
    ----------
    modules : tuple of str
        What is imported once, for all notebooks.
    folders : tuple of str
        Those that notebooks may read, beside their own.
    network : bool
        Whether they reach the network.
    cache : str
        A folder of the course for what is made once, such as the list of fonts.
    """

    modules: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    network: bool = False
    cache: str = ""


class PlainParent(WarmParent):
    """A box with everything imported in it that a course's notebooks import.

    Parameters
    ----------
    limits : Limits
    room : Room

    Raises
    ------
    Refused
        If the wall cannot be built on this machine.
    """

    def __init__(self, limits: Limits, room: Room) -> None:
        self._room = room
        super().__init__(limits)

    def _says(self) -> dict[str, Any]:
        return {"network": self._room.network}

    def _places(self) -> list[str]:
        return [*bubblewrap.readable(), *_packages(), *self._room.folders]

    def _command(self, descriptor: int) -> list[str]:
        room = self._room
        made = bubblewrap.walls(self._readable, room.network)
        if "matplotlib" in room.modules and room.cache:
            made += ["--ro-bind", str(bubblewrap.fonts(pathlib.Path(room.cache, "fonts")))]
            made += ["/fonts"]
        says = {"fd": descriptor, "paths": _packages(), "modules": list(room.modules)}
        return [*made, *bubblewrap.python(PLAIN.format(**says))]


class PlainProcess(ForkProcess):
    """One notebook's process in such a box, among its files."""

    def put(self, files: dict[str, bytes]) -> None:
        """Put files into the notebook's folder, by their paths in it.

        Raises
        ------
        OwnFault
            If they cannot be written there.
        """
        head = json.dumps([(name, len(data)) for name, data in files.items()]).encode()
        packed = head + b"\n" + b"".join(files.values())
        try:
            self.request(frames.PUT, packed, PUT_WITHIN, LARGEST_SHOWN)
        except Lost as lost:  # no cell has run yet
            raise OwnFault(NO_FILES.format(reason=lost)) from None

    def cell(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run a cell, interrupted after so many seconds; return its outputs as nbformat has them.

        Raises
        ------
        Lost
            If the process is gone, or cannot be interrupted.
        """
        said = json.dumps({"source": source, "seconds": seconds}).encode()
        reply = self.request(frames.RUN, said, 2 * seconds + HANGS, LARGEST_SHOWN)
        try:
            found = json.loads(reply)
        except (ValueError, RecursionError):
            found = []
        return found if isinstance(found, list) else []


_parents: dict[tuple[Limits, Room], PlainParent] = {}


def start(limits: Limits, room: Room, scratch: int = 0) -> PlainProcess:
    """Start a notebook's process in a box that is warm for a room.

    Parameters
    ----------
    limits : Limits
    room : Room
    scratch : int
        How many bytes its own files take, beside what it may write.

    Raises
    ------
    Refused
        If the wall cannot be built here.
    """
    if sys.platform != "linux":
        raise no_wall(NEEDS_LINUX)
    parent = _parents.get((limits, room))
    try:
        if parent is None or not parent.alive:
            parent = _parents[limits, room] = PlainParent(limits, room)
        parent.wait()
        return PlainProcess(parent, replace(limits, scratch=limits.scratch + scratch))
    except Refused as refused:  # without a wall another setting counts here
        raise Refused(str(refused).replace("c.Judge.engine", "c.Boxes.engine")) from None


def close() -> None:
    """End the warm parents of this process."""
    for parent in _parents.values():
        parent.close()
    _parents.clear()


def _packages() -> list[str]:
    """Return the folders of installed packages that do not lie where this Python does.

    A course's own folder may be on Python's path, too; what lies in it is not shown.
    """
    inside = [*bubblewrap.pythons(), "/usr", sysconfig.get_path("stdlib")]
    found = []
    for place in sys.path:
        path = os.path.realpath(place)
        apart = not any(path.startswith(each + "/") for each in inside)
        if pathlib.Path(path).name in PACKAGES and apart and readable_for_all(pathlib.Path(path)):
            found.append(path)
    return sorted(set(found))
