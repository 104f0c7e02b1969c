"""Population decoding from Python: the numbers of scikit-learn, and of Java, to the digit."""

from __future__ import annotations

import uuid

import numpy as np
import pytest
from pyspark.ml import Pipeline, PipelineModel

from neuroglia_spark import InvalidInput, datasets
from neuroglia_spark.calcium import (
    CalciumDeconvolver,
    EventRescaler,
    MedianFilterDetrender,
    Normalize,
)
from neuroglia_spark.decoding import DecodedTable, PopulationDecoding
from neuroglia_spark.event import PeriEventTraceReducer
from neuroglia_spark.tensor import ResponseReducer

EDGES = [0.0, 0.25, 0.5]
TIMES = np.arange(0, 2.5, 0.5)
PLANE = "if(int(substring_index(neuron, '_', -1)) % 2 = 0, 'upper', 'lower')"


@pytest.fixture(scope="module")
def archive(spark):
    """Three sessions of a choice task, kept, for they are made anew each time they are read."""
    made = datasets.make_choice_task(
        sessions=3, least_units=10, most_units=20, least_trials=40, most_trials=60, seed=5
    )
    return made.units.cache(), made.events.cache()


def rows(table, *columns):
    return sorted(map(tuple, table.select(*columns).collect()), key=str)


def responses(units, events, session):
    """Spikes from 0 to 0.5 s after each event, [event × neuron], neurons sorted; and labels."""
    trains = units[units.session == session].sort_values("neuron")
    trials = events[events.session == session].sort_values("event")
    edges = trials.time.to_numpy()[:, None] + [EDGES[0], EDGES[-1]]
    counts = [
        np.searchsorted(t, edges[:, 1], "right") - np.searchsorted(t, edges[:, 0], "left")
        for t in trains.times
    ]
    return np.array(counts, float).T, trials.choice.to_numpy()


def test_predictions_are_scikit_learns(archive):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.metrics import accuracy_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    decoded = PopulationDecoding("choice", EDGES).decode(*archive).cache()
    ours = decoded.predictions().toPandas()
    results = decoded.results().toPandas().set_index("session")
    units, events = (table.toPandas() for table in archive)
    assert len(results) == 3
    for session in results.index:
        x, y = responses(units, events, session)
        pipeline = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis())
        folds = StratifiedKFold(5)
        expected = cross_val_predict(pipeline, x, y, cv=folds)
        of_session = ours[ours.session == session].sort_values("event")
        np.testing.assert_array_equal(of_session.prediction, expected)
        accuracies = [accuracy_score(y[test], expected[test]) for _, test in folds.split(x, y)]
        np.testing.assert_array_equal(results.folds[session], accuracies)
        assert results.accuracy[session] == pytest.approx(np.mean(accuracies), abs=1e-15)
        assert results.neurons[session] == x.shape[1]
    decoded.unpersist()


@pytest.mark.classic
def test_results_are_those_of_java(spark, archive):
    jvm = spark._jvm.org.neuroglia
    nulls = jvm.decoding.split.NullLabels
    kind = nulls.Kind.CIRCULAR_SHIFT
    java = (
        jvm.spark.decoding.PopulationDecoding()
        .setLabelCol("choice")
        .setBy("area")
        .setNulls(nulls(kind, 7, 3))
        .setSplits(jvm.decoding.split.Splits.stratified(4, 2, 3))
    )
    java.set(java.sampleTimes(), doubles(spark, EDGES))
    from pyspark.sql import DataFrame

    jdf = java.decode(archive[0]._jdf, archive[1]._jdf)
    expected = DataFrame(jvm.spark.decoding.PopulationDecoding.results(jdf), spark)
    ours = PopulationDecoding(
        "choice",
        EDGES,
        by="area",
        permutations=7,
        null_labels="circular-shift",
        seed=3,
        folds=4,
        repeats=2,
    ).decode(*archive)
    results = ours.results(nulls=True)
    assert results.schema == expected.schema
    assert rows(results, "*") == rows(expected, "*")
    assert results.count() > 3 * 8


def doubles(spark, values):
    array = spark.sparkContext._gateway.new_array(spark._jvm.double, len(values))
    for i, value in enumerate(values):
        array[i] = value
    return array


