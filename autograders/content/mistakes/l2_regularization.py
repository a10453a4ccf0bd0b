"""Known mistakes in the notebook ``l2_regularization``."""

from autograders.content.mistakes.weight_decay import FACTOR
from autograders.course.exercise import Mistake

__all__ = ["BACKWARD", "COST", "FACTOR"]

LAYERS = "range(1, L + 1)"
SQUARES = 'np.sum(np.square(parameters["W" + str(l)]))'
STRENGTH = "1 / m * lambd / 2"

TOTAL = """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    L = len(parameters) // 2
    cross_entropy_cost = compute_cost(A3, Y)
    sum_of_squares = 0
    for l in range(1, L + 1):
        sum_of_squares += np.sum(np.square(parameters["W" + str(l)]))
    L2_regularization_cost = 1 / m * lambd / 2 * sum_of_squares
    cost = cross_entropy_cost + L2_regularization_cost
    return cost
"""

COST: list[Mistake] = [
    Mistake(
        "penalty-forgot-1-over-m",
        "the penalty is not divided by m",
        "The cross-entropy is a mean over the examples. What does the penalty share with it?",
        {"1 / m * lambd": "lambd"},
    ),
    Mistake(
        "penalty-forgot-one-half",
        "the half in the penalty is missing",
        "The gradient of W² is 2W. What makes the 2 go away?",
        {"lambd / 2": "lambd"},
    ),
    Mistake(
        "penalty-forgot-lambd",
        "the penalty does not depend on lambd",
        "With lambd = 0 the cost should be the cross-entropy alone.",
        {"* lambd": ""},
    ),
    Mistake(
        "lambd-under-the-line",
        "the penalty is divided by lambd",
        "A larger lambd should make large weights more expensive. Look at the brackets.",
        {STRENGTH: "1 / (2 * m * lambd)"},
    ),
    Mistake(
        "penalty-with-a-minus",
        "the penalty is taken off the cost",
        "Should a network with larger weights look better or worse?",
        TOTAL.replace("cost + L2", "cost - L2"),
    ),
    Mistake(
        "cross-entropy-twice",
        "the cross-entropy counts twice",
        "The last given line adds the two parts of the cost. What should yours hold?",
        {f"= {STRENGTH}": f"= cross_entropy_cost + {STRENGTH}"},
    ),
    Mistake(
        "biases-penalised",
        "the biases are penalised too",
        "Look at the formula: which of the parameters stand in the sum?",
        {SQUARES: f'{SQUARES} + np.sum(np.square(parameters["b" + str(l)]))'},
    ),
    Mistake(
        "weights-told-by-their-place",
        "every second entry of the dict is taken for a weight",
        "A dict may hold its keys in any order. What in the name tells a weight from a bias?",
        {'parameters["W" + str(l)]': "list(parameters.values())[2 * l - 2]"},
    ),
    Mistake(
        "weights-told-by-their-shape",
        "an array with a single column is taken for a bias",
        "A layer with a single input has weights of that shape too. What tells a W from a b?",
        {SQUARES: f'{SQUARES} * (parameters["W" + str(l)].shape[1] > 1)'},
    ),
    Mistake(
        "three-layers-whatever-L",
        "three layers are counted, whatever the network's depth",
        "The networks of this course have three layers, others have not. Where does L stand?",
        {LAYERS: "range(1, 4)"},
    ),
    Mistake(
        "last-layer-not-counted",
        "the weights of the last layer are left out",
        "range(1, 3) gives 1 and 2. Which layers does your loop see?",
        {LAYERS: "range(1, L)"},
    ),
    Mistake(
        "first-layer-not-counted",
        "the weights of the first layer are left out",
        "range(2, 4) gives 2 and 3. Which layers does your loop see?",
        {LAYERS: "range(2, L + 1)"},
    ),
    Mistake(
        "first-layer-over-and-over",
        "W1 is counted once for each layer, and no other W at all",
        "What in the key of the dict tells one layer from the next?",
        {'"W" + str(l)': '"W1"'},
    ),
    Mistake(
        "only-the-last-layer-counts",
        "only the last layer is left in the sum",
        "Each turn of the loop should add to what is there. Does yours replace it?",
        {"+=": "="},
    ),
    Mistake(
        "weights-not-squared",
        "the weights are added up without a square",
        "A weight of -3 should cost as much as one of 3.",
        {SQUARES: 'np.sum(parameters["W" + str(l)])'},
    ),
    Mistake(
        "absolute-weights",
        "the weights' absolute values are added up, which is the L1 penalty",
        "Both signs cost the same, that is right. But a weight of 3 should cost 9 times that of 1.",
        {"np.square": "np.abs"},
    ),
    Mistake(
        "square-of-the-sum",
        "the sum of each W is squared, instead of summing its squares",
        "For the weights 1 and -1 the sum of squares is 2. What do you get?",
        {SQUARES: 'np.square(np.sum(parameters["W" + str(l)]))'},
    ),
    Mistake(
        "norm-not-squared",
        "the norm of each W is added up, not its square",
        "A norm is the root of a sum of squares. The formula has no root.",
        {SQUARES: 'np.linalg.norm(parameters["W" + str(l)])'},
    ),
    Mistake(
        "largest-singular-value",
        "the squared 2-norm of each W is added up",
        "For a matrix the 2-norm is its largest singular value. You need every entry.",
        {SQUARES: 'np.linalg.norm(parameters["W" + str(l)], 2) ** 2'},
    ),
    Mistake(
        "mean-of-the-squares",
        "the mean of the squares is taken in each layer",
        "The formula divides by m only, never by the number of weights.",
        {SQUARES: 'np.mean(np.square(parameters["W" + str(l)]))'},
    ),
    Mistake(
        "regularized-cost-in-an-array",
        "the sum keeps two dimensions",
        "A sum that is told to keep its dimensions is still a matrix.",
        {SQUARES: 'np.sum(np.square(parameters["W" + str(l)]), keepdims=True)'},
    ),
    Mistake(
        "penalty-times-m",
        "the penalty is multiplied by m",
        "Without brackets, / 2 * m divides by 2 only. Where does m stand in the formula?",
        {"1 / m *": "m *"},
    ),
    Mistake(
        "penalty-times-m-without-the-half",
        "the penalty is multiplied by m, and the half is missing",
        "Which two numbers stand under the line in the formula?",
        {STRENGTH: "m * lambd"},
    ),
    Mistake(
        "penalty-times-2",
        "the penalty is multiplied by 2 instead of halved",
        "The gradient of W² is 2W. What makes the 2 go away?",
        {"lambd / 2": "lambd * 2"},
    ),
    Mistake(
        "penalty-without-1-over-2m",
        "the penalty is neither divided by m nor halved",
        "Which two numbers stand under the line in the formula?",
        {STRENGTH: "lambd"},
    ),
    Mistake(
        "penalty-halved-twice",
        "the penalty is halved twice",
        "How often does the half stand in the formula?",
        {"lambd / 2": "lambd / 4"},
    ),
    Mistake(
        "penalty-over-m-twice",
        "the penalty is divided by m twice",
        "How often does m stand in the formula?",
        {"1 / m *": "1 / m**2 *"},
    ),
    Mistake(
        "lambd-squared",
        "lambd is squared",
        "It is the weights that are squared in the formula.",
        {"* lambd": "* lambd**2"},
    ),
    Mistake(
        "penalty-never-added",
        "the penalty is not added to the cost",
        "Does a larger lambd change what you return?",
        TOTAL.replace(" + L2_regularization_cost", ""),
    ),
    Mistake(
        "penalty-alone",
        "the penalty alone is returned",
        "The cost has two parts. Which one is missing in what you return?",
        TOTAL.replace("cross_entropy_cost + ", ""),
    ),
    Mistake(
        "matrix-product-for-the-squares",
        "each W is multiplied by itself or its transpose as a matrix",
        "A matrix product mixes the weights. Each weight should meet only itself.",
        {SQUARES: 'np.sum(parameters["W" + str(l)] @ parameters["W" + str(l)].T)'},
        also=(
            {SQUARES: 'np.sum(parameters["W" + str(l)].T @ parameters["W" + str(l)])'},
            {SQUARES: 'np.sum(np.dot(parameters["W" + str(l)], parameters["W" + str(l)]))'},
        ),
    ),
    Mistake(
        "squares-not-added-up",
        "the squares are not added up within each layer",
        "The cost is one number. What makes one number of a matrix?",
        {SQUARES: 'np.square(parameters["W" + str(l)])'},
    ),
    Mistake(
        "root-of-the-sum",
        "the root is taken of the whole sum",
        "The formula has squares, and no root.",
        {"2 * sum_of_squares": "2 * np.sqrt(sum_of_squares)"},
    ),
    Mistake(
        "sum-squared",
        "the sum over all layers is squared once more",
        "Each weight is squared once. What is done with the sum?",
        {"2 * sum_of_squares": "2 * sum_of_squares**2"},
    ),
    Mistake(
        "weights-doubled",
        "the weights are doubled instead of squared",
        "Two times 3 is 6. What is 3 squared?",
        {SQUARES: 'np.sum(2 * parameters["W" + str(l)])'},
    ),
    Mistake(
        "weights-cubed",
        "the weights are cubed",
        "Which power stands in the formula?",
        {SQUARES: 'np.sum(parameters["W" + str(l)] ** 3)'},
    ),
    Mistake(
        "biases-instead-of-weights",
        "the biases are penalised instead of the weights",
        "Look at the formula: which of the parameters stand in the sum?",
        {'"W" + str(l)': '"b" + str(l)'},
    ),
    Mistake(
        "penalty-over-L",
        "the penalty is divided by the number of layers",
        "The formula adds up the layers. Does it take their mean?",
        {"2 * sum_of_squares": "2 / L * sum_of_squares"},
    ),
    Mistake(
        "penalty-rounded",
        "the cost is rounded",
        "Rounding is for what people read. What is computed with keeps its digits.",
        TOTAL.replace(
            "= cross_entropy_cost + L2_regularization_cost",
            "= round(float(cross_entropy_cost + L2_regularization_cost), 4)",
        ),
    ),
    Mistake(
        "penalty-times-the-cost",
        "the penalty multiplies the cross-entropy",
        "The cost has two parts. How are they put together?",
        TOTAL.replace("cost + L2", "cost * L2"),
    ),
    Mistake(
        "cross-entropy-not-over-m",
        "the cross-entropy is multiplied by m",
        "The penalty is added; what stood there before stays as it was.",
        TOTAL.replace("= compute_cost(A3, Y)", "= m * compute_cost(A3, Y)"),
    ),
]

