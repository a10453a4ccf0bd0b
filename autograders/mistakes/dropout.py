"""Known mistakes in the notebook ``dropout``."""

from autograders.exercise import Mistake

FORWARD: list[Mistake] = []
BACKWARD: list[Mistake] = []
PREDICT: list[Mistake] = []
