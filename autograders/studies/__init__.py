"""The results tables of the course, one module per notebook."""

from autograders.studies import dropout, initialization, l2_regularization, overfitting

NOTEBOOKS = {
    "initialization": initialization.STUDIES,
    "overfitting": overfitting.STUDIES,
    "l2_regularization": l2_regularization.STUDIES,
    "dropout": dropout.STUDIES,
}
"""For each notebook its tables by name, each a `Study`."""
