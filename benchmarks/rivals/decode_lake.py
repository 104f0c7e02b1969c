"""Decodes every session of a lake with scikit-learn in two processes: decode_lake.py LAKE

Of a lake that was ingested once, whose Parquet files are all in use and hold whole sessions.
"""

import glob
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import multiprocessing

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from serve import serve
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

PROCESSES = 2
START, STOP = 0.0, 0.5


def counts(trains, events):
    """Spikes of each train in [event + START, event + STOP], [event, neuron]."""
    lists = trains.column("times").combine_chunks()
    values = lists.values.to_numpy()
    ends = lists.offsets.to_numpy()
    result = np.empty((len(events), len(lists)))
    for i in range(len(lists)):
        train = values[ends[i] : ends[i + 1]]
        result[:, i] = np.searchsorted(train, events + STOP, "right") - np.searchsorted(
            train, events + START, "left"
        )
    return result


def decode(task):
    file, events = task
    trains = pq.read_table(file, columns=["session", "neuron", "times"])
    accuracy = {}
    for session in pc.unique(trains.column("session")).to_pylist():
        if session not in events:
            continue
        own = trains.filter(pc.equal(trains.column("session"), session)).sort_by("neuron")
        times, labels = events[session]
        model = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis())
        scores = cross_val_score(model, counts(own, times), labels, cv=StratifiedKFold(5))
        accuracy[session] = float(scores.mean())
    return accuracy


def trials(lake):
    table = pq.read_table(
        glob.glob(f"{lake}/events/trials/*.parquet"), columns=["session", "event", "time", "choice"]
    )
    table = table.sort_by([("session", "ascending"), ("event", "ascending")])
    session = np.array(table.column("session").to_pylist())
    times, labels = table.column("time").to_numpy(), table.column("choice").to_numpy()
    names, first = np.unique(session, return_index=True)
    ends = np.append(first[1:], len(session))
    return {str(name): (times[a:b], labels[a:b]) for name, a, b in zip(names, first, ends)}


def decode_all(lake):
    events = trials(lake)
    tasks = [(file, events) for file in sorted(glob.glob(f"{lake}/units/*.parquet"))]
    accuracy = {}
    with multiprocessing.Pool(PROCESSES) as pool:
        for some in pool.imap_unordered(decode, tasks, chunksize=1):
            accuracy.update(some)
    return accuracy


if __name__ == "__main__":
    serve(lambda: decode_all(sys.argv[1]), lambda accuracy: accuracy)
