"""Write traces.nwb and traces_latest.nwb: time series in each layout that a reader of traces must know.

    pip install h5py numpy
    python make_traces.py

Sample t of neuron n is 100 n + t / 2 as stored; TraceSeriesTest knows the others.
"""
import os
import h5py, numpy as np

T, N = 400, 7
stored = 100 * np.arange(N) + np.arange(T)[:, None] / 2  # [time, neuron]
times = 10 + np.arange(T) / 4
text = h5py.string_dtype()


def write(name, libver):
    with h5py.File(name, "w", libver=libver) as f:
        f.attrs["nwb_version"] = "2.8.0"
        f["identifier"] = name
        f["session_description"] = "traces"

        def series(path, data, timestamps=None, start=None, attrs=(), **how):
            g = f.create_group(path)
            if data is not None:
                d = g.create_dataset("data", data=data, **how)
                d.attrs["unit"] = "V"
                for key, value in dict(attrs).items():
                    d.attrs[key] = value
            if timestamps is not None:
                g["timestamps"] = timestamps
            if start is not None:
                g["starting_time"] = start[0]
                g["starting_time"].attrs["rate"] = start[1]
            return g

        # layouts
        a = "acquisition/"
        series(a + "contiguous", stored, times)
        series(a + "gzip", stored, times, chunks=(64, 3), compression="gzip", shuffle=True)
        series(a + "big_endian", stored.astype(">f4"), times, chunks=(300, 7), compression="gzip")
        series(a + "gzip_turned", stored.T, times, chunks=(2, 300), compression="gzip")
        series(a + "turned", stored.T, times)
        series(a + "int16", (2 * stored).astype("i2"), start=(10.0, 4.0), attrs={"conversion": 0.5, "offset": -1.0})
        partly = series(a + "partly", None, start=(10.0, 4.0)).create_dataset("data", (T, N), "f8", chunks=(100, 2), fillvalue=7.5)
        partly[200:300, 2:4] = stored[200:300, 2:4]
        series(a + "cube", np.arange(T * 6).reshape(T, 3, 2).astype("i4"), start=(10.0, 4.0), chunks=(64, 2, 2), compression="gzip")
        g = series(a + "spikes", np.arange(60.0).reshape(5, 3, 4), timestamps=np.arange(5.0))
        g.create_dataset("channel_conversion", data=[1.0, 10.0, 100.0]).attrs["axis"] = 1
        series(a + "square", np.arange(9.0).reshape(3, 3), np.arange(3.0))
        g = series(a + "square_of_old", np.arange(9.0).reshape(3, 3), np.arange(3.0))
        g.create_dataset("roi_names", data=["b", "a", "c"], dtype=text)
        g = series(a + "only_names_tell", stored.T[:, :20], start=(0.0, 2.0))
        g.create_dataset("roi_names", data=[f"roi {n}" for n in range(N)], dtype=text)
        series(a + "no_conversion", stored[:, :1], times, attrs={"conversion": np.nan})
        # times
        linked = series(a + "linked", stored[:, 0])
        linked["timestamps"] = h5py.SoftLink("/acquisition/gzip/timestamps")
        series(a + "float32_times", stored[:, 0], times.astype("f4"))
        g = series(a + "long_times", stored[:, 0])
        g.create_dataset("timestamps", data=times, chunks=(50,), compression="gzip")
        series(a + "ties", np.arange(6.0), [1.0, 2.0, 2.0, 2.0, 3.0, 4.0])
        unsorted = times.copy()
        unsorted[[200, 201]] = unsorted[[201, 200]]
        series(a + "unsorted", stored[:, 0], unsorted)
        gap = times.copy()
        gap[200] = np.nan
        series(a + "nan_time", stored[:, 0], gap)
        series(a + "no_samples", np.zeros((0, 2)), np.zeros(0))
        series(a + "one_sample", [3.0], start=(1.0, 4.0))
        series(a + "zero_rate", stored[:, 0], start=(1.0, 0.0))
        # neurons
        table = f.create_group("processing/ophys/ImageSegmentation/plane")
        table.attrs["colnames"] = np.array(["x"], dtype=text)
        table["id"] = np.array([40, 41, 42, 43, 44, 45, 46, 47, 47], "i8")
        table["x"] = np.arange(9.0)

        def rois(path, rows, target=table, dtype="i4"):
            d = f[path].create_dataset("rois", data=np.array(rows, dtype))
            d.attrs["table"] = target.ref

        series("processing/ophys/DfOverF/first", stored, start=(10.0, 4.0), chunks=(128, 4), compression="gzip")
        rois("processing/ophys/DfOverF/first", [6, 0, 1, 2, 3, 4, 5])
        series("processing/ophys/DfOverF/second", stored[:, 0], start=(10.0, 4.0))
        rois("processing/ophys/DfOverF/second", [3])
        p = "processing/ophys/Fluorescence/"
        series(p + "repeated", stored[:, :2], times)
        rois(p + "repeated", [7, 8])
        series(p + "too_many", stored[:, :2], times)
        rois(p + "too_many", [1, 2, 3])
        series(p + "beyond", stored[:, :2], times)
        rois(p + "beyond", [1, 9])
        # what is no series of traces, or broken
        series(a + "annotations", np.array(["a", "b"], dtype=text), [1.0, 2.0])
        series(a + "movie", np.zeros((0, 0, 0), "u1"), times)
        series(a + "no_data", None, times)
        series(a + "neither", stored[:30, :2], times)
        g = f.create_group(a + "elsewhere")
        g["timestamps"] = times
        g["data"] = h5py.ExternalLink("other.h5", "/data")
        f["acquisition/soft"] = h5py.SoftLink("/acquisition/gzip")
        f["acquisition/hard"] = f["acquisition/gzip"]
    print(name, os.path.getsize(name))


write("traces.nwb", "earliest")
write("traces_latest.nwb", ("v110", "v110"))
