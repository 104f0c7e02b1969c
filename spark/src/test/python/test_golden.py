"""The numbers of neuroglia and scikit-learn, through the Python stages, from tables of pandas."""

from __future__ import annotations

import golden_cases as golden
import numpy as np
import pytest
import xarray as xr
from pyspark.ml.feature import VectorAssembler

from neuroglia_spark import InvalidInput, calcium, decoding, epoch, event, spike, trace
from neuroglia_spark.frames import spikes_frame
from neuroglia_spark.tensor import ResponseReducer, from_xarray, to_numpy

TRACE_FILTERS = {
    "Binarizer": trace.Binarizer,
    "EdgeDetector": trace.EdgeDetector,
    "MedianFilterDetrender": calcium.MedianFilterDetrender,
    "SavGolFilterDetrender": calcium.SavGolFilterDetrender,
    "Normalize": calcium.Normalize,
    "EventRescaler": calcium.EventRescaler,
}
TRACE_SAMPLERS = {
    "PeriEventTraceSampler": event.PeriEventTraceSampler,
    "PeriEventTraceReducer": event.PeriEventTraceReducer,
    "EpochTraceReducer": epoch.EpochTraceReducer,
}
DECODERS = {
    "LinearDiscriminantAnalysis": decoding.LinearDiscriminantAnalysis,
    "QuadraticDiscriminantAnalysis": decoding.QuadraticDiscriminantAnalysis,
    "GaussianNB": decoding.GaussianNB,
    "KNeighborsClassifier": decoding.KNeighborsClassifier,
}
#: Cases of the deconvolver by the thousand of samples: some stand for all.
DECONVOLVED = {
    "ar1data_l0_exponential",
    "ar1data_l1_exponential",
    "ar2data_l0_double_exponential",
}


def cases():
    for case in golden.matches():
        runs = case.folder in {
            *TRACE_FILTERS,
            *TRACE_SAMPLERS,
            *DECODERS,
            "Binner",
            "Smoother",
            "PeriEventSpikeSampler",
            "ResponseReducer",
            "SpikeTablizer",
            "StandardScaler",
            "WhenTrueFinder",
        }
        if runs or case.folder == "CalciumDeconvolver" and case.name in DECONVOLVED:
            yield case


@pytest.mark.parametrize("case", list(cases()), ids=repr)
def test_equals(case, mode):
    if case.expected["kind"] == "error":
        with pytest.raises(InvalidInput):
            run(case, mode)
    else:
        run(case, mode)


def run(case, mode):
    if case.folder in TRACE_FILTERS:
        params = {name: value for name, value in case.params.items() if name != "copy"}
        traces_equal(case, TRACE_FILTERS[case.folder](**params).transform(case.table("traces")))
    elif case.folder == "CalciumDeconvolver":
        deconvolved(case)
    elif case.folder in ("Binner", "Smoother"):
        stage = {"Binner": spike.Binner, "Smoother": spike.Smoother}[case.folder]
        spikes = case.table("spikes")
        if spikes.empty:  # without spikes, no label says what labels are
            spikes = spikes.astype({"neuron": str})
        traces_equal(case, stage(**case.params).transform(spikes))
    elif case.folder == "WhenTrueFinder":
        times_equal(case, trace.WhenTrueFinder().transform(case.table("traces")))
    elif case.folder == "SpikeTablizer":
        times_equal(case, spike.SpikeTablizer().transform(trains(case)))
    elif case.folder == "ResponseReducer":
        reduced(case)
    elif case.folder == "PeriEventSpikeSampler":
        params = {**case.params, **case.params.get("sampler_kwargs", {})}
        params.pop("sampler_kwargs", None)
        sampler = event.PeriEventSpikeSampler(case.table("spikes"), **params)
        tensor_equals(case, sampler.fit_transform(case.table("events")))
    elif case.folder in TRACE_SAMPLERS:
        params = dict(case.params)
        if "func" in params:
            params["func"] = getattr(np, params["func"].removeprefix("np."))
        sampler = TRACE_SAMPLERS[case.folder](case.table("traces"), **params)
        tensor_equals(case, sampler.fit_transform(case.table("events")))
    elif case.folder == "StandardScaler":
        scaled(case, mode)
    else:
        decoded(case, mode)


def traces_equal(case, traces):
    rows = {row["neuron"]: row for row in traces.collect()}
    expected = golden.array(case.expected).reshape(case.expected["shape"])
    if case.expected["kind"] == "array":  # a function of one trace
        (row,) = rows.values()
        case.assert_close(row["values"], expected)
        return
    for column, label in enumerate(case.expected["columns"]):
        label = int(label) if case.expected["columns_dtype"] == "int" else label
        case.assert_close(rows[label]["times"], case.expected["index"], f"times of {label}")
        case.assert_close(rows[label]["values"], expected[:, column], f"values of {label}")
    assert len(rows) == len(case.expected["columns"])


def times_equal(case, spikes):
    columns = case.expected["columns"]
    expected = zip(columns["time"]["values"], columns["neuron"]["values"])
    ours = ((row["time"], row["neuron"]) for row in spikes.collect())
    assert sorted(map(as_texts, ours)) == sorted(map(as_texts, expected))


