"""What one results table measures: the same few models on many draws of the data."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Study:
    """One table: the same few models, each on the same draws.

    Attributes
    ----------
    setting : str
        What the rows differ in, such as "λ".
    baseline : str
        The row with which the others are compared, draw by draw.
    compared : str
        The column that is compared.
    decimals : dict of str to int
        The columns, each with the decimals that are worth showing.
    about : tuple of str
        Short notes for a reader: how the numbers came about.
    measure : callable
        ``measure(seed)`` trains every row on one draw and gives its values: a dict from
        row to a dict from column to float. A row whose setting is chosen on each draw
        holds the choice under the setting's name.
    """

    setting: str
    baseline: str
    compared: str
    decimals: dict
    about: tuple[str, ...]
    measure: Callable
