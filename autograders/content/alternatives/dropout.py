"""Other right answers to the notebook ``dropout``; each as `Mistake.change`."""

DRAW1 = "np.random.rand(A1.shape[0], A1.shape[1])"
DRAW2 = "np.random.rand(A2.shape[0], A2.shape[1])"

FORWARD: list = [
    {
        "D1 = keep_prob > D1": "D1 = (D1 < keep_prob).astype(int)",
        "keep_prob > D2": "np.where(D2 < keep_prob, 1.0, 0.0)",
    },
    {DRAW1: "np.random.random_sample(A1.shape)", DRAW2: "np.random.uniform(0, 1, size=A2.shape)"},
    {"keep_prob > D": "1 - keep_prob <= D"},
    {
        "keep_prob > D1": "np.less_equal(D1, keep_prob).astype(np.uint8)",
        "keep_prob > D2": "-np.sign(D2 - keep_prob) > 0",
        "A1 * D1": "np.multiply(A1, D1)",
        "A2 / keep_prob": "A2 * (1 / keep_prob)",
    },
    {"keep_prob > D1": "np.floor(D1 + keep_prob)", "keep_prob > D2": "np.floor(D2 + keep_prob)"},
    {
        f"D1 = {DRAW1}": "D1 = np.random.binomial(1, keep_prob, size=A1.shape)",
        "D1 = keep_prob > D1": "D1 = D1.astype(bool)",
        f"D2 = {DRAW2}": "D2 = np.random.binomial(1, keep_prob, size=A2.shape)",
        "D2 = keep_prob > D2": "D2 = D2.astype(np.float32)",
    },
    {
        "A1 = A1 * D1": "A1[~D1] = 0",
        "A1 = A1 / keep_prob": "A1 /= keep_prob",
        "A2 = A2 * D2": "A2 *= D2",
        "A2 = A2 / keep_prob": "A2[D2] /= keep_prob",
    },
    {
        DRAW1: "np.random.rand(*A1.T.shape).T",
        DRAW2: "np.array([np.random.rand(len(A2)) for i in range(X.shape[1])]).T",
        "A1 / keep_prob": "np.divide(A1, keep_prob)",
    },
    """
    rng = np.random.default_rng()

    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        def dropped(A):
            D = rng.choice([False, True], size=A.shape, p=[1 - keep_prob, keep_prob])
            return D, np.where(D, A / keep_prob, 0)

        W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
        Z1 = W1 @ X + b1
        D1, A1 = dropped(np.maximum(Z1, 0))
        Z2 = W2 @ A1 + b2
        D2, A2 = dropped(np.maximum(Z2, 0))
        Z3 = W3 @ A2 + b3
        A3 = 1 / (1 + np.exp(-Z3))
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    """,
    """
    import random

    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        m = X.shape[1]
        A, kept, drawn = X, [], []
        for l in (2, 1):  # both masks before anything else, layer 2 first
            units = parameters["b" + str(l)].shape[0]
            D = np.empty((units, m))
            for unit in range(units):
                D[unit] = [random.random() < keep_prob for example in range(m)]
            drawn.append(D)
        for l in (1, 2):
            W, b = parameters["W" + str(l)].copy(), parameters["b" + str(l)].copy()
            Z = np.dot(W, A) + b
            D = drawn.pop()
            A = Z * (Z > 0) * (D / keep_prob)
            kept += [Z, D, A, W, b]
        Z3 = np.dot(parameters["W3"], A) + parameters["b3"]
        A3 = sigmoid(Z3)
        return A3, tuple(kept) + (Z3, A3, parameters["W3"], parameters["b3"])
    """,
]

