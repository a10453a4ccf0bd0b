"""Hints for the notebook ``overfitting``, from where to look to nearly there."""

COST = (
    "Three steps: keep the probabilities away from 0 and 1, compute the loss of each example, "
    "take the mean. Each step works on whole arrays, no loop is needed.",
    "The loss is the formula above, with A for a and Y for y: of its two terms one is always 0. "
    "np.clip gives a new array, so store it in A and use A from there on.",
    "Mind the minus in front of both terms. For the mean, np.sum without axis gives one number, "
    "and m says what to divide it by.",
)

PREDICT = (
    "First get the probabilities from the network, then turn each into a class.",
    "forward_propagation returns two things, A3 and a cache: unpack both. Only A3 is needed.",
    "Comparing an array with a number compares every entry, and the result is an array of the "
    "same shape. Which comparison is false at exactly 0.5?",
)

ACCURACY = (
    "An answer is right where the predicted class equals the true one, be it 0 or 1.",
    "Comparing two arrays with == tells for every entry whether they agree. "
    "True counts as 1 and False as 0.",
    "The share of ones among zeros and ones is their mean. Take it over all entries, without axis.",
)

STOPPING = (
    "Play it with paper and the table above: which number do you have to remember as you go along?",
    "Remember the index of the best record. A strictly lower cost makes a new best; "
    "an equal one does not.",
    "At record i the last i - best records brought no improvement. Compare that number with "
    "patience, and leave the loop with break once it is reached. Then best is the answer.",
)
