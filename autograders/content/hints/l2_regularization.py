"""Hints for the notebook ``l2_regularization``, from where to look to nearly there."""

COST = (
    "The cross-entropy is computed already, and the last given line adds both parts. "
    "You write the penalty alone.",
    "Start a sum at 0 and let l go over all layers, from 1 to L. Remember that range leaves out "
    "its end. In each turn add the squares of all entries of that layer's W.",
    "np.square squares every entry, np.sum adds them all up. After the loop, multiply by lambd "
    "and divide by both 2 and m.",
)

BACKWARD = (
    "Without a penalty, dWl is dZl times the transposed activations of the layer before, "
    "divided by m. That part stays. What is the derivative of the penalty?",
    "For one weight w the penalty is lambd / (2m) times w squared. Deriving brings down a 2. "
    "The result has the shape of W, because each weight has a term of its own.",
    "So each dW gets its own W on top, times lambd and divided by m. "
    "The activations before layer 3 are A2, before layer 2 A1, and before layer 1 they are X.",
)

FACTOR = (
    "In the formula above, collect the two terms that hold W.",
    "One of them is W itself, that is 1 times W. The other one is what the penalty takes off: "
    "the step size times the penalty's part of dW.",
    "Check yours by hand: learning rate 0.5, lambd 2 and m 10 take off a tenth, "
    "so the factor is 0.9.",
)
