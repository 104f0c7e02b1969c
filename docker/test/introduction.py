"""The README's introduction in Python, where SPARK_REMOTE says, or here: introduction.py FILE."""

import sys

import numpy as np
from pyspark.ml import Pipeline

import neuroglia_spark
from neuroglia_spark.decoding import (
    ClassificationEvaluator,
    LinearDiscriminantAnalysis,
    StandardScaler,
)
from neuroglia_spark.event import PeriEventSpikeSampler
from neuroglia_spark.tensor import ResponseReducer

spark = neuroglia_spark.session(app_name="introduction")

spikes = spark.read.format("nwb").option("table", "units").load(sys.argv[1])
events = (
    spark.read.format("nwb")
    .option("table", "natural_images")
    .option("columns", "time,end_time,image_id")
    .load(sys.argv[1])
)
model = Pipeline(
    stages=[
        PeriEventSpikeSampler(spikes=spikes, sample_times=np.arange(0.1, 0.35, 0.01)),
        ResponseReducer(func="sum"),
        StandardScaler(),
        LinearDiscriminantAnalysis(label_col="image_id"),
    ]
).fit(events.where("event % 3 != 0"))
decoded = model.transform(events.where("event % 3 = 0"))
accuracy = ClassificationEvaluator(label_col="image_id").evaluate(decoded)
print("accuracy", repr(accuracy))
spark.stop()
