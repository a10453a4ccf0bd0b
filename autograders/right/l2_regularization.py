"""Other right answers to the notebook ``l2_regularization``; each as `Mistake.change`."""

COST: list = []
BACKWARD: list = []
FACTOR: list = []
