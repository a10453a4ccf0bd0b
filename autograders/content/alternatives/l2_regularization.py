"""Other right answers to the notebook ``l2_regularization``; each as `Mistake.change`."""

LOOP = "for l in range(1, L + 1):"
SQUARES = 'np.sum(np.square(parameters["W" + str(l)]))'
STRENGTH = "1 / m * lambd / 2"

COST: list = [
    {SQUARES: 'np.linalg.norm(parameters["W" + str(l)]) ** 2', STRENGTH: "lambd / (2 * m)"},
    {
        SQUARES: 'np.vdot(parameters["W" + str(l)], parameters["W" + str(l)])',
        STRENGTH: "0.5 / m * lambd",
    },
    {SQUARES: '(parameters[f"W{l}"] ** 2).sum()', STRENGTH: "np.float64(lambd) / 2 / m"},
    {SQUARES: 'np.einsum("ij,ij->", parameters[f"W{l}"], parameters[f"W{l}"])'},
    {SQUARES: 'np.trace(parameters[f"W{l}"] @ parameters[f"W{l}"].T)'},
    {SQUARES: 'np.sum(np.linalg.svd(parameters[f"W{l}"], compute_uv=False) ** 2)'},
    {LOOP: "for l in reversed(range(1, L + 1)):", "+=": "= sum_of_squares +"},
    """
    def compute_cost_with_regularization(A3, Y, parameters, lambd):
        m = Y.shape[1]
        A = np.clip(A3, 1e-10, 1 - 1e-10)
        cross_entropy = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        weights = [array.ravel() for key, array in parameters.items() if key[0] == "W"]
        return cross_entropy + lambd / (2 * m) * np.sum(np.concatenate(weights) ** 2)
    """,
    """
    import math

    def compute_cost_with_regularization(A3, Y, parameters, lambd):
        squares, l = [], 1
        while "W" + str(l) in parameters:
            for row in parameters["W" + str(l)]:
                for weight in row:
                    squares.append(float(weight) * float(weight))
            l += 1
        return float(compute_cost(A3, Y)) + 0.5 * lambd * math.fsum(squares) / len(Y[0])
    """,
    """
    def compute_cost_with_regularization(A3, Y, parameters, lambd):
        def penalty(l):
            if l == 0:
                return 0
            W = parameters["W" + str(l)]
            return np.mean(W**2) * W.size + penalty(l - 1)

        m = Y.size
        return np.array((m * compute_cost(A3, Y) + lambd / 2 * penalty(len(parameters) // 2)) / m)
    """,
]

BACKWARD: list = [
    {
        f"1 / m * np.dot({dot}) + lambd / m * W{l}": f"(np.dot({dot}) + lambd * W{l}) / m"
        for l, dot in ((3, "dZ3, A2.T"), (2, "dZ2, A1.T"), (1, "dZ1, X.T"))
    },
    {
        f"1 / m * np.dot({dot})": f"{dot.replace(', ', ' / m @ ')}"
        for dot in ("dZ3, A2.T", "dZ2, A1.T", "dZ1, X.T")
    },
    {
        f"dW{l} = 1 / m * np.dot({dot}) + lambd / m * W{l}": (
            f"dW{l} = W{l}.copy()\n    dW{l} *= lambd / m\n    dW{l} += np.matmul({dot}) / m"
        )
        for l, dot in ((3, "dZ3, A2.T"), (2, "dZ2, A1.T"), (1, "dZ1, X.T"))
    },
    {
        f"np.dot(dZ{l}, {A}.T)": f"np.einsum('ik,jk->ij', dZ{l}, {A})"
        for l, A in ((3, "A2"), (2, "A1"), (1, "X"))
    },
    {
        f"np.dot(dZ{l}, {A}.T)": f"np.dot({A}, dZ{l}.T).T"
        for l, A in ((3, "A2"), (2, "A1"), (1, "X"))
    },
    {
        f"1 / m * np.dot(dZ{l}, {A}.T)": f"np.mean(dZ{l}[:, None, :] * {A}[None, :, :], axis=2)"
        for l, A in ((3, "A2"), (2, "A1"), (1, "X"))
    },
    """
    def backward_propagation_with_regularization(X, Y, cache, lambd):
        m = X.shape[1]
        Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
        A, Z, W = [X, A1, A2], [None, Z1, Z2], [None, W1, W2, W3]
        gradients, dZ = {}, A3 - Y
        for l in (3, 2, 1):
            gradients["dZ" + str(l)] = dZ
            gradients["dW" + str(l)] = (dZ @ A[l - 1].T + lambd * W[l]) / m
            gradients["db" + str(l)] = dZ.mean(axis=1, keepdims=True)
            if l > 1:
                dA = W[l].T @ dZ
                gradients["dA" + str(l - 1)] = dA
                dZ = np.where(Z[l - 1] > 0, dA, 0)
        return gradients
    """,
    """
    def backward_propagation_with_regularization(X, Y, cache, lambd):
        Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
        n, m = X.shape

        def linear_backward(dZ, A_prev, W):
            dW = np.zeros(W.shape)
            for i in range(m):
                dW += np.outer(dZ[:, i], A_prev[:, i])
            return dW / m + (lambd / m) * W, np.sum(dZ, axis=1).reshape(-1, 1) / m

        def relu_backward(dA, Z):
            dZ = np.array(dA, copy=True)
            dZ[Z <= 0] = 0
            return dZ

        dZ3 = np.subtract(A3, Y)
        dW3, db3 = linear_backward(dZ3, A2, W3)
        dA2 = W3.T.dot(dZ3)
        dZ2 = relu_backward(dA2, Z2)
        dW2, db2 = linear_backward(dZ2, A1, W2)
        dA1 = W2.T.dot(dZ2)
        dZ1 = relu_backward(dA1, Z1)
        dW1, db1 = linear_backward(dZ1, X, W1)
        return dict(
            dW1=dW1, db1=db1, dZ1=dZ1, dA1=dA1, dW2=dW2, db2=db2,
            dZ2=dZ2, dA2=dA2, dW3=dW3, db3=db3, dZ3=dZ3,
        )
    """,
]

FACTOR: list = [
    {"learning_rate * lambd / m": "learning_rate * (lambd / m)"},
    {"1 - learning_rate * lambd / m": "(m - learning_rate * lambd) / m"},
    {"1 - learning_rate * lambd / m": "-(learning_rate / m * lambd - 1.0)"},
    {"1 - learning_rate * lambd / m": "np.float64(1) - np.prod([learning_rate, lambd, 1 / m])"},
    {"1 - learning_rate * lambd / m": "np.array(1 - np.divide(lambd, m) * learning_rate)"},
    """
    def weight_decay_factor(learning_rate, lambd, m):
        # one step on a weight of 1, without data
        W = 1.0
        dW = lambd / m * W
        W -= learning_rate * dW
        return W
    """,
    """
    from fractions import Fraction

    def weight_decay_factor(learning_rate, lambd, m):
        return float(1 - Fraction(learning_rate) * Fraction(lambd) / m)
    """,
]
