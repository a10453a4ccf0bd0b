"""What a written answer is marked by: the criteria with their points, and a sample answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """What a good answer says, and the points for it."""

    points: int
    says: str


@dataclass(frozen=True)
class Rubric:
    """How one written answer is marked.

    Attributes
    ----------
    cell : str
        The name of the answer's cell, such as "written_two_curves".
    criteria : tuple of Criterion
    sample : str
        An answer with all points. Others may be as good.
    """

    cell: str
    criteria: tuple[Criterion, ...]
    sample: str