def as_texts(spike):
    """A spike's time and neuron; NaN equals NaN, and 0 equals -0."""
    time, neuron = spike
    return repr(float(time) + 0.0), str(neuron)


def trains(case):
    """neuroglia's dict of spike times, in its order."""
    item = case.item("spike_dict")
    return {label: [float(t) for t in item["times"][str(label)]] for label in item["order"]}


def reduced(case):
    item = case.item("tensor")
    coords = {name: (c["dims"], c["values"]) for name, c in item["coords"].items()}
    if len(set(coords["event"][1])) < len(coords["event"][1]):
        del coords["event"]  # events are numbered as they come
    tensor = from_xarray(xr.DataArray(golden.array(item), coords, item["dims"], name="tensor"))
    reducer = ResponseReducer(
        getattr(np, case.params["func"].removeprefix("np.")), case.params.get("dim", "sample_times")
    )
    ours = reducer.transform(tensor)
    column = "tensor" if case.params.get("dim") == "event" else "features"
    shape = case.expected["shape"] if case.expected["kind"] != "error" else ()
    case.assert_close(to_numpy(ours, column).reshape(shape), golden.array(case.expected), "reduced")


def tensor_equals(case, tensor):
    ours = tensor.to_xarray()
    expected = case.expected
    if 0 not in expected["shape"]:
        labels = expected["coords"]["neuron"]["values"]
        ours = ours.sel(
            neuron=[str(x) if ours.neuron.dtype.kind == "U" else int(x) for x in labels]
        )
    if "event" in expected["coords"]:
        events = [int(x) for x in expected["coords"]["event"]["values"]]
        if len(set(events)) == len(events):
            ours = ours.sel(event=events)
        else:  # an index with repeats: events are numbered as they come
            ours = ours.sel(event=range(len(events))).assign_coords(event=events)
    ours = ours.transpose(*expected["dims"])
    assert list(ours.shape) == expected["shape"]
    case.assert_close(ours.to_numpy(), golden.array(expected), "tensor")
    for name, coordinate in expected["coords"].items():
        if coordinate["dtype"] in ("float", "int") and coordinate["values"]:
            assert name in ours.coords
            values = [float(x) for x in coordinate["values"]]
            np.testing.assert_array_equal(ours.coords[name].to_numpy().astype(float), values, name)


def rows(case, name):
    table = case.table(name)
    features = [column for column in table.columns if column != "y"]
    table.insert(0, "event", np.arange(len(table)))
    vectors = VectorAssembler(inputCols=features, outputCol="features", handleInvalid="keep")
    return vectors.transform(spikes_frame(table))


def decoded(case, mode):
    # How scikit-learn's neighbours are sought changes nothing of what is found.
    params = {name: value for name, value in case.params.items() if name != "algorithm"}
    lists = {}
    if case.folder == "KNeighborsClassifier":
        lists = {"neighbors_col": "neighbors", "distances_col": "distances"}
    decoder = DECODERS[case.folder](label_col="y", **params, **lists)
    model = decoder.fit(rows(case, "train"))
    items = case.expected["items"] if case.expected["kind"] == "dict" else {}
    test = model.transform(rows(case, "test")).orderBy("event")
    predicted = [row["prediction"] for row in test.select("prediction").collect()]
    if case.expected["kind"] == "error":
        return
    if items["predict"]["dtype"] == "str":
        assert predicted == items["predict"]["data"]
    else:
        case.assert_close(predicted, golden.array(items["predict"]), "predict")
    case.assert_close(
        to_numpy(test, "probability"),
        golden.array(items["predict_proba"]),
        "predict_proba",
    )
    score = decoding.ClassificationEvaluator(label_col="y").evaluate(
        model.transform(rows(case, "train"))
    )
    case.assert_close([score], golden.array(items["train_score"]), "train_score")
    if mode == "classic":
        for item, attribute in {
            "coef": "coef_",
            "means": "means_",
            "xbar": "xbar_",
        }.items():
            if item in items and hasattr(type(model), attribute):
                case.assert_close(getattr(model, attribute), golden.array(items[item]), attribute)


def scaled(case, mode):
    model = decoding.StandardScaler(**case.params).fit(rows(case, "train"))
    test = model.transform(rows(case, "test"))
    items = case.expected["items"]
    case.assert_close(to_numpy(test), golden.array(items["transform"]), "transform")
    if mode == "classic":
        case.assert_close(model.mean_, golden.array(items["mean"]), "mean_")
        if "scale" in items:
            case.assert_close(model.scale_, golden.array(items["scale"]), "scale_")
        back = model.inverse_transform(test)
        case.assert_close(to_numpy(back), golden.array(items["inverse"]), "inverse")


def deconvolved(case):
    for item, predict in (("events", False), ("predict", True)):
        stage = calcium.CalciumDeconvolver(**case.params, predict=predict)
        expected = case.expected["items"][item]
        values = golden.array(expected)
        ours = {
            row["neuron"]: row["values"] for row in stage.transform(case.table("traces")).collect()
        }
        for column, label in enumerate(expected["columns"]):
            case.assert_close(ours[label], values[:, column], f"{item} of {label}")
