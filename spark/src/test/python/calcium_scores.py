"""Makes decoding/calcium_scores.json: what scikit-learn decodes from the README's calcium imaging.

Features are exported from the stages; folds, standardisation and the discriminant are scikit-learn's.
Run it in the environment that ``run`` makes, from a folder that is not the package's:

    python calcium_scores.py ../resources/decoding/calcium_scores.json
"""

import json
import sys
import tempfile

import numpy as np
import sklearn
from pyspark.ml import Pipeline
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import accuracy_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import neuroglia_spark
from neuroglia_spark.calcium import (
    CalciumDeconvolver,
    EventRescaler,
    MedianFilterDetrender,
    Normalize,
)
from neuroglia_spark.event import PeriEventTraceReducer
from neuroglia_spark.nwb import read_nwb
from neuroglia_spark.tensor import ResponseReducer


def features(file):
    """Responses [event × neuron] by the event's number, directions, and names of the neurons."""
    columns = ["time", "end_time", "condition", "direction", "temporal_frequency"]
    traces = read_nwb(file, traces="Fluorescence")
    events = read_nwb(file, "drifting_gratings", columns=columns).where("NOT isnan(direction)")
    imaging = Pipeline(
        stages=[
            MedianFilterDetrender(window=1801),
            Normalize(window=60),
            CalciumDeconvolver(),
            EventRescaler(),
        ]
    )
    activity = imaging.fit(traces).transform(traces)
    sampler = PeriEventTraceReducer(
        traces=activity, sample_times=np.arange(0, 2.5, 0.5), func="mean"
    ).fit(events)
    rows = ResponseReducer(func="sum").transform(sampler.transform(events))
    table = rows.orderBy("event").toPandas()
    x = np.array([row.toArray() for row in table.features])
    return x, table.direction.to_numpy(), list(sampler.neurons_)


def scores(x, y):
    folds = StratifiedKFold(5)
    pipeline = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis())
    predicted = cross_val_predict(pipeline, x, y, cv=folds)
    return {
        "folds": [accuracy_score(y[test], predicted[test]) for _, test in folds.split(x, y)],
        "predictions": predicted.tolist(),
    }


def main(path):
    spark = neuroglia_spark.session(master="local[2]", config={"spark.ui.enabled": "false"})
    made = spark._jvm.org.neuroglia.datasets
    with tempfile.TemporaryDirectory() as folder:
        file = folder + "/calcium.nwb"
        gratings = made.DriftingGratingSession.builder().units(40).repeats(5).seed(1).build()
        nwb = made.CalciumImagingSession(gratings, 30.0).toNwb()
        nwb.write(spark._jvm.java.io.File(file).toPath())
        x, y, neurons = features(file)
    plane = np.array([1 + int(name.split("_")[-1]) % 2 for name in neurons])
    made = {
        "made by": f"calcium_scores.py, scikit-learn {sklearn.__version__}",
        "all": scores(x, y),
        "1": scores(x[:, plane == 1], y),
        "2": scores(x[:, plane == 2], y),
    }
    with open(path, "w") as out:
        json.dump(made, out)
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
