"""What goes on in a room until something fails there."""

import pathlib
import subprocess
import sys

ACCOUNT, FOLDERS = "grader-week_one", ("/etc/week_one", "/home/week_one", "/srv/week_one")


def main():
    """Make an account, folders and a process that would outlive this one; then fail, or wait."""
    subprocess.run(["useradd", "--create-home", ACCOUNT], check=True)
    for folder in FOLDERS:
        pathlib.Path(folder).mkdir()
    subprocess.Popen(["sleep", "1000"], start_new_session=True, close_fds=False)
    print("begun", flush=True)
    if "wait" in sys.argv:
        sys.stdin.read()
    raise RuntimeError("broken on purpose")


if __name__ == "__main__":
    main()
