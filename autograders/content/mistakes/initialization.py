"""Known mistakes in the notebook ``initialization``."""

from autograders.content.mistakes.zeros import BIAS, SHAPE, ZEROS
from autograders.course.exercise import Mistake

__all__ = ["HE", "RANDOM", "ZEROS"]

DRAWS = "np.random.randn(layers_dim[l], layers_dim[l - 1])"

RANDOM: list[Mistake] = [
    Mistake(
        "random-shape-swapped",
        "the rows and columns of each W are swapped",
        "W1 is multiplied by X, which has n_0 rows. How many columns must W1 have?",
        {SHAPE: "(layers_dim[l - 1], layers_dim[l])"},
    ),
    Mistake(
        "random-flat-bias",
        "each b has one dimension only",
        "A b of shape (n,) is added along the examples, not along the units. It needs a column.",
        {BIAS: "np.zeros(layers_dim[l])"},
    ),
    Mistake(
        "random-uniform-draws",
        "the draws are uniform between 0 and 1",
        "About half of the weights should be negative. How do rand and randn differ?",
        {"randn": "rand"},
    ),
    Mistake(
        "random-uniform-both-signs",
        "the draws are uniform between -1 and 1",
        "The draws should be normal: most near 0, a few far out.",
        {DRAWS: "(2 * np.random.rand(layers_dim[l], layers_dim[l - 1]) - 1)"},
    ),
    Mistake(
        "random-positive-only",
        "all weights are positive",
        "A normal draw has either sign. What takes the sign away?",
        {DRAWS: f"np.abs({DRAWS})"},
    ),
    Mistake(
        "random-one-draw-per-layer",
        "one draw fills the whole of each W",
        "Equal rows stay equal for ever, as with zeros: every entry needs a draw of its own.",
        {DRAWS: "np.full((layers_dim[l], layers_dim[l - 1]), np.random.randn())"},
    ),
    Mistake(
        "scale-ignored",
        "the draws are not multiplied by scale",
        "Call it twice, with scale 1 and scale 100. Do the weights differ in size?",
        {" * scale": ""},
    ),
    Mistake(
        "scale-fixed-at-10",
        "the draws are multiplied by 10, whatever scale says",
        "10 is what scale is when nobody gives it. Someone may.",
        {"* scale": "* 10"},
    ),
    Mistake(
        "scale-fixed-at-0.01",
        "the draws are multiplied by 0.01, whatever scale says",
        "Small weights are a good idea in other places. Here the caller decides on the size.",
        {"* scale": "* 0.01"},
    ),
    Mistake(
        "divided-by-scale",
        "the draws are divided by scale",
        "A larger scale should give larger weights.",
        {"* scale": "/ scale"},
    ),
    Mistake(
        "scale-added",
        "scale is added to the draws",
        "The weights should stay around 0, and only spread further.",
        {"* scale": "+ scale"},
    ),
    Mistake(
        "root-of-scale",
        "the draws are multiplied by the square root of scale",
        "scale is the standard deviation itself, not the variance.",
        {"* scale": "* np.sqrt(scale)"},
    ),
    Mistake(
        "scale-squared",
        "the draws are multiplied by the square of scale",
        "scale is the standard deviation itself.",
        {"* scale": "* scale**2"},
    ),
    Mistake(
        "random-biases",
        "the biases are random too",
        "Random weights alone make the units differ. What value do the biases start at?",
        {BIAS: "np.random.randn(layers_dim[l], 1) * scale"},
    ),
    Mistake(
        "random-seed-inside",
        "a seed is set inside the function",
        "Two calls should give two different networks. Who should decide on the seed?",
        """
        def initialize_parameters_random(layers_dim, scale=10.0):
            np.random.seed(3)
            parameters = {}
            for l in range(1, len(layers_dim)):
                shape = (layers_dim[l], layers_dim[l - 1])
                parameters["W" + str(l)] = np.random.randn(*shape) * scale
                parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
            return parameters
        """,
    ),
    Mistake(
        "random-seed-in-the-loop",
        "a seed is set anew for each layer",
        "Compare the first numbers of W1 and W2. Why are they the same?",
        {'parameters["W"': 'np.random.seed(3)\n        parameters["W"'},
    ),
    Mistake(
        "random-tuple-for-the-sizes",
        "a tuple is given to np.random.randn or np.random.rand",
        "np.zeros takes one shape. Do these two take a shape, or one size after the other?",
        {DRAWS: f"np.random.randn({SHAPE})"},
    ),
    Mistake(
        "random-biases-of-one",
        "the biases start at one",
        "What value do the biases start at?",
        {BIAS: "np.ones((layers_dim[l], 1))"},
    ),
    Mistake(
        "random-bias-as-row",
        "each b is a row instead of a column",
        "Columns are examples, so a row of b would belong to one example each.",
        {BIAS: "np.zeros((1, layers_dim[l]))"},
    ),
    Mistake(
        "random-bias-is-a-number",
        "each b is a number instead of a column",
        "A layer has one bias for each of its units. How many rows is that?",
        {BIAS: "0.0"},
    ),
    Mistake(
        "random-bias-of-the-layer-before",
        "each b has the size of the layer before",
        "bl is added to the units of layer l. How many are there?",
        {BIAS: "np.zeros((layers_dim[l - 1], 1))"},
    ),
    Mistake(
        "random-bias-like-weights",
        "each b has the shape of its W",
        "A unit has many weights, but only one bias.",
        {BIAS: "np.zeros((layers_dim[l], layers_dim[l - 1]))"},
    ),
    Mistake(
        "random-weights-of-zero",
        "the weights are zero",
        "The weights of this try are drawn. Which function of np.random gives normal draws?",
        {DRAWS: f"np.zeros({SHAPE})"},
    ),
    Mistake(
        "random-uniform-around-0",
        "the draws are uniform between -0.5 and 0.5",
        "The draws should be normal: most near 0, a few far out.",
        {DRAWS: "(np.random.rand(layers_dim[l], layers_dim[l - 1]) - 0.5)"},
    ),
    Mistake(
        "random-scale-of-he",
        "the draws have the spread of the next exercise, not that of scale",
        "Here the caller decides on the size, whatever the layers are.",
        {"* scale": "* np.sqrt(2 / layers_dim[l - 1])"},
    ),
    Mistake(
        "scale-fixed-at-0.1",
        "the draws are multiplied by 0.1, whatever scale says",
        "Small weights are a good idea in other places. Here the caller decides on the size.",
        {"* scale": "* 0.1"},
    ),
    Mistake(
        "random-last-layer-not-set",
        "the last layer is missing",
        "L counts the layers with weights, and range leaves out its end. Which l is your last?",
        """
        def initialize_parameters_random(layers_dim, scale=10.0):
            parameters = {}
            L = len(layers_dim) - 1
            for l in range(1, L):
                sigma = scale
                shape = layers_dim[l], layers_dim[l - 1]
                parameters["W" + str(l)] = np.random.randn(*shape) * sigma
                parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
            return parameters
        """,
    ),
]

