"""Counting spikes around events with two pointers, compiled, on one thread.

Edges of event e are the doubles ``sample_times[j] + e``; bins are half open, the last one closed.
``times`` has the trains one after the other, ``ends[k]`` is one past the last spike of neuron k.
"""

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def count(times, ends, events, sample_times, counts):
    """Adds to counts [event, bin, neuron]; events ascend."""
    bins = sample_times.size - 1
    edges = np.empty(bins + 1)
    opens = np.empty(ends.size, dtype=np.int64)  # per neuron the first spike not before the window
    begin = 0
    for k in range(ends.size):
        opens[k] = begin
        begin = ends[k]
    for e in range(events.size):
        for j in range(bins + 1):
            edges[j] = sample_times[j] + events[e]
        for k in range(ends.size):
            i = opens[k]
            end = ends[k]
            while i < end and times[i] < edges[0]:
                i += 1
            opens[k] = i
            j = 1
            while i < end and times[i] <= edges[bins]:
                while j < bins and times[i] >= edges[j]:
                    j += 1
                counts[e, j - 1, k] += 1
                i += 1


@numba.njit(cache=True, nogil=True)
def count_window(times, ends, events, first, last, counts):
    """Spikes in the whole window: counts [event, neuron], which need not be zeroed."""
    begin = 0
    for k in range(ends.size):
        end = ends[k]
        low = begin
        high = begin
        for e in range(events.size):
            opens = first + events[e]
            closes = last + events[e]
            while low < end and times[low] < opens:
                low += 1
            if high < low:
                high = low
            while high < end and times[high] <= closes:
                high += 1
            counts[e, k] = high - low
        begin = end


def arange(start, stop, step):
    """The edges, from text."""
    return np.arange(float(start), float(stop), float(step))
