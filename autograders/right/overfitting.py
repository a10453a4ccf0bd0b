"""Other right answers to the notebook ``overfitting``; each as `Mistake.change`."""

COST: list = []
PREDICT: list = []
ACCURACY: list = []
STOPPING: list = []