def test_tables_belong_together(archive, capsys):
    decoded = PopulationDecoding("choice", EDGES, permutations=3, seed=1).decode(*archive).cache()
    results = decoded.results().toPandas()
    assert list(results.nulls) == [3, 3, 3]
    assert decoded.results(nulls=True).count() == 3 * (1 + 3)
    assert decoded.failures().count() == 0
    predictions = decoded.predictions().toPandas()
    assert len(predictions) == results.events.sum()
    right = (predictions.label == predictions.prediction).groupby(predictions.session).sum()
    confusion = decoded.confusion().where("label = prediction").toPandas()
    diagonal = confusion.groupby("session")["count"].sum()
    assert dict(right) == dict(diagonal)
    p = decoded.p_values().toPandas().set_index("session").pValue
    assert sorted(p) == sorted(results.pValue) and p.between(0.25, 1).all()
    summary = decoded.summary()
    assert summary["decodings"] == 3 and summary["failures"] == 0
    assert summary["accuracy"] == pytest.approx(results.accuracy.mean())
    decoded.results().explain()
    assert "InMemoryTableScan" in capsys.readouterr().out, "decoded again for each table"
    decoded.unpersist()


def test_tables_of_pandas_give_the_same(archive):
    decoding = PopulationDecoding("choice", EDGES)
    columns = ("session", "accuracy", "folds")
    expected = rows(decoding.decode(*archive).results(), *columns)
    pandas = [table.toPandas() for table in archive]
    assert rows(decoding.decode(*pandas).results(), *columns) == expected


def test_windows_generalise(archive):
    decoded = PopulationDecoding(
        "choice", window_starts=np.arange(0, 0.4, 0.2), window_width=0.2, generalise=True
    ).decode(*archive)
    tested = rows(decoded.results(), "session", "start", "testStart")
    assert len(tested) == 3 * 2 * 2
    assert decoded.predictions().count() == 0


def test_neurons_are_drawn_and_decoders_share_folds(archive):
    decoded = PopulationDecoding(
        "choice",
        EDGES,
        decoder=["lda", "knn", "pnb"],
        decoder_settings={"nNeighbors": np.int64(3), "solver": "lsqr", "shrinkage": "auto"},
        neurons=[2, 4],
        draws=3,
        draw_seed=2**40,
    ).decode(*archive)
    counts = rows(decoded.results().groupBy("decoder").count(), "*")
    assert counts == [(name, 3 * 2 * 3) for name in ("knn", "lda", "pnb")]


def test_speeds_are_predicted(archive):
    decoded = PopulationDecoding(
        "wheel_speed", EDGES, decoder="ridge-regression", decoder_settings={"alpha": 10}
    ).decode(*archive)
    results = decoded.results().toPandas()
    assert results.r2.notna().all() and results.accuracy.isna().all()


def test_sessions_are_pooled(archive):
    decoded = PopulationDecoding(
        "choice", EDGES, pseudo_population=True, resamples=2, trials=4, folds=3
    ).decode(*archive)
    results = decoded.results().toPandas()
    assert list(results.session) == ["pseudo-population"] * 2
    assert list(results.sessions) == [3, 3]


def test_blocks_are_left_out(archive):
    decoding = PopulationDecoding(
        "choice", EDGES, splits="leave-one-group-out", split_col="fold", balance=True
    )
    events = archive[1].withColumn("fold", archive[1].event % 3)
    assert {len(row.folds) for row in decoding.decode(archive[0], events).results().collect()} == {
        3
    }


def test_a_session_that_fails_says_why(archive):
    events = archive[1].selectExpr("*", "if(session LIKE '%1', 'same', string(choice)) AS side")
    decoded = PopulationDecoding("side", EDGES).decode(archive[0], events)
    (failure,) = decoded.failures().collect()
    assert failure.session.endswith("1") and "all labels are same" in failure.failure
    assert decoded.summary()["failures"] == 1


def test_what_is_wrong_is_said(archive):
    def refused(sentence, **settings):
        decoding = PopulationDecoding(**{"label_col": "choice", "sample_times": EDGES, **settings})
        with pytest.raises(InvalidInput, match=sentence) as error:
            decoding.decode(*archive).results().collect()
        assert "\n" not in str(error.value)

    refused('the events have no column "nothing"', label_col="nothing")
    refused("there is no window to count spikes in", sample_times=None)
    refused("draws has no use without neurons", draws=3)
    refused('there is no decoder "oracle"; there are centroid', decoder="oracle")
    refused("give a seed", repeats=2)
    refused("the std of a window with one bin", reduce="std", sample_times=[0, 0.5])
    with pytest.raises(TypeError, match="no argument 'nulls'"):
        PopulationDecoding("choice", EDGES).setParams(nulls=3)


