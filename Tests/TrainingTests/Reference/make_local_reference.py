"""Writes local_algorithms.json and sgd_classifier.json in this folder: how clients train, by NumPy
after the published pseudo-code and by scikit-learn.

    python3 -m venv .venv && .venv/bin/pip install numpy==2.4.6 scikit-learn==1.9.1
    .venv/bin/python make_local_reference.py

Both compute in double precision, from data and parameters that single precision holds exactly.
local_visits.json, `[round][client][epoch]`, is an input: the orders in which this package's clients
meet their examples, which it checks for itself.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import SGDClassifier

FOLDER = pathlib.Path(__file__).parent
FEATURES, CLASSES = 5, 3
SIZES = [5, 9, 14, 12]
COHORTS = [[0, 1], [2, 3], [1, 2], [0, 3], [0, 2], [1, 3]]
VISITS = json.loads((FOLDER / "local_visits.json").read_text())

generator = np.random.default_rng(11)
COUNT = sum(SIZES)
X = generator.integers(-64, 65, (COUNT, FEATURES)) / 64
# Classes that the features tell only in part, and that clients hold in unlike shares.
lean = np.repeat([0.0, 0.6, -0.6, 0.2], SIZES)
score = X @ np.array([1.0, -0.8, 0.5, 0.0, 0.3]) + lean + generator.normal(0, 0.3, COUNT)
Y = np.digitize(score, [-0.35, 0.35])
INITIAL = generator.integers(-32, 33, CLASSES * (FEATURES + 1)) / 64


# Softmax regression; parameters are the weights [class, feature] and then the biases.
def gradient(parameters, rows):
    weights = parameters[: CLASSES * FEATURES].reshape(CLASSES, FEATURES)
    logits = X[rows] @ weights.T + parameters[CLASSES * FEATURES :]
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    errors = exponentials / exponentials.sum(axis=1, keepdims=True)
    errors[np.arange(len(rows)), Y[rows]] -= 1
    errors /= len(rows)
    return np.concatenate([(errors.T @ X[rows]).ravel(), errors.sum(axis=0)])


WEIGHTS = np.arange(CLASSES * (FEATURES + 1)) < CLASSES * FEATURES
BATCH, RATE = 4, 0.25


def batches(round_, client):
    for order in VISITS[round_][client]:
        for start in range(0, len(order), BATCH):
            yield order[start : start + BATCH]


def run(mu=0.0, l2=0.0, scaffold=False, cap=None, expected=None):
    """FedAvg; FedProx with `mu` (Li et al. 2020, algorithm 2); SCAFFOLD, option II (Karimireddy et al.
    2020, algorithm 1); weights min(n, cap) / cap over the expected ones."""
    x = INITIAL.copy()
    c = np.zeros_like(x)
    c_i = np.zeros((len(SIZES), len(x)))
    rounds = []
    for round_, cohort in enumerate(COHORTS):
        change, control_change = np.zeros_like(x), np.zeros_like(x)
        for i in cohort:
            y, steps = x.copy(), 0
            for rows in batches(round_, i):
                g = gradient(y, rows) + mu * (y - x) + l2 * WEIGHTS * y
                y = y - RATE * (g - c_i[i] + c)
                steps += 1
            weight = 1.0 if cap is None else min(SIZES[i], cap) / cap
            change += weight * (y - x)
            if scaffold:
                new = c_i[i] - c + (x - y) / (steps * RATE)
                control_change += weight * (new - c_i[i])
                c_i[i] = new
        divisor = len(cohort) * (1.0 if cap is None else expected / cap)
        x = x + change / divisor
        c = c + len(cohort) / len(SIZES) * (control_change / divisor)
        rounds.append(x.tolist())
    return rounds


runs = {
    "averaging": dict(),
    "l2": dict(l2=0.125),
    "proximal": dict(mu=0.5),
    "control variates": dict(scaffold=True),
    "weights": dict(cap=10, expected=8.0),
    "together": dict(mu=0.25, l2=0.0625, scaffold=True, cap=12, expected=9.0),
}
(FOLDER / "local_algorithms.json").write_text(json.dumps({
    "tool": f"NumPy {np.__version__}, make_local_reference.py",
    "features": X.tolist(), "labels": Y.tolist(), "sizes": SIZES, "cohorts": COHORTS,
    "initial": INITIAL.tolist(),
    "runs": {name: run(**settings) for name, settings in runs.items()},
}))


# One pass over every device's examples a round, one by one, then the mean of the devices' models.
def devices(loss, labels, alpha=0.01, eta=0.125):
    classes = np.unique(labels)
    outputs = 1 if len(classes) == 2 else len(classes)
    coef, intercept = np.zeros((outputs, FEATURES)), np.zeros(outputs)
    starts = np.cumsum([0] + SIZES)
    rounds = []
    for round_ in range(len(COHORTS)):
        models = []
        for device in range(len(SIZES)):
            order = VISITS[round_][device][0]
            assert sorted(order) == list(range(starts[device], starts[device + 1]))
            model = SGDClassifier(
                loss=loss, penalty="l2", alpha=alpha, learning_rate="constant", eta0=eta,
                shuffle=False)
            # The first call makes the arrays, which then take the global model.
            model.partial_fit(X[order[:1]], labels[order[:1]], classes=classes)
            model.coef_, model.intercept_ = coef.copy(), intercept.copy()
            model.partial_fit(X[order], labels[order])
            models.append(model)
        coef = np.mean([model.coef_ for model in models], axis=0)
        intercept = np.mean([model.intercept_ for model in models], axis=0)
        rounds.append(coef.ravel().tolist() + intercept.tolist())
    return rounds


(FOLDER / "sgd_classifier.json").write_text(json.dumps({
    "tool": f"scikit-learn {sklearn.__version__}, SGDClassifier.partial_fit, make_local_reference.py",
    "alpha": 0.01, "eta0": 0.125,
    "runs": {
        f"{loss} {name}": devices(loss, labels)
        for loss in ["hinge", "log_loss"]
        for name, labels in [("binary", (Y == 2).astype(int)), ("one-vs-all", Y)]
    },
}))
