#!/bin/sh
# scikit-learn's log_loss takes a row of labels, (1, m), for one example with m classes.
#
# One would expect: Y and A in the course's shape, one column for each example, give the mean of
#   the m costs, or an error, as a shape (1, m) has no second reading for two classes.
# What happens: it is read as one row of m labels and the probabilities of m classes. The number is
#   a sum over the ones of Y, with A normalized, and not a mean over the examples; all that is said
#   is that the probabilities do not sum to one. accuracy_score counts whole rows: one wrong of a
#   thousand gives 0.0.
# Seen with: scikit-learn 1.9.1, numpy 2.4.6, Python 3.11. 2026-11-28.
# What a course should do: hand over Y[0] and A[0], and hold a check by this oracle to a case that
#   is known by hand.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
cat > "$folder/look.py" <<'END'
import warnings
import numpy as np
from sklearn.metrics import accuracy_score, log_loss
warnings.simplefilter("ignore")
Y, A = np.array([[1, 0, 1]]), np.array([[0.9, 0.2, 0.7]])
mean = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
print(f"by hand {mean:.3f}, Y[0] {log_loss(Y[0], A[0]):.3f}, Y {log_loss(Y, A):.3f}")
print("accuracy", round(accuracy_score(Y[0], [1, 0, 0]), 2), accuracy_score(Y, [[1, 0, 0]]))
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "by hand 0.228, Y[0] 0.228, Y 0.462
accuracy 0.67 0.0" ]
