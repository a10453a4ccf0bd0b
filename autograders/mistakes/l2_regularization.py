"""Known mistakes in the notebook ``l2_regularization``."""

from autograders.exercise import Mistake

COST: list[Mistake] = []
BACKWARD: list[Mistake] = []
FACTOR: list[Mistake] = []
