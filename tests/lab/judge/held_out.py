"""Wrong answers as people write them, most with two mistakes at once; none is a listed change.

Each of `ANSWERS` holds the exercise, the names of its mistakes, and the code. A name of which
either will do stands beside the other one, with a | between them; "-" is none at all.
"""

# ruff: noqa: E501, E731 - students' own lines

ANSWERS = []


def add(exercise, mistakes, code):
    """List an answer."""
    ANSWERS.append((exercise, mistakes.split(), code.strip("\n") + "\n"))


# ---- initialize_parameters_zeros
Z = "initialize_parameters_zeros"
add(
    Z,
    "zeros-of-swapped-shape zeros-flat-bias",
    """
def initialize_parameters_zeros(layers_dim):
    params = {}
    for i in range(1, len(layers_dim)):
        params[f"W{i}"] = np.zeros([layers_dim[i - 1], layers_dim[i]])
        params[f"b{i}"] = np.zeros(layers_dim[i])
    return params
""",
)
add(
    Z,
    "keys-from-0 zeros-bias-as-row",
    """
def initialize_parameters_zeros(layers_dim):
    parameters = {}
    for k, (n_in, n_out) in enumerate(zip(layers_dim[:-1], layers_dim[1:])):
        parameters["W" + str(k)] = np.zeros((n_out, n_in))
        parameters["b" + str(k)] = np.zeros((1, n_out))
    return parameters
""",
)
add(
    Z,
    "last-layer-not-set ones-for-the-biases",
    """
def initialize_parameters_zeros(layers_dim):
    parameters = {}
    L = len(layers_dim)
    l = 1
    while l < L - 1:
        parameters['W' + str(l)] = np.zeros(shape=(layers_dim[l], layers_dim[l-1]))
        parameters['b' + str(l)] = np.zeros(shape=(layers_dim[l], 1)) + 1
        l += 1
    return parameters
""",
)
add(
    Z,
    "int-dtype zeros-bias-of-the-layer-before",
    """
def initialize_parameters_zeros(layers_dim):
    parameters = {}
    L = len(layers_dim) - 1
    for l in range(1, L + 1):
        parameters["W%d" % l] = np.zeros((layers_dim[l], layers_dim[l-1]), int)
        parameters["b%d" % l] = np.zeros((layers_dim[l-1], 1))
    return parameters
""",
)

# ---- initialize_parameters_random
R = "initialize_parameters_random"
add(
    R,
    "random-uniform-draws random-biases-of-one",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters['W' + str(l)] = np.random.random((layers_dim[l], layers_dim[l-1])) * scale
        parameters['b' + str(l)] = np.ones((layers_dim[l], 1))
    return parameters
""",
)
add(
    R,
    "random-seed-inside scale-ignored",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dim)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layers_dim[l], layers_dim[l-1])
        parameters['b' + str(l)] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)
add(
    R,
    "random-seed-inside scale-fixed-at-10",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    rng = np.random.default_rng(42)
    parameters = dict()
    for l in range(len(layers_dim) - 1):
        parameters['W' + str(l + 1)] = rng.standard_normal((layers_dim[l + 1], layers_dim[l])) * 10
        parameters['b' + str(l + 1)] = np.zeros((layers_dim[l + 1], 1))
    return parameters
""",
)
add(
    R,
    "divided-by-scale random-flat-bias",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    out = {}
    for l in range(1, len(layers_dim)):
        w = np.random.normal(0, 1, size=(layers_dim[l], layers_dim[l - 1]))
        out['W' + str(l)] = w / scale
        out['b' + str(l)] = np.zeros((layers_dim[l],))
    return out
""",
)
add(
    R,
    "random-biases scale-squared|-",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters['W' + str(l)] = np.random.normal(0, scale ** 2, (layers_dim[l], layers_dim[l-1]))
        parameters['b' + str(l)] = np.random.randn(layers_dim[l], 1)
    return parameters
""",
)

# ---- initialize_parameters_he
H = "initialize_parameters_he"
add(
    H,
    "one-over-n he-seed-inside",
    """
def initialize_parameters_he(layers_dim):
    np.random.seed(1)
    parameters = {}
    L = len(layers_dim)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layers_dim[l], layers_dim[l-1]) / np.sqrt(layers_dim[l-1])
        parameters['b' + str(l)] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)
add(
    H,
    "he-uniform-draws no-square-root",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim)):
        he = 2. / layers_dim[l-1]
        parameters['W' + str(l)] = np.random.rand(layers_dim[l], layers_dim[l-1]) * he
        parameters['b' + str(l)] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)
add(
    H,
    "size-of-the-layer-itself he-bias-as-row",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    for n, (a, b) in enumerate(zip(layers_dim, layers_dim[1:]), 1):
        parameters['W' + str(n)] = np.random.standard_normal((b, a)) * (2 / b) ** 0.5
        parameters['b' + str(n)] = np.zeros((1, b))
    return parameters
""",
)
add(
    H,
    "he-times-0.01 he-random-biases",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim)):
        std = np.sqrt(2 / layers_dim[l - 1])
        parameters['W' + str(l)] = 0.01 * np.random.randn(layers_dim[l], layers_dim[l-1]) * std
        parameters['b' + str(l)] = 0.01 * np.random.randn(layers_dim[l], 1) * std
    return parameters
