"""Hints for the notebook ``initialization``, from where to look to nearly there."""

ZEROS = (
    "Only the shapes need thought. Which two layers does Wl connect, and how many numbers is bl?",
    "Wl has one row for each unit of layer l and one column for each unit of the layer before. "
    "bl has one row for each unit of layer l, and a single column.",
    "layers_dim[l] is the size of layer l, layers_dim[l - 1] that of the layer before. "
    "np.zeros takes both sizes as one tuple, hence the double parentheses.",
)

RANDOM = (
    "Take the shapes and the biases from the last exercise. Only the entries of W are new.",
    "np.random.randn takes the sizes one by one, without a tuple, and draws every entry anew. "
    "No seed: that is for whoever calls you.",
    "Draws that spread by 1 spread by `scale` when each of them is multiplied by it. "
    "It has to be the variable, since a caller may ask for another value than 10.",
)

HE = (
    "Shapes, draws and biases are those of the last exercise. What changes from layer to layer "
    "is the number that the draws are multiplied by.",
    "That number depends on how many units the weights come from, the layer before. "
    "In a layer with twice as many inputs the square of it is half as large.",
    "Standard deviation, not variance: first divide 2 by the size of the layer before, then take "
    "the root of the whole fraction. In a layer with 8 inputs it is 0.5.",
)
