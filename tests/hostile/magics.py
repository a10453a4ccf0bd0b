"""What honest students do with IPython, figures and the shell: it must cost nothing."""

from tests.hostile.habits import unlucky
from tests.hostile.handins import early, on, scratch, together

TIMED = "%%time\n"
ASYNC = """
import asyncio

async def wait():
    await asyncio.sleep(0.01)
    return 3

await wait()
asyncio.get_event_loop().create_task(wait())
"""
FIGURES = """
import matplotlib
import matplotlib.pyplot as plt

for _ in range(3):
    plt.figure()
    plt.plot(np.arange(5))
    plt.show(block=True)
plt.savefig("plots/curve.png")
"""
TIMES = """
%timeit -n 3 -r 2 compute_cost(np.full((1, 4), 0.5), np.ones((1, 4)))
"""
INTERACTIVE = """
import ipywidgets

@ipywidgets.interact(x=(0, 10))
def show(x=3):
    print(x)
"""


def timed(name):
    return on(name, lambda cell: cell.update(source=TIMED + cell.source))


HAND_INS = [
    unlucky("figures-and-windows", "figures in windows, saved where no folder is", early(FIGURES)),
    unlucky(
        "another-backend",
        "a back-end that needs a screen",
        early(
            "%matplotlib tk",
            "%matplotlib qt",
            "%matplotlib widget",
            "%matplotlib notebook",
            "import matplotlib\nmatplotlib.use('TkAgg')",
        ),
    ),
    unlucky(
        "back-end-options",
        "figures in high resolution, reloading",
        early(
            "%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\n"
            "%autoreload 2\n%matplotlib inline"
        ),
    ),
    unlucky(
        "shell-commands", "commands of the shell", early("!ls -la\n!pwd\nfiles = !ls", "%cd ..")
    ),
    unlucky(
        "installs-a-package",
        "pip install in the first cell",
        early("!pip install -q --retries 1 seaborn", "%pip install -q --retries 1 seaborn"),
    ),
    unlucky(
        "timing-magics",
        "%timeit and %%time",
        together(scratch(TIMES), timed("compute_cost"), timed("early_stopping")),
    ),
    unlucky("async-cells", "await at the top level", early(ASYNC)),
    unlucky(
        "other-magics",
        "cells of HTML, bash and JavaScript",
        early(
            "%%html\n<b>hello</b>",
            "%%bash\necho hello",
            "%%javascript\nalert(1)",
            "%%latex\n$x$",
            "%%writefile notes.txt\nhello",
            "%lsmagic",
            "%who",
            "?np.mean",
            "%%nonsense\nx",
        ),
    ),
    unlucky("widgets", "a slider of the student's own", early(INTERACTIVE)),
]
