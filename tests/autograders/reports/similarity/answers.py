"""Answers to the notebook ``overfitting``, and how to hand them in."""

import re

from autograders.course import catalogue, lesson, reference
from autograders.reports import similarity

NAME = "overfitting"
FUNCTIONS = catalogue.functions(NAME)
REFERENCE = {function: reference.source(NAME, function) for function in FUNCTIONS}

IN_OTHER_WORDS = {
    "compute_cost": """
def compute_cost(A3, Y):
    eps = 1e-12
    safe = np.minimum(np.maximum(A3, eps), 1 - eps)
    right_class = np.where(Y == 1, safe, 1 - safe)
    return float(-np.log(right_class).mean())
""",
    "predict": """
def predict(X, parameters):
    probability = forward_propagation(X, parameters)[0]
    return np.where(probability <= 0.5, 0, 1)
""",
    "accuracy": """
def accuracy(predictions, Y):
    wrong = 0
    for k in range(Y.shape[1]):
        wrong += int(predictions[0, k] != Y[0, k])
    return 1 - wrong / Y.shape[1]
""",
    "early_stopping": """
def early_stopping(validation_costs, patience):
    winner, waited = None, 0
    for place, cost in enumerate(validation_costs):
        if winner is None or cost < validation_costs[winner]:
            winner, waited = place, 0
            continue
        waited += 1
        if waited == patience:
            return winner
    return winner
""",
}
NAMES = ("losses", "predictions", "share", "best", "cost", "A3", "parameters", "patience")


def renamed(source):
    """Return the source with other names and without a comment, as a copy in a hurry."""
    for position, name in enumerate(NAMES):
        source = re.sub(rf"\b{name}\b", f"my_thing_{position}", source)
    return re.sub(r"^ *# .*\n", "", source, flags=re.MULTILINE)


def hand_in(submitted, student, answers, assignment=NAME):
    """Write a hand-in with these answers; return its file."""
    notebook = lesson.filled(lesson.read(lesson.path(assignment)), assignment, answers)
    lesson.write(notebook, submitted / student / assignment / f"{assignment}.ipynb")
    return submitted / student / assignment / f"{assignment}.ipynb"


def shares(submitted):
    """Return the larger share of each pair, by the set of its students."""
    answers, _ = similarity.collect(submitted, NAME)
    found = similarity.pairs(answers)
    return {frozenset((p.first.student, p.second.student)): p.share for p in found}
