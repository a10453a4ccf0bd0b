"""A whole class submits in the same moment: ``crowd.py <assignment> <home> ...``.

Each home is a student's; its ``.jupyter`` holds the student's settings, as in
`autograders.browser.classroom.home`. A process each waits for one signal, then does what
``nbgrader submit <assignment>`` does. The status is the number of those that failed.
"""

import os
import sys
import traceback

from nbgrader.apps import SubmitApp


def submit(assignment, home, gate):
    """Be one student's process."""
    status = 1
    try:
        os.environ.update(HOME=home, JUPYTER_CONFIG_DIR=f"{home}/.jupyter")
        os.environ["JUPYTER_DATA_DIR"] = f"{home}/.local/share/jupyter"
        os.chdir(home)
        os.read(gate, 1)  # returns when the other end is closed
        SubmitApp.launch_instance([assignment])
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def main(assignment, *homes):
    """Start a process for each home, let all go at once, and wait for them."""
    gate, held = os.pipe()
    running = []
    for home in homes:
        process = os.fork()
        if process == 0:
            os.close(held)
            submit(assignment, home, gate)
        running.append(process)
    os.close(held)
    return sum(os.waitpid(process, 0)[1] != 0 for process in running)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
