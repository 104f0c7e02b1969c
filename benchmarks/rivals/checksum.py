"""A sum over all cells of an array, each weighted by its place: equal to Checksum.java's."""

import numba
import numpy as np


@numba.njit(cache=True)
def _weighted(cells):
    total = np.uint64(0)
    for i in range(cells.size):
        if cells[i] != 0:
            weight = np.uint64(i) * np.uint64(0x9E3779B97F4A7C15)
            weight ^= weight >> np.uint64(32)
            total += np.uint64(np.int64(cells[i])) * weight
    return total


def checksum(cells):
    """Of whole numbers in C order, as a signed 64-bit number in text."""
    return str(np.uint64(_weighted(cells.ravel())).astype(np.int64))
