"""What comes in: who is in the course, and whose the files of a learning platform are.

It reads the platforms' CSV and ZIP files, and writes roster.csv and hand-ins in submitted/. It
never looks into a gradebook, and replaces nothing unless it is told to.
"""

__all__ = ["collect", "columns", "matching", "packed", "placing", "roster", "uploads"]
