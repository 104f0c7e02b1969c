"""Makes decoding/decoders.json.gz: what scikit-learn predicts, fold by fold, for the tests of the decoders.

Where scikit-learn has no such decoder (Poisson naive Bayes, maximum correlation), or refuses (quadratic
discriminant of fewer events than neurons), the reference is numpy and scipy by the book.

    python decoders.py ../resources/decoding/decoders.json.gz
"""

import gzip
import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.special import softmax
from scipy.stats import multivariate_normal, pearsonr, poisson
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.linear_model import Ridge, RidgeClassifier
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FIRST = 12  # events whose probabilities are kept


class Evidence(ClassifierMixin, BaseEstimator):
    """A decoder by its evidence, [event, class]; its probability is the softmax."""

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.groups = [X[y == k] for k in self.classes_]
        self.learn()
        return self

    def learn(self):
        pass

    def predict(self, X):
        return self.classes_[self.evidence(X).argmax(axis=1)]

    def predict_proba(self, X):
        return softmax(self.evidence(X), axis=1)


class PoissonNB(Evidence):
    def __init__(self, prior="data", bin_width=1.0, smoothing=0.1):
        self.prior = prior
        self.bin_width = bin_width
        self.smoothing = smoothing

    def evidence(self, X):
        columns = []
        for k, group in enumerate(self.groups):
            rate = group.mean(axis=0) / self.bin_width + self.smoothing
            prior = {
                "data": len(group) / sum(map(len, self.groups)),
                "uniform": 1 / len(self.groups),
            }.get(self.prior) if isinstance(self.prior, str) else self.prior[k]
            columns.append(np.log(prior) + poisson.logpmf(X, rate * self.bin_width).sum(axis=1))
        return np.transpose(columns)


class MaximumCorrelation(Evidence):
    def evidence(self, X):
        means = [group.mean(axis=0) for group in self.groups]
        return np.array([[np.corrcoef(x, mean)[0, 1] for mean in means] for x in X])


class Centroid(Evidence):
    """NearestCentroid, with probabilities of the same distances as its predictions."""

    def learn(self):
        self.sklearn = NearestCentroid().fit(
            np.concatenate(self.groups), np.repeat(self.classes_, list(map(len, self.groups)))
        )

    def predict(self, X):
        return self.sklearn.predict(X)

    def evidence(self, X):
        return -0.5 * ((X[:, None, :] - self.sklearn.centroids_) ** 2).sum(axis=2)


class RidgeScore(Evidence):
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def learn(self):
        self.sklearn = RidgeClassifier(alpha=self.alpha).fit(
            np.concatenate(self.groups), np.repeat(self.classes_, list(map(len, self.groups)))
        )

    def predict(self, X):
        return self.sklearn.predict(X)

    def evidence(self, X):
        d = self.sklearn.decision_function(X)
        return np.transpose([-d, d]) if d.ndim == 1 else d


class WideQDA(Evidence):
    """Regularised quadratic discriminant by densities, which scikit-learn 1.9 refuses for few events."""

    def __init__(self, reg_param=0.0):
        self.reg_param = reg_param

    def evidence(self, X):
        total = sum(map(len, self.groups))
        return np.transpose(
            [
                np.log(len(g) / total)
                + multivariate_normal.logpdf(
                    X,
                    g.mean(axis=0),
                    (1 - self.reg_param) * np.cov(g.T, ddof=0) + self.reg_param * np.eye(X.shape[1]),
                )
                for g in self.groups
            ]
        )


class PseudoInverse(Evidence):
    """Linear discriminant, lsqr, by numpy's pinv: scipy's lstsq takes rounding for signal here."""

    def learn(self):
        total = sum(map(len, self.groups))
        within = sum((g - g.mean(axis=0)).T @ (g - g.mean(axis=0)) for g in self.groups) / total
        self.means = np.array([g.mean(axis=0) for g in self.groups])
        self.coef = self.means @ np.linalg.pinv(within, rcond=1e-10, hermitian=True)
        priors = np.array([len(g) / total for g in self.groups])
        self.intercept = -0.5 * (self.means * self.coef).sum(axis=1) + np.log(priors)

    def evidence(self, X):
        return X @ self.coef.T + self.intercept


def counts(seed, events, neurons, classes, difference):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, events)
    y[: 8 * classes] = np.repeat(np.arange(classes), 8)
    y = rng.permutation(y)
    base = rng.gamma(2, 1.5, neurons)
    rates = base * np.exp(difference * rng.standard_normal((classes, neurons)))
    return rng.poisson(rates[y]), y


DATA = {
    "narrow_2": counts(1, 90, 10, 2, 0.2),
    "narrow_7": counts(2, 200, 8, 7, 0.4),
    "wide_2": counts(3, 60, 90, 2, 0.15),
    "wide_7": counts(4, 120, 300, 7, 0.15),
}
PRIORS = {2: [0.3, 0.7], 7: [0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.3]}