def test_pipelines_are_saved(archive, tmp_path):
    view = f"trains_{uuid.uuid4().hex}"
    archive[0].createOrReplaceTempView(view)
    decoding = PopulationDecoding(
        "choice", EDGES, decoder=["lda", "gnb"], spikes_table=view, seed=2
    )
    model = Pipeline(stages=[decoding, DecodedTable("confusion")]).fit(archive[1])
    expected = rows(model.transform(archive[1]), "*")
    assert len(expected) == 3 * 2 * 4
    path = str(tmp_path / "model")
    model.write().overwrite().save(path)
    loaded = PipelineModel.load(path)
    assert rows(loaded.transform(archive[1]), "*") == expected
    assert type(loaded.stages[0]).__name__ == "PopulationDecoding"


@pytest.fixture(scope="module")
def imaging(spark):
    """Calcium events of two planes around drifting gratings: activity, presentations, tensor."""
    made = datasets.make_calcium_imaging(units=16, repeats=3, seed=1)
    fluorescence = made.traces.selectExpr("*", f"{PLANE} AS plane").cache()
    events = made.events.where("NOT isnan(direction)").cache()
    stages = [
        MedianFilterDetrender(window=1801),
        Normalize(window=60),
        CalciumDeconvolver(),
        EventRescaler(),
    ]
    activity = Pipeline(stages=stages).fit(fluorescence).transform(fluorescence).cache()
    sampler = PeriEventTraceReducer(traces=activity, sample_times=TIMES, func="mean")
    return activity, events, sampler.fit(events).transform(events).cache()


def folds_of_scikit_learn(x, y):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.metrics import accuracy_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pipeline = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis())
    folds = StratifiedKFold(5)
    predicted = cross_val_predict(pipeline, x, y, cv=folds)
    return predicted, [accuracy_score(y[test], predicted[test]) for _, test in folds.split(x, y)]


def test_calcium_by_plane_is_scikit_learns(imaging):
    activity, events, tensor = imaging
    decoding = PopulationDecoding("direction", TIMES, by="plane", permutations=200)
    decoded = decoding.decode_traces(activity, events).cache()
    results = decoded.results().toPandas().set_index("group")
    predictions = decoded.predictions().toPandas()
    assert sorted(results.index) == ["lower", "upper"] and list(results.nulls) == [200, 200]
    assert ((results.pValue > 0) & (results.pValue <= 1)).all()
    features = ResponseReducer(func="sum").transform(tensor).orderBy("event").toPandas()
    x = np.array([row.toArray() for row in features.features])
    neurons = sorted(row.neuron for row in activity.select("neuron").collect())
    for plane, parity in (("upper", 0), ("lower", 1)):
        own = [int(name.split("_")[-1]) % 2 == parity for name in neurons]
        expected, accuracies = folds_of_scikit_learn(x[:, own], features.direction.to_numpy())
        np.testing.assert_array_equal(results.folds[plane], accuracies)
        of_plane = predictions[predictions.group == plane].sort_values("event")
        np.testing.assert_array_equal(of_plane.prediction, expected)
        assert results.accuracy[plane] > 2 / 8, "twice the chance"
    decoded.unpersist()


def test_responses_give_what_their_traces_give(imaging):
    activity, events, tensor = imaging
    score = ("group", "accuracy", "folds", "neurons", "pValue")
    settings = dict(label_col="direction", permutations=5)
    traces = PopulationDecoding(sample_times=TIMES, **settings).decode_traces(activity, events)
    expected = rows(traces.results(), *score)
    decoding = PopulationDecoding(**settings)
    assert rows(decoding.decode_responses(tensor).results(), *score) == expected
    responses = ResponseReducer(func="sum").transform(tensor)
    assert rows(decoding.decode_responses(responses).results(), *score) == expected
    staged = DecodedTable().transform(decoding.transform(tensor)).where("nullIndex IS NULL")
    assert rows(staged, *score) == expected

    by_plane = {"by": "plane", **settings}
    traces = PopulationDecoding(sample_times=TIMES, **by_plane, traces=activity).transform(events)
    planes = activity.select("neuron", "plane")
    if "session" in tensor.columns:
        planes = activity.select("session", "neuron", "plane")
    grouped = PopulationDecoding(**by_plane, groups=planes).decode_responses(tensor)
    of_traces = DecodedTable().transform(traces).where("nullIndex IS NULL")
    assert rows(grouped.results(), *score) == rows(of_traces, *score)
    with pytest.raises(InvalidInput, match="give a table that has the neuron"):
        PopulationDecoding(**by_plane).decode_responses(tensor).results().collect()


def test_what_fails_may_end_the_job(imaging):
    _, _, tensor = imaging
    same = tensor.selectExpr("event", "tensor", "'same' AS label")
    assert (
        "all labels are same" in PopulationDecoding().decode_responses(same).failures().first()[3]
    )
    with pytest.raises(InvalidInput, match="cannot be decoded: all labels are same"):
        PopulationDecoding(on_error="fail").decode_responses(same).results().collect()