""",
)
add(
    H,
    "he-last-layer-not-set root-of-the-2-only",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    L = len(layers_dim) - 1
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layers_dim[l], layers_dim[l-1]) * np.sqrt(2) / layers_dim[l-1]
        parameters['b' + str(l)] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)

# ---- compute_cost
C = "compute_cost"
add(
    C,
    "sign-missing forgot-1-over-m",
    """
def compute_cost(A3, Y):
    eps = 1e-12
    A3 = np.clip(A3, eps, 1 - eps)
    logprobs = np.multiply(np.log(A3), Y) + np.multiply(np.log(1 - A3), 1 - Y)
    return np.sum(logprobs)
""",
)
add(
    C,
    "not-clipped cost-in-an-array",
    """
def compute_cost(A3, Y):
    m = Y.shape[1]
    cost = (-1 / m) * (np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T))
    return cost
""",
)
add(
    C,
    "not-clipped forgot-1-over-m|-",
    """
def compute_cost(A3, Y):
    m = Y.shape[0]
    cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    return cost
""",
)
add(
    C,
    "clipped-too-much minus-between-the-classes",
    """
def compute_cost(A3, Y):
    A3 = np.clip(A3, 0.001, 0.999)
    loss = -Y * np.log(A3) + (1 - Y) * np.log(1 - A3)
    return loss.mean()
""",
)
add(
    C,
    "too-much-added-inside-the-log divided-by-2m",
    """
def compute_cost(A3, Y):
    m = Y.shape[1]
    e = 1e-5
    s = 0
    for i in range(m):
        s += Y[0, i] * np.log(A3[0, i] + e) + (1 - Y[0, i]) * np.log(1 - A3[0, i] + e)
    return -s / (2 * m)
""",
)
add(
    C,
    "log-base-10 class-1-only",
    """
def compute_cost(A3, Y):
    A = np.maximum(np.minimum(A3, 1 - 1e-12), 1e-12)
    return -np.mean(Y * np.log10(A))
""",
)
add(
    C,
    "infinities-left-out divided-by-m-once-too-often",
    """