BACKWARD: list = [
    {"dA2 = dA2 * D2": "dA2 = keep_prob**-1 * dA2", "dA2 = dA2 / keep_prob": "dA2 = D2 * dA2"},
    {"dA2 * D2": "np.where(D2, dA2, 0)", "dA1 * D1": "np.where(D1 == 1, dA1, 0.0)"},
    {"dA2 * D2": "np.multiply(dA2, D2.astype(float))", "/ keep_prob": "* (1 / keep_prob)"},
    {
        "dA2 = dA2 * D2": "dA2 *= D2",
        "dA2 = dA2 / keep_prob": "dA2 /= keep_prob",
        "dA1 = dA1 * D1": "dA1[D1 == 0] = 0",
        "dA1 = dA1 / keep_prob": "dA1 = np.divide(dA1, keep_prob)",
    },
    {
        "dA2 * D2": "dA2 * (D2 / keep_prob)",
        "dA2 / keep_prob": "dA2",
        "dA1 * D1": "(D1 / keep_prob) * dA1",
        "dA1 / keep_prob": "dA1",
    },
    """
    def backward_propagation_with_dropout(X, Y, cache, keep_prob):
        m = X.shape[1]
        Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
        # the mask of ReLU and that of dropout in one
        alive1, alive2 = (Z1 > 0) & D1, (Z2 > 0) & D2
        grads = {"dZ3": A3 - Y}
        grads["dA2"] = (W3.T @ grads["dZ3"]) * np.where(D2, 1 / keep_prob, 0)
        grads["dZ2"] = (W3.T @ grads["dZ3"]) * alive2 / keep_prob
        grads["dA1"] = (W2.T @ grads["dZ2"]) * np.where(D1, 1 / keep_prob, 0)
        grads["dZ1"] = (W2.T @ grads["dZ2"]) * alive1 / keep_prob
        for l, A in ((1, X), (2, A1), (3, A2)):
            grads[f"dW{l}"] = grads[f"dZ{l}"] @ A.T / m
            grads[f"db{l}"] = grads[f"dZ{l}"].mean(axis=1, keepdims=True)
        return grads
    """,
    """
    def backward_propagation_with_dropout(X, Y, cache, keep_prob):
        m = X.shape[1]
        Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache

        def drop(dA, D):
            result = np.zeros_like(dA)
            for unit in range(dA.shape[0]):
                for example in range(dA.shape[1]):
                    if D[unit, example]:
                        result[unit, example] = dA[unit, example] / keep_prob
            return result

        dZ3 = A3 - Y
        dA2 = drop(np.dot(W3.T, dZ3), D2)
        dZ2 = dA2.copy()
        dZ2[Z2 <= 0] = 0
        dA1 = drop(np.dot(W2.T, dZ2), D1)
        dZ1 = dA1.copy()
        dZ1[Z1 <= 0] = 0
        return {
            "dZ1": dZ1, "dZ2": dZ2, "dZ3": dZ3, "dA1": dA1, "dA2": dA2,
            "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
            "dW2": np.dot(dZ2, A1.T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
            "dW3": np.dot(dZ3, A2.T) / m, "db3": np.sum(dZ3, axis=1, keepdims=True) / m,
        }
    """,
]

PREDICT: list = [
    {"A3 > 0.5": "np.where(A3 > 0.5, 1, 0)"},
    {"A3 > 0.5": "1.0 * (A3 > 0.5)"},
    {"A3 > 0.5": "np.logical_not(A3 <= 0.5)"},
    {"A3 > 0.5": "np.ceil(A3 - 0.5) + 0.0"},
    {
        "forward_propagation(X, parameters)": (
            "forward_propagation_with_dropout(X, parameters, keep_prob=1.0)"
        )
    },
    """
    def predict_without_dropout(X, parameters):
        A = X.copy()
        for l in range(1, 4):
            Z = np.matmul(parameters["W" + str(l)], A) + parameters["b" + str(l)]
            A = relu(Z)
        return (Z > 0).astype(np.float32)
    """,
    """
    def predict_without_dropout(X, parameters):
        classes = []
        for i in range(X.shape[1]):
            A3, _ = forward_propagation(X[:, [i]], parameters)
            classes.append(1 if A3.item() > 0.5 else 0)
        return np.array(classes).reshape(1, -1)
    """,
]
