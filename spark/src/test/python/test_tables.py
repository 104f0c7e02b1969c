"""Tables of pandas, and tensors to and from numpy and xarray."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from conftest import python

from neuroglia_spark import InvalidInput, tensor
from neuroglia_spark.epoch import EpochSpikeCounter
from neuroglia_spark.event import PeriEventSpikeSampler, PeriEventTraceReducer
from neuroglia_spark.frames import events_frame, spikes_frame, traces_frame, trains_frame
from neuroglia_spark.spike import Binner, SpikePacker, SpikeTablizer
from neuroglia_spark.tensor import ResponseReducer, from_xarray, to_numpy, to_xarray
from neuroglia_spark.trace import Binarizer

TIMES = np.arange(0, 1, 0.25)
COUNTS = [[[1, 1, 0], [0, 0, 0], [1, 0, 0]], [[0, 0, 0], [0, 1, 0], [0, 0, 0]]]


def sampled(spikes, events):
    return PeriEventSpikeSampler(spikes, TIMES).fit_transform(events)


def test_pandas_where_spark_is_taken(spikes, events, spark):
    ours = sampled(spikes, events).to_numpy()
    np.testing.assert_array_equal(ours, COUNTS)
    of_spark = sampled(spikes_frame(spikes), events_frame(events)).to_numpy()
    np.testing.assert_array_equal(of_spark, COUNTS)
    packed = SpikePacker().transform(spikes)
    np.testing.assert_array_equal(sampled(packed, events).to_numpy(), COUNTS)
    assert SpikeTablizer().transform(packed).count() == len(spikes)


def test_coordinates_are_kept(spikes, events):
    array = sampled(spikes, events).to_xarray()
    assert array.dims == ("event", "sample_times", "neuron")
    assert array.name == "tensor"
    np.testing.assert_array_equal(array.sample_times, TIMES[:-1])
    assert list(array.neuron.values) == ["a", "b", "c"]
    assert list(array.image.values) == ["x", "y"]
    np.testing.assert_array_equal(array.time, [0, 1])
    responses = ResponseReducer(np.sum).transform(sampled(spikes, events)).to_xarray("features")
    assert responses.dims == ("event", "neuron")
    np.testing.assert_array_equal(responses, np.sum(COUNTS, axis=1))


def test_the_index_of_pandas_numbers_the_events(spikes, events):
    array = sampled(spikes, events.set_axis([7, 3])).to_xarray()
    assert list(array.event.values) == [3, 7]
    np.testing.assert_array_equal(array.sel(event=7), COUNTS[0])
    named = sampled(spikes, events.set_axis(["x", "y"])).to_xarray()
    assert list(named.event.values) == [0, 1]


def test_tensors_have_methods_once_the_package_is_imported():
    ran = python(
        "import sys, neuroglia_spark\n"
        "from pyspark.sql import DataFrame\n"
        "assert DataFrame.to_numpy and DataFrame.to_xarray\n"
        "assert 'neuroglia_spark.tensor' not in sys.modules\n"
        "import neuroglia_spark.tensor as tensor\n"
        "assert DataFrame.to_xarray is tensor.to_xarray"
    )
    assert ran.returncode == 0, ran.stderr


def test_rows_are_in_the_order_of_their_events(spikes, events):
    order = np.random.default_rng(3).permutation(40)
    many = pd.DataFrame({"trial": order, "time": order * 0.1})
    sampler = PeriEventSpikeSampler(spikes, TIMES, event_col="trial")
    mixed = sampler.fit_transform(many).repartition(7, "time")
    array = mixed.to_xarray(event_col="trial")
    assert list(array.trial.values) == list(array.event.values) == list(range(40))
    expected = sampled(spikes, pd.DataFrame({"time": np.arange(40) * 0.1})).to_numpy()
    np.testing.assert_array_equal(array, expected)
    np.testing.assert_array_equal(mixed.to_numpy(event_col="trial"), expected)
    for convert in (to_numpy, to_xarray):
        with pytest.raises(InvalidInput, match="no column event: name the column"):
            convert(mixed)
    assert to_numpy(mixed.limit(1)).shape == (1, 3, 3)


def test_columns_of_other_names(events):
    times = np.arange(100) * 0.05
    wide = pd.DataFrame({"n0": times, "n1": -times}, index=times)
    expected = PeriEventTraceReducer(wide, [0, 0.2, 0.5]).fit_transform(events).to_numpy()
    names = dict(neuron_col="cell", times_col="at", values_col="dff")
    packed = pd.DataFrame({"cell": ["n0", "n1"], "at": [times] * 2, "dff": [times, -times]})
    for traces in (wide, packed):
        reducer = PeriEventTraceReducer(traces, [0, 0.2, 0.5], **names)
        np.testing.assert_array_equal(reducer.fit_transform(events).to_numpy(), expected)
    found = Binarizer(**names).transform(wide)
    assert {"cell", "at", "dff"} <= set(found.columns) and found.count() == 2


def test_integer_neurons_are_integers(spikes, events):
    spikes["neuron"] = spikes["neuron"].map({"a": 2, "b": 10, "c": 1})
    array = sampled(spikes, events).to_xarray()
    assert list(array.neuron.values) == [1, 2, 10]
    np.testing.assert_array_equal(array.sel(neuron=10), np.asarray(COUNTS)[:, :, 1])


def test_there_and_back(spikes, events):
    array = sampled(spikes, events).to_xarray()
    assert from_xarray(array).to_xarray().identical(array)
    shuffled = array.transpose("neuron", "event", "sample_times")
    assert from_xarray(shuffled).to_xarray().identical(array)
    responses = array.sum("sample_times").rename("features")
    assert from_xarray(responses).to_xarray().identical(responses)
    reduced = ResponseReducer(np.sum).transform(from_xarray(array))
    np.testing.assert_array_equal(reduced.to_numpy("features"), responses)


def test_events_of_the_same_name_stay_two():
    array = xr.DataArray(
        np.arange(12.0).reshape(2, 2, 3),
        {"event": ["a", "a"], "neuron": ["n0", "n1"]},
        ("event", "neuron", "sample_times"),
    )
    table = from_xarray(array)
    assert table.count() == 2
    assert sorted(to_numpy(table)[:, 2, 1]) == [5, 11]


def test_other_arrays_are_refused():
    with pytest.raises(InvalidInput, match="event, sample_times, neuron"):
        from_xarray(xr.DataArray(np.zeros((2, 2)), dims=("event", "trial")))


def test_no_events_keep_the_axes(spikes, events):
    array = sampled(spikes, events.iloc[:0]).to_xarray()
    assert array.shape == (0, 3, 3)


def test_sparse_and_transposed_matrices(spark):
    from pyspark.ml.linalg import DenseMatrix, Matrices, SparseMatrix, Vectors

    expected = np.asarray([[1.0, 0, 2], [0, 0, 3]])
    sparse = SparseMatrix(2, 3, [0, 1, 1, 3], [0, 0, 1], [1.0, 2.0, 3.0])
    rows = [
        (0, Matrices.dense(2, 3, expected.ravel(order="F")), Vectors.dense([1.0, 0.0])),
        (1, DenseMatrix(2, 3, expected.ravel(), True), Vectors.sparse(2, [1], [5.0])),
        (2, sparse, Vectors.dense([0.0, 7.0])),
        (
            3,
            SparseMatrix(2, 3, [0, 2, 3], [0, 2, 2], [1.0, 2.0, 3.0], True),
            Vectors.dense([1.0, 2.0]),
        ),
    ]
    table = spark.createDataFrame(rows, ["event", "tensor", "features"])
    np.testing.assert_array_equal(to_numpy(table), np.stack([expected] * 4))
    np.testing.assert_array_equal(to_numpy(table, "features"), [[1, 0], [0, 5], [0, 7], [1, 2]])


def test_rows_that_do_not_make_an_array_are_refused(spark):
    from pyspark.ml.linalg import Vectors

    ragged = spark.createDataFrame(
        [(Vectors.dense([1.0]),), (Vectors.dense([1.0, 2.0]),)], ["features"]
    )
    with pytest.raises(InvalidInput, match="different widths, 1 to 2"):
        to_numpy(ragged)
    with pytest.raises(InvalidInput, match="no column tensor"):
        to_numpy(ragged, "tensor")


def test_sessions_with_different_neurons_are_refused(spark):
    spikes = spark.createDataFrame(
        [("s", "a", 0.1), ("t", "b", 0.1), ("t", "c", 0.1)],
        ["session", "neuron", "time"],
    )
    events = spark.createDataFrame([("s", 0, 0.0), ("t", 0, 0.0)], ["session", "event", "time"])
    tensor_ = PeriEventSpikeSampler(spikes, [0, 1]).fit_transform(events)
    with pytest.raises(InvalidInput, match="different neurons"):
        to_xarray(tensor_)


def test_unsigned_integers_that_fit_are_taken(spikes, events):
    spikes["neuron"] = np.asarray([2, 1, 1, 2, 2**63 - 1], np.uint64)
    assert sampled(spikes, events).to_xarray().neuron.values.tolist() == [1, 2, 2**63 - 1]
    spikes["neuron"] = spikes["neuron"].astype("UInt64")
    array = sampled(spikes, events.set_axis(np.asarray([7, 3], np.uint64))).to_xarray()
    assert array.neuron.values.tolist() == [1, 2, 2**63 - 1]
    assert array.event.values.tolist() == [3, 7]


@pytest.mark.parametrize("kind", [np.uint64, "UInt64", object])
def test_integers_that_spark_has_not_are_refused(kind):
    beyond = "Column neuron has integers beyond 9223372036854775807"
    for largest in (2**63, 2**64 - 1):
        neurons = pd.Series([1, largest], dtype=kind)
        with pytest.raises(InvalidInput, match=beyond):
            spikes_frame(pd.DataFrame({"neuron": neurons, "time": [0.0, 1.0]}))
    with pytest.raises(InvalidInput, match=beyond):
        trains_frame({np.uint64(2**63): [0.5]}, "neuron", "times")
    with pytest.raises(InvalidInput, match="Column event has integers beyond"):
        events_frame(pd.DataFrame({"time": [0.5]}, index=np.asarray([2**63], np.uint64)))


def test_columns_that_are_no_column_are_refused():
    with pytest.raises(InvalidInput, match="Column image cannot go to Spark") as error:
        events_frame(pd.DataFrame({"time": [0.0, 1.0], "image": [1, "x"]}))
    assert "\n" not in str(error.value)


def test_categories(events):
    columns = {
        "integer": ([3, None], [3, 4], [3, None]),
        "truth": ([None, True], [True, False], [None, True]),
        "text": (["b", None], ["a", "b"], ["b", None]),
        "whole": ([4, 3], [3, 4], [4, 3]),
        "fraction": ([1.5, None], [0.5, 1.5], [1.5, None]),
    }
    for name, (values, categories, _) in columns.items():
        events[name] = pd.Categorical(values, categories=categories)
    rows = events_frame(events).orderBy("event").select(*columns).collect()
    for name, (_, _, expected) in columns.items():
        assert [row[name] for row in rows] == expected


def test_what_is_small_is_not_counted_first(spikes, events, monkeypatch):
    counted = []
    table = sampled(spikes, events)
    count = type(table).count
    monkeypatch.setattr(type(table), "count", lambda self: counted.append(self) or count(self))
    assert to_numpy(table).shape == (2, 3, 3)
    assert not counted
    monkeypatch.setattr(tensor, "BIG", 8 * 1024)  # the first of the two rows shows that it is more
    np.testing.assert_array_equal(to_numpy(table), COUNTS)
    assert len(counted) == 1


def test_the_size_is_said_before_something_big_is_collected(spikes, events, monkeypatch):
    monkeypatch.setattr(tensor, "BIG", 100)
    with pytest.warns(ResourceWarning, match=r"2 events × 3 sample times × 3 neurons"):
        sampled(spikes, events).to_numpy()


def test_wide_and_long_traces(events):
    wide = pd.DataFrame({"n1": [0.0, 1, 2, 3], "n0": [3.0, np.nan, 1, 0]}, index=[0, 0.1, 0.2, 0.3])
    rows = {row["neuron"]: row for row in traces_frame(wide).collect()}
    assert rows["n1"]["values"] == [0, 1, 2, 3]
    assert np.isnan(rows["n0"]["values"][1])
    assert rows["n0"]["times"] == [0, 0.1, 0.2, 0.3]
    reducer = PeriEventTraceReducer(wide, [0, 0.15, 0.35], np.max)
    array = reducer.fit_transform(events.iloc[:1]).to_xarray().sel(event=0)
    np.testing.assert_array_equal(array, [[3, 1], [1, 3]])


def test_epochs(spikes, events):
    rates = EpochSpikeCounter(spikes, rate=True).fit_transform(events).to_xarray()
    np.testing.assert_array_equal(rates, [[2, 2, 0], [0, 2, 0]])


def test_columns_of_pandas_as_they_are(spark):
    table = pd.DataFrame(
        {
            "time": [1.0, np.nan],
            "ok": [True, False],
            "small": np.asarray([1, 2], np.uint16),
            "kind": pd.Categorical(["x", "y"]),
            "note": ["a", None],
        }
    )
    rows = events_frame(table).orderBy("event").collect()
    assert np.isnan(rows[1]["time"]) and rows[0]["small"] == 1 and rows[0]["kind"] == "x"
    assert rows[0]["ok"] is True and rows[1]["note"] is None


def test_what_is_no_table_is_refused(spark):
    with pytest.raises(InvalidInput, match="not a list"):
        Binner([0, 1]).transform([1, 2])
    twice = pd.DataFrame([[1, 2]], columns=["neuron", "neuron"])
    with pytest.raises(InvalidInput, match="there twice"):
        Binner([0, 1]).transform(twice)
