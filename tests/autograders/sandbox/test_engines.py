"""Both ways to a student's process show the same of a cell, but for what docs/wall.md lists."""

import pytest

from autograders.sandbox.launcher import FORK, KERNEL, launcher
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Session

pytestmark = pytest.mark.usefixtures("box", "kernel")

MAKES_A_TASK = """\
import asyncio
async def work():
    return 3
task = asyncio.create_task(work())
"""
FORKS = """\
import os
child = os.fork()
if child == 0:
    print('of the child')
    os._exit(0)
done = os.waitpid(child, 0)
"""
CELLS = [
    *("quit()", "exit()", "quit", "exit", "quit(keep_kernel=True)", "get_ipython().ask_exit()"),
    *("import sys; sys.exit(3)", "raise SystemExit", "raise KeyboardInterrupt", "1 / 0"),
    *(MAKES_A_TASK, "await task", "asyncio.run(work())", "await work()"),
    "asyncio.get_running_loop().is_running()",
    FORKS,
    *("handle = display('a', display_id=True)\nhandle.update('b')", "handle.update('c')"),
    "display('a', display_id='x'); display('b', display_id='x', update=True); print(1)",
    "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)",
    *("input()", "_", "print(1)\n2", "%history -n 1", "import sys; print('e', file=sys.stderr)"),
    "import threading\nthread = threading.Thread(target=print)\nthread.start(); thread.join()",
    *("__name__", "sys.stdout.isatty()", "%%bash\nexit 3", "%load_ext missing", "?print"),
]
KEPT = ("output_type", "name", "text", "data", "ename", "evalue")


def is_warning(output):
    """Tell what Python itself warns of: a coroutine nobody waits for, when it is cleared away."""
    return output.get("name") == "stderr" and "Warning: " in output["text"]


def shown(engine):
    """Return what each cell shows, one after the other in one process."""
    limits = Limits()
    with Session(launcher(engine, limits), limits) as session:
        return [
            [
                {key: output[key] for key in KEPT if key in output}
                for output in session.run(cell)
                if not is_warning(output)
            ]
            for cell in CELLS
        ]


@pytest.fixture(scope="module")
def both():
    return list(zip(CELLS, shown(FORK), shown(KERNEL), strict=True))


def test_each_cell_shows_the_same(both):
    assert {cell: kernel for cell, _, kernel in both} == {cell: fork for cell, fork, _ in both}


def test_what_they_show_is_what_a_notebook_shows(both):
    found = {cell: fork for cell, fork, _ in both}
    assert found["quit()"] == []
    assert found["await task"][0]["data"] == {"text/plain": "3"}
    assert found[FORKS] == [{"output_type": "stream", "name": "stdout", "text": "of the child\n"}]
    assert found["asyncio.run(work())"][0]["ename"] == "RuntimeError"
    (only,) = found["handle = display('a', display_id=True)\nhandle.update('b')"]
    assert only["data"] == {"text/plain": "'b'"}
