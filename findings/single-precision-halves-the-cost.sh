#!/bin/sh
# The same sure and wrong prediction costs 36.0 or 15.9, by the number type of the array.
#
# One would expect: log_loss of a probability 0 for a right answer of 1 is the same for float32 and
#   float64, to float32's seven digits.
# What happens: probabilities are cut off at the epsilon of their own type. A network trained in
#   float32, as all frameworks do, is charged less than half for the answers it is surest of, and
#   a mean over a thousand points with ten such answers differs in the first digit.
# Seen with: scikit-learn 1.9.1, numpy 2.4.6, Python 3.11. 2026-11-28.
# What a course should do: turn predictions into float64 before it compares costs of two networks,
#   and say where its own cost cuts off.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
cat > "$folder/look.py" <<'END'
import numpy as np
from sklearn.metrics import log_loss
Y, A = np.tile([0, 1], 500), np.tile([0.1, 0.9], 500)
A[1:20:2] = 0 # ten answers that are sure and wrong
for dtype in [np.float64, np.float32]:
    print(f"{dtype.__name__}: one {log_loss([1], np.zeros(1, dtype), labels=[0, 1]):.1f}, "
          f"mean of 1,000 {log_loss(Y, A.astype(dtype)):.2f}")
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "float64: one 36.0, mean of 1,000 0.46
float32: one 15.9, mean of 1,000 0.26" ]
