"""Other right answers to the notebook ``initialization``; each as `Mistake.change`."""

W_ZEROS = "np.zeros((layers_dim[l], layers_dim[l - 1]))"
B_ZEROS = "np.zeros((layers_dim[l], 1))"
DRAWS = "np.random.randn(layers_dim[l], layers_dim[l - 1])"

ZEROS: list = [
    {
        W_ZEROS: "np.full((layers_dim[l], layers_dim[l - 1]), 0.0)",
        B_ZEROS: "np.zeros([layers_dim[l], 1], float)",
    },
    {W_ZEROS: f"{DRAWS} * 0", B_ZEROS: "np.zeros(shape=(layers_dim[l], 1))"},
    {
        W_ZEROS: "np.array([[0.0] * layers_dim[l - 1] for row in range(layers_dim[l])])",
        B_ZEROS: "np.array([[0.0]] * layers_dim[l])",
    },
    {
        W_ZEROS: "np.zeros(layers_dim[l] * layers_dim[l - 1]).reshape(layers_dim[l], -1)",
        B_ZEROS: "np.zeros(layers_dim[l])[:, np.newaxis]",
    },
    {
        W_ZEROS: "np.ones((layers_dim[l - 1], layers_dim[l])).T - 1",
        B_ZEROS: "np.zeros_like(parameters['W' + str(l)][:, :1])",
    },
    """
    def initialize_parameters_zeros(layers_dim):
        parameters = {}
        for l, (n_before, n) in enumerate(zip(layers_dim[:-1], layers_dim[1:]), start=1):
            parameters[f"W{l}"] = np.zeros((n, n_before))
            parameters[f"b{l}"] = np.zeros((n, 1))
        return parameters
    """,
    """
    def initialize_parameters_zeros(layers_dim):
        sizes = list(layers_dim)
        weights = {"W%d" % l: np.zeros((sizes[l], sizes[l - 1])) for l in range(1, len(sizes))}
        biases = {"b%d" % l: np.zeros((sizes[l], 1)) for l in range(1, len(sizes))}
        return weights | biases
    """,
    """
    from collections import OrderedDict

    def initialize_parameters_zeros(layers_dim):
        if len(layers_dim) == 1:
            return OrderedDict()
        l = len(layers_dim) - 1
        parameters = OrderedDict()
        parameters["b" + str(l)] = np.zeros((layers_dim[l], 1), dtype="float64")
        parameters["W" + str(l)] = np.zeros((layers_dim[l], layers_dim[l - 1]), dtype="float64")
        parameters.update(initialize_parameters_zeros(layers_dim[:-1]))
        return parameters
    """,
]

SCALED = f"{DRAWS} * scale"

RANDOM: list = [
    {SCALED: "np.random.normal(0, scale, (layers_dim[l], layers_dim[l - 1]))"},
    {SCALED: "scale * np.random.standard_normal(size=(layers_dim[l], layers_dim[l - 1]))"},
    {SCALED: "-scale * np.random.randn(layers_dim[l - 1], layers_dim[l]).T"},
    {
        SCALED: (
            "np.random.default_rng().normal(scale=scale, size=(layers_dim[l], layers_dim[l - 1]))"
        )
    },
    {
        SCALED: (
            "np.array([[np.random.randn() * scale for column in range(layers_dim[l - 1])]"
            " for row in range(layers_dim[l])])"
        ),
    },
    """
    import random

    def initialize_parameters_random(layers_dim, scale=10.0):
        parameters = {}
        for l in range(1, len(layers_dim)):
            W = np.zeros((layers_dim[l], layers_dim[l - 1]))
            for row in range(layers_dim[l]):
                for column in range(layers_dim[l - 1]):
                    W[row, column] = random.gauss(0, scale)
            parameters["W" + str(l)] = W
            parameters["b" + str(l)] = W[:, :1] * 0
        return parameters
    """,
    """
    rng = np.random.default_rng()

    def initialize_parameters_random(layers_dim, scale=10.0):
        parameters = {}
        for l in reversed(range(1, len(layers_dim))):
            W = rng.standard_normal((layers_dim[l], layers_dim[l - 1]))
            W *= scale
            parameters.update({f"W{l}": W, f"b{l}": np.zeros((layers_dim[l], 1))})
        return parameters
    """,
    """
    def initialize_parameters_random(layers_dim, scale=10.0):
        # one long row of draws, dealt out layer by layer
        sizes = np.array(layers_dim)
        draws = np.random.randn(int(np.sum(sizes[1:] * sizes[:-1]))) * scale
        parameters, start = {}, 0
        for l in range(1, len(sizes)):
            end = start + sizes[l] * sizes[l - 1]
            parameters["W" + str(l)] = draws[start:end].reshape(sizes[l], sizes[l - 1])
            parameters["b" + str(l)] = np.zeros((sizes[l], 1))
            start = end
        return parameters
    """,
    """
    def initialize_parameters_random(layers_dim, scale=10.0):
        # Box and Muller (1958): two uniform draws make a normal one
        parameters = {}
        for l in range(1, len(layers_dim)):
            shape = layers_dim[l], layers_dim[l - 1]
            radius = np.sqrt(-2 * np.log(1 - np.random.rand(*shape)))
            parameters["W" + str(l)] = scale * radius * np.cos(2 * np.pi * np.random.rand(*shape))
            parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
        return parameters
    """,
]

SIGMA = "np.sqrt(2 / layers_dim[l - 1])"

HE: list = [
    {SIGMA: "(2 / layers_dim[l - 1]) ** 0.5"},
    {SIGMA: "np.sqrt(2.0) / np.sqrt(layers_dim[l - 1])"},
    {SIGMA: "1 / np.sqrt(layers_dim[l - 1] / 2)"},
    {SIGMA: "np.exp(0.5 * (np.log(2) - np.log(layers_dim[l - 1])))"},
    {f"{DRAWS} * sigma": "np.random.normal(0, sigma, size=(layers_dim[l], layers_dim[l - 1]))"},
    {f"{DRAWS} * sigma": f"np.divide({DRAWS}, np.sqrt(layers_dim[l - 1] * 0.5))"},
    """
    import math
    import random

    def initialize_parameters_he(layers_dim):
        def weights(n, n_before):
            sigma = math.sqrt(2 / n_before)
            draws = [random.normalvariate(0, sigma) for _ in range(n * n_before)]
            return np.reshape(draws, (n, n_before))

        parameters = dict()
        for l in range(1, len(layers_dim)):
            parameters["W" + str(l)] = weights(layers_dim[l], layers_dim[l - 1])
            parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
        return parameters
    """,
    """
    def initialize_parameters_he(layers_dim):
        parameters = initialize_parameters_random(layers_dim, scale=1)
        for key in parameters:
            if key.startswith("W"):
                parameters[key] *= np.sqrt(2 / parameters[key].shape[1])
        return parameters
    """,
    """
    def initialize_parameters_he(layers_dim):
        rng = np.random.default_rng()
        L = len(layers_dim) - 1
        sigmas = np.sqrt(2 / np.asarray(layers_dim[:-1], dtype=float))
        shapes = list(zip(layers_dim[1:], layers_dim[:-1]))
        Ws = [rng.normal(0, sigma, shape) for sigma, shape in zip(sigmas, shapes)]
        bs = [np.zeros((n, 1)) for n, _ in shapes]
        parameters = {"W%d" % (l + 1): Ws[l] for l in range(L)}
        parameters.update(("b%d" % (l + 1), bs[l]) for l in range(L))
        return parameters
    """,
]
