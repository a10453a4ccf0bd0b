# nbgrader's configuration for this course; the settings themselves stand in autograders/settings.py
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(root))

try:
    from autograders import settings
except ImportError as error:
    # nbgrader would go on without these settings, and grade with the files that students bring
    sys.exit(f"{error}. Restore {root} from version control, then run the command again.")

c = get_config()  # noqa: F821 - given by traitlets, which runs this file
settings.apply(c)
settings.place(c, root)
