"""The exercises of the course, one module per notebook."""

from autograders.exercises import dropout, initialization, l2_regularization, overfitting

NOTEBOOKS = {
    "initialization": initialization.EXERCISES,
    "overfitting": overfitting.EXERCISES,
    "l2_regularization": l2_regularization.EXERCISES,
    "dropout": dropout.EXERCISES,
}
"""For each notebook its list of `Exercise`, in the order of the notebook."""
