"""What dropout does to the network on the half moons, and to a wider one on digits."""

import numpy as np

from autograders.content.studies import l2_regularization, runs
from autograders.course.study import Study
from lab.data import Points, Split, digits, moons
from lab.network import forward_propagation
from lab.training import fit
from source_ref.initialization import initialize_parameters_he

KEEP_PROBS = (1, 0.95, 0.86, 0.7, 0.6, 0.5, 0.4, 0.3)
FROZEN = 0.6  # keep_prob of the row whose masks are the same ones at every step
THINNED = 0.86  # keep_prob of the network that is thinned afterwards
LEFT = 0.9  # share of layer 1 that then stays
DIGIT_STEPS = 600
ON_DIGITS = {
    "none": {},
    "L2, λ = 1": runs.with_penalty(1),
    "keep_prob = 0.7": runs.with_dropout(0.7),
}
FEW = 100  # of the 200 pictures to train on
ON_FEW = {
    "none": {},
    **{f"L2, λ = {lambd}": runs.with_penalty(lambd) for lambd in (0.5, 1, 2)},
    **{f"keep_prob = {keep}": runs.with_dropout(keep) for keep in (0.7, 0.6, 0.5)},
}


def measure_moons(seed):
    """Train with each keep_prob on one draw; choose one of them on its validation points."""
    trained = {keep: runs.on_moons(seed, **runs.with_dropout(keep)) for keep in KEEP_PROBS}
    rows = {f"keep_prob = {keep}": runs.shares(run) for keep, run in trained.items()}
    keep = runs.chosen_on_validation(trained)
    rows["keep_prob chosen"] = {**runs.shares(trained[keep]), "keep_prob": keep}
    rows[f"{FROZEN}, frozen masks"] = runs.shares(runs.on_moons(seed, **_frozen(seed)))
    chosen = l2_regularization.measure(seed)["λ chosen"]
    rows["L2, λ chosen"] = {column: chosen[column] for column in rows["keep_prob = 1"]}
    return rows


def _frozen(seed):
    """Return the functions for `fit` as a seed inside the forward pass makes them."""
    functions = runs.with_dropout(FROZEN)
    forward = functions["forward"]

    def seeded(X, parameters):
        np.random.seed(seed)
        return forward(X, parameters)

    return {**functions, "forward": seeded}


def measure_thinner(seed):
    """Take a tenth of layer 1 away, ten times, from a network trained without dropout and with it.

    On how many of the test points do the ten thinner networks not all agree?
    """
    X, rows = moons(seed).test.X, {}
    for keep in (1, THINNED):
        whole = runs.on_moons(seed, **runs.with_dropout(keep)).parameters
        np.random.seed(seed)
        answers = [
            forward_propagation(X, {**whole, "W2": whole["W2"] * there / LEFT})[0][0] > 0.5
            for there in np.random.rand(10, 1, whole["W2"].shape[1]) < LEFT
        ]
        apart = np.any(answers, axis=0) & ~np.all(answers, axis=0)
        rows[f"keep_prob = {keep}"] = {"disagree, %": 100 * np.mean(apart)}
    return rows


def measure_digits(seed):
    """Train without and with each kind of regularization on one split of the digits."""
    return _on_pictures(digits(seed), seed, ON_DIGITS)


def measure_few(seed):
    """Train on the first of the training pictures of one split; the test pictures stay."""
    train, validation, test = digits(seed)
    few = Points(train.X[:, :FEW], train.Y[:, :FEW])
    return _on_pictures(Split(few, validation, test), seed, ON_FEW)


def _on_pictures(pictures, seed, ways):
    rows = {}
    for name, functions in ways.items():
        np.random.seed(seed)
        run = fit(
            pictures.train,
            initialize_parameters_he([64, 100, 50, 1]),
            learning_rate=0.1,
            momentum=0.9,
            steps=DIGIT_STEPS,
            watch={"test": pictures.test},
            every=DIGIT_STEPS,
            **functions,
        )
        rows[name] = runs.shares(run)
    return rows


STUDIES = {
    "moons": Study(
        setting="keep_prob",
        baseline="keep_prob = 1",
        compared="test, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(
            *runs.ON_MOONS,
            runs.CHOSEN.format(setting="keep_prob"),
            "'L2, λ chosen' is the row 'λ chosen' of the notebook on L2.",
            f"'{FROZEN}, frozen masks' draws the same masks at every step.",
            runs.GAP,
        ),
        measure=measure_moons,
    ),
    "thinner": Study(
        setting="keep_prob",
        baseline="keep_prob = 1",
        compared="disagree, %",
        decimals={"disagree, %": 0},
        about=(
            *runs.ON_MOONS,
            "disagree: on how many test points ten networks, each of them without a tenth of "
            "layer 1, do not all agree.",
        ),
        measure=measure_thinner,
    ),
    "digits": Study(
        setting="regularization",
        baseline="none",
        compared="test, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(
            "Each draw splits the same 1,797 pictures anew, 200 to train on and 1,597 to test, "
            "and has its own He start of the network [64, 100, 50, 1]. All rows of a draw share "
            "both.",
            f"Training: rate 0.1, momentum 0.9, {DIGIT_STEPS} steps.",
            "λ and keep_prob were fixed before these splits were drawn.",
            runs.GAP,
        ),
        measure=measure_digits,
    ),
    "few": Study(
        setting="regularization",
        baseline="none",
        compared="test, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(
            f"As above, with {FEW} of the 200 pictures to train on and the same 1,597 to test.",
            "The values of λ and keep_prob are near those that did well on ten other splits.",
            runs.GAP,
        ),
        measure=measure_few,
    ),
}
