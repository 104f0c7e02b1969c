"""Traces: values over time, of each neuron or of a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from neuroglia_spark.frames import Table, traces_frame
from neuroglia_spark.stage import (
    StageTransformer,
    TraceColumns,
    param,
    to_bool,
    to_float,
    to_string,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Binarizer", "EdgeDetector", "WhenTrueFinder"]


class TraceStage(StageTransformer, TraceColumns):
    """A stage that takes traces.

    They are a DataFrame of Spark with a row per neuron (``neuron``, ``times`` [sample], ``values``
    [sample]) or chunks of it; or one of pandas, the same or with time as the index and a column per
    neuron.
    """

    def _input(self, table: Table) -> DataFrame:
        return traces_frame(table, self.getTimesCol(), self.getValuesCol(), self.getNeuronCol())


class TraceTransformer(TraceStage):
    """A stage that gives a trace another value at each of its times."""

    outputCol = param(
        "outputCol", "column of the new values; unset, they replace the old", to_string
    )


class Binarizer(TraceTransformer):
    """Makes 1 of the values above a threshold and 0 of the others: neuroglia's ``Binarizer``.

    Parameters
    ----------
    threshold : float
        What a value must exceed to be 1.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces. NaN and infinities are refused. ``pyspark.ml.feature`` has a stage of this
    name that takes vectors.
    """

    _java_class = "org.neuroglia.spark.trace.Binarizer"

    threshold = param("threshold", "what a value must exceed to be 1", to_float, 0.0)

    def __init__(
        self,
        threshold: float = 0.0,
        *,
        output_col: Optional[str] = None,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())


class EdgeDetector(TraceTransformer):
    """Marks the samples at which a trace rises, or falls: neuroglia's ``EdgeDetector``.

    Parameters
    ----------
    falling : bool
        Whether falling edges are found in place of rising ones.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces of 0 and 1.
    """

    _java_class = "org.neuroglia.spark.trace.EdgeDetector"

    falling = param(
        "falling", "whether falling edges are found in place of rising ones", to_bool, False
    )

    def __init__(
        self,
        falling: bool = False,
        *,
        output_col: Optional[str] = None,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())


class WhenTrueFinder(TraceStage):
    """Finds when traces are above 0: neuroglia's ``WhenTrueFinder``.

    Parameters
    ----------
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to spikes: rows (session, neuron, time in seconds), one per sample that is above 0.
    """

    _java_class = "org.neuroglia.spark.trace.WhenTrueFinder"

    def __init__(
        self,
        *,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())
