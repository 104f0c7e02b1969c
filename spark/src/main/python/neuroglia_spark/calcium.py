"""Calcium imaging: from fluorescence to events."""

from __future__ import annotations

from typing import Optional

from neuroglia_spark.stage import param, to_bool, to_float, to_int, to_string
from neuroglia_spark.trace import TraceTransformer

__all__ = [
    "CalciumDeconvolver",
    "EventRescaler",
    "MedianFilterDetrender",
    "Normalize",
    "SavGolFilterDetrender",
]


class MedianFilterDetrender(TraceTransformer):
    """Takes away the running median of a trace: neuroglia's ``MedianFilterDetrender``.

    Parameters
    ----------
    window : int
        Length of the median filter, in samples, odd.
    peak_std_threshold : float
        How many standard deviations of the filtered trace, estimated by its median absolute
        deviation, are removed at most.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces. The filter pads with zeros. Needs whole traces, and joins chunks.
    """

    _java_class = "org.neuroglia.spark.calcium.MedianFilterDetrender"

    window = param("window", "length of the median filter in samples, odd", to_int, 101)
    peakStdThreshold = param(
        "peakStdThreshold",
        "how many standard deviations of the filtered trace, estimated by its median absolute "
        "deviation, are removed at most",
        to_float,
        4.0,
    )

    def __init__(
        self,
        window: int = 101,
        peak_std_threshold: float = 4.0,
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


class SavGolFilterDetrender(TraceTransformer):
    """Takes away the Savitzky–Golay filter of a trace: neuroglia's ``SavGolFilterDetrender``.

    Parameters
    ----------
    window : int
        Length of the filter, in samples, odd.
    order : int
        Order of the polynomials.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces.
    """

    _java_class = "org.neuroglia.spark.calcium.SavGolFilterDetrender"

    window = param("window", "length of the filter in samples, odd", to_int, 201)
    order = param("order", "order of the polynomials", to_int, 3)

    def __init__(
        self,
        window: int = 201,
        order: int = 3,
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


class Normalize(TraceTransformer):
    """Makes ΔF/F of fluorescence: neuroglia's ``Normalize``.

    Parameters
    ----------
    window : float
        Length of the sliding window, in seconds.
    percentile : float
        Percentile of the window that is the baseline, 0 to 100.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces: (F − F0) / F0. Needs whole traces, and joins chunks.
    """

    _java_class = "org.neuroglia.spark.calcium.Normalize"

    window = param("window", "length of the sliding window in seconds", to_float, 3.0)
    percentile = param(
        "percentile", "percentile of the window that is the baseline, 0 to 100", to_float, 8.0
    )

    def __init__(
        self,
        window: float = 3.0,
        percentile: float = 8.0,
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


class CalciumDeconvolver(TraceTransformer):
    """Finds the events behind calcium traces, by OASIS: neuroglia's ``CalciumDeconvolver``.

    Parameters
    ----------
    penalty : {"l0", "l1"}
        What keeps events few: l0 counts them, l1 adds them up.
    model : {"exponential", "double_exponential"}
        Shape of a calcium transient, AR(1) or AR(2).
    threshold : float
        What an event must exceed to be a spike, in the unit of the trace; matters to ``predict``.
    predict : bool
        Whether spikes (1 above the threshold, else 0) are given in place of the sizes of events:
        neuroglia's method of that name.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces. Noise and time constants are estimated from each trace; nothing is random.
    Traces are finite, evenly sampled and have at least 5 samples. Needs whole traces, and joins
    chunks.

    References
    ----------
    Friedrich, Zhou and Paninski (2017), Fast online deconvolution of calcium imaging data. PLoS
    Computational Biology 13(3): e1005423.
    """

    _java_class = "org.neuroglia.spark.calcium.CalciumDeconvolver"

    penalty = param(
        "penalty", "what keeps events few: l0 counts them, l1 adds them up", to_string, "l0"
    )
    model = param(
        "model",
        "shape of a calcium transient: exponential (AR(1)) or double_exponential (AR(2))",
        to_string,
        "exponential",
    )
    threshold = param(
        "threshold",
        "what an event must exceed to be a spike, in the unit of the trace",
        to_float,
        0.001,
    )
    predict = param(
        "predict",
        "whether spikes (1 above the threshold, else 0) are given in place of the sizes of events",
        to_bool,
        False,
    )

    def __init__(
        self,
        penalty: str = "l0",
        model: str = "exponential",
        threshold: float = 0.001,
        *,
        predict: bool = False,
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


class EventRescaler(TraceTransformer):
    """Rescales events: log(1 + scale · x), neuroglia's ``EventRescaler``.

    Parameters
    ----------
    log_transform : bool
        Whether the logarithm is taken; if not, scale · x.
    scale : float
        Factor of the values.
    output_col : str
        Column of the new values; by default they replace the old.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    Traces to traces.
    """

    _java_class = "org.neuroglia.spark.calcium.EventRescaler"

    logTransform = param("logTransform", "whether the logarithm is taken", to_bool, True)
    scale = param("scale", "factor of the values", to_float, 5.0)

    def __init__(
        self,
        log_transform: bool = True,
        scale: float = 5.0,
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
