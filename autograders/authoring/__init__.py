"""What an author runs: sketch, stubs, outputs, examples, results, and the proof of the grader.

It writes into notebooks/, lab/ and build/ of the course. It never touches a hand-in, a release or
a gradebook.
"""

__all__ = [
    "audit",
    "examples",
    "learn",
    "mutants",
    "outputs",
    "proof",
    "results",
    "sketch",
]
