"""Around events: spikes and traces become tensors [event × sample_times × neuron]."""

from __future__ import annotations

from typing import Any, Optional, Union

from numpy.typing import ArrayLike

from neuroglia_spark.frames import Table
from neuroglia_spark.stage import (
    AxisModel,
    ReductionParams,
    SpikesParams,
    StageEstimator,
    TracesParams,
    param,
    to_bool,
    to_float,
    to_floats,
    to_name,
    to_string,
)

__all__ = [
    "PeriEventSpikeSampler",
    "PeriEventSpikeSamplerModel",
    "PeriEventTraceReducer",
    "PeriEventTraceReducerModel",
    "PeriEventTraceSampler",
    "PeriEventTraceSamplerModel",
]


class _PeriEventSpikeSamplerParams(SpikesParams):
    sampleTimes = param(
        "sampleTimes",
        "edges of bins, or times of samples, in seconds relative to the event",
        to_floats,
    )
    sampler = param("sampler", "how spikes become samples: [Binner, Smoother]", to_name, "Binner")
    kernel = param(
        "kernel", "the Smoother's kernel: gaussian, exponential, boxcar", to_string, "gaussian"
    )
    tau = param("tau", "width of the Smoother's kernel, in seconds", to_float, 0.005)
    fillna = param(
        "fillna",
        "zeros (true) or NaN (false) where a neuron has no spike in the window",
        to_bool,
        True,
    )
    plan = param(
        "plan", "how events and spikes meet: [auto, broadcast, shuffle]", to_string, "auto"
    )
    outputCol = param("outputCol", "column of the tensor", to_string, "tensor")


class PeriEventSpikeSamplerModel(_PeriEventSpikeSamplerParams, AxisModel):
    """A fitted :class:`PeriEventSpikeSampler`: the neurons are fixed.

    A saved model keeps the neurons, not the spikes. After loading, give them with ``setSpikes``, or
    name them by the params ``spikesTable`` or ``spikesPath``.
    """

    _java_class = "org.neuroglia.spark.event.PeriEventSpikeSamplerModel"


class PeriEventSpikeSampler(_PeriEventSpikeSamplerParams, StageEstimator):
    """Samples spikes around events: neuroglia's ``PeriEventSpikeSampler``.

    Parameters
    ----------
    spikes : DataFrame of Spark or of pandas
        A row per spike (``neuron``, ``time`` in seconds) or per neuron (``neuron``, ``times``);
        ``session`` may be absent. Not saved with the stage. On Spark Connect they become a
        temporary view of the session.
    sample_times : array of float, shape (n,)
        Seconds relative to the event: the edges of the Binner's bins, ascending, or when the
        Smoother samples, in any order. Required.
    sampler : {"Binner", "Smoother"} or the class of that name
        The Binner counts spikes in n − 1 bins, the Smoother adds their densities (1/s) at n times.
    kernel : {"gaussian", "exponential", "boxcar"}
        The Smoother's kernel.
    tau : float
        Width of the Smoother's kernel, in seconds.
    fillna : bool
        Whether a neuron without a spike in an event's window has zeros, or NaN.
    plan : {"auto", "broadcast", "shuffle"}
        How events and spikes meet: events are sent to the spikes, or both are shuffled by time.
        The result is the same.
    spikes_table, spikes_path : str
        In place of ``spikes``: a table of the catalog, or a path of Parquet or (``….nwb``) of NWB.
    output_col : str
        Column of the tensor.
    session_col, neuron_col, time_col, times_col, event_col : str
        Names of the columns.

    Notes
    -----
    ``fit(events)`` lists the neurons of all spikes, silent ones included, sorted: they are the axis
    from then on. ``transform(events)`` is lazy and adds to each event a Matrix [sample_times ×
    neuron]; every column of the events is kept. Events are rows with a ``time`` in seconds, of
    Spark or of pandas; without a column ``event`` they are numbered. Bins are [a, b), the last one
    [a, b]; edges are the doubles ``sample_times[j] + time``, compared exactly.

    See Also
    --------
    neuroglia_spark.tensor.ResponseReducer : a vector per event.
    neuroglia_spark.tensor.to_xarray : the tensor as a DataArray with its coordinates.

    Examples
    --------
    >>> sampler = PeriEventSpikeSampler(spikes=spikes, sample_times=np.arange(0.1, 0.35, 0.01))
    >>> tensor = sampler.fit_transform(events)
    """

    _java_class = "org.neuroglia.spark.event.PeriEventSpikeSampler"
    _model_class = PeriEventSpikeSamplerModel

    def __init__(
        self,
        spikes: Optional[Table] = None,
        sample_times: Optional[ArrayLike] = None,
        sampler: Union[str, type] = "Binner",
        fillna: bool = True,
        *,
        kernel: str = "gaussian",
        tau: float = 0.005,
        plan: str = "auto",
        spikes_table: Optional[str] = None,
        spikes_path: Optional[str] = None,
        output_col: str = "tensor",
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
    ) -> None:
        super().__init__()
        self._new(locals())


