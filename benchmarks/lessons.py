"""The speed of the lessons: ``python -m benchmarks.lessons``.

Each comparison is made in one run, the candidates in turn, round after round; shown
are medians, and the medians of the ratios within a round. Steps are measured in CPU time
on one thread, which a busy machine changes little; what a person waits for, in wall time.
"""

import argparse
import itertools
import os
import pathlib
import statistics
import sys
import tempfile
import time
import warnings
from unittest import mock

import ipywidgets
import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits
from tqdm.auto import tqdm

from autograders.authoring import outputs
from autograders.content.studies import runs
from autograders.course.catalogue import EXERCISES
from benchmarks.notes import train_as_in_the_notes
from lab import explore
from lab.data import digits, moons
from lab.plots.text import table
from lab.training import fit
from source_ref.initialization import initialize_parameters_he, initialize_parameters_random

ROUNDS = 9
NOTEBOOK_ROUNDS = 3
LAMBD = 0.7
NETS = {
    # name: points, layers, learning rate, steps
    "moons [2, 20, 8, 1], 120 points": (moons(4).train, [2, 20, 8, 1], 0.05, 2500),
    "digits [64, 100, 50, 1], 200 pictures": (digits(0).train, [64, 100, 50, 1], 0.1, 600),
}
OWN_SHARE, NOTEBOOK, ANSWER = 15, 15, 0.5
"""The goals: microseconds a step, seconds a notebook, seconds a slider's answer."""

MACHINE = (
    "Python {python}, NumPy {numpy}, {cores} cores, load {load:.1f} at the start; "
    "one BLAS thread but for the notebooks."
)
STEP_TITLE = "\nOne training step with the L2 penalty, {net}: median of {rounds} rounds"
DIFFERS = "{name} ends at a cost of {cost:.6f} where fit ends at {fit:.6f}: not the same work."
SHARE_TITLE = "\nfit's own share of a step (goal: below {goal} µs): median of {rounds} rounds"
NOTEBOOK_TITLE = (
    "\nA filled notebook from a fresh kernel to its last cell (goal: below {goal} s): "
    "median of {rounds} rounds"
)
ANSWER_TITLE = "\nA slider's answer (goal: below {goal} s): one for each position"


