"""Null labels: nulls.py RESPONSES LABELS NULLS NEURONS PERMUTATIONS

Works on permutation_test_score of a standardised LDA in five folds. The check decodes the null
labels that are given, with the folds of the true ones, and gives the accuracy of each after that
of the true labels. BLAS has one thread in each of the two jobs: with more they wait for each other.
"""

import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from serve import serve
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.model_selection import (
    PredefinedSplit,
    StratifiedKFold,
    cross_val_score,
    permutation_test_score,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def main(responses, labels, nulls, neurons, permutations):
    X = np.fromfile(responses, dtype="<f8").reshape(-1, int(neurons))
    y = np.fromfile(labels, dtype="<i4")
    given = np.fromfile(nulls, dtype="<i4").reshape(-1, len(y))
    decoder = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis())
    folds = StratifiedKFold(5)

    def work():
        return permutation_test_score(
            decoder, X, y, cv=folds, n_permutations=int(permutations), n_jobs=2
        )

    def check(_):
        tested_by = np.empty(len(y), dtype=int)
        for fold, (_, test) in enumerate(folds.split(X, y)):
            tested_by[test] = fold
        same = PredefinedSplit(tested_by)
        return [float(cross_val_score(decoder, X, each, cv=same).mean()) for each in (y, *given)]

    work()
    serve(work, check)


main(*sys.argv[1:])
