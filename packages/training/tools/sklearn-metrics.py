"""Writes the values of scikit-learn's metrics that src/metrics/sklearn.test.ts compares with.

usage: python3 tools/sklearn-metrics.py > src/metrics/sklearn.fixture.json   (in packages/training)
"""
import json
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.filterwarnings("ignore")
rng = np.random.default_rng(0)


def classes(name, t, p):
    precision, recall, f1, support = m.precision_recall_fscore_support(t, p)
    return {
        "name": name,
        "t": t.tolist(),
        "predicted": p.tolist(),
        "accuracy": m.accuracy_score(t, p),
        "confusion": m.confusion_matrix(t, p, labels=range(max(t.max(), p.max()) + 1)).tolist(),
        "perClass": {"precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist()},
        "macro": {
            "precision": m.precision_score(t, p, average="macro"),
            "recall": m.recall_score(t, p, average="macro"),
            "f1": m.f1_score(t, p, average="macro"),
        },
    }


def scores(name, t, s):
    C = s.shape[1]
    return {
        "name": name,
        "t": t.tolist(),
        "scores": s.tolist(),
        "topK": [m.top_k_accuracy_score(t, s, k=k, labels=range(C)) for k in range(1, C)],
        "rocAuc": m.roc_auc_score(t, s, multi_class="ovr"),
        "logLoss": m.log_loss(t, s),
    }


def binary(name, t, s):
    return {"name": name, "t": t.tolist(), "scores": s.tolist(), "rocAuc": m.roc_auc_score(t, s), "logLoss": m.log_loss(t, s)}


def regression(name, t, p):
    return {
        "name": name,
        "t": t.tolist(),
        "predicted": p.tolist(),
        "meanSquaredError": m.mean_squared_error(t, p),
        "meanAbsoluteError": m.mean_absolute_error(t, p),
        "r2": m.r2_score(t, p),
    }


t4 = rng.integers(0, 4, 60)
p4 = np.where(rng.random(60) < 0.6, t4, rng.integers(0, 4, 60))
soft = rng.dirichlet(np.ones(4), 60)
tied = np.round(soft * 4) / 4
tied /= np.maximum(tied.sum(1, keepdims=True), 1e-9)
tied[tied.sum(1) == 0] = 0.25
t2 = rng.integers(0, 2, 40)
t1 = rng.normal(size=30)
table = rng.normal(size=(12, 3))
print(json.dumps({
    "madeBy": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
    "classes": [
        classes("four classes", t4, p4),
        classes("a class that is never predicted", np.array([0, 1, 2, 2, 1]), np.array([0, 1, 1, 0, 1])),
        classes("a class that is predicted alone", np.array([0, 0, 3, 3]), np.array([0, 1, 3, 0])),
        classes("all right", np.array([0, 1, 1]), np.array([0, 1, 1])),
    ],
    "scores": [scores("four classes", t4, soft), scores("ties", t4, tied)],
    "binary": [
        binary("random", t2, rng.random(40)),
        binary("ties, and certain answers", t2, np.round(rng.random(40) * 3) / 3),
    ],
    "regression": [
        regression("one number", t1, t1 + rng.normal(size=30)),
        regression("three numbers", table, table + 0.3 * rng.normal(size=(12, 3))),
        regression("equal targets", np.full(4, 2.0), np.array([1.0, 2, 3, 2])),
        regression("equal targets, all right", np.full(3, 2.0), np.full(3, 2.0)),
        regression("worse than the mean", np.array([1.0, 2, 3]), np.array([3.0, 2, 1])),
    ],
}))
