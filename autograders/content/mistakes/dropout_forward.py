"""Known mistakes in `forward_propagation_with_dropout`."""

from autograders.course.exercise import Mistake

DRAW1 = "np.random.rand(A1.shape[0], A1.shape[1])"
DRAW2 = "np.random.rand(A2.shape[0], A2.shape[1])"

WHOLE = """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(*A2.shape) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
"""

FORWARD: list[Mistake] = [
    Mistake(
        "randn-for-the-mask",
        "the draws for the masks are normal instead of uniform",
        "Which share of the draws of randn lies below keep_prob? Draw some and count.",
        {"np.random.rand(": "np.random.randn("},
    ),
    Mistake(
        "mask-inverted",
        "the masks drop what should be kept",
        "With keep_prob = 1 every unit should live. Does it?",
        {"keep_prob > D": "keep_prob <= D"},
    ),
    Mistake(
        "keep-prob-taken-for-drop-prob",
        "keep_prob is used as the probability of being dropped, in the scaling too",
        "keep_prob = 0.9 should leave nine units of ten.",
        {"keep_prob > D": "1 - keep_prob > D", "/ keep_prob": "/ (1 - keep_prob)"},
    ),
    Mistake(
        "threshold-fixed-at-0.5",
        "half of the units are kept, whatever keep_prob says",
        "0.5 is what keep_prob is when nobody gives it. Someone may.",
        {"keep_prob > D": "0.5 > D"},
        also=({"keep_prob > D1": "np.round(D1)", "keep_prob > D2": "np.round(D2) > 0"},),
    ),
    Mistake(
        "draws-used-as-mask",
        "the uniform draws themselves are used as the mask",
        "A unit is either there or not: the mask holds zeros and ones. Which step makes them?",
        {"keep_prob > D1": "D1", "keep_prob > D2": "D2"},
    ),
    Mistake(
        "draws-in-the-cache",
        "the cache holds the draws instead of the masks",
        "On the way back you need to know who was dropped. Put the mask itself under D1 and D2.",
        {
            "D1 = keep_prob > D1": "mask = keep_prob > D1",
            "D2 = keep_prob > D2": "mask = keep_prob > D2",
            "A1 * D1": "A1 * mask",
            "A2 * D2": "A2 * mask",
        },
    ),
    Mistake(
        "mask-already-scaled",
        "the cached masks are divided by keep_prob",
        "D is the mask of zeros and ones. Scale A, not D.",
        {
            "keep_prob > D1": "(keep_prob > D1) / keep_prob",
            "keep_prob > D2": "(keep_prob > D2) / keep_prob",
            "A1 / keep_prob": "A1",
            "A2 / keep_prob": "A2",
        },
    ),
    Mistake(
        "not-scaled",
        "what is left is not scaled up",
        "With half of the units gone the next layer gets half of the sum. What makes up for that?",
        {"A1 / keep_prob": "A1", "A2 / keep_prob": "A2"},
    ),
    Mistake(
        "multiplied-by-keep-prob",
        "what is left is multiplied by keep_prob, which makes it smaller still",
        "The units that live must stand in for the dropped ones. Should they grow or shrink?",
        {"/ keep_prob": "* keep_prob"},
    ),
    Mistake(
        "scaled-twice",
        "what is left is divided by keep_prob twice",
        "The expected value of A should stay what it was without dropout. Scale once.",
        {"/ keep_prob": "/ keep_prob**2"},
    ),
    Mistake(
        "divided-by-the-drop-prob",
        "what is left is divided by 1 - keep_prob",
        "keep_prob = 1 drops nothing, so nothing should be scaled. What do you divide by then?",
        {"/ keep_prob": "/ (1 - keep_prob)"},
    ),
    Mistake(
        "scaled-by-the-share-kept",
        "what is left is divided by the share of units that happened to be kept",
        "That share is another one in every call. Which number is it on average?",
        {"A1 / keep_prob": "A1 / np.mean(D1)", "A2 / keep_prob": "A2 / np.mean(D2)"},
    ),
    Mistake(
        "layer-2-not-dropped",
        "only layer 1 has dropout",
        "The four steps come twice, once for each hidden layer.",
        {"keep_prob > D2": "np.ones_like(D2)", "A2 / keep_prob": "A2"},
    ),
    Mistake(
        "layer-2-not-scaled",
        "only layer 1 is scaled up",
        "The four steps are the same in both layers. Which one is missing in layer 2?",
        {"A2 / keep_prob": "A2"},
    ),
    Mistake(
        "layer-2-not-masked",
        "the mask of layer 2 is drawn but not used",
        "The four steps are the same in both layers. Which one is missing in layer 2?",
        {"A2 * D2": "A2"},
    ),
    Mistake(
        "dropped-under-another-name",
        "the result of dropout is stored under a name that nobody reads",
        "The given line after yours takes A1. Does A1 know about the mask?",
        {
            "A1 = A1 * D1": "A1_dropped = A1 * D1",
            "A1 = A1 / keep_prob": "A1_dropped = A1_dropped / keep_prob",
            "A2 = A2 * D2": "A2_dropped = A2 * D2",
            "A2 = A2 / keep_prob": "A2_dropped = A2_dropped / keep_prob",
        },
    ),
    Mistake(
        "one-draw-per-unit",
        "a unit is dropped for all examples at once, and D has one column",
        "D has the shape of A: every example has a mask of its own.",
        {"A1.shape[1]": "1", "A2.shape[1]": "1"},
    ),
    Mistake(
        "one-draw-per-example",
        "all units of an example are dropped at once, and D has one row",
        "D has the shape of A: every unit has a draw of its own.",
        {"A1.shape[0]": "1", "A2.shape[0]": "1"},
    ),
    Mistake(
        "same-mask-for-every-example",
        "one column of draws is repeated for all examples",
        "Every entry of D should be independent of the others. How many draws do you make?",
        {
            DRAW1: "np.tile(np.random.rand(A1.shape[0], 1), (1, A1.shape[1]))",
            DRAW2: "np.tile(np.random.rand(A2.shape[0], 1), (1, A2.shape[1]))",
        },
    ),
    Mistake(
        "dropout-seed-inside",
        "a seed is set inside the function, or a generator with a fixed seed is made there",
        "Compare the masks of two calls. Who should decide on the seed?",
        {"D1 = np.random": "np.random.seed(1)\n    D1 = np.random"},
        also=(
            WHOLE.replace("    Z1 =", "    rng = np.random.default_rng(0)\n    Z1 =")
            .replace("np.random.rand(*A1.shape)", "rng.random(A1.shape)")
            .replace("np.random.rand(*A2.shape)", "rng.random(A2.shape)"),
        ),
    ),
    Mistake(
        "mask-of-a-fixed-count",
        "each mask keeps exactly the same number of units",
        "Each unit is kept or dropped by itself, so the number kept is another one each time.",
        {
            DRAW1: "np.random.permutation(A1.size).reshape(A1.shape) / A1.size",
            DRAW2: "np.random.permutation(A2.size).reshape(A2.shape) / A2.size",
        },
    ),
    Mistake(
        "mask-on-Z",
        "the mask is put on Z before ReLU, so the cached Z is masked too",
        "Z is the linear part and knows nothing of dropout. Which array does the mask belong to?",
        WHOLE.replace("    A1 = relu(Z1)\n", "")
        .replace("    A2 = relu(Z2)\n", "")
        .replace("A1.shape", "Z1.shape")
        .replace("A2.shape", "Z2.shape")
        .replace("A1 = A1 * D1 / keep_prob", "Z1 = Z1 * D1 / keep_prob\n    A1 = relu(Z1)")
        .replace("A2 = A2 * D2 / keep_prob", "Z2 = Z2 * D2 / keep_prob\n    A2 = relu(Z2)"),
    ),
    Mistake(
        "dropout-on-the-output",
        "the output layer has dropout too",
        "A3 is the network's answer. Should it be thrown away now and then?",
        WHOLE.replace(
            "    cache",
            "    D3 = np.random.rand(*A3.shape) < keep_prob\n"
            "    A3 = A3 * D3 / keep_prob\n    cache",
        ),
    ),
    Mistake(
        "dropout-on-the-input",
        "the inputs are dropped too",
        "The formula for Z1 takes X as it is. Only layers 1 and 2 have dropout.",
        WHOLE.replace(
            "    Z1 =",
            "    X = X * (np.random.rand(*X.shape) < keep_prob) / keep_prob\n    Z1 =",
        ),
    ),
    Mistake(
        "masks-left-out-of-the-cache",
        "the cache is that of the network without dropout",
        "The way back needs to know who was dropped. Where does it learn that?",
        WHOLE.replace("Z1, D1, A1", "Z1, A1").replace("Z2, D2, A2", "Z2, A2"),
    ),
    Mistake(
        "activations-cached-before-the-mask",
        "the cache holds the activations as they were before the mask",
        "dW2 is made with what layer 2 was given. Which of the two arrays was that?",
        WHOLE.replace("A1 = A1 * D1", "dropped1 = A1 * D1")
        .replace("A2 = A2 * D2", "dropped2 = A2 * D2")
        .replace("np.dot(W2, A1)", "np.dot(W2, dropped1)")
        .replace("np.dot(W3, A2)", "np.dot(W3, dropped2)"),
    ),
    Mistake(
        "randn-in-layer-1-only",
        "the draws for the mask of layer 1 are normal instead of uniform",
        "Which share of the draws of randn lies below keep_prob? Compare your two layers.",
        {"D1 = np.random.rand(": "D1 = np.random.randn("},
    ),
    Mistake(
        "randn-in-layer-2-only",
        "the draws for the mask of layer 2 are normal instead of uniform",
        "Which share of the draws of randn lies below keep_prob? Compare your two layers.",
        {"D2 = np.random.rand(": "D2 = np.random.randn("},
    ),
    Mistake(
        "layer-1-not-scaled",
        "only layer 2 is scaled up",
        "The four steps are the same in both layers. Which one is missing in layer 1?",
        {"A1 / keep_prob": "A1"},
    ),
    Mistake(
        "layer-1-not-masked",
        "the mask of layer 1 is drawn but not used",
        "The four steps are the same in both layers. Which one is missing in layer 1?",
        {"A1 * D1": "A1"},
    ),
    Mistake(
        "mask-inverted-in-layer-1-only",
        "the mask of layer 1 drops what should be kept",
        "With keep_prob = 1 every unit should live. Compare your two layers.",
        {"keep_prob > D1": "keep_prob <= D1"},
    ),
    Mistake(
        "mask-inverted-in-layer-2-only",
        "the mask of layer 2 drops what should be kept",
        "With keep_prob = 1 every unit should live. Compare your two layers.",
        {"keep_prob > D2": "keep_prob <= D2"},
    ),
    Mistake(
        "layer-1-multiplied-by-keep-prob",
        "what is left in layer 1 is multiplied by keep_prob, which makes it smaller still",
        "The units that live must stand in for the dropped ones. Should they grow or shrink?",
        {"A1 / keep_prob": "A1 * keep_prob"},
    ),
    Mistake(
        "layer-2-multiplied-by-keep-prob",
        "what is left in layer 2 is multiplied by keep_prob, which makes it smaller still",
        "The units that live must stand in for the dropped ones. Should they grow or shrink?",
        {"A2 / keep_prob": "A2 * keep_prob"},
    ),
    Mistake(
        "scaled-for-one-half",
        "the scaling is that of keep_prob = 0.5, whatever keep_prob is given",
        "0.5 is what keep_prob is when nobody gives it. Someone may.",
        {"/ keep_prob": "/ 0.5"},
    ),
    Mistake(
        "draws-cut-to-whole-numbers",
        "the draws are cut to whole numbers, so that all units are dropped",
        "What does turning 0.99 into an int give? Compare the draws with keep_prob first.",
        {"keep_prob > D1": "D1.astype(int)", "keep_prob > D2": "D2.astype(int)"},
    ),
    Mistake(
        "all-units-kept",
        "every unit is kept",
        "With keep_prob = 0.5 half of the entries of D should be 0.",
        {"keep_prob > D1": "D1 > -1", "keep_prob > D2": "D2 > -1"},
    ),
    Mistake(
        "mask-added",
        "the mask is added to the activations",
        "A dropped unit should be 0. Which operation makes a 0 of anything?",
        {"A1 * D1": "A1 + D1", "A2 * D2": "A2 + D2"},
    ),
    Mistake(
        "D2-of-the-shape-of-A1",
        "the mask of layer 2 has the shape of layer 1",
        "The mask of layer 2 has an entry for each entry of what?",
        {"rand(A2.shape[0], A2.shape[1])": "rand(A1.shape[0], A1.shape[1])"},
        also=({"A2 * D2": "A2 * D1"},),
    ),
    Mistake(
        "masks-of-the-shape-of-X",
        "the masks are drawn in the shape of X",
        "The mask of a layer has an entry for each of its units. How many rows is that?",
        {"A1.shape[0]": "X.shape[0]", "A2.shape[0]": "X.shape[0]"},
    ),
    Mistake(
        "masks-of-the-shape-of-W",
        "the masks are drawn in the shape of the weights",
        "A mask has an entry for each unit and each example. Which array has that shape?",
        {
            "A1.shape[0], A1.shape[1]": "W1.shape[0], W1.shape[1]",
            "A2.shape[0], A2.shape[1]": "W2.shape[0], W2.shape[1]",
        },
    ),
    Mistake(
        "dropout-tuple-for-the-sizes",
        "a shape is given to np.random.rand as one tuple",
        "np.zeros takes one shape. Does rand take a shape, or one size after the other?",
        {"A1.shape[0], A1.shape[1]": "A1.shape", "A2.shape[0], A2.shape[1]": "A2.shape"},
    ),
    Mistake(
        "matrix-product-with-the-mask",
        "the mask is applied by a matrix product",
        "Each entry of A meets the entry of D in its own place. Which product does that?",
        {"A1 * D1": "np.dot(A1, D1)", "A2 * D2": "np.dot(A2, D2)"},
    ),
    Mistake(
        "matrix-product-with-the-mask-transposed",
        "the mask is applied by a matrix product with its transpose",
        "Each entry of A meets the entry of D in its own place. Which product does that?",
        {"A1 * D1": "np.dot(A1, D1.T)", "A2 * D2": "np.dot(A2, D2.T)"},
    ),
    Mistake(
        "cache-in-another-order",
        "the cache is not in the order that the way back unpacks",
        "Compare your tuple with the docstring, entry by entry.",
        WHOLE.replace("(Z1, D1, A1, W1", "(Z1, A1, D1, W1").replace(
            "Z2, D2, A2, W2", "Z2, A2, D2, W2"
        ),
    ),
]
