"""Reads units and trials of NWB 1 files of a choice task by h5py in two processes.

read_archive.py FOLDER
"""

import glob
import multiprocessing
import sys

import h5py
import numpy as np
from serve import serve

PROCESSES = 2


def read(path):
    """The trains, and the trials' times and features, of one session."""
    with h5py.File(path, "r") as file:
        units = [
            unit for area in file["processing"].values() for unit in area["UnitTimes"].values()
        ]
        trains = [
            unit["times"][:] for unit in units if isinstance(unit, h5py.Group)
        ]  # not the list of them
        trials = file["stimulus/presentation/trials"]
        return (
            sum(train.size for train in trains),
            trials["timestamps"][:].size,
            float(np.sum(trials["data"][:, 0])),
        )


def read_all(folder):
    with multiprocessing.Pool(PROCESSES) as pool:
        return pool.map(read, sorted(glob.glob(f"{folder}/*.nwb")), chunksize=4)


if __name__ == "__main__":
    serve(
        lambda: read_all(sys.argv[1]),
        lambda sessions: [
            sum(session[0] for session in sessions),
            sum(session[1] for session in sessions),
        ],
    )
