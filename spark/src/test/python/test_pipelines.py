"""Pipelines, cross-validation and saved stages, as pyspark.ml has them."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import StringIndexer
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import functions as F

from neuroglia_spark import InvalidInput
from neuroglia_spark.decoding import (
    ClassificationEvaluator,
    GaussianNB,
    LinearDiscriminantAnalysis,
    StandardScaler,
)
from neuroglia_spark.event import PeriEventSpikeSampler, PeriEventSpikeSamplerModel
from neuroglia_spark.frames import events_frame, spikes_frame
from neuroglia_spark.pipeline import make_pipeline
from neuroglia_spark.spike import Smoother
from neuroglia_spark.tensor import ResponseReducer


@pytest.fixture()
def recording(spark):
    """Twenty presentations of two images; neuron a likes one of them, neuron b the other."""
    random = np.random.default_rng(3)
    rows, events = [], []
    for e in range(20):
        image = "xy"[e % 2]
        events.append((e, float(e), image))
        for neuron in "ab":
            spikes = random.poisson(6 if (neuron == "a") == (image == "x") else 1)
            rows += [(neuron, float(e + t)) for t in random.uniform(0.1, 0.35, spikes)]
    return (
        spark.createDataFrame(rows, ["neuron", "time"]),
        spark.createDataFrame(events, ["event", "time", "image"]),
    )


def stages(spikes):
    return [
        PeriEventSpikeSampler(spikes=spikes, sample_times=np.arange(0.1, 0.36, 0.05)),
        ResponseReducer(func=np.sum),
        StandardScaler(),
        LinearDiscriminantAnalysis(label_col="image"),
    ]


def accuracy(model, events):
    return ClassificationEvaluator(label_col="image").evaluate(model.transform(events))


def test_saved_and_loaded(recording, tmp_path, mode):
    spikes, events = recording
    pipeline = Pipeline(stages=stages(spikes))
    model = pipeline.fit(events)
    expected = [row["prediction"] for row in model.transform(events).orderBy("event").collect()]
    assert accuracy(model, events) >= 0.9
    pipeline.write().overwrite().save(str(tmp_path / "pipeline"))
    model.write().overwrite().save(str(tmp_path / "model"))

    again = Pipeline.load(str(tmp_path / "pipeline"))
    assert [type(s) for s in again.getStages()] == [type(s) for s in pipeline.getStages()]
    assert again.getStages()[0].getSampleTimes() == pipeline.getStages()[0].getSampleTimes()
    loaded = PipelineModel.load(str(tmp_path / "model"))
    assert isinstance(loaded.stages[0], PeriEventSpikeSamplerModel)
    if mode == "classic":  # a server's model keeps the name of the view, until others are set
        with pytest.raises(InvalidInput, match="has no spikes"):
            loaded.transform(events).collect()
    loaded.stages[0].setSpikes(spikes)
    rows = loaded.transform(events).orderBy("event").collect()
    assert [row["prediction"] for row in rows] == expected


def test_a_stage_by_itself(tmp_path):
    smoother = Smoother([0.5, 1.0], tau=0.25)
    smoother.save(str(tmp_path / "smoother"))
    loaded = Smoother.load(str(tmp_path / "smoother"))
    assert loaded.uid == smoother.uid
    assert (loaded.getTau(), loaded.getKernel(), loaded.getSampleTimes()) == (
        0.25,
        "gaussian",
        [0.5, 1.0],
    )
    evaluator = ClassificationEvaluator("balancedAccuracy")
    evaluator.save(str(tmp_path / "evaluator"))
    assert ClassificationEvaluator.load(str(tmp_path / "evaluator")).getMetricName() == (
        "balancedAccuracy"
    )


@pytest.mark.classic
def test_saved_in_java_and_the_other_way_round(recording, tmp_path, spark):
    spikes, events = recording
    jvm = spark._jvm
    java = jvm.org.neuroglia.spark.event.PeriEventSpikeSampler()
    times = spark.sparkContext._gateway.new_array(jvm.double, 3)
    times[0], times[1], times[2] = 0.1, 0.2, 0.35
    java.setSampleTimes(times).setSpikes(spikes._jdf)
    jstages = spark.sparkContext._gateway.new_array(jvm.org.apache.spark.ml.PipelineStage, 2)
    jstages[0] = java
    jstages[1] = jvm.org.neuroglia.spark.tensor.ResponseReducer().setFunc("sum")
    model = jvm.org.apache.spark.ml.Pipeline().setStages(jstages).fit(events._jdf)
    model.save(str(tmp_path / "java"))

    loaded = PipelineModel.load(str(tmp_path / "java"))
    loaded.stages[0].setSpikes(spikes)
    assert list(loaded.stages[0].neurons_) == ["a", "b"]
    assert loaded.stages[1].getFunc() == "sum"
    ours = loaded.transform(events).to_numpy("features")

    loaded.save(str(tmp_path / "python"))
    back = jvm.org.apache.spark.ml.PipelineModel.load(str(tmp_path / "python"))
    back.stages()[0].setSpikes(spikes._jdf)
    from pyspark.sql import DataFrame

    theirs = DataFrame(back.transform(events._jdf), spark).to_numpy("features")
    np.testing.assert_array_equal(theirs, ours)


def test_cross_validation_of_a_pipeline(recording, tmp_path):
    spikes, events = recording
    all_stages = stages(spikes)
    lda = all_stages[-1]
    lda.setParams(solver="lsqr")
    grid = ParamGridBuilder().addGrid(lda.shrinkage, ["none", "auto", 0.5]).build()
    validator = CrossValidator(
        estimator=Pipeline(stages=all_stages),
        estimatorParamMaps=grid,
        evaluator=ClassificationEvaluator(label_col="image"),
        numFolds=2,
        foldCol="fold",
    )
    folded = events.withColumn("fold", (F.col("event") % 4 / 2).cast("int"))
    model = validator.fit(folded)
    assert len(model.avgMetrics) == 3 and min(model.avgMetrics) >= 0.5
    assert max(model.avgMetrics) >= 0.8
    model.write().overwrite().save(str(tmp_path / "validated"))
    loaded = CrossValidatorModel.load(str(tmp_path / "validated"))
    assert loaded.avgMetrics == model.avgMetrics


def test_beside_stages_of_spark(recording):
    spikes, events = recording
    indexer = StringIndexer(inputCol="image", outputCol="label")
    model = Pipeline(stages=[*stages(spikes)[:3], indexer, LogisticRegression()]).fit(events)
    rows = model.transform(events).select("label", "prediction").collect()
    assert np.mean([row["label"] == row["prediction"] for row in rows]) >= 0.9


def test_pandas_through_a_pipeline(recording):
    spikes, events = recording
    model = Pipeline(stages=stages(spikes.toPandas())).fit(events.toPandas())
    assert accuracy(model, events.toPandas()) >= 0.9


def test_params_of_fit_and_copies(labelled):
    decoder = GaussianNB(label_col="image")
    models = decoder.fit(labelled, [{decoder.varSmoothing: 1e-3}, {decoder.varSmoothing: 10.0}])
    spread = [m.transform(labelled).to_numpy("probability").max() for m in models]
    assert spread[0] > spread[1]
    other = decoder.copy({decoder.labelCol: "event"})
    assert (decoder.getLabelCol(), other.getLabelCol()) == ("image", "event")


def test_a_stage_finds_its_spikes_by_name(recording, spark, tmp_path):
    spikes, events = recording
    spikes.createOrReplaceTempView("spikes_by_name")
    by_table = PeriEventSpikeSampler(sample_times=[0.1, 0.35], spikes_table="spikes_by_name")
    spikes.write.parquet(str(tmp_path / "spikes"))
    by_path = PeriEventSpikeSampler(sample_times=[0.1, 0.35], spikes_path=str(tmp_path / "spikes"))
    given = PeriEventSpikeSampler(spikes, [0.1, 0.35])
    tensors = [stage.fit_transform(events).to_numpy() for stage in (by_table, by_path, given)]
    np.testing.assert_array_equal(tensors[0], tensors[2])
    np.testing.assert_array_equal(tensors[1], tensors[2])
    assert spikes_frame(spikes) is spikes


def test_a_script_of_neuroglia(recording):
    """But for imports, as it is written for neuroglia: labels beside the events, a score."""
    spikes, events = recording
    spikes, events = spikes.toPandas(), events.toPandas().drop(columns="event")
    train, test = events.iloc[:12], events.iloc[12:]
    pipeline = make_pipeline(*stages(spikes)[:3], LinearDiscriminantAnalysis())
    pipeline.fit(train, train["image"])
    score = pipeline.score(test, test["image"])
    assert score == np.mean(pipeline.predict(test) == test["image"]) >= 0.8
    reversed_ = test.iloc[::-1]
    assert list(pipeline.predict(reversed_)) == list(pipeline.predict(test))[::-1]


def test_labels_of_a_pipeline(recording):
    spikes, events = recording
    pipeline = make_pipeline(*stages(spikes))
    with pytest.raises(InvalidInput, match="not fitted"):
        pipeline.transform(events)
    assert pipeline.fit(events, events["image"]).score(events, "image") >= 0.9
    labels = np.arange(20) % 2
    assert pipeline.fit(events.toPandas(), labels).score(events.toPandas(), labels) >= 0.9
    with pytest.raises(InvalidInput, match="one of its columns"):
        pipeline.fit(events, labels)
    with pytest.raises(InvalidInput, match="the last stage is none"):
        make_pipeline(ResponseReducer()).fit(events, "image")


def test_views_of_given_tables_last_as_long_as_they_are_read(spark, spikes, events, mode):
    if mode == "classic":
        pytest.skip("Spark Connect makes views")

    def views():
        gc.collect()
        PeriEventSpikeSampler(spikes, [0, 1])  # drops what nothing refers to
        return {table.name for table in spark.catalog.listTables()}

    sampler = PeriEventSpikeSampler(spikes, [0, 1])
    view = sampler.getSpikesTable()
    model = Pipeline(stages=[sampler, ResponseReducer(np.sum)]).fit(events_frame(events))
    del sampler
    assert view in views()
    responses = model.transform(events_frame(events)).select("event", "features").where("event = 1")
    model.stages[0].setSpikes(None)
    del model
    assert view in views()
    assert responses.count() == 1
    del responses
    left = views()
    assert view not in left
    assert len([name for name in left if name.startswith("neuroglia_")]) <= 1
