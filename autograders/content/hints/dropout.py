"""Hints for the notebook ``dropout``, from where to look to nearly there."""

FORWARD = (
    "The four steps stand in the comments, once for each hidden layer. "
    "Each result is stored under D1 or A1 again, in layer 2 under D2 or A2.",
    "np.random.rand(rows, columns) draws uniformly from [0, 1); the sizes are those of A1.shape. "
    "Comparing the draws with keep_prob makes the mask. A draw below keep_prob means: kept.",
    "A1 times the mask, entry by entry, shuts down the dropped units. "
    "Then undo what that does to the mean: only a share keep_prob is left of it.",
)

BACKWARD = (
    "On the way forward A was multiplied by the mask, then divided by keep_prob. "
    "The chain rule asks for the same two steps on dA.",
    "The masks are in the cache, unpacked above: D2 belongs to layer 2, D1 to layer 1. "
    "Do not draw new ones.",
    "Two lines for each layer: dA times the mask, entry by entry, then the scaling. "
    "Divide; do not multiply. ReLU's own derivative comes in the given line after it.",
)

PREDICT = (
    "No mask, no keep_prob: this is the network you know from the notebook on overfitting.",
    "forward_propagation returns two things, A3 and a cache: unpack both. Only A3 is needed.",
    "Comparing an array with a number compares every entry, and the result is an array of the "
    "same shape. Which comparison is false at exactly 0.5?",
)
