"""Other right answers to the notebook ``overfitting``; each as `Mistake.change`."""

CLIPPED = "np.clip(A3, 1e-12, 1 - 1e-12)"
LOSSES = "-(Y * np.log(A) + (1 - Y) * np.log(1 - A))"
MEAN = "1 / m * np.sum(losses)"

COST: list = [
    {LOSSES: "Y * np.log(A) + (1 - Y) * np.log1p(-A)", MEAN: "-np.mean(losses)"},
    {CLIPPED: "np.minimum(np.maximum(A3, 1e-15), 1 - 1e-15)", MEAN: "float(losses.sum()) / m"},
    {CLIPPED: "np.clip(A3, 1e-7, 1 - 1e-7)", MEAN: "np.average(losses)"},
    {CLIPPED: "A3", LOSSES: "-(Y * np.log(A + 1e-12) + (1 - Y) * np.log(1 - A + 1e-12))"},
    {LOSSES: "-np.where(Y == 1, np.log(A), np.log(1 - A))", MEAN: "np.asarray(np.mean(losses))"},
    {LOSSES: "-np.log(np.abs(1 - Y - A))", MEAN: "np.squeeze(losses.mean(axis=1, keepdims=True))"},
    {LOSSES: "-np.log(A**Y * (1 - A) ** (1 - Y))", MEAN: "np.einsum('ij->', losses / m)"},
    {
        LOSSES: "np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)",
        MEAN: "-losses.item() / m",
    },
    """
    import math

    def compute_cost(A3, Y):
        total = 0.0
        for a, y in zip(A3[0], Y[0]):
            a = min(max(float(a), 1e-12), 1 - 1e-12)
            total -= math.log(a) if y == 1 else math.log(1 - a)
        return total / len(A3[0])
    """,
    """
    import math

    def compute_cost(A3, Y):
        # through the logits: ln(1 + exp(z)) is the loss of class 0, less z that of class 1
        A = np.clip(A3.copy(), 1e-13, 1 - 1e-13)
        Z = np.log(A) - np.log1p(-A)
        return math.fsum((np.logaddexp(0, Z) - Y * Z).ravel()) / Y.size
    """,
    """
    def compute_cost(A3, Y):
        A = A3.copy()
        A[A < 1e-12] = 1e-12
        A[A > 1 - 1e-12] = 1 - 1e-12
        ones, zeros = A[Y == 1], A[Y == 0]
        return (-np.log(ones).sum() - np.log(1 - zeros).sum()) / (ones.size + zeros.size)
    """,
]

PREDICT: list = [
    {"A3 > 0.5": "np.where(A3 > 0.5, 1, 0)"},
    {"A3 > 0.5": "(A3 > 0.5).astype(float)"},
    {"A3 > 0.5": "1 - (A3 <= 0.5)"},
    {"A3 > 0.5": "np.round(A3)"},  # 0.5 is rounded to the even 0
    {"A3 > 0.5": "np.heaviside(A3 - 0.5, 0)"},
    {"A3 > 0.5": "np.argmax(np.vstack([1 - A3, A3]), axis=0, keepdims=True)"},
    {"A3 > 0.5": "np.array([[int(a > 0.5) for a in A3.ravel()]], dtype=np.int8)"},
    {"A3 > 0.5": "cache[8] > 0"},
    """
    def predict(X, parameters):
        m = X.shape[1]
        predictions = np.zeros((1, m))
        A3 = forward_propagation(X, parameters)[0]
        for i in range(m):
            if A3[0, i] > 0.5:
                predictions[0, i] = 1
        return predictions
    """,
    """
    def predict(X, parameters):
        A = X
        for l in (1, 2, 3):
            Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
            A = np.where(Z > 0, Z, 0) if l < 3 else 1 / (1 + np.exp(-Z))
        return np.greater(A, 0.5).astype(np.uint8)
    """,
    """
    import math

    def predict(X, parameters):
        # one point after the other, on a copy that is written over
        result = np.empty((1, X.shape[1]), dtype=bool)
        for i, x in enumerate(X.T.copy()):
            a = x.reshape(-1, 1)
            a = np.maximum(parameters["W1"].dot(a) + parameters["b1"], 0)
            a = np.maximum(parameters["W2"].dot(a) + parameters["b2"], 0)
            z = (parameters["W3"].dot(a) + parameters["b3"]).item()
            result[0, i] = (1 + math.tanh(z / 2)) / 2 > 0.5
        return result
    """,
]

