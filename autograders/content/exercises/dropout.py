"""The exercises of the notebook ``dropout``."""

from autograders.content.alternatives import dropout as right
from autograders.content.generators import networks
from autograders.content.generators.predictions import (
    CLASSES,
    HALF,
    fresh_classes,
    half_sure,
    points,
)
from autograders.content.hints import dropout as hints
from autograders.content.mistakes import dropout as mistakes
from autograders.course.exercise import Exercise, Question
from lab.judge.examples import Part
from lab.language import Said

CACHE, GIVEN_MASKS, MASKS = "cache", "given_masks", "masks"
CHECKS = {CACHE: "cache_with_masks", GIVEN_MASKS: "dropout_arithmetic", MASKS: "fresh_masks"}
LAYER_2, LAYER_1, OTHERS = "layer_2", "layer_1", "others"
GRADIENTS = ("dZ3", "dW3", "db3", "dZ2", "dW2", "db2", "dZ1", "dW1", "db1")


def _forward(part, says, sizes, m, seed, by_name=True, draw=networks.parameters, **given):
    X, parameters = networks.inputs(sizes[0], m, seed), draw(sizes, seed)
    arguments = {"X": X, "parameters": parameters, **given}
    by_name = tuple(given) if by_name else ()
    expected = networks.masked_forward(X, parameters)
    return Question(part, says, arguments, CHECKS[part], by_name, seed=seed, expected=expected)


def _shipped_masks(says, m, seed, sizes=(3, 60, 50, 1), **given):
    """Ask for the masks of a large network, in a file of few numbers."""
    return _forward(MASKS, says, sizes, m, seed, draw=networks.parameters_apart, **given)


def _fresh_forward(rng):
    seeds = [networks.seed(rng) for _ in range(12)]
    sizes = [networks.sizes(rng, 2, widest=6) for _ in range(5)]
    units = [[3, *rng.randint(50, 70, 2).tolist(), 1] for _ in range(4)]
    m, many = int(rng.randint(4, 12)), int(rng.randint(140, 180))
    some, few = round(rng.uniform(0.55, 0.85), 2), round(rng.uniform(0.1, 0.2), 2)
    most = round(rng.uniform(0.93, 0.97), 2)
    given, masks = GIVEN_MASKS, MASKS
    n = int(rng.randint(3, 6))
    return [
        _forward(
            CACHE,
            Said("for keep_prob = {keep_prob}", keep_prob=some),
            sizes[0],
            m,
            seeds[0],
            keep_prob=some,
        ),
        _forward(
            CACHE,
            Said("for {n} inputs and as many units and examples", n=n),
            [n, n, n, 1],
            n,
            seeds[9],
        ),
        _forward(
            given,
            Said("for keep_prob = {keep_prob}", keep_prob=some),
            sizes[0],
            m,
            seeds[0],
            keep_prob=some,
        ),
        _forward(given, "for keep_prob not given", sizes[1], m + 1, seeds[1]),
        _forward(given, "for 1 example", sizes[2], 1, seeds[2], False, keep_prob=some),
        _forward(
            given,
            Said("for keep_prob = {keep_prob}", keep_prob=few),
            sizes[3],
            60,
            seeds[3],
            keep_prob=few,
        ),
        _forward(given, "for keep_prob = 1", sizes[4], m, seeds[4], keep_prob=1.0),
        _forward(
            given,
            Said("for {n} inputs and as many units and examples", n=n),
            [n, n, n, 1],
            n,
            seeds[10],
        ),
        _forward(given, "for layers of 1 unit", [1, 1, 1, 1], 30, seeds[11], draw=networks.alive),
        _forward(masks, "for many units, keep_prob not given", units[0], many, seeds[5]),
        _forward(
            masks,
            Said("for keep_prob = {keep_prob}", keep_prob=few),
            units[1],
            many,
            seeds[6],
            keep_prob=few,
        ),
        _forward(
            masks,
            Said("for keep_prob = {keep_prob}", keep_prob=most),
            units[2],
            many,
            seeds[7],
            False,
            keep_prob=most,
        ),
        _forward(masks, "for keep_prob = 1", units[3], 20, seeds[8], keep_prob=1.0),
    ]


def _backward(says, sizes, m, keep_prob, seed, idle=False, draw=networks.parameters):
    """Ask once for each part of the gradients."""
    X, parameters = networks.inputs(sizes[0], m, seed), draw(sizes, seed)
    if idle:
        parameters = networks.with_idle_units(parameters)
    # the masks are others than those that are drawn after the question's own seed
    cache = networks.cache_with_masks(X, parameters, keep_prob, seed + 1)
    arguments = {"X": X, "Y": networks.classes(m, seed), "cache": cache, "keep_prob": keep_prob}
    return [
        Question(LAYER_2, says, arguments, "gradients", seed=seed, keys=("dA2",)),
        Question(LAYER_1, says, arguments, "gradients", seed=seed, keys=("dA1",)),
        Question(OTHERS, says, arguments, "undisturbed_gradients", seed=seed, keys=GRADIENTS),
    ]


