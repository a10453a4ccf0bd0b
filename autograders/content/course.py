"""The course as a whole."""

ID = "week_one"
"""What nbgrader's exchange calls it."""
