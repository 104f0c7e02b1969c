"""Pipelines with scikit-learn's face, for scripts that were written for neuroglia.

``pyspark.ml.Pipeline`` takes the stages, too; use it to save pipelines and to search parameters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Tuple

import numpy as np
from pyspark.ml import Pipeline as SparkPipeline
from pyspark.ml import PipelineModel
from pyspark.sql import Column

from neuroglia_spark.decoding import ClassificationEvaluator
from neuroglia_spark.errors import InvalidInput
from neuroglia_spark.frames import Table, events_frame, is_pandas

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Pipeline", "make_pipeline"]

_ROW = "__row"


class Pipeline:
    """Stages one after the other, the last of them a decoder or not.

    Parameters
    ----------
    *stages : stages of neuroglia_spark or of pyspark.ml

    Attributes
    ----------
    model_ : pyspark.ml.PipelineModel
        What ``fit`` made.

    Notes
    -----
    Tables are events (or what else the first stage takes), of Spark or of pandas. The labels ``y``
    are a column of the table, ``train["image_id"]`` or its name, or, with a table of pandas, an
    array as long as it: the decoder's param ``labelCol`` is set accordingly.
    """

    model_: PipelineModel

    def __init__(self, *stages: Any) -> None:
        self.stages = list(stages)

    def fit(self, X: Table, y: Any = None) -> Pipeline:
        """Fits the stages to a table and its labels; returns this pipeline."""
        table, label = _labelled(X, y)
        if label is not None:
            if not self.stages or not self.stages[-1].hasParam("labelCol"):
                raise InvalidInput("Labels are for a decoder, and the last stage is none.")
            self.stages[-1]._set(labelCol=label)
        self.model_ = SparkPipeline(stages=self.stages).fit(table)
        return self

    def transform(self, X: Table) -> DataFrame:
        """What the stages make of a table; lazy."""
        return self._fitted().transform(X)

    def fit_transform(self, X: Table, y: Any = None) -> DataFrame:
        """Fits the stages to a table and transforms it."""
        return self.fit(X, y).transform(X)

    def predict(self, X: Any) -> np.ndarray:
        """The predictions for a table of pandas, shape (rows,), in the order of its rows."""
        if not is_pandas(X):
            raise InvalidInput(
                "predict takes a table of pandas, whose rows have an order; of a DataFrame of Spark, "
                "transform gives the column of predictions."
            )
        numbered = events_frame(X.assign(**{_ROW: np.arange(len(X))}))
        column = self.stages[-1].getPredictionCol()
        rows = self.transform(numbered).select(_ROW, column).collect()
        return np.asarray([row[column] for row in sorted(rows)])

    def score(self, X: Table, y: Any = None) -> float:
        """The share of rows whose prediction is their label."""
        table, label = _labelled(X, y)
        decoder = self.stages[-1]
        evaluator = ClassificationEvaluator(
            label_col=label or decoder.getLabelCol(), prediction_col=decoder.getPredictionCol()
        )
        return evaluator.evaluate(self.transform(table))

    def _fitted(self) -> PipelineModel:
        if not hasattr(self, "model_"):
            raise InvalidInput("The pipeline is not fitted yet: call fit first.")
        return self.model_


def make_pipeline(*stages: Any) -> Pipeline:
    """A :class:`Pipeline` of these stages, as scikit-learn's ``make_pipeline``."""
    return Pipeline(*stages)


def _labelled(table: Any, y: Any) -> Tuple[Any, Any]:
    """The table with the labels in it, and the name of their column."""
    if y is None or isinstance(y, str):
        return table, y
    if isinstance(y, Column):
        # A column's text is its name; there is no other way that Spark Connect has, too.
        return table, str(y).removeprefix("Column<'").removesuffix("'>")
    if not is_pandas(table):
        raise InvalidInput("The labels of a DataFrame of Spark are one of its columns.")
    name = getattr(y, "name", None)
    name = name if isinstance(name, str) else "label"
    return table.assign(**{name: np.asarray(y)}), name