class _PeriEventTraceSamplerParams(TracesParams):
    sampleTimes = param(
        "sampleTimes", "when to sample, in seconds relative to the event", to_floats
    )
    outputCol = param("outputCol", "column of the result", to_string, "tensor")


class PeriEventTraceSamplerModel(_PeriEventTraceSamplerParams, AxisModel):
    """A fitted :class:`PeriEventTraceSampler`. A saved model keeps the neurons, not the traces."""

    _java_class = "org.neuroglia.spark.event.PeriEventTraceSamplerModel"


class PeriEventTraceSampler(_PeriEventTraceSamplerParams, StageEstimator):
    """Samples traces around events by a cubic spline: neuroglia's ``PeriEventTraceSampler``.

    Parameters
    ----------
    traces : DataFrame of Spark or of pandas
        A row per neuron (``neuron``, ``times`` [sample], ``values`` [sample]), or chunks of it;
        ``session`` may be absent. Of pandas also with time as the index and a column per neuron.
        A trace has at least 4 samples at increasing times.
    sample_times : array of float, shape (n,)
        When to sample, in seconds relative to the event, in any order. Required.
    traces_table, traces_path, traces_series : str
        In place of ``traces``: a table of the catalog, or a path of Parquet or (``….nwb``) of NWB,
        of which the series is named.
    output_col : str
        Column of the tensor.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Adds to each event a Matrix [sample_times × neuron]. The spline goes through all samples of a
    trace (not-a-knot) and goes on outside the recording. Neurons are sorted.
    """

    _java_class = "org.neuroglia.spark.event.PeriEventTraceSampler"
    _model_class = PeriEventTraceSamplerModel

    def __init__(
        self,
        traces: Optional[Table] = None,
        sample_times: Optional[ArrayLike] = None,
        *,
        traces_table: Optional[str] = None,
        traces_path: Optional[str] = None,
        traces_series: Optional[str] = None,
        output_col: str = "tensor",
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())


class _PeriEventTraceReducerParams(TracesParams, ReductionParams):
    sampleTimes = param(
        "sampleTimes", "edges of the bins relative to the event, in seconds, ascending", to_floats
    )
    outputCol = param("outputCol", "column of the result", to_string, "tensor")


class PeriEventTraceReducerModel(_PeriEventTraceReducerParams, AxisModel):
    """A fitted :class:`PeriEventTraceReducer`. A saved model keeps the neurons, not the traces."""

    _java_class = "org.neuroglia.spark.event.PeriEventTraceReducerModel"


class PeriEventTraceReducer(_PeriEventTraceReducerParams, StageEstimator):
    """Reduces the samples of traces in bins around events: neuroglia's ``PeriEventTraceReducer``.

    Parameters
    ----------
    traces : DataFrame of Spark or of pandas
        A row per neuron (``neuron``, ``times`` [sample], ``values`` [sample]), or chunks of it;
        ``session`` may be absent. Of pandas also with time as the index and a column per neuron.
    sample_times : array of float, shape (n,)
        Edges of the bins relative to the event, in seconds, ascending. Required.
    func : function of numpy, or its name
        What makes one value of the samples of a bin. NaN is skipped by all but the median.
    traces_table, traces_path, traces_series : str
        In place of ``traces``: a table of the catalog, or a path of Parquet or (``….nwb``) of NWB,
        of which the series is named.
    output_col : str
        Column of the tensor.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Adds to each event a Matrix [bins × neuron], n − 1 bins. Bins are [a, b), the last one too,
    which the sampler of spikes closes. Of no samples the sum is 0 and the rest NaN.
    """

    _java_class = "org.neuroglia.spark.event.PeriEventTraceReducer"
    _model_class = PeriEventTraceReducerModel

    def __init__(
        self,
        traces: Optional[Table] = None,
        sample_times: Optional[ArrayLike] = None,
        func: Any = "mean",
        *,
        traces_table: Optional[str] = None,
        traces_path: Optional[str] = None,
        traces_series: Optional[str] = None,
        output_col: str = "tensor",
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())
