"""One hand-in: what was handed in is read and repaired, its functions are asked, its verdict told.

It touches the hand-in's own files, and is given all else: the assignment, the release's cells, the
secret. It never imports content, and holds no gradebook.
"""

__all__ = [
    "arrivals",
    "candidates",
    "feedback",
    "grader",
    "hearing",
    "intake",
]
