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
        also=(
            {SHAPE: f"{SHAPE}, dtype=int", BIAS: "np.zeros((layers_dim[l], 1), dtype=int)"},
            {BIAS: "np.zeros((layers_dim[l], 1), dtype=int)"},
        ),
    ),
    Mistake(
        "zeros-tuple-missing",
        "the sizes are given to np.zeros one by one, not as one shape",
        "np.zeros takes the shape first, as one tuple. What does it take a second argument for?",
        {SHAPE: SHAPE[1:-1]},
        also=({BIAS: "np.zeros(layers_dim[l], 1)"},),
    ),
    Mistake(
        "random-instead-of-zeros",
        "there are random numbers in the arrays",
        "Random weights come in the next exercise. What does this first try start from?",
        {f"np.zeros({SHAPE})": f"np.random.randn{SHAPE}"},
    ),
    Mistake(
        "ones-for-the-weights",
        "the weights start at one",
        "The biases are 0 already. What about the weights?",
        {f"np.zeros({SHAPE})": f"np.ones({SHAPE})"},
    ),
    Mistake(
        "zeros-bias-is-a-number",
        "each b is a number instead of a column",
        "A layer has one bias for each of its units. How many rows is that?",
        {BIAS: "0.0"},
    ),
    Mistake(
        "zeros-bias-missing",
        "the biases are not stored",
        "Each layer needs two entries in the dict. Which key is missing?",
        {f'parameters["b" + str(l)] = {BIAS}': "pass"},
    ),
    Mistake(
        "zeros-lists",
        "the arrays are lists",
        "Lists in a list look like a matrix. Can they be multiplied as one?",
        {
            f"np.zeros({SHAPE})": f"np.zeros({SHAPE}).tolist()",
            BIAS: f"{BIAS}.tolist()",
        },
    ),
    Mistake(
        "zeros-of-W-and-b-swapped",
        "the arrays for W and b are swapped",
        "Which of the two keys belongs to the array with a single column?",
        {
            '"W" + str(l)': '"v" + str(l)',
            '"b" + str(l)': '"W" + str(l)',
            '"v" + str(l)': '"b" + str(l)',
        },
    ),
    Mistake(
        "last-layer-not-set",
        "the last layer is missing",
        "L counts the layers with weights, and range leaves out its end. Which l is your last?",
        """
        def initialize_parameters_zeros(layers_dim):
            parameters = {}
            L = len(layers_dim) - 1
            for l in range(1, L):
                parameters["W" + str(l)] = np.zeros((layers_dim[l], layers_dim[l - 1]))
                parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
            return parameters
        """,
    ),
]
