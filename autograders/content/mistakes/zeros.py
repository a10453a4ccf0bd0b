"""Known mistakes in `initialize_parameters_zeros`."""

from autograders.course.exercise import Mistake

SHAPE = "(layers_dim[l], layers_dim[l - 1])"
BIAS = "np.zeros((layers_dim[l], 1))"

ZEROS: list[Mistake] = [
    Mistake(
        "zeros-of-swapped-shape",
        "the rows and columns of each W are swapped",
        "W1 is multiplied by X, which has n_0 rows. How many columns must W1 have?",
        {SHAPE: "(layers_dim[l - 1], layers_dim[l])"},
    ),
    Mistake(
        "zeros-all-of-the-first-shape",
        "every W has the shape of W1",
        "Each layer has sizes of its own. Which variable tells the layers apart in the loop?",
        {SHAPE: "(layers_dim[1], layers_dim[0])"},
    ),
    Mistake(
        "zeros-square",
        "each W has as many columns as rows",
        "A row of Wl holds one weight for each unit of the layer before.",
        {SHAPE: "(layers_dim[l], layers_dim[l])"},
    ),
    Mistake(
        "zeros-flat-weights",
        "each W is one long row of numbers instead of a matrix",
        "np.zeros takes the whole shape as one tuple. Which two sizes belong in it?",
        {SHAPE: "layers_dim[l] * layers_dim[l - 1]"},
    ),
    Mistake(
        "zeros-flat-bias",
        "each b has one dimension only",
        "A b of shape (n,) is added along the examples, not along the units. It needs a column.",
        {BIAS: "np.zeros(layers_dim[l])"},
    ),
    Mistake(
        "zeros-bias-as-row",
        "each b is a row instead of a column",
        "Columns are examples, so a row of b would belong to one example each.",
        {BIAS: "np.zeros((1, layers_dim[l]))"},
    ),
    Mistake(
        "zeros-bias-of-the-layer-before",
        "each b has the size of the layer before",
        "bl is added to the units of layer l. How many are there?",
        {BIAS: "np.zeros((layers_dim[l - 1], 1))"},
    ),
    Mistake(
        "zeros-bias-like-weights",
        "each b has the shape of its W",
        "A unit has many weights, but only one bias.",
        {BIAS: "np.zeros((layers_dim[l], layers_dim[l - 1]))"},
    ),
    Mistake(
        "ones-instead-of-zeros",
        "the arrays are filled with ones",
        "The weights and biases of this first try are all 0.",
        {"np.zeros": "np.ones"},
    ),
    Mistake(
        "ones-for-the-biases",
        "the biases start at one",
        "In this first try the biases are 0 as well.",
        {BIAS: "np.ones((layers_dim[l], 1))"},
    ),
    Mistake(
        "keys-from-0",
        "the keys count from W0 instead of W1",
        "Layer 0 is the input: it has no weights. The loop begins at 1 for that reason.",
        {"str(l)": "str(l - 1)"},
    ),
    Mistake(
        "keys-without-number",
        "all layers are stored under the same two keys",
        "Each turn of the loop overwrites the one before. How does the key know its layer?",
        {'"W" + str(l)': '"W"', '"b" + str(l)': '"b"'},
    ),
    Mistake(
        "int-dtype",
        "the zeros are whole numbers",
        "What happens when a step of 0.01 is subtracted from an array of ints?",
        {"layers_dim[l - 1]))": "layers_dim[l - 1]), dtype=int)"},
    ),
]
