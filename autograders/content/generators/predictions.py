"""Questions to `predict` and `predict_without_dropout`: the class that a network gives a point."""

from autograders.content.generators import networks
from autograders.course.exercise import Question

CLASSES, HALF = "classes", "half"


def points(says, n_x, m, seed, hidden):
    """Ask for the classes of random points; about three of ten are 0."""
    X = networks.inputs(n_x, m, seed)
    parameters = networks.divided(X, networks.parameters([n_x, *hidden, 1], seed + 1), 0.3)
    return Question(CLASSES, says, {"X": X, "parameters": parameters}, seed=seed)


def half_sure():
    """Ask for the classes where a network of zeros says 0.5 to each point."""
    net = {name: 0 * array for name, array in networks.parameters([2, 3, 2, 1], 0).items()}
    given = {"X": networks.inputs(2, 3, 5), "parameters": net}
    return Question(HALF, "where the probability is exactly 0.5", given, "undisturbed", seed=5)


def fresh_classes(rng):
    """Ask for the classes of other points."""
    n_x, m = int(rng.randint(2, 6)), int(rng.randint(9, 30))
    hidden = [rng.randint(low, high, 2).tolist() for low, high in ((3, 9), (3, 9), (8, 13))]
    seeds = [networks.seed(rng) for _ in range(6)]
    n, third = int(rng.randint(4, 8)), "where every third probability is exactly 0.5"
    half = networks.half_sure(rng, [n_x, *hidden[0], 1], 12)
    return [
        points(f"for {m} points", n_x, m, seeds[0], hidden[0]),
        points(f"for {m} other points", n_x, m, seeds[3], hidden[0]),
        points("for 1 point", 3, 1, seeds[1], hidden[1]),
        points("for many points", 2, 400, seeds[2], hidden[2]),
        points(f"for {n} points with {n} inputs", n, n, seeds[4], [n, n]),
        points("for layers of 1 unit", 1, m, seeds[5], [1, 1]),
        Question(HALF, third, half, "undisturbed", seed=seeds[0]),
    ]
