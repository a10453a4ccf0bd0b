"""What a submission may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds for one submission; times are seconds, sizes are bytes.

    Time is what a submission's processes spend on the processor together: a score does not
    depend on what else the machine does. A clock on the wall ends what waits for ever, far
    behind that.

    Attributes
    ----------
    call : float
        For one call of a student's function.
    cell : float
        For running one cell.
    notebook : float
        For the exercises together: their cells and all calls.
    aside : float
        For all other cells together, so that none of them takes time from an exercise.
    patience : float
        How many times as long each of these may take on the clock.
    memory : int
        For all its processes together.
    scratch : int
        For the files that it writes.
    processes : int
        How many it may have at a time.
    answer : int
        For one answer, or for what one cell shows.
    """

    call: float = 10.0
    cell: float = 20.0
    notebook: float = 60.0
    aside: float = 60.0
    patience: float = 6.0
    memory: int = 2_000_000_000
    scratch: int = 64_000_000
    processes: int = 64
    answer: int = 32_000_000
