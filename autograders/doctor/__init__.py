"""What a person gets wrong around a course: folders, owners, switches, versions, time zones.

It may read modes, owners and files of settings, and changes none; it never imports nbgrader, the
judge or the gradebook. What is found is data, and its sentence is made last.
"""

__all__ = [
    "clock",
    "exchange",
    "extensions",
    "packages",
    "phrases",
    "places",
    "settings",
    "trouble",
    "users",
]