ACCURACY: list = [
    {"np.mean(predictions == Y)": "1 - np.mean(np.abs(predictions - Y))"},
    {"np.mean(predictions == Y)": "np.sum(predictions == Y) / Y.shape[1]"},
    {"np.mean(predictions == Y)": "float(np.count_nonzero(np.equal(predictions, Y))) / Y.size"},
    {"np.mean(predictions == Y)": "1 - np.mean((predictions - Y) ** 2)"},
    {"np.mean(predictions == Y)": "(predictions == Y).mean(axis=1)[0]"},
    {"np.mean(predictions == Y)": "np.asarray(np.average((predictions == Y).astype(float)))"},
    {"np.mean(predictions == Y)": "1 - np.logical_xor(predictions, Y).sum() / len(Y[0])"},
    {
        "np.mean(predictions == Y)": (
            "np.squeeze(np.dot(Y, predictions.T) + np.dot(1 - Y, 1 - predictions.T)) / Y.shape[1]"
        )
    },
    """
    def accuracy(predictions, Y):
        right = 0
        for i in range(Y.shape[1]):
            if predictions[0, i] == Y[0, i]:
                right += 1
        return right / Y.shape[1]
    """,
    """
    from statistics import fmean

    def accuracy(predictions, Y):
        return fmean(int(p) == int(y) for p, y in zip(predictions.flatten(), Y.flatten()))
    """,
    """
    def accuracy(predictions, Y):
        true_positives = np.sum((predictions == 1) & (Y == 1))
        true_negatives = np.sum((predictions == 0) & (Y == 0))
        false_positives = np.sum((predictions == 1) & (Y == 0))
        false_negatives = np.sum((predictions == 0) & (Y == 1))
        right = true_positives + true_negatives
        return right / (right + false_positives + false_negatives)
    """,
]

STOPPING: list = [
    """
    def early_stopping(validation_costs, patience):
        best, lowest, waited = 0, float("inf"), 0
        for i, cost in enumerate(validation_costs):
            if cost < lowest:
                best, lowest, waited = i, cost, 0
            else:
                waited += 1
            if waited == patience:
                return best
        return best
    """,
    """
    def early_stopping(validation_costs, patience):
        costs = np.asarray(validation_costs)
        for stop in range(patience, len(costs)):
            if np.argmin(costs[: stop + 1]) == stop - patience:
                return stop - patience
        return np.argmin(costs)
    """,
    """
    def early_stopping(validation_costs, patience):
        best = 0
        while True:
            window = list(validation_costs[best + 1 : best + 1 + patience])
            better = [i for i, cost in enumerate(window) if cost < validation_costs[best]]
            if not better:
                return best
            best += 1 + better[0]
    """,
    """
    def early_stopping(validation_costs, patience):
        # the positions of all improvements; the first gap longer than patience stops
        costs = np.array(validation_costs, dtype=float)
        lowest_before = np.minimum.accumulate(np.concatenate([[np.inf], costs[:-1]]))
        improvements = np.flatnonzero(costs < lowest_before)
        too_long = np.flatnonzero(np.diff(improvements) > patience)
        return improvements[too_long[0]] if too_long.size else improvements[-1]
    """,
    """
    def early_stopping(validation_costs, patience):
        i = best = 0
        left = patience
        while left > 0 and i + 1 < len(validation_costs):
            i += 1
            left -= 1
            if validation_costs[i] < validation_costs[best]:
                best, left = i, patience
        return int(best)
    """,
    """
    from functools import reduce

    def early_stopping(validation_costs, patience):
        def step(state, record):
            best, lowest, stopped = state
            i, cost = record
            stopped = stopped or i - best > patience
            return (i, cost, False) if cost < lowest and not stopped else (best, lowest, stopped)

        records = enumerate(validation_costs)
        return reduce(step, records, (0, validation_costs[0], False))[0]
    """,
    """
    def early_stopping(validation_costs, patience):
        seen = []
        for cost in validation_costs:
            seen.append(float(cost))
            if len(seen) > patience and min(seen[-patience:]) >= min(seen[:-patience]):
                break
        return np.array(seen.index(min(seen)))
    """,
]