def steps(points, layers_dim, learning_rate, count):
    """Return the ways to take the same training steps, by name; each returns its final cost."""
    np.random.seed(1)
    start = initialize_parameters_he(layers_dim)
    settings = {"learning_rate": learning_rate, "momentum": 0.9, "steps": count}
    backward = runs.with_penalty(LAMBD)["backward"]

    def with_fit():
        return fit(points, start, every=count, backward=backward, **settings).costs["train"][-1]

    def scikit_learn():
        model = MLPClassifier(
            tuple(layers_dim[1:-1]),
            solver="sgd",
            alpha=LAMBD,  # its penalty is alpha / 2m, as ours is lambd / 2m
            batch_size=points.Y.size,
            learning_rate_init=learning_rate,
            momentum=0.9,
            nesterovs_momentum=False,
            max_iter=count,
            n_iter_no_change=count + 1,
            shuffle=False,
            random_state=1,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(points.X.T, points.Y[0])
        assert model.n_iter_ == count

    return {
        "fit, with the student's functions": with_fit,
        "as in the notes": lambda: train_as_in_the_notes(
            points.X, points.Y, start, LAMBD, **settings
        ),
        "as in the notes, cost at every step": lambda: train_as_in_the_notes(
            points.X, points.Y, start, LAMBD, costs=True, **settings
        ),
        "scikit-learn's MLPClassifier": scikit_learn,
    }


def show_steps(rounds):
    """Print what one step takes in each way, on each net."""
    for net, (points, layers_dim, learning_rate, count) in NETS.items():
        ways = steps(points, layers_dim, learning_rate, count)
        costs = {name: way() for name, way in ways.items()}  # a first call that does not count
        reference, *others = (cost for cost in costs.values() if cost is not None)
        for cost in others:
            if not np.isclose(cost, reference, rtol=1e-6):
                raise SystemExit(DIFFERS.format(name="the notes' code", cost=cost, fit=reference))
        times = interleaved(ways, rounds, net)
        rows = [
            [name, f"{1e6 * statistics.median(taken) / count:.1f}", f"{ratio:.2f}"]
            for (name, taken), ratio in zip(times.items(), ratios(times), strict=True)
        ]
        print(STEP_TITLE.format(net=net, rounds=rounds))
        table(["", "CPU µs a step", "times fit"], rows)


def show_own_share(rounds):
    """Print what `fit` itself adds to the student's functions."""
    ways, counts = {}, {}
    for net, (points, layers_dim, _, _) in NETS.items():
        np.random.seed(1)
        start = initialize_parameters_he(layers_dim)
        gradients = {"d" + name: np.zeros_like(array) for name, array in start.items()}
        counts[net] = 5000
        ways[net] = lambda points=points, start=start, gradients=gradients, count=counts[net]: fit(
            points,
            start,
            learning_rate=0.1,
            momentum=0.9,
            steps=count,
            every=count,
            forward=lambda X, parameters: (None, None),
            backward=lambda X, Y, cache: gradients,
        )
    times = interleaved(ways, rounds, "fit's own share")
    rows = [
        [net, f"{1e6 * statistics.median(taken) / counts[net]:.1f}"] for net, taken in times.items()
    ]
    print(SHARE_TITLE.format(goal=OWN_SHARE, rounds=rounds))
    table(["net", "CPU µs a step"], rows)


def show_notebooks(rounds):
    """Print how long each filled notebook runs."""
    with tempfile.TemporaryDirectory() as folder:
        ways = {}
        for name in EXERCISES:
            file = outputs.fill(name, pathlib.Path(folder))
            ways[name] = lambda file=file: outputs.run(file)
        times = interleaved(ways, rounds, "notebooks", clock=time.perf_counter)
    rows = [
        [name, f"{statistics.median(taken):.1f}", f"{max(taken):.1f}"]
        for name, taken in times.items()
    ]
    print(NOTEBOOK_TITLE.format(goal=NOTEBOOK, rounds=rounds))
    table(["notebook", "s", "slowest"], rows)


def show_sliders():
    """Print how long each slider takes to answer."""
    data = moons(4)
    sets = {"train": data.train, "validation": data.validation}

    def train(functions):
        return runs.on_moons(4, every=50, **functions)

    sliders = {
        "constant c": lambda: explore.constant(
            initialize_parameters_random, initialize_parameters_he
        ),
        "step": lambda: explore.step(train({}), sets),
        "λ": lambda: explore.lambd(lambda lambd: train(runs.with_penalty(lambd)), sets),
        "keep_prob": lambda: explore.keep_prob(lambda keep: train(runs.with_dropout(keep)), sets),
    }
    rows = []
    for name, slider in sliders.items():
        waited, worked = zip(*answers(slider, name), strict=True)
        seconds = statistics.median(waited), max(waited), statistics.median(worked)
        rows.append([name, str(len(waited)), *(f"{s:.2f}" for s in seconds)])
    print(ANSWER_TITLE.format(goal=ANSWER))
    table(["slider", "positions", "s", "slowest", "CPU s"], rows)


def answers(open_slider, name):
    """Yield wall and CPU seconds of each position of a slider, picture included."""
    boxes = []

    def box(children, **named):
        boxes.append(ipywidgets.Box(children, **named))
        return boxes[-1]

    with mock.patch.object(explore, "display"), mock.patch.object(ipywidgets, "VBox", box):
        open_slider()
    controls = boxes[0].children[0].children
    slider = next(part for part in controls if isinstance(part, ipywidgets.SelectionSlider))
    for _, value in tqdm(slider.options, desc=name, disable=not sys.stderr.isatty()):
        if value != slider.value:
            begun = time.perf_counter(), time.process_time()
            slider.value = value
            yield time.perf_counter() - begun[0], time.process_time() - begun[1]


def interleaved(ways, rounds, what, clock=time.process_time):
    """Call each way once a round; return the seconds of each, round by round."""
    times: dict = {name: [] for name in ways}
    turns = list(itertools.product(range(rounds), ways))
    for _, name in tqdm(turns, desc=what, disable=not sys.stderr.isatty()):
        begun = clock()
        ways[name]()
        times[name].append(clock() - begun)
    return times


def ratios(times):
    """Return, for each way, the median of its ratio to the first one within a round."""
    first = next(iter(times.values()))
    for taken in times.values():
        yield statistics.median(a / b for a, b in zip(taken, first, strict=True))


def main(arguments=None):
    """Print everything; fewer rounds make it quicker and less sure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lessons", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of what takes a second")
    parser.add_argument("--notebook-rounds", type=int, default=NOTEBOOK_ROUNDS)
    options = parser.parse_args(arguments)
    print(
        MACHINE.format(
            python=sys.version.split()[0],
            numpy=np.__version__,
            cores=os.cpu_count(),
            load=os.getloadavg()[0],
        )
    )
    # a second thread gains nothing here, and loses much on a busy machine
    with threadpool_limits(1):
        show_steps(options.rounds)
        show_own_share(options.rounds)
        show_sliders()
    show_notebooks(options.notebook_rounds)


if __name__ == "__main__":
    main()
