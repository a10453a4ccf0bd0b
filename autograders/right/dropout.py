"""Other right answers to the notebook ``dropout``; each as `Mistake.change`."""

FORWARD: list = []
BACKWARD: list = []
PREDICT: list = []
