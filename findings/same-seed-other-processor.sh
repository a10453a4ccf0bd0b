#!/bin/sh
# The same seed and the same NumPy train another network on another processor.
#
# One would expect: a notebook that sets its seed shows the same numbers wherever the same wheel of
#   NumPy is installed, but for the last digits.
# What happens: the wheel's OpenBLAS takes a kernel for the processor it finds, and each kernel adds
#   up in another order. From weights that are ten times too large (the classic example of a bad
#   start) the difference in the last bit grows with each step of gradient descent: of
#   six runs of 3,000 steps some end at costs that differ in the second digit. From He's start they
#   agree to ten digits.
# Seen with: numpy 2.4.6 (OpenBLAS of the wheel), x86-64, OPENBLAS_CORETYPE Prescott and Haswell.
#   2026-11-28.
# What a course should do: hold stored outputs and answers to a tolerance that was measured under
#   more than one kernel (OPENBLAS_CORETYPE chooses), and draw no conclusion from one such run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check numpy==2.4.6
cat > "$folder/train.py" <<'END'
import numpy as np

def cost_after(steps, draw, scale=None):
    rng = np.random.RandomState(draw)
    m, sizes = 300, [2, 10, 5, 1]
    angle, ring = rng.uniform(0, 2 * np.pi, m), rng.randint(0, 2, m)
    X = np.array([np.cos(angle), np.sin(angle)]) * (1 - 0.2 * ring) + 0.05 * rng.randn(2, m)
    Y = ring.reshape(1, m)
    W = [rng.randn(n, k) * (scale or np.sqrt(2 / k)) for k, n in zip(sizes, sizes[1:])]
    b = [np.zeros((n, 1)) for n in sizes[1:]]
    for _ in range(steps):
        A = [X]
        for l in range(3):
            Z = W[l] @ A[-1] + b[l]
            A.append(np.maximum(Z, 0) if l < 2 else 1 / (1 + np.exp(-np.clip(Z, -500, 500))))
        dZ = (A[3] - Y) / m
        for l in (2, 1, 0):
            dW, db = dZ @ A[l].T, dZ.sum(axis=1, keepdims=True)
            if l:
                dZ = (W[l].T @ dZ) * (A[l] > 0)
            W[l] -= 0.02 * dW
            b[l] -= 0.02 * db
    p = np.clip(A[3], 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)))

for scale in (10, None):
    print(*(cost_after(3000, draw, scale) for draw in range(6)))
END
for core in Prescott Haswell; do
    OPENBLAS_CORETYPE=$core OPENBLAS_NUM_THREADS=1 "$folder/venv/bin/python" "$folder/train.py" > "$folder/$core"
done
python3 - "$folder/Prescott" "$folder/Haswell" <<'END'
import sys
one, other = ([[*map(float, line.split())] for line in open(name)] for name in sys.argv[1:])
apart = [max(abs(a / b - 1) for a, b in zip(*rows)) for rows in zip(one, other)]
for start, a, b, most in zip(("x 10", "He"), one, other, apart):
    print(f"start {start}: Prescott", *(f"{cost:.4f}" for cost in a))
    print(f"start {start}: Haswell ", *(f"{cost:.4f}" for cost in b), f"(at most {most:.1e} apart)")
sys.exit(not (apart[0] > 0.01 and apart[1] < 1e-6))
END
