"""In epochs, events with a duration: a vector [neuron] per epoch."""

from __future__ import annotations

from typing import Any, Optional

from neuroglia_spark.frames import Table
from neuroglia_spark.stage import (
    AxisModel,
    EpochColumns,
    ReductionParams,
    SpikesParams,
    StageEstimator,
    TracesParams,
    param,
    to_bool,
    to_string,
)

__all__ = [
    "EpochSpikeCounter",
    "EpochSpikeCounterModel",
    "EpochTraceReducer",
    "EpochTraceReducerModel",
]


class _EpochTraceReducerParams(TracesParams, EpochColumns, ReductionParams):
    outputCol = param("outputCol", "column of the result", to_string, "features")


class EpochTraceReducerModel(_EpochTraceReducerParams, AxisModel):
    """A fitted :class:`EpochTraceReducer`. A saved model keeps the neurons, not the traces."""

    _java_class = "org.neuroglia.spark.epoch.EpochTraceReducerModel"


class EpochTraceReducer(_EpochTraceReducerParams, StageEstimator):
    """Reduces the samples of traces in each epoch: neuroglia's ``EpochTraceReducer``.

    Parameters
    ----------
    traces : DataFrame of Spark or of pandas
        A row per neuron (``neuron``, ``times`` [sample], ``values`` [sample]), or chunks of it;
        ``session`` may be absent. Of pandas also with time as the index and a column per neuron.
    func : function of numpy, or its name
        What makes one value of the samples of an epoch. NaN is skipped by all but the median.
    duration_col : str
        Column of an epoch's duration, in seconds.
    traces_table, traces_path, traces_series : str
        In place of ``traces``: a table of the catalog, or a path of Parquet or (``….nwb``) of NWB,
        of which the series is named.
    output_col : str
        Column of the vectors.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Adds to each epoch a Vector [neuron] of the samples at times t with
    ``time <= t < time + duration``.
    """

    _java_class = "org.neuroglia.spark.epoch.EpochTraceReducer"
    _model_class = EpochTraceReducerModel

    def __init__(
        self,
        traces: Optional[Table] = None,
        func: Any = "mean",
        *,
        duration_col: str = "duration",
        traces_table: Optional[str] = None,
        traces_path: Optional[str] = None,
        traces_series: Optional[str] = None,
        output_col: str = "features",
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())


class _EpochSpikeCounterParams(SpikesParams, EpochColumns):
    rate = param("rate", "spikes per second in place of their number", to_bool, False)
    outputCol = param("outputCol", "column of the result", to_string, "features")


class EpochSpikeCounterModel(_EpochSpikeCounterParams, AxisModel):
    """A fitted :class:`EpochSpikeCounter`. A saved model keeps the neurons, not the spikes."""

    _java_class = "org.neuroglia.spark.epoch.EpochSpikeCounterModel"


class EpochSpikeCounter(_EpochSpikeCounterParams, StageEstimator):
    """Counts the spikes in each epoch, or gives their rate.

    Parameters
    ----------
    spikes : DataFrame of Spark or of pandas
        A row per spike (``neuron``, ``time`` in seconds) or per neuron (``neuron``, ``times``);
        ``session`` may be absent.
    rate : bool
        Whether to give spikes per second in place of their number.
    duration_col : str
        Column of an epoch's duration, in seconds.
    spikes_table, spikes_path : str
        In place of ``spikes``: a table of the catalog, or a path of Parquet or (``….nwb``) of NWB.
    output_col : str
        Column of the vectors.
    session_col, neuron_col, time_col, times_col, event_col : str
        Names of the columns.

    Notes
    -----
    Adds to each epoch a Vector [neuron] of the spikes at times t with
    ``time <= t < time + duration``. An epoch without a length has 0 spikes and a rate of NaN.
    """

    _java_class = "org.neuroglia.spark.epoch.EpochSpikeCounter"
    _model_class = EpochSpikeCounterModel

    def __init__(
        self,
        spikes: Optional[Table] = None,
        rate: bool = False,
        *,
        duration_col: str = "duration",
        spikes_table: Optional[str] = None,
        spikes_path: Optional[str] = None,
        output_col: str = "features",
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
    ) -> None:
        super().__init__()
        self._new(locals())
