"""The class: hand-ins are graded side by side, and one process writes the gradebook.

It touches submitted/, autograded/, release/, the exchange, the gradebook and the course's secret.
It never imports content, and decides on no score.
"""

__all__ = [
    "backup",
    "deadlines",
    "exchange",
    "gradebook",
    "interrupt",
    "leftovers",
    "marks",
    "nbgrader_patches",
    "notes",
    "pages",
    "penalties",
    "preprocessors",
    "regrade",
    "release",
    "rounds",
    "secret",
    "standing",
    "students",
    "workers",
]
