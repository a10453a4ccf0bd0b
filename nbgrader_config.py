# nbgrader's configuration for this course; the settings themselves stand in autograders/settings.py
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from autograders import settings

c = get_config()  # noqa: F821 - given by traitlets, which runs this file
settings.apply(c)
c.CourseDirectory.root = str(pathlib.Path(__file__).resolve().parent)
