"""LDA: one fit and the accuracy of five folds: discriminant.py RESPONSES IMAGES NEURONS

BLAS runs on as many threads as OPENBLAS_NUM_THREADS says.
"""

import sys

import numpy as np
from serve import serve
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.model_selection import cross_val_score


def main(responses, images, neurons):
    X = np.fromfile(responses, dtype="<f8").reshape(-1, int(neurons))
    y = np.fromfile(images, dtype="<i4")

    def work():
        LinearDiscriminantAnalysis().fit(X, y)
        return cross_val_score(LinearDiscriminantAnalysis(), X, y, cv=5)

    work()
    serve(work, lambda accuracy: accuracy.tolist())


main(*sys.argv[1:])