DW3, DW2, DW1 = (f" + lambd / m * W{l}" for l in (3, 2, 1))

WHOLE = """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3}
    gradients.update({"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2})
    gradients.update({"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1})
    return gradients
"""
PULLED = WHOLE
for l in (3, 2, 1):
    PULLED = PULLED.replace(
        f"db{l} = 1 / m * np.sum(dZ{l}, axis=1, keepdims=True)",
        f"db{l} = 1 / m * np.sum(dZ{l}, axis=1, keepdims=True) + lambd / m * b{l}",
    )

BACKWARD: list[Mistake] = [
    Mistake(
        "no-penalty-in-the-gradient",
        "the gradients are those without a penalty",
        "The cost has a new term with W in it. What is its derivative?",
        {DW3: "", DW2: "", DW1: ""},
    ),
    Mistake(
        "lambd-not-over-m",
        "the penalty's term is not divided by m",
        "Both parts of the cost carry 1/m. So do both parts of the gradient.",
        {"lambd / m": "lambd"},
    ),
    Mistake(
        "half-left-in-the-gradient",
        "the half of the cost still stands in the gradient",
        "Derive ½W² on paper. What is left of the half?",
        {"lambd / m": "lambd / (2 * m)"},
    ),
    Mistake(
        "two-left-in-the-gradient",
        "the penalty's term is twice too large",
        "The 2 from the square meets the half in the cost. What do they make together?",
        {"lambd / m": "2 * lambd / m"},
    ),
    Mistake(
        "penalty-subtracted-from-dW",
        "the penalty's term is subtracted",
        "Descent goes against the gradient. For a positive weight, should dW grow or fall?",
        {"+ lambd": "- lambd"},
    ),
    Mistake(
        "W-left-out-of-dW",
        "the penalty's term does not hold the weights",
        "The same number on top of every entry pushes all weights one way. "
        "Does the derivative of W² depend on W?",
        {DW3: " + lambd / m", DW2: " + lambd / m", DW1: " + lambd / m"},
    ),
    Mistake(
        "W-squared-in-dW",
        "the weights are squared in the gradient",
        "The square stands in the cost. What does its derivative look like?",
        {DW3: f"{DW3} ** 2", DW2: f"{DW2} ** 2", DW1: f"{DW1} ** 2"},
    ),
    Mistake(
        "sign-of-W-in-dW",
        "the penalty's term only holds the signs of the weights",
        "That is the gradient of the L1 penalty. Here a large weight is pulled harder.",
        {f"lambd / m * W{l}": f"lambd / m * np.sign(W{l})" for l in (3, 2, 1)},
    ),
    Mistake(
        "data-term-not-over-m",
        "the data's term is not divided by m",
        "The new term is added; what stood there before stays as it was, 1/m and all.",
        {"1 / m * np.dot": "np.dot"},
    ),
    Mistake(
        "divided-by-m-twice",
        "the penalty's term is divided by m twice",
        "Count how often m divides each of the two parts. Once is right.",
        {
            f"1 / m * np.dot({dot}) + lambd / m * W{l}": f"(np.dot({dot}) + lambd / m * W{l}) / m"
            for l, dot in ((3, "dZ3, A2.T"), (2, "dZ2, A1.T"), (1, "dZ1, X.T"))
        },
    ),
    Mistake(
        "data-term-times-lambd",
        "the data's term is scaled by lambd, and the weights are left out",
        "The penalty's term does not know the data. What is it made of?",
        {
            DW3: " + lambd / m * np.dot(dZ3, A2.T)",
            DW2: " + lambd / m * np.dot(dZ2, A1.T)",
            DW1: " + lambd / m * np.dot(dZ1, X.T)",
        },
    ),
    Mistake(
        "only-dW3-penalised",
        "only dW3 has the penalty's term",
        "All weights stand in the cost. Which gradients must change?",
        {DW2: "", DW1: ""},
    ),
    Mistake(
        "dW1-not-penalised",
        "dW1 has no penalty's term",
        "Compare your three lines with each other.",
        {DW1: ""},
    ),
    Mistake(
        "dZ-already-divided-by-m",
        "dZ3 is divided by m, and so all that follows from it",
        "Here dZ belongs to one example each. The 1/m comes in where examples are added up.",
        {"dW3 = 1 / m * np.dot": "dZ3 = dZ3 / m\n    dW3 = np.dot", "1 / m * np.dot": "np.dot"},
        also=(WHOLE.replace("1 / m * ", "").replace("A3 - Y", "(A3 - Y) / m"),),
    ),
    Mistake(
        "dW3-from-the-output",
        "dW3 is made with A3 instead of the activations that W3 multiplies",
        "W3 takes in what layer 2 puts out.",
        {"A2.T": "A3.T"},
    ),
    Mistake(
        "dW-transposed",
        "the rows and columns of each dW are swapped",
        "dW must have the shape of W, or no step can be taken.",
        {
            f"dot(dZ{l}, {A}.T) + lambd / m * W{l}": f"dot({A}, dZ{l}.T) + lambd / m * W{l}.T"
            for l, A in ((3, "A2"), (2, "A1"), (1, "X"))
        },
    ),
    Mistake(
        "biases-pulled-too",
        "the gradients of the biases have a penalty's term too",
        "No b stands in the penalty. What is its derivative with respect to b?",
        PULLED,
    ),
    Mistake(
        "dW2-not-penalised",
        "dW2 has no penalty's term",
        "Compare your three lines with each other.",
        {DW2: ""},
    ),
    Mistake(
        "dW3-not-penalised",
        "dW3 has no penalty's term",
        "Compare your three lines with each other.",
        {DW3: ""},
    ),
    Mistake(
        "only-dW1-penalised",
        "only dW1 has the penalty's term",
        "All weights stand in the cost. Which gradients must change?",
        {DW2: "", DW3: ""},
    ),
    Mistake(
        "only-dW2-penalised",
        "only dW2 has the penalty's term",
        "All weights stand in the cost. Which gradients must change?",
        {DW1: "", DW3: ""},
    ),
    Mistake(
        "divided-by-2-times-m",
        "the penalty's term is divided by 2 and multiplied by m",
        "Without brackets, / 2 * m divides by 2 only. And is there a half in the gradient?",
        {"lambd / m": "lambd / 2 * m"},
    ),
    Mistake(
        "penalty-term-times-m",
        "the penalty's term is multiplied by m",
        "Both parts of the cost carry 1/m. So do both parts of the gradient.",
        {"lambd / m": "lambd * m"},
    ),
    Mistake(
        "half-left-and-not-over-m",
        "the penalty's term has the half of the cost, and is not divided by m",
        "Derive the penalty on paper. Which of its numbers are left?",
        {"lambd / m": "lambd / 2"},
    ),
    Mistake(
        "lambd-left-out-of-dW",
        "the penalty's term does not depend on lambd",
        "With lambd = 0 the gradients are those without a penalty. Are yours?",
        {"lambd / m": "1 / m"},
    ),
    Mistake(
        "lambd-squared-in-dW",
        "lambd is squared in the gradient",
        "It is the weights that were squared in the cost.",
        {"lambd / m": "lambd**2 / m"},
    ),
    Mistake(
        "sum-of-the-weights-in-dW",
        "the penalty's term holds the sum of each W, a single number",
        "The derivative of W² has an entry for each weight.",
        {f"lambd / m * W{l}": f"lambd / m * np.sum(W{l})" for l in (3, 2, 1)},
    ),
    Mistake(
        "cost-penalty-in-dW",
        "the penalty's term holds the penalty of the cost of each W, a single number",
        "The derivative of W² has an entry for each weight.",
        {f"lambd / m * W{l}": f"lambd / (2 * m) * np.sum(np.square(W{l}))" for l in (3, 2, 1)},
    ),
    Mistake(
        "sum-of-the-squares-in-dW",
        "the penalty's term holds the sum of the squares of each W, a single number",
        "The derivative of W² has an entry for each weight.",
        {f"lambd / m * W{l}": f"lambd / m * np.sum(np.square(W{l}))" for l in (3, 2, 1)},
    ),
    Mistake(
        "norm-in-dW",
        "the penalty's term holds the norm of each W, a single number",
        "The derivative of W² has an entry for each weight.",
        {f"lambd / m * W{l}": f"lambd / m * np.linalg.norm(W{l})" for l in (3, 2, 1)},
    ),
    Mistake(
        "absolute-W-in-dW",
        "the penalty's term holds the absolute values of the weights",
        "Descent should pull a negative weight up. Which sign does its gradient need?",
        {f"lambd / m * W{l}": f"lambd / m * np.abs(W{l})" for l in (3, 2, 1)},
    ),
    Mistake(
        "W3-left-in-dW2",
        "dW2 still has the weights of layer 3",
        "Each line has the weights of its own layer.",
        {"m * W2": "m * W3"},
        also=({"m * W2": "m * W3", "m * W1": "m * W3"},),
    ),
    Mistake(
        "W2-left-in-dW1",
        "dW1 still has the weights of layer 2",
        "Each line has the weights of its own layer.",
        {"m * W1": "m * W2"},
    ),
    Mistake(
        "biases-in-place-of-weights",
        "the penalty's term holds the biases",
        "No b stands in the penalty. Whose gradient is dW?",
        {f"m * W{l}": f"m * b{l}" for l in (3, 2, 1)},
    ),
    Mistake(
        "data-term-missing",
        "the data's term is missing",
        "The new term is added; what stood there before stays as it was.",
        {f"1 / m * np.dot({dot}) + ": "" for dot in ("dZ3, A2.T", "dZ2, A1.T", "dZ1, X.T")},
    ),
    Mistake(
        "activations-not-transposed",
        "the activations are not transposed in the matrix product",
        "The examples should be added up. Which axis of each factor holds them?",
        {"A2.T": "A2", "A1.T": "A1", "X.T": "X"},
    ),
    Mistake(
        "data-term-by-entries",
        "the data's term is a product entry by entry",
        "The examples should be added up. Which kind of product does that?",
        {
            "np.dot(dZ3, A2.T)": "dZ3 * A2",
            "np.dot(dZ2, A1.T)": "dZ2 * A1",
            "np.dot(dZ1, X.T)": "dZ1 * X",
        },
    ),
    Mistake(
        "A1-in-dW3",
        "dW3 is made with the activations of layer 1",
        "W3 takes in what layer 2 puts out.",
        {"A2.T": "A1.T"},
    ),
    Mistake(
        "Z-for-A-in-dW",
        "the data's term is made with Z instead of A",
        "W3 takes in what layer 2 puts out, after its ReLU.",
        {"A2.T": "Z2.T", "A1.T": "Z1.T"},
    ),
    Mistake(
        "dZ-divided-by-m-too",
        "dZ3 is divided by m, and the gradients of the parameters once more",
        "Here dZ belongs to one example each. The 1/m comes in where examples are added up.",
        WHOLE.replace("A3 - Y", "(A3 - Y) / m"),
    ),
    Mistake(
        "sign-of-dZ3",
        "dZ3 has the wrong sign",
        "For an example of class 1 with a small A3, should Z3 grow or fall?",
        WHOLE.replace("A3 - Y", "Y - A3"),
    ),
    Mistake(
        "relu-missing-in-dZ",
        "the derivative of ReLU is missing or always 1",
        "Which units let a gradient through, and which do not?",
        WHOLE.replace(" * (A2 > 0)", "").replace(" * (A1 > 0)", ""),
    ),
    Mistake(
        "penalty-in-db-only",
        "the penalty's term stands in db instead of dW",
        "No b stands in the penalty. What is its derivative with respect to b?",
        PULLED.replace("lambd / m * W", "0 * W"),
    ),
]