def decoders(name, classes):
    """(decoder's name here, its settings here, the reference)"""
    wide = name.startswith("wide")
    priors = PRIORS[classes]
    text = ",".join(map(str, priors))
    lda = LinearDiscriminantAnalysis
    yield "lda", {}, lda()
    yield "lda", {"priors": text}, lda(priors=priors)
    yield "lda", {"tol": "0.3"}, lda(tol=0.3)
    for solver in ["lsqr", "eigen"]:
        for shrinkage in ["none", "auto", "0.3"]:
            if wide and shrinkage == "none":
                if solver == "lsqr":
                    yield "lda", {"solver": solver}, PseudoInverse()
                continue
            amount = {"none": None, "auto": "auto"}.get(shrinkage) if shrinkage != "0.3" else 0.3
            settings = {"solver": solver, "shrinkage": shrinkage}
            yield "lda", settings, lda(solver=solver, shrinkage=amount)
            yield "lda", settings | {"priors": text}, lda(
                solver=solver, shrinkage=amount, priors=priors
            )
    if wide:
        yield "qda", {"regParam": "0.2"}, WideQDA(reg_param=0.2)
    else:
        yield "qda", {}, QuadraticDiscriminantAnalysis()
        yield "qda", {"regParam": "0.2"}, QuadraticDiscriminantAnalysis(reg_param=0.2)
        yield "qda", {"priors": text}, QuadraticDiscriminantAnalysis(priors=priors)
    yield "gnb", {}, GaussianNB()
    yield "gnb", {"varSmoothing": "0.01", "priors": text}, GaussianNB(
        var_smoothing=0.01, priors=priors
    )
    if wide:  # counts of few neurons are often equally near, and scikit-learn leaves open which is taken
        yield "knn", {"nNeighbors": "3", "weights": "distance"}, KNeighborsClassifier(
            n_neighbors=3, weights="distance", algorithm="brute"
        )
    yield "pnb", {}, PoissonNB()
    yield "pnb", {"prior": "uniform", "binWidth": "0.25", "smoothing": "2"}, PoissonNB(
        "uniform", 0.25, 2.0
    )
    yield "pnb", {"prior": text}, PoissonNB(priors)
    yield "centroid", {}, Centroid()
    yield "correlation", {}, MaximumCorrelation()
    yield "ridge", {}, RidgeScore()
    yield "ridge", {"alpha": "30"}, RidgeScore(alpha=30.0)


def rounded(values):
    return [[float(f"{v:.12g}") for v in row] for row in np.atleast_2d(values)]


def classified(name, X, y):
    folds = StratifiedKFold(5)
    for decoder, settings, reference in decoders(name, y.max() + 1):
        for standardise in [True, False]:
            if decoder == "pnb" and standardise:
                continue
            model = make_pipeline(StandardScaler(), reference) if standardise else reference
            predict = cross_val_predict(model, X, y, cv=folds)
            probability = cross_val_predict(model, X, y, cv=folds, method="predict_proba")
            yield {
                "decoder": decoder,
                "settings": settings,
                "standardise": standardise,
                "prediction": predict.tolist(),
                "probability": rounded(probability[:FIRST]),
            }


def regressed(X, seed):
    rng = np.random.default_rng(seed)
    target = np.round(X @ rng.standard_normal(X.shape[1]) / 10 + rng.standard_normal(len(X)), 6)
    cases = []
    for alpha in [1.0, 100.0]:
        for standardise in [True, False]:
            model = Ridge(alpha=alpha)
            model = make_pipeline(StandardScaler(), model) if standardise else model
            folds = KFold(5)
            predicted = cross_val_predict(model, X, target, cv=folds)
            tested = [test for _, test in folds.split(X)]
            cases.append(
                {
                    "alpha": alpha,
                    "standardise": standardise,
                    "prediction": rounded(predicted)[0],
                    "r2": [r2_score(target[t], predicted[t]) for t in tested],
                    "correlation": [pearsonr(target[t], predicted[t]).statistic for t in tested],
                }
            )
    return {"target": target.tolist(), "cases": cases}


def main(path):
    saved = {
        "made_with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}",
        "folds": {"23 in 5": [int(f) for f in folds_of(23, 5)]},
        "data": {
            name: {
                "X": X.tolist(),
                "y": y.tolist(),
                "classified": list(classified(name, X, y)),
                "regressed": regressed(X, len(X)),
            }
            for name, (X, y) in DATA.items()
        },
    }
    with open(path, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as zipped:
        zipped.write(json.dumps(saved, separators=(",", ":")).encode())


def folds_of(events, number):
    fold = np.empty(events)
    for i, (_, test) in enumerate(KFold(number).split(np.zeros(events))):
        fold[test] = i
    return fold


if __name__ == "__main__":
    main(*sys.argv[1:])