SIGMA = "np.sqrt(2 / layers_dim[l - 1])"
FLAT = "np.random.uniform(-1, 1, (layers_dim[l], layers_dim[l - 1]))"

HE: list[Mistake] = [
    Mistake(
        "he-shape-swapped",
        "the rows and columns of each W are swapped",
        "W1 is multiplied by X, which has n_0 rows. How many columns must W1 have?",
        {SHAPE: "(layers_dim[l - 1], layers_dim[l])"},
    ),
    Mistake(
        "no-square-root",
        "the draws are multiplied by the variance",
        "A draw times s has the variance s squared. Which s gives the variance you want?",
        {SIGMA: "2 / layers_dim[l - 1]"},
    ),
    Mistake(
        "one-over-n",
        "the variance is 1/n instead of 2/n",
        "ReLU shuts half of the units. What makes up for the half that is lost?",
        {"2 /": "1 /"},
    ),
    Mistake(
        "size-of-the-layer-itself",
        "the number of units in layer l is used instead of that in the layer before",
        "A unit adds up one term for each of its inputs. How many inputs has it?",
        {SIGMA: "np.sqrt(2 / layers_dim[l])"},
    ),
    Mistake(
        "size-of-the-first-layer",
        "every layer uses the number of inputs of the whole network",
        "Each layer has a number of inputs of its own.",
        {SIGMA: "np.sqrt(2 / layers_dim[0])"},
    ),
    Mistake(
        "bias-counted-as-an-input",
        "the bias is counted as one more input",
        "The bias starts at 0 and adds nothing to the spread. Count the units alone.",
        {SIGMA: "np.sqrt(2 / (layers_dim[l - 1] + 1))"},
    ),
    Mistake(
        "both-layers-added",
        "the sizes of both layers are added, as Glorot and Bengio propose",
        "That rule looks both ways. This one only keeps the activations' size on the way forward.",
        {SIGMA: "np.sqrt(2 / (layers_dim[l - 1] + layers_dim[l]))"},
    ),
    Mistake(
        "fraction-upside-down",
        "the fraction under the root is upside down, or the draws are divided by the root",
        "The more inputs a unit has, the smaller each weight should be.",
        {SIGMA: "np.sqrt(layers_dim[l - 1] / 2)"},
    ),
    Mistake(
        "root-of-the-2-only",
        "the square root is taken of the 2 only",
        "Look at where the bracket of the root ends.",
        {SIGMA: "np.sqrt(2) / layers_dim[l - 1]"},
    ),
    Mistake(
        "root-of-n-only",
        "the square root is taken of n only",
        "Look at where the bracket of the root begins.",
        {SIGMA: "2 / np.sqrt(layers_dim[l - 1])"},
    ),
    Mistake(
        "whole-number-division",
        "the division keeps whole numbers only",
        "What do 2 // 5 and 2 / 5 give?",
        {"2 /": "2 //"},
    ),
    Mistake(
        "sigma-unused",
        "the draws are not multiplied by the standard deviation",
        "Standard normal draws have the spread 1, whatever the layer's size.",
        {" * sigma": ""},
    ),
    Mistake(
        "he-one-draw-per-layer",
        "one draw fills the whole of each W",
        "Equal rows stay equal for ever, as with zeros: every entry needs a draw of its own.",
        {DRAWS: "np.full((layers_dim[l], layers_dim[l - 1]), np.random.randn())"},
    ),
    Mistake(
        "he-scale-of-one-layer-for-all",
        "all layers share the standard deviation of the last one",
        "The size belongs to each layer. Does your sigma change in the loop?",
        {SIGMA: "np.sqrt(2 / layers_dim[-2])"},
    ),
    Mistake(
        "times-10-kept",
        "the factor 10 of the last exercise is still there",
        "The spread depends on the layer's size and on nothing else.",
        {"* sigma": "* 10 * sigma"},
    ),
    Mistake(
        "he-uniform-draws",
        "the draws are uniform between 0 and 1",
        "About half of the weights should be negative. How do rand and randn differ?",
        {"randn": "rand"},
    ),
    Mistake(
        "he-uniform-of-that-spread",
        "the draws are uniform, though of the right spread",
        "There is such a variant of the rule. Here the draws should be normal.",
        {DRAWS: "np.random.uniform(-(3**0.5), 3**0.5, (layers_dim[l], layers_dim[l - 1]))"},
    ),
    Mistake(
        "he-random-biases",
        "the biases are random too",
        "Random weights alone make the units differ. What value do the biases start at?",
        {BIAS: "np.random.randn(layers_dim[l], 1) * sigma"},
    ),
    Mistake(
        "he-seed-inside",
        "a seed is set inside the function",
        "Two calls should give two different networks. Who should decide on the seed?",
        """
        def initialize_parameters_he(layers_dim):
            np.random.seed(3)
            parameters = {}
            for l in range(1, len(layers_dim)):
                shape = (layers_dim[l], layers_dim[l - 1])
                parameters["W" + str(l)] = np.random.randn(*shape) * np.sqrt(2 / shape[1])
                parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
            return parameters
        """,
    ),
    Mistake(
        "he-tuple-for-the-sizes",
        "a tuple is given to np.random.randn or np.random.rand",
        "np.zeros takes one shape. Do these two take a shape, or one size after the other?",
        {DRAWS: f"np.random.randn({SHAPE})"},
    ),
    Mistake(
        "he-biases-of-one",
        "the biases start at one",
        "What value do the biases start at?",
        {BIAS: "np.ones((layers_dim[l], 1))"},
    ),
    Mistake(
        "he-bias-as-row",
        "each b is a row instead of a column",
        "Columns are examples, so a row of b would belong to one example each.",
        {BIAS: "np.zeros((1, layers_dim[l]))"},
    ),
    Mistake(
        "he-bias-is-a-number",
        "each b is a number instead of a column",
        "A layer has one bias for each of its units. How many rows is that?",
        {BIAS: "0.0"},
    ),
    Mistake(
        "he-bias-of-the-layer-before",
        "each b has the size of the layer before",
        "bl is added to the units of layer l. How many are there?",
        {BIAS: "np.zeros((layers_dim[l - 1], 1))"},
    ),
    Mistake(
        "he-bias-like-weights",
        "each b has the shape of its W",
        "A unit has many weights, but only one bias.",
        {BIAS: "np.zeros((layers_dim[l], layers_dim[l - 1]))"},
    ),
    Mistake(
        "he-flat-bias",
        "each b has one dimension only",
        "A b of shape (n,) is added along the examples, not along the units. It needs a column.",
        {BIAS: "np.zeros(layers_dim[l])"},
    ),
    Mistake(
        "he-positive-only",
        "all weights are positive",
        "A normal draw has either sign. What takes the sign away?",
        {DRAWS: f"np.abs({DRAWS})"},
    ),
    Mistake(
        "he-seed-in-the-loop",
        "a seed is set anew for each layer",
        "Compare the first numbers of W1 and W2. Why are they related?",
        {'parameters["W"': 'np.random.seed(3)\n        parameters["W"'},
    ),
    Mistake(
        "he-last-layer-with-1-over-n",
        "the last layer has the variance 1/n, the others 2/n",
        "The rule makes no exception. Does any layer look otherwise in your loop?",
        {SIGMA: "np.sqrt((2 if l < L else 1) / layers_dim[l - 1])"},
    ),
    Mistake(
        "root-by-a-power-that-is-no-half",
        "the half of the power divides the result, so that no root is taken",
        "Powers come before divisions. What does 9**1/2 give?",
        {SIGMA: "(2 / layers_dim[l - 1]) ** 1 / 2"},
    ),
    Mistake(
        "he-times-0.01",
        "a factor of 0.01 is still there",
        "The spread depends on the layer's size and on nothing else.",
        {"* sigma": "* 0.01 * sigma"},
    ),
    Mistake(
        "he-over-2n",
        "the 2 stands under the line, beside n",
        "ReLU shuts half of the units. Should that make the weights larger or smaller?",
        {SIGMA: "np.sqrt(1 / (2 * layers_dim[l - 1]))"},
    ),
    Mistake(
        "he-uniform-both-signs",
        "the draws are uniform between -1 and 1",
        "The draws should be normal: most near 0, a few far out.",
        {DRAWS: FLAT},
    ),
    Mistake(
        "he-uniform-around-0",
        "the draws are uniform between -0.5 and 0.5",
        "The draws should be normal: most near 0, a few far out.",
        {DRAWS: "(np.random.rand(layers_dim[l], layers_dim[l - 1]) - 0.5)"},
    ),
    Mistake(
        "six-over-both-layers",
        "the variance is 6 over the sizes of both layers",
        "That rule is for uniform draws, and looks both ways. Which layer's size counts here?",
        {SIGMA: "np.sqrt(6 / (layers_dim[l - 1] + layers_dim[l]))"},
    ),
    Mistake(
        "product-of-both-layers",
        "the sizes of both layers are multiplied under the root",
        "A unit adds up one term for each of its inputs, however many units there are beside it.",
        {SIGMA: "np.sqrt(2 / (layers_dim[l - 1] * layers_dim[l]))"},
    ),
    Mistake(
        "he-last-layer-not-set",
        "the last layer is missing",
        "L counts the layers with weights, and range leaves out its end. Which l is your last?",
        """
        def initialize_parameters_he(layers_dim):
            parameters = {}
            L = len(layers_dim) - 1
            for l in range(1, L):
                sigma = np.sqrt(2 / layers_dim[l - 1])
                shape = layers_dim[l], layers_dim[l - 1]
                parameters["W" + str(l)] = np.random.randn(*shape) * sigma
                parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
            return parameters
        """,
    ),
]
