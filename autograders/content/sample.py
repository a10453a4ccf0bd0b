"""The sample class of the demo: what it writes, and which of the listed mistakes it makes."""

WRITTEN_ANSWER = "All units start equal, get equal gradients and stay equal. (A sample answer.)"

IN_THE_SAMPLE = {
    "zeros-of-swapped-shape",
    "zeros-flat-bias",
    "random-uniform-draws",
    "scale-ignored",
    "no-square-root",
    "size-of-the-layer-itself",
    "forgot-1-over-m",
    "not-clipped",
    "half-counts-as-1",
    "probabilities-returned",
    "percent",
    "differences-cancel",
    "best-of-all",
    "equal-is-better",
    "penalty-forgot-one-half",
    "biases-penalised",
    "lambd-not-over-m",
    "only-dW3-penalised",
    "factor-forgot-m",
    "factor-with-a-plus",
    "randn-for-the-mask",
    "not-scaled",
    "dropout-seed-inside",
    "gradient-not-masked",
    "new-masks-on-the-way-back",
    "dropout-while-predicting",
    "activations-scaled-while-predicting",
}
"""Which listed mistakes the sample class makes, unless it is to make all of them."""
