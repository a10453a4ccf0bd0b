"""Other right answers to the notebook ``initialization``; each as `Mistake.change`."""

ZEROS: list = []
RANDOM: list = []
HE: list = []
