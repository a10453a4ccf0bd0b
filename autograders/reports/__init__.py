"""What the class looks like: everybody's points, mistakes, and how much answers overlap.

It reads the gradebook, hand-ins and graded notebooks, and writes pages into build/. It never
changes a score.
"""

__all__ = [
    "overview",
    "report",
    "similarity",
    "works",
]
