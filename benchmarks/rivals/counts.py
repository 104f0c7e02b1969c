"""Tensor of counts of one session in memory: counts.py PACKED EVENTS START STOP STEP"""

import sys

import numpy as np
import pyarrow.parquet as pq
from checksum import checksum
from kernels import arange, count
from serve import serve


def main(packed, events, *window):
    trains = pq.read_table(packed, columns=["neuron", "times"]).sort_by("neuron")
    lists = trains["times"].combine_chunks()
    times = lists.flatten().to_numpy()
    ends = np.cumsum(lists.value_lengths().to_numpy())
    event_times = pq.read_table(events)["time"].to_numpy()
    sample_times = arange(*window)

    def work():
        shape = (event_times.size, sample_times.size - 1, ends.size)
        counts = np.zeros(shape, dtype=np.int32)
        count(times, ends, event_times, sample_times, counts)
        return counts

    work()
    serve(work, checksum)


main(*sys.argv[1:])
