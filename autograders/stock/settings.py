"""What a course may set: ``c.Boxes.network = ["ps3"]`` in its nbgrader_config.py."""

import pathlib

from traitlets import Bool, Dict, Enum, Float, Integer, List, Unicode
from traitlets.config import LoggingConfigurable

from autograders import Refused
from autograders.sandbox.launcher import AUTO, ENGINES, KERNEL
from autograders.sandbox.limits import Limits

NO_FOLDER = (
    "c.Boxes.folders names {path} for {assignment}, which is no folder. "
    "Correct it in nbgrader_config.py."
)
TOO_MUCH = (
    "c.Boxes.folders names {path} for {assignment}, in which the course lies: its solutions and "
    "grades could be read. Name a folder that holds only what students may see."
)


class Boxes(LoggingConfigurable):
    """How the class is graded side by side."""

    side_by_side = Bool(False, help="Whether it is; `stock.apply(c)` says so.").tag(config=True)
    engine = Enum(
        ENGINES,
        AUTO,
        help="'fork': each hand-in in a box; 'kernel': nbgrader's own kernels, without a wall.",
    ).tag(config=True)
    workers = Integer(0, help="How many at a time; 0: as many as there are processors.").tag(
        config=True
    )
    megabytes = Integer(4000, help="The memory of one hand-in.").tag(config=True)
    seconds = Float(600.0, help="Of all cells of a notebook together, on the processor.").tag(
        config=True
    )
    network = List(Unicode(), help="The assignments whose notebooks reach the network.").tag(
        config=True
    )
    folders = Dict(
        value_trait=List(Unicode()),
        key_trait=Unicode(),
        help="For an assignment the folders that its notebooks may read, beside their own.",
    ).tag(config=True)

    @property
    def boxed(self) -> bool:
        """Whether each hand-in has a box."""
        return self.engine != KERNEL

    @property
    def limits(self) -> Limits:
        """What one notebook may use."""
        size = 1_000_000 * self.megabytes
        return Limits(notebook=self.seconds, aside=0.0, patience=2.0, memory=size)

    def readable(self, assignment: str, root: pathlib.Path) -> tuple[str, ...]:
        """Return the folders that an assignment's notebooks may read.

        Parameters
        ----------
        assignment : str
        root : pathlib.Path
            The course's, which is none of them.

        Raises
        ------
        Refused
            If one is not there, or shows the course.
        """
        found = []
        for name in self.folders.get(assignment, []):
            path = pathlib.Path(root, name).resolve()
            if not path.is_dir():
                raise Refused(NO_FOLDER.format(path=name, assignment=assignment))
            if root.resolve().is_relative_to(path):
                raise Refused(TOO_MUCH.format(path=name, assignment=assignment))
            found.append(str(path))
        return tuple(found)
