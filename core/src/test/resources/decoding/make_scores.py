"""Writes scores.json beside itself: scores, splits and null labels by scikit-learn 1.9.1."""

import json
from pathlib import Path

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    confusion_matrix,
    mutual_info_score,
    recall_score,
)
from sklearn.model_selection import (
    LeaveOneGroupOut,
    PredefinedSplit,
    StratifiedKFold,
    cross_val_predict,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(6)
EVENTS, NEURONS, CLASSES = 60, 5, 3


def tested_by(split, events):
    """The fold that tests each event, -1 where none does."""
    fold = np.full(events, -1)
    for number, (_, test) in enumerate(split):
        fold[test] = number
    return fold


y = random.choice(CLASSES, EVENTS, p=[0.5, 0.3, 0.2])
X = random.poisson(2 + y[:, None] * np.linspace(0, 1, NEURONS), (EVENTS, NEURONS))
groups = np.arange(EVENTS) // 13
test_fold = random.integers(-1, 3, EVENTS)

decoder = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis())
folds = StratifiedKFold(5)
predicted = cross_val_predict(decoder, X, y, cv=folds)
fold = tested_by(folds.split(X, y), EVENTS)

# Labels of other sessions, of which the last two have a class that this one has not.
donors = [random.integers(0, CLASSES + (i > 3), EVENTS + i) for i in range(6)]
null_predicted = [
    cross_val_predict(decoder, X, donor[:EVENTS], cv=PredefinedSplit(fold)) for donor in donors
]

saved = {
    "X": X.tolist(),
    "y": y.tolist(),
    "prediction": predicted.tolist(),
    "confusion": confusion_matrix(y, predicted).tolist(),
    "recall": recall_score(y, predicted, average=None).tolist(),
    "balanced_accuracy": balanced_accuracy_score(y, predicted),
    "mutual_information_bits": mutual_info_score(y, predicted) / np.log(2),
    "groups": groups.tolist(),
    "leave_one_group_out": tested_by(LeaveOneGroupOut().split(X, y, groups), EVENTS).tolist(),
    "test_fold": test_fold.tolist(),
    "predefined": tested_by(PredefinedSplit(test_fold).split(), EVENTS).tolist(),
    "donors": [donor.tolist() for donor in donors],
    "null_accuracy": [
        float(np.mean([accuracy_score(d[fold == f], p[fold == f]) for f in range(5)]))
        for d, p in ((d[:EVENTS], p) for d, p in zip(donors, null_predicted))
    ],
    "null_balanced_accuracy": [
        balanced_accuracy_score(d[:EVENTS], p) for d, p in zip(donors, null_predicted)
    ],
}
path = Path(__file__).with_name("scores.json")
path.write_text(json.dumps(saved) + "\n")
