"""What a submission may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds for one submission; times are seconds, sizes are bytes.

    Time is what a submission's processes spend on the processor together, or half
    of the time that passes, whichever is more: a busy neighbour does not cost an honest
    student anything, and waiting is not free either.

    Attributes
    ----------
    call : float
        For one call of a student's function.
    cell : float
        For running one cell.
    notebook : float
        For everything together.
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
    memory: int = 2_000_000_000
    scratch: int = 64_000_000
    processes: int = 64
    answer: int = 32_000_000
