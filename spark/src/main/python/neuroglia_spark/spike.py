"""Spikes: long and packed tables, and traces of counts and densities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional

from numpy.typing import ArrayLike

from neuroglia_spark.frames import trains_frame
from neuroglia_spark.stage import (
    RecordingColumns,
    StageTransformer,
    TraceColumns,
    param,
    to_float,
    to_floats,
    to_string,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Binner", "Smoother", "SpikePacker", "SpikeTablizer"]


class SpikeTablizer(StageTransformer, RecordingColumns):
    """Packed trains to a table with a row per spike: neuroglia's ``SpikeTablizer``.

    Parameters
    ----------
    session_col, neuron_col, time_col, times_col, event_col : str
        Names of the columns; ``event_col`` is not used.

    Notes
    -----
    Takes rows (session, neuron, times [spike], seconds) and gives rows (session, neuron, time).
    The session may be absent. Other columns are dropped. A dict of the spike times of each neuron
    is taken, too, as neuroglia takes it.

    See Also
    --------
    SpikePacker : the way back.
    """

    _java_class = "org.neuroglia.spark.spike.SpikeTablizer"

    def _input(self, table: Any) -> DataFrame:
        if isinstance(table, Mapping):
            return trains_frame(table, self.getNeuronCol(), self.getTimesCol())
        return super()._input(table)

    def __init__(
        self,
        *,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
    ) -> None:
        super().__init__()
        self._new(locals())


class SpikePacker(StageTransformer, RecordingColumns):
    """A table with a row per spike to packed trains, a row per neuron.

    Packed is what NWB stores and what is fast; a row per spike is what people write by hand. Every
    stage that takes spikes takes either.

    Parameters
    ----------
    session_col, neuron_col, time_col, times_col, event_col : str
        Names of the columns; ``event_col`` is not used.

    Notes
    -----
    Takes rows (session, neuron, time in seconds) and gives rows (session, neuron, times [spike]),
    ascending. The session may be absent.

    See Also
    --------
    SpikeTablizer : the way back.
    """

    _java_class = "org.neuroglia.spark.spike.SpikePacker"

    def __init__(
        self,
        *,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
    ) -> None:
        super().__init__()
        self._new(locals())


class _SessionSamples(TraceColumns):
    sampleTimes = param("sampleTimes", "in seconds, in the session's time", to_floats)


class Binner(StageTransformer, _SessionSamples):
    """Counts spikes in bins: neuroglia's ``Binner(sample_times)``.

    Parameters
    ----------
    sample_times : array of float, shape (n,)
        Edges of the bins, in seconds of the session, ascending. Required.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns; ``event_col`` is not used.

    Notes
    -----
    Takes spikes, packed or a row each, and gives traces: rows (session, neuron, times [n − 1],
    values [n − 1]) with the counts at the left edges. Bins are [a, b), the last one [a, b]. Every
    neuron that the spikes name has a trace.

    Examples
    --------
    >>> counts = Binner(np.arange(0, 60, 0.1)).transform(spikes)
    """

    _java_class = "org.neuroglia.spark.spike.Binner"

    def __init__(
        self,
        sample_times: Optional[ArrayLike] = None,
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


class Smoother(StageTransformer, _SessionSamples):
    """Smooths spikes into densities: neuroglia's ``Smoother(sample_times, kernel, tau)``.

    Parameters
    ----------
    sample_times : array of float, shape (n,)
        When to sample, in seconds of the session, in any order. Required.
    kernel : {"gaussian", "exponential", "boxcar"}
        The last two are causal.
    tau : float
        Width of the kernel, in seconds.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns; ``event_col`` is not used.

    Notes
    -----
    Takes spikes, packed or a row each, and gives traces: rows (session, neuron, times [n],
    values [n]), each value the sum of the densities of all spikes, in 1/s.
    """

    _java_class = "org.neuroglia.spark.spike.Smoother"

    kernel = param("kernel", "gaussian, exponential or boxcar", to_string, "gaussian")
    tau = param("tau", "width of the kernel, in seconds", to_float, 0.005)

    def __init__(
        self,
        sample_times: Optional[ArrayLike] = None,
        kernel: str = "gaussian",
        tau: float = 0.005,
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