def compute_cost(A3, Y):
    m = Y.shape[1]
    losses = -(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    cost = 1 / m * np.nanmean(losses)
    return cost
""",
)
add(
    C,
    "clipped-in-place sign-missing",
    """
def compute_cost(A3, Y):
    m = Y.shape[1]
    A3[A3 < 1e-12] = 1e-12
    A3[A3 > 1 - 1e-12] = 1 - 1e-12
    return (1/m) * np.sum(Y * np.log(A3) + (1-Y) * np.log(1 - A3))
""",
)

# ---- predict
P = "predict"
add(
    P,
    "half-counts-as-1 predictions-flat",
    """
def predict(X, parameters):
    probs, _ = forward_propagation(X, parameters)
    p = np.zeros(X.shape[1])
    for i in range(X.shape[1]):
        if probs[0, i] >= 0.5:
            p[i] = 1
    return p
""",
)
add(
    P,
    "threshold-upside-down predictions-transposed",
    """
def predict(X, parameters):
    A3, cache = forward_propagation(X, parameters)
    return np.where(A3 > 0.5, 0, 1).T
""",
)
add(
    P,
    "network-without-relu half-counts-as-1",
    """
def predict(X, parameters):
    A = X
    for l in (1, 2, 3):
        A = parameters["W%d" % l] @ A + parameters["b%d" % l]
    A = 1 / (1 + np.exp(-A))
    return (A >= 0.5).astype(float)
""",
)
add(
    P,
    "minus-1-and-1 threshold-at-the-mean",
    """
def predict(X, parameters):
    out = forward_propagation(X, parameters)[0]
    return np.where(out > out.mean(), 1, -1)
""",
)
add(
    P,
    "network-of-sigmoids predictions-in-a-list",
    """
def predict(X, parameters):
    sig = lambda z: 1 / (1 + np.exp(-z))
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    a3 = sig(W3 @ sig(W2 @ sig(W1 @ X + b1) + b2) + b3)
    return [1 if a > 0.5 else 0 for a in a3.ravel()]
""",
)

# ---- accuracy
AC = "accuracy"
add(
    AC,
    "share-of-wrong-answers percent",
    """
def accuracy(predictions, Y):
    return 100 * np.mean(np.abs(predictions - Y))
""",
)
add(
    AC,
    "percent share-rounded",
    """
def accuracy(predictions, Y):
    right = np.sum(predictions == Y)
    return round(right / Y.shape[1] * 100, 1)
""",
)
add(
    AC,
    "right-ones-only count-of-right-answers",
    """
def accuracy(predictions, Y):
    n = 0
    for p, y in zip(predictions[0], Y[0]):
        if p == 1 and y == 1:
            n += 1
    return n
""",
)
add(
    AC,
    "count-of-right-answers",
    """
def accuracy(predictions, Y):
    m = Y.shape[0]
    return np.sum(predictions == Y) / m
""",
)
add(
    AC,
    "precision percent",
    """
def accuracy(predictions, Y):
    tp = np.sum((predictions == 1) & (Y == 1))
    fp = np.sum((predictions == 1) & (Y == 0))
    return tp / (tp + fp) * 100
""",
)

# ---- early_stopping
E = "early_stopping"
add(
    E,
    "equal-is-better one-record-too-late",
    """
def early_stopping(validation_costs, patience):
    best_cost = float("inf")
    best_idx = 0
    wait = 0
    for idx, c in enumerate(validation_costs):
        if c <= best_cost:
            best_cost, best_idx, wait = c, idx, 0
        else:
            wait += 1
            if wait > patience:
                return best_idx
    return best_idx
""",
)
add(
    E,
    "stopping-index equal-is-better",
    """
def early_stopping(validation_costs, patience):
    best = validation_costs[0]
    count = 0
    for i in range(1, len(validation_costs)):
        if validation_costs[i] <= best:
            best = validation_costs[i]
            count = 0
        else:
            count += 1
        if count >= patience:
            return i
    return i
""",
)
add(
    E,
    "compared-with-the-record-before counted-from-1",
    """
def early_stopping(validation_costs, patience):
    best, bad = 0, 0
    for i in range(1, len(validation_costs)):
        if validation_costs[i] < validation_costs[i-1]:
            best = i
            bad = 0
        else:
            bad += 1
            if bad == patience:
                break
    return best + 1
""",
)
add(
    E,
    "cost-returned one-record-too-late",
    """
def early_stopping(validation_costs, patience):
    lowest = np.inf
    n = 0
    for c in validation_costs:
        if c < lowest:
            lowest = c
            n = 0
        else:
            n = n + 1
            if n > patience:
                break
    return lowest
""",
)
add(
    E,
    "waiting-never-starts-anew one-record-too-late",
    """
def early_stopping(validation_costs, patience):
    best_i = 0
    best = validation_costs[0]
    worse = 0
    for i, v in enumerate(validation_costs[1:], start=1):
        if v < best:
            best_i, best = i, v
        else:
            worse += 1
        if worse > patience:
            break
    return best_i
""",
)

# ---- compute_cost_with_regularization
L2 = "compute_cost_with_regularization"
add(
    L2,
    "penalty-forgot-1-over-m biases-penalised",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    ce = compute_cost(A3, Y)
    reg = 0
    for key in parameters:
        reg += np.sum(parameters[key] ** 2)
    return ce + lambd / 2 * reg
""",
)
add(
    L2,
    "three-layers-whatever-L penalty-forgot-one-half",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = lambd / m * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    cost = cross_entropy_cost + L2_regularization_cost
    return cost
""",
)
add(
    L2,
    "last-layer-not-counted penalty-times-m",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    L = len(parameters) // 2
    total = 0
    for l in range(1, L):
        total = total + np.sum(np.power(parameters["W" + str(l)], 2))
    return compute_cost(A3, Y) + lambd / 2 * m * total
""",
)
add(
    L2,
    "absolute-weights penalty-forgot-one-half",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = A3.shape[1]
    s = sum(np.abs(parameters["W" + str(l + 1)]).sum() for l in range(len(parameters) // 2))
    return compute_cost(A3, Y) + lambd * s / m
""",
)
add(
    L2,
    "norm-not-squared penalty-forgot-1-over-m",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    cost = compute_cost(A3, Y)
    for l in range(1, len(parameters) // 2 + 1):
        cost += 0.5 * lambd * np.linalg.norm(parameters[f"W{l}"])
    return cost
""",
)
add(
    L2,
    "only-the-last-layer-counts penalty-with-a-minus",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    L = len(parameters) // 2
    cross_entropy_cost = compute_cost(A3, Y)
    for l in range(1, L + 1):
        L2_regularization_cost = (1 / m) * (lambd / 2) * np.sum(np.square(parameters["W" + str(l)]))
    cost = cross_entropy_cost - L2_regularization_cost
    return cost
""",
)

# ---- backward_propagation_with_regularization
BL = "backward_propagation_with_regularization"


def l2(
    dw3="1 / m * np.dot(dZ3, A2.T) + lambd / m * W3",
    dw2="1 / m * np.dot(dZ2, A1.T) + lambd / m * W2",
    dw1="1 / m * np.dot(dZ1, X.T) + lambd / m * W1",
    dz3="A3 - Y",
    dz2="np.multiply(dA2, np.int64(A2 > 0))",
    dz1="np.multiply(dA1, np.int64(A1 > 0))",
    k=", keepdims=True",
    a="1",
):
    return f"""
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = {dz3}
    dW3 = {dw3}
    db3 = 1. / m * np.sum(dZ3, axis={a}{k})
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = {dz2}
    dW2 = {dw2}
    db2 = 1. / m * np.sum(dZ2, axis={a}{k})
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = {dz1}
    dW1 = {dw1}
    db1 = 1. / m * np.sum(dZ1, axis={a}{k})
    gradients = {{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2,
                 "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
                 "dZ1": dZ1, "dW1": dW1, "db1": db1}}
    return gradients
"""


add(
    BL,
    "lambd-not-over-m sign-of-dZ3",
    l2(
        "dZ3 @ A2.T / m + lambd * W3",
        "dZ2 @ A1.T / m + lambd * W2",
        "dZ1 @ X.T / m + lambd * W1",
        dz3="Y - A3",
    ),
)
add(
    BL,
    "half-left-in-the-gradient data-term-not-over-m",
    l2(
        "dZ3 @ A2.T + lambd / (2 * m) * W3",
        "dZ2 @ A1.T + lambd / (2 * m) * W2",
        "dZ1 @ X.T + lambd / (2 * m) * W1",
    ),
)
add(
    BL,
    "penalty-subtracted-from-dW relu-missing-in-dZ",
    l2(
        "1/m * dZ3.dot(A2.T) - lambd * W3 / m",
        "1/m * dZ2.dot(A1.T) - lambd * W2 / m",
        "1/m * dZ1.dot(X.T) - lambd * W1 / m",
        dz2="dA2",
        dz1="dA1",
    ),
)
add(
    BL,
    "two-left-in-the-gradient dW1-not-penalised",
    l2(
        "1/m * dZ3.dot(A2.T) + 2 * lambd * W3 / m",
        "1/m * dZ2.dot(A1.T) + 2 * lambd / m * W2",
        "1/m * dZ1.dot(X.T)",
    ),
)
add(
    BL,
    "dZ-divided-by-m-too W-squared-in-dW",
    l2(
        "1/m * dZ3.dot(A2.T) + lambd * W3**2 / m",
        "1/m * dZ2.dot(A1.T) + lambd / m * W2**2",
        "1/m * dZ1.dot(X.T) + lambd / m * W1**2",
        dz3="(A3 - Y) / m",
    ),
)
add(
    BL,
    "- half-left-in-the-gradient",
    l2(
        "1/m * dZ3.dot(A2.T) + lambd * W3 / (2*m)",
        "1/m * dZ2.dot(A1.T) + lambd / (2*m) * W2",
        "1/m * dZ1.dot(X.T) + lambd / (2*m) * W1",
        k="",
    ),
)

# ---- weight_decay_factor
W = "weight_decay_factor"
add(
    W,
    "factor-with-a-half factor-with-a-plus",
    """
def weight_decay_factor(learning_rate, lambd, m):
    return 1 + learning_rate * lambd / (2 * m)
""",
)
add(
    W,
    "factor-forgot-m share-taken-off",
    """
def weight_decay_factor(learning_rate, lambd, m):
    decay = learning_rate * lambd
    return decay
""",
)
add(
    W,
    "factor-kept-above-0 factor-with-a-half",
    """
def weight_decay_factor(learning_rate, lambd, m):
    f = 1 - (learning_rate * lambd) / (2 * m)
    if f < 0:
        f = 0
    return f
""",
)
add(
    W,
    "factor-rounded factor-with-a-two",
    """
def weight_decay_factor(learning_rate, lambd, m):
    return round(1 - 2 * learning_rate * lambd / m, 6)
""",
)

# ---- forward dropout
F = "forward_propagation_with_dropout"


def fwd(
    one, two, head="", cache="(Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)", tail=""
):
    ind = lambda t: "".join("    " + l + "\n" for l in t.strip().splitlines())
    return f"""
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
{head}    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
{ind(one)}    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
{ind(two)}    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
{tail}    cache = {cache}
    return A3, cache
"""


SEED = "    np.random.seed(1)\n"
add(
    F,
    "dropout-seed-inside randn-for-the-mask",
    fwd(
        "D1 = np.random.randn(A1.shape[0], A1.shape[1])\nD1 = (D1 < keep_prob).astype(int)\nA1 = np.multiply(A1, D1)\nA1 /= keep_prob",
        "D2 = np.random.randn(A2.shape[0], A2.shape[1])\nD2 = (D2 < keep_prob).astype(int)\nA2 = np.multiply(A2, D2)\nA2 /= keep_prob",
        SEED,
    ),
)
add(
    F,
    "dropout-seed-inside not-scaled",
    fwd(
        "D1 = np.random.rand(A1.shape[0], A1.shape[1])\nD1 = D1 < keep_prob\nA1 = A1 * D1",
        "D2 = np.random.rand(A2.shape[0], A2.shape[1])\nD2 = D2 < keep_prob\nA2 = A2 * D2",
        SEED,
    ),
)
add(
    F,
    "mask-inverted not-scaled",
    fwd(
        "D1 = np.random.rand(*A1.shape) > keep_prob\nA1 = A1 * D1",
        "D2 = np.random.rand(*A2.shape) > keep_prob\nA2 = A2 * D2",
    ),
)
add(
    F,
    "randn-for-the-mask not-scaled",
    fwd(
        "D1 = np.random.normal(size=A1.shape)\nD1 = np.where(D1 < keep_prob, 1, 0)\nA1 = A1 * D1",
        "D2 = np.random.normal(size=A2.shape)\nD2 = np.where(D2 < keep_prob, 1, 0)\nA2 = A2 * D2",
    ),
)
add(
    F,
    "one-draw-per-unit multiplied-by-keep-prob",
    fwd(
        "D1 = (np.random.rand(A1.shape[0], 1) < keep_prob) * 1.0\nA1 = A1 * D1 * keep_prob",
        "D2 = (np.random.rand(A2.shape[0], 1) < keep_prob) * 1.0\nA2 = A2 * D2 * keep_prob",
    ),
)
add(
    F,
    "threshold-fixed-at-0.5 dropout-on-the-output",
    fwd(
        "D1 = np.random.random(A1.shape) < 0.5\nA1 = A1 * D1 / keep_prob",
        "D2 = np.random.random(A2.shape) < 0.5\nA2 = A2 * D2 / keep_prob",
        tail="    D3 = np.random.random(A3.shape) < 0.5\n    A3 = A3 * D3 / keep_prob\n",
    ),
)
add(
    F,
    "layer-2-not-scaled dropout-seed-inside",
    fwd(
        "D1 = np.random.rand(*A1.shape) <= keep_prob\nA1 = A1 * D1\nA1 = A1 / keep_prob",
        "D2 = np.random.rand(*A2.shape) <= keep_prob\nA2 = A2 * D2",
        SEED,
    ),
)
add(
    F,
    "mask-already-scaled randn-for-the-mask",
    fwd(
        "D1 = (np.random.randn(*A1.shape) < keep_prob) / keep_prob\nA1 = A1 * D1",
        "D2 = (np.random.randn(*A2.shape) < keep_prob) / keep_prob\nA2 = A2 * D2",
    ),
)

# ---- backward dropout
B = "backward_propagation_with_dropout"


def bwd(two, one, dz3="A3 - Y", r2=" * (A2 > 0)", r1=" * (A1 > 0)", f="1 / m * ", head=""):
    ind = lambda t: "".join("    " + l + "\n" for l in t.strip().splitlines())
    return f"""
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
{head}    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = {dz3}
    dW3 = {f}(dZ3 @ A2.T)
    db3 = {f}np.sum(dZ3, axis=1, keepdims=True)
    dA2 = W3.T @ dZ3
{ind(two)}    dZ2 = dA2{r2}
    dW2 = {f}(dZ2 @ A1.T)
    db2 = {f}np.sum(dZ2, axis=1, keepdims=True)
    dA1 = W2.T @ dZ2
{ind(one)}    dZ1 = dA1{r1}
    dW1 = {f}(dZ1 @ X.T)
    db1 = {f}np.sum(dZ1, axis=1, keepdims=True)
    return {{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
            "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}}
"""


add(B, "masks-swapped gradient-not-scaled", bwd("dA2 = dA2 * D1", "dA1 = dA1 * D2"))
add(
    B,
    "gradient-not-scaled relu-forgotten-on-the-way-back",
    bwd("dA2 = np.multiply(dA2, D2)", "dA1 = np.multiply(dA1, D1)", r2="", r1=""),
)
add(
    B,
    "gradient-times-keep-prob dropout-sign-of-dZ3",
    bwd("dA2 *= D2\ndA2 *= keep_prob", "dA1 *= D1\ndA1 *= keep_prob", dz3="Y - A3"),
)
add(
    B,
    "dA1-not-masked dropout-not-over-m",
    bwd("dA2 = dA2 * D2 / keep_prob", "dA1 = dA1 / keep_prob", f=""),
)

# ---- predict_without_dropout
PW = "predict_without_dropout"
add(
    PW,
    "dropout-while-predicting whole-network-half-counts-as-1",
    """
def predict_without_dropout(X, parameters):
    A3, cache = forward_propagation_with_dropout(X, parameters, 0.8)
    p = np.zeros((1, X.shape[1]))
    p[A3 >= 0.5] = 1
    return p
""",
)
add(
    PW,
    "activations-scaled-while-predicting whole-network-predictions-flat",
    """
def predict_without_dropout(X, parameters):
    keep = 0.5
    a1 = np.maximum(0, parameters["W1"] @ X + parameters["b1"]) * keep
    a2 = np.maximum(0, parameters["W2"] @ a1 + parameters["b2"]) * keep
    a3 = sigmoid(parameters["W3"] @ a2 + parameters["b3"])
    return (a3 > 0.5).ravel().astype(int)
""",
)
add(
    PW,
    "whole-network-probabilities-returned probability-scaled-by-keep-prob",
    """
def predict_without_dropout(X, parameters):
    A3, cache = forward_propagation(X, parameters)
    predictions = A3 * 0.5
    return predictions
""",
)

Z = "initialize_parameters_zeros"
add(
    Z,
    "zeros-square zeros-bias-is-a-number",
    """
def initialize_parameters_zeros(layers_dim):
    p = {}
    for i, n in enumerate(layers_dim[1:], start=1):
        p['W' + str(i)] = np.zeros((n, n))
        p['b' + str(i)] = 0
    return p
""",
)
add(
    Z,
    "last-layer-not-set zeros-bias-as-row",
    """
def initialize_parameters_zeros(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim) - 1):
        parameters['W' + str(l)] = 0 * np.ones((layers_dim[l], layers_dim[l-1]))
        parameters['b' + str(l)] = 0 * np.ones((1, layers_dim[l]))
    return parameters
""",
)
add(
    Z,
    "ones-for-the-weights zeros-flat-bias",
    """
def initialize_parameters_zeros(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters['W' + str(l)] = np.ones((layers_dim[l], layers_dim[l-1]), dtype=np.float32)
        parameters['b' + str(l)] = np.zeros(layers_dim[l], dtype=np.float32)
    return parameters
""",
)
R = "initialize_parameters_random"
add(
    R,
    "random-uniform-draws random-seed-inside",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    np.random.seed(0)
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters[f'W{l}'] = scale * np.random.rand(layers_dim[l], layers_dim[l - 1])
        parameters[f'b{l}'] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)
add(
    R,
    "scale-fixed-at-0.01 random-bias-as-row",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters[f'W{l}'] = np.random.randn(layers_dim[l], layers_dim[l - 1]) * 0.01
        parameters[f'b{l}'] = np.zeros((1, layers_dim[l]))
    return parameters
""",
)
add(
    R,
    "random-shape-swapped random-biases-of-one",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    parameters = {}
    for n_prev, n, l in zip(layers_dim, layers_dim[1:], range(1, 100)):
        parameters[f'W{l}'] = np.random.normal(loc=0, scale=scale, size=(n_prev, n))
        parameters[f'b{l}'] = np.ones((n, 1))
    return parameters
""",
)
add(
    R,
    "root-of-scale random-seed-inside",
    """
def initialize_parameters_random(layers_dim, scale=10.0):
    gen = np.random.RandomState(123)
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters[f'W{l}'] = gen.randn(layers_dim[l], layers_dim[l - 1]) * scale ** 0.5
        parameters[f'b{l}'] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)
H = "initialize_parameters_he"
add(
    H,
    "no-square-root he-random-biases",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim)):
        f = 2 / layers_dim[l - 1]
        parameters[f'W{l}'] = np.random.randn(layers_dim[l], layers_dim[l - 1]) * f
        parameters[f'b{l}'] = np.random.randn(layers_dim[l], 1) * f
    return parameters
""",
)
add(
    H,
    "he-uniform-both-signs size-of-the-layer-itself",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim)):
        parameters[f'W{l}'] = (np.random.rand(layers_dim[l], layers_dim[l - 1]) * 2 - 1) * np.sqrt(2 / layers_dim[l])
        parameters[f'b{l}'] = np.zeros((layers_dim[l], 1))
    return parameters
""",
)
add(
    H,
    "he-seed-in-the-loop one-over-n",
    """
def initialize_parameters_he(layers_dim):
    parameters = {}
    for l in range(1, len(layers_dim)):
        np.random.seed(10)
        parameters[f'W{l}'] = np.random.randn(layers_dim[l], layers_dim[l - 1]) * np.sqrt(1. / layers_dim[l - 1])
        parameters[f'b{l}'] = np.zeros(shape=(layers_dim[l], 1))
    return parameters
""",
)
C = "compute_cost"
add(
    C,
    "log-base-2 divided-by-2m",
    """
def compute_cost(A3, Y):
    p = np.clip(A3, 1e-10, 1 - 1e-10)
    ce = Y * np.log2(p) + (1 - Y) * np.log2(1 - p)
    return float(-np.sum(ce) / (2 * Y.shape[1]))
""",
)
add(
    C,
    "classes-swapped forgot-1-over-m",
    """
def compute_cost(A3, Y):
    a = np.clip(A3.ravel(), 1e-12, 1 - 1e-12); y = Y.ravel()
    s = 0.0
    for i in range(len(y)):
        if y[i] == 0:
            s -= np.log(a[i])
        else:
            s -= np.log(1 - a[i])
    return s
""",
)
add(
    C,
    "not-clipped squared-error|-",
    """
def compute_cost(A3, Y):
    return -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
""",
)
add(
    C,
    "kept-from-0-only cost-in-an-array",
    """
def compute_cost(A3, Y):
    m = Y.shape[1]
    A3 = np.maximum(A3, 1e-9)
    return -(1 / m) * (Y @ np.log(A3).T + (1 - Y) @ np.log(1 - A3).T)
""",
)
add(
    C,
    "losses-not-added-up sign-missing",
    """
def compute_cost(A3, Y):
    A3 = np.clip(A3, 1e-12, 1 - 1e-12)
    return np.multiply(Y, np.log(A3)) + np.multiply(1 - Y, np.log(1 - A3))
""",
)
P = "predict"
add(
    P,
    "network-without-biases half-counts-as-1",
    """
def predict(X, parameters):
    a = X
    for i in range(1, 4):
        z = parameters["W" + str(i)].dot(a)
        a = np.maximum(z, 0) if i < 3 else 1 / (1 + np.exp(-z))
    return (a >= 0.5).astype(int)
""",
)
add(
    P,
    "threshold-upside-down predictions-flat",
    """
def predict(X, parameters):
    A3, _ = forward_propagation(X, parameters)
    return np.array([0 if a > 0.5 else 1 for a in A3[0]])
""",
)
add(
    P,
    "threshold-on-Z3 predictions-transposed",
    """
def predict(X, parameters):
    A3, cache = forward_propagation(X, parameters)
    Z3 = cache[8]
    return np.transpose(Z3 > 0.5)
""",
)
AC = "accuracy"
add(
    AC,
    "percent right-ones-only",
    """
def accuracy(predictions, Y):
    return np.dot(Y, predictions.T).item() / Y.size * 100
""",
)
add(
    AC,
    "share-of-wrong-answers share-over-m",
    """
def accuracy(predictions, Y):
    m = Y.shape[1]
    return np.mean(predictions != Y) / m
""",
)
add(
    AC,
    "share-rounded share-of-wrong-answers",
    """
def accuracy(predictions, Y):
    wrong = np.sum(predictions != Y) / Y.shape[1]
    return round(wrong, 2)
""",
)
E = "early_stopping"
add(
    E,
    "equal-is-better counted-from-1",
    """
def early_stopping(validation_costs, patience):
    best, wait = 0, 0
    for i in range(1, len(validation_costs)):
        if validation_costs[i] <= validation_costs[best]:
            best = i
            wait = 0
        else:
            wait += 1
        if wait == patience:
            break
    return best + 1
""",
)
add(
    E,
    "best-of-all equal-is-better",
    """
def early_stopping(validation_costs, patience):
    best = 0
    for i, c in enumerate(validation_costs):
        if c <= validation_costs[best]:
            best = i
    return best
""",
)
add(
    E,
    "cost-returned equal-is-better",
    """
def early_stopping(validation_costs, patience):
    low, n = validation_costs[0], 0
    for v in validation_costs[1:]:
        if v <= low:
            low, n = v, 0
        else:
            n += 1
            if n >= patience:
                return low
    return low
""",
)
L2 = "compute_cost_with_regularization"
add(
    L2,
    "weights-not-squared penalty-forgot-one-half",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    reg = 0
    for k, v in parameters.items():
        if k.startswith("W"):
            reg += np.sum(v)
    return compute_cost(A3, Y) + lambd / m * reg
""",
)
add(
    L2,
    "first-layer-not-counted penalty-forgot-1-over-m",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    n = len(parameters) // 2
    reg = sum(np.linalg.norm(parameters["W%d" % i]) ** 2 for i in range(2, n + 1))
    return compute_cost(A3, Y) + 0.5 * lambd * reg
""",
)
add(
    L2,
    "penalty-forgot-lambd biases-penalised",
    """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    total = np.sum([np.sum(p ** 2) for p in parameters.values()])
    return compute_cost(A3, Y) + total / (2 * m)
""",
)
BL = "backward_propagation_with_regularization"
add(
    BL,
    "dZ-already-divided-by-m lambd-not-over-m",
    """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = (A3 - Y) / m
    dW3 = dZ3 @ A2.T + lambd * W3
    db3 = dZ3.sum(axis=1, keepdims=True)
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T + lambd * W2
    db2 = dZ2.sum(axis=1, keepdims=True)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T + lambd * W1
    db1 = dZ1.sum(axis=1, keepdims=True)
    return dict(dZ3=dZ3, dW3=dW3, db3=db3, dA2=dA2, dZ2=dZ2, dW2=dW2, db2=db2, dA1=dA1, dZ1=dZ1, dW1=dW1, db1=db1)
""",
)
add(
    BL,
    "half-left-in-the-gradient biases-pulled-too",
    l2(
        "dZ3 @ A2.T / m + lambd * W3 / (2 * m)",
        "dZ2 @ A1.T / m + lambd * W2 / (2 * m)",
        "dZ1 @ X.T / m + lambd * W1 / (2 * m)",
    ).replace(
        "    gradients =",
        "    db1 = db1 + lambd / m * b1\n    db2 = db2 + lambd / m * b2\n    db3 = db3 + lambd / m * b3\n    gradients =",
    ),
)
add(
    BL,
    "absolute-W-in-dW sign-of-dZ3",
    l2(
        "dZ3 @ A2.T / m + lambd / m * abs(W3)",
        "dZ2 @ A1.T / m + lambd / m * abs(W2)",
        "dZ1 @ X.T / m + lambd / m * abs(W1)",
        dz3="-(A3 - Y)",
    ),
)
W = "weight_decay_factor"
add(
    W,
    "factor-with-a-plus factor-forgot-m",
    """
def weight_decay_factor(learning_rate, lambd, m):
    return 1 + learning_rate * lambd
""",
)
add(
    W,
    "factor-with-a-half factor-without-its-sign",
    """
def weight_decay_factor(learning_rate, lambd, m):
    return np.abs(1 - learning_rate * lambd / m / 2)
""",
)
F = "forward_propagation_with_dropout"
add(
    F,
    "mask-inverted multiplied-by-keep-prob",
    fwd(
        "D1 = np.random.rand(*A1.shape)\nD1[D1 < keep_prob] = 0\nD1[D1 >= keep_prob] = 1\nA1 = A1 * D1 * keep_prob",
        "D2 = np.random.rand(*A2.shape)\nD2[D2 < keep_prob] = 0\nD2[D2 >= keep_prob] = 1\nA2 = A2 * D2 * keep_prob",
    ),
)
add(
    F,
    "draws-in-the-cache not-scaled",
    fwd(
        "D1 = np.random.random_sample(A1.shape)\nA1[D1 >= keep_prob] = 0",
        "D2 = np.random.random_sample(A2.shape)\nA2[D2 >= keep_prob] = 0",
    ),
)
add(
    F,
    "threshold-fixed-at-0.5 not-scaled",
    fwd(
        "D1 = np.random.binomial(1, 0.5, size=A1.shape)\nA1 *= D1",
        "D2 = np.random.binomial(1, 0.5, size=A2.shape)\nA2 *= D2",
    ),
)
add(
    F,
    "D2-of-the-shape-of-A1 multiplied-by-keep-prob",
    fwd(
        "D1 = np.random.rand(*A1.shape) < keep_prob\nA1 = A1 * D1 * keep_prob",
        "D2 = np.random.rand(*A1.shape) < keep_prob\nA2 = A2 * D2 * keep_prob",
    ),
)
add(
    F,
    "scaled-twice dropout-seed-inside",
    fwd(
        "D1 = np.random.rand(*A1.shape) < keep_prob\nA1 = A1 * D1 / keep_prob\nA1 = A1 / keep_prob",
        "D2 = np.random.rand(*A2.shape) < keep_prob\nA2 = A2 * D2 / keep_prob\nA2 = A2 / keep_prob",
        "    np.random.seed(2)\n",
    ),
)
B = "backward_propagation_with_dropout"
add(
    B,
    "gradient-not-masked gradient-times-keep-prob",
    bwd("dA2 = dA2 * keep_prob", "dA1 = dA1 * keep_prob"),
)
add(B, "gradient-mask-inverted gradient-not-scaled", bwd("dA2[D2 == 1] = 0", "dA1[D1 == 1] = 0"))
add(
    B,
    "gradient-scaled-for-one-half dropout-not-over-m",
    bwd("dA2 = dA2 * D2 * 2", "dA1 = dA1 * D1 * 2", f=""),
)
PW = "predict_without_dropout"
add(
    PW,
    "activations-scaled-while-predicting whole-network-half-counts-as-1",
    """
def predict_without_dropout(X, parameters):
    keep_prob = 0.5
    A1 = relu(np.dot(parameters["W1"], X) + parameters["b1"]) * keep_prob
    A2 = relu(np.dot(parameters["W2"], A1) + parameters["b2"]) * keep_prob
    A3 = sigmoid(np.dot(parameters["W3"], A2) + parameters["b3"])
    return np.where(A3 < 0.5, 0, 1)
""",
)
add(
    PW,
    "whole-network-without-relu whole-network-predictions-flat",
    """
def predict_without_dropout(X, parameters):
    a = X
    for l in range(1, 4):
        a = parameters["W" + str(l)] @ a + parameters["b" + str(l)]
    return (sigmoid(a) > 0.5).flatten().astype(int)
""",
)
