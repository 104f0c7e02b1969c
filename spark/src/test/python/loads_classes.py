"""Uses what most tests use of Spark, so that Java can keep those classes in an archive."""

from __future__ import annotations

import sys

from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate()
)
rows = spark.range(40).selectExpr("id % 2 label", "double(id) a", "double(id % 3) b", "array(id) c")
rows.write.parquet(sys.argv[1])
rows = spark.read.parquet(sys.argv[1])
rows.groupBy("label").agg(F.sum("a"), F.collect_list("b")).orderBy("label").collect()
rows.join(rows.groupBy("label").count(), "label").select(F.explode("c")).count()
rows.createOrReplaceTempView("loaded")
spark.sql("SELECT label, transform(c, x -> x + 1) FROM loaded WHERE a > 3").toPandas()
stages = [
    VectorAssembler(inputCols=["a", "b"], outputCol="features"),
    LogisticRegression(maxIter=2),
]
Pipeline(stages=stages).fit(rows).transform(rows).select("prediction").collect()
spark.stop()
