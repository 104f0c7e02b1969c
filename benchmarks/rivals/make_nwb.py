"""An NWB 2 file of packed trains: make_nwb.py PACKED EVENTS FILE SESSION (contiguous | gzip)"""

import sys

import h5py
import numpy as np
import pyarrow.parquet as pq


def column(group, name, values, description, **storage):
    data = group.create_dataset(name, data=values, **storage)
    data.attrs.update(namespace="hdmf-common", neurodata_type="VectorData", description=description)
    return data


def table(parent, name, columns, rows, neurodata_type, namespace):
    group = parent.create_group(name)
    group.attrs.update(namespace=namespace, neurodata_type=neurodata_type, description=name)
    group.attrs["colnames"] = np.array(columns, dtype=h5py.string_dtype())
    ids = group.create_dataset("id", data=np.arange(rows))
    ids.attrs.update(namespace="hdmf-common", neurodata_type="ElementIdentifiers")
    return group


def main(packed, events, target, session, storage):
    ours = [("session", "=", session)]
    trains = pq.read_table(packed, columns=["neuron", "times"], filters=ours).sort_by("neuron")
    lists = trains["times"].combine_chunks()
    times = lists.flatten().to_numpy()
    ends = np.cumsum(lists.value_lengths().to_numpy()).astype(np.uint64)
    # h5py's own choice of chunks is some 16 kB; files made to be read have larger ones.
    filters = (
        {}
        if storage == "contiguous"
        else dict(compression="gzip", compression_opts=4, chunks=(min(times.size, 131072),))
    )
    shown = pq.read_table(events, filters=ours)
    with h5py.File(target, "w") as file:
        file.attrs.update(nwb_version="2.7.0", namespace="core", neurodata_type="NWBFile")
        file["identifier"] = session
        file["session_description"] = "made for a benchmark"
        file["session_start_time"] = "2026-01-01T00:00:00+00:00"
        file["general/session_id"] = session

        units = table(file, "units", ["spike_times"], ends.size, "Units", "core")
        data = column(units, "spike_times", times, "seconds", **filters)
        index = column(units, "spike_times_index", ends, "ends of the trains")
        index.attrs["neurodata_type"] = "VectorIndex"
        index.attrs["target"] = data.ref

        rows = shown.num_rows
        columns = ["start_time", "stop_time", "image_id"]
        trials = table(
            file.create_group("intervals"), "trials", columns, rows, "TimeIntervals", "core"
        )
        start = shown["time"].to_numpy()
        column(trials, "start_time", start, "seconds")
        column(trials, "stop_time", start + 0.25, "seconds")
        column(trials, "image_id", shown["image_id"].to_numpy(), "the image shown")


main(*sys.argv[1:])
