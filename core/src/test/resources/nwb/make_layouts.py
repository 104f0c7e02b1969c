"""Write layouts.nwb and layouts_latest.nwb: a table with a column for each way to store one in HDF5.

    pip install h5py hdf5plugin numpy
    python make_layouts.py

Row i of most columns is i / 2; LayoutsTest knows the others.
"""
import os
import h5py, hdf5plugin, numpy as np

N = 1100
half = np.arange(N) / 2
noise = ((np.arange(N).astype("u8") * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)) ^ np.uint64(0x9E3779B97F4A7C15)).view("i8")
text = h5py.string_dtype()


def write(name, libver):
    with h5py.File(name, "w", libver=libver) as f:
        f.attrs["nwb_version"] = "2.8.0"
        f["identifier"] = name
        f["session_description"] = "layouts"
        t = f.create_group("analysis/layouts")
        t.create_dataset("id", data=np.arange(N), compression="gzip")

        def add(column, data, **how):
            return t.create_dataset(column, data=data, **how)

        add("bitshuffle_lz4", half, chunks=(N,), **hdf5plugin.Bitshuffle())
        add("bitshuffle_blocks", half, chunks=(N,), **hdf5plugin.Bitshuffle(nelems=64))
        add("bitshuffle_plain", half, chunks=(N,), **hdf5plugin.Bitshuffle(cname="none"))
        add("lz4", half, chunks=(300,), **hdf5plugin.LZ4())
        add("lzf", half, chunks=(300,), compression="lzf", shuffle=True)
        add("gzip_skipped", noise, chunks=(300,), compression="gzip")
        add("lzf_skipped", noise, chunks=(300,), compression="lzf")
        add("gzip_fletcher", half, chunks=(300,), compression="gzip", shuffle=True, fletcher32=True)
        add("shuffle_fletcher", half.astype("f4"), chunks=(300,), shuffle=True, fletcher32=True)
        add("zstd", half, **hdf5plugin.Zstd())
        partly = t.create_dataset("partly_written", (N,), "f8", chunks=(100,), fillvalue=7.5)
        partly[200:300] = half[200:300]
        t.create_dataset("never_written", (N,), "i4", fillvalue=-3)
        t.create_dataset("never_chunked", (N,), "f8", chunks=(100,), fillvalue=2.5)
        growing = t.create_dataset("growing", (0,), "f8", chunks=(64,), maxshape=(None,), compression="gzip")
        growing.resize((N,))
        growing[:] = half
        add("big_endian", half.astype(">f4"), compression="gzip")
        add("float16", (half / 2).astype("f2"), compression="gzip")
        add("int8", (np.arange(N) % 256 - 128).astype("i1"), compression="gzip")
        add("uint8", (np.arange(N) % 256).astype("u1"), compression="gzip")
        add("uint64", np.arange(N, dtype="u8"), compression="gzip")
        add("uint64_large", np.arange(N, dtype="u8") + np.uint64(2**63), compression="gzip")
        add("flag", np.arange(N) % 3 == 0, compression="gzip")
        add("colour", np.arange(N) % 2, dtype=h5py.enum_dtype({"red": 0, "blue": 1}, "u1"), compression="gzip")
        add("matrix", np.arange(N * 3).reshape(N, 3).astype("i2"), chunks=(400, 2), compression="gzip")
        add("cube", np.arange(N * 6).reshape(N, 3, 2).astype("i4"), chunks=(64, 2, 2), compression="gzip")
        add("fixed_text", np.array([b"a%d" % (i % 7) for i in range(N)], "S5"), compression="gzip")
        add("greek", ["αβγ"[: i % 4] for i in range(N)], dtype=text, compression="gzip")
        add("matlab", ["αβγ"[: i % 4].encode() for i in range(N)], dtype=h5py.string_dtype("ascii"), compression="gzip")
        add("fixed_greek", np.array(["αβγ"[: i % 4].encode() for i in range(N)], "S6"), compression="gzip")
        add("reference", [f["analysis"].ref if i % 2 else h5py.Reference() for i in range(N)], dtype=h5py.ref_dtype, compression="gzip")
        t["linked"] = h5py.SoftLink("/analysis/layouts/lzf")
        t["linked_here"] = h5py.SoftLink("lz4")
        # what is named, not read
        t["broken"] = h5py.SoftLink("/nothing/here")
        t["elsewhere"] = h5py.ExternalLink("other.h5", "/data")
        t["circular"] = h5py.SoftLink("/analysis/layouts/circular")
        t.create_dataset("external", (N,), "f8", external=[("raw.bin", 0, 8 * N)])
        virtual = h5py.VirtualLayout((N,), "f8")
        virtual[:] = h5py.VirtualSource(".", "/analysis/layouts/lzf", (N,))
        t.create_virtual_dataset("virtual", virtual)
        regions = t.create_dataset("regions", (N,), dtype=h5py.regionref_dtype, compression="gzip")
        regions[0] = t["lzf"].regionref[0:2]
        add("compound", np.zeros(N, [("x", "f8"), ("n", "i4")]), compression="gzip")
        lists = t.create_dataset("lists", (N,), dtype=h5py.vlen_dtype("f8"), compression="gzip")
        t["null"] = h5py.Empty("f8")
        add("short", [1.0, 2.0])
        t.attrs["colnames"] = np.array([c for c in t if c not in ("id", "int8")], dtype=text)

        e = f.create_group("intervals/clashes")
        e.attrs["colnames"] = np.array(["start_time", "stop_time", "Time", "session", "label", "Label", "nested"], dtype=text)
        for column, data in {"id": [5, 6], "start_time": [1, 2], "stop_time": [3, 5], "Time": [0.5, 0.25], "session": ["x", "y"], "label": [1, 2], "Label": ["p", "q"],
                             "nested": [1.0, 2.0, 3.0], "nested_index": np.array([1, 1, 3], "u8"), "nested_index_index": np.array([2, 3], "u1")}.items():
            e.create_dataset(column, data=data)

        u = f.create_group("units")
        u.attrs["colnames"] = np.array(["spike_times"], dtype=text)
        u["id"] = [4, 4, 9]
        u["spike_times"] = [0.3, np.nan, 0.1, 7.0]
        u["spike_times_index"] = np.array([3, 3, 4], "u8")
    if os.path.exists("raw.bin"):
        os.remove("raw.bin")
    print(name, os.path.getsize(name))


write("layouts.nwb", "earliest")
write("layouts_latest.nwb", ("v110", "v110"))  # HDF5 2 writes a later format still, which jHDF does not read
