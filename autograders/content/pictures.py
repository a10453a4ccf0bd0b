"""What the pictures of the README and of the guides show."""

WRONG = "overfitting", "compute_cost"
"""Whose first known mistake the README's picture of a check shows."""

SLIDER = "dropout", "explore.keep_prob("
"""The notebook and the code of the slider that the README shows."""

HANDED_IN = "overfitting", "accuracy"
"""The assignment that the guides' student hands in, and whose first known mistake is made."""

STUDENT = "ada"
ANSWER = "Where the validation cost turns, while the training cost goes on falling."
COMMENT = "Right. Name the step at which it begins, too."
