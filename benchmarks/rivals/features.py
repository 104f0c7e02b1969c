"""From a long table of spikes in Parquet to features in memory: features.py LONG EVENTS START STOP STEP

Reads the table, groups it by neuron (spikes are in order of time, so nothing is sorted by time), and
counts the spikes in the window of each event: [event, neuron].
"""

import sys

import numba
import numpy as np
import pyarrow.parquet as pq
from checksum import checksum
from kernels import arange, count_window
from serve import serve


@numba.njit(cache=True)
def group(neurons, times, starts, grouped):
    """Puts each spike behind those of its neuron; starts become ends."""
    for i in range(neurons.size):
        k = neurons[i]
        grouped[starts[k]] = times[i]
        starts[k] += 1


def main(long, events, *window):
    sample_times = arange(*window)

    def work():
        table = pq.read_table(long, columns=["neuron", "time"])
        neurons = table["neuron"].to_numpy()
        times = table["time"].to_numpy()
        del table
        each = np.bincount(neurons)
        ends = np.cumsum(each) - each
        grouped = np.empty_like(times)
        group(neurons, times, ends, grouped)
        event_times = pq.read_table(events)["time"].to_numpy()
        features = np.empty((event_times.size, ends.size))
        count_window(grouped, ends, event_times, sample_times[0], sample_times[-1], features)
        return features

    work()
    serve(work, checksum)


main(*sys.argv[1:])
