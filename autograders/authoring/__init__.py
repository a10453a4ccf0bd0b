"""What an author runs: sketch, stubs, outputs, examples, results, web pages, the grader's proof.

It writes into notebooks/, lab/, languages/ and build/ of the course. It never touches a hand-in,
a release or a gradebook.
"""

__all__ = [
    "arithmetic",
    "audit",
    "examples",
    "guides",
    "learn",
    "mutants",
    "outputs",
    "proof",
    "results",
    "site",
    "sketch",
    "translate",
]