def _fresh_backward(rng):
    seeds = [networks.seed(rng) for _ in range(8)]
    sizes = [[int(rng.randint(2, 6)), *rng.randint(4, 8, 2).tolist(), 1] for _ in range(6)]
    sizes[1][2] = sizes[1][1]  # so that what belongs to the other layer fits
    m, some = int(rng.randint(4, 12)), round(rng.uniform(0.55, 0.85), 2)
    few, n = round(rng.uniform(0.1, 0.2), 2), int(rng.randint(4, 7))
    sizes[4] = sizes[0]  # the same shapes, and other gradients
    # examples enough that something is left where masks of one's own are put on top
    return [
        *_backward(
            Said("for keep_prob = {keep_prob}", keep_prob=some), sizes[0], 8 * m, some, seeds[0]
        ),
        *_backward(
            Said("for keep_prob = {keep_prob}", keep_prob=few), sizes[1], 400, few, seeds[1]
        ),
        *_backward("for 1 example", [3, 30, 30, 1], 1, 0.7, seeds[2]),
        *_backward("for many examples", sizes[3], 200, 0.95, seeds[3]),
        *_backward("for keep_prob = 1", sizes[4], 8 * m, 1.0, seeds[4]),
        *_backward("where Z is exactly 0 in a unit", sizes[5], 60, some, seeds[5], idle=True),
        *_backward(
            Said("for {n} inputs and as many units and examples", n=n),
            [n, n, n, 1],
            n,
            0.9,
            seeds[6],
            draw=networks.alive,
        ),
        *_backward("for layers of 1 unit", [1, 1, 1, 1], 30, some, seeds[7], draw=networks.alive),
    ]


EXERCISES = [
    Exercise(
        "forward_propagation_with_dropout",
        {
            CACHE: Part("the cache: its order, and masks of zeros and ones", 2, alone=True),
            GIVEN_MASKS: Part(
                "what follows from the masks: masked, scaled, sent on", 3, alone=True
            ),
            MASKS: Part("fresh and independent masks", 3, alone=True),
        },
        [
            _forward(CACHE, "for keep_prob = 0.7", [3, 4, 5, 1], 5, 1, keep_prob=0.7),
            _forward(GIVEN_MASKS, "for keep_prob = 0.7", [3, 4, 5, 1], 5, 1, keep_prob=0.7),
            _forward(GIVEN_MASKS, "for keep_prob not given", [2, 5, 4, 1], 6, 2),
            _forward(
                GIVEN_MASKS, "for keep_prob = 1 and 1 example", [2, 4, 3, 1], 1, 3, keep_prob=1.0
            ),
            _forward(GIVEN_MASKS, "for keep_prob = 0.2", [2, 5, 6, 1], 8, 7, keep_prob=0.2),
            _forward(GIVEN_MASKS, "for 3 inputs, units and examples each", [3, 3, 3, 1], 3, 8),
            _shipped_masks("for many units, keep_prob not given", 150, 4),
            _shipped_masks("for many units, keep_prob = 0.85", 150, 5, keep_prob=0.85),
            _shipped_masks("for many units, keep_prob = 1", 20, 6, keep_prob=1.0),
            _shipped_masks(
                "for 60 inputs, units and examples each", 60, 7, [60, 60, 60, 1], keep_prob=0.9
            ),
        ],
        _fresh_forward,
        mistakes.FORWARD,
        right.FORWARD,
        hints.FORWARD,
    ),
    Exercise(
        "backward_propagation_with_dropout",
        {
            LAYER_2: Part("dA2, masked and scaled", 2, alone=True),
            LAYER_1: Part("dA1, masked and scaled", 2, alone=True),
            OTHERS: Part("the other 9 gradients", 1, alone=True),
        },
        [
            *_backward("for keep_prob = 0.8", [3, 4, 5, 1], 5, 0.8, 1),
            *_backward("for keep_prob = 0.5", [2, 5, 4, 1], 7, 0.5, 2),
            *_backward("for keep_prob = 1", [2, 4, 3, 1], 4, 1.0, 3),
            *_backward("for 1 example", [2, 6, 6, 1], 1, 0.6, 4),
            *_backward("for keep_prob = 0.2", [2, 5, 6, 1], 12, 0.2, 5),
            *_backward("for 3 inputs, units and examples each", [3, 3, 3, 1], 3, 0.7, 7),
            *_backward("where Z is exactly 0 in a unit", [3, 4, 3, 1], 8, 0.7, 6, idle=True),
        ],
        _fresh_backward,
        mistakes.BACKWARD,
        right.BACKWARD,
        hints.BACKWARD,
    ),
    Exercise(
        "predict_without_dropout",
        {
            CLASSES: Part("the class of each point, the same at every call", 2),
            HALF: Part("class 0 where the probability is exactly 0.5", 1),
        },
        [
            points("for 8 points", 2, 8, 2, [4, 3]),
            points("for 1 point", 3, 1, 3, [5, 2]),
            points("for 60 points", 2, 60, 4, [8, 6]),
            half_sure(),
        ],
        fresh_classes,
        mistakes.PREDICT,
        right.PREDICT,
        hints.PREDICT,
    ),
]
