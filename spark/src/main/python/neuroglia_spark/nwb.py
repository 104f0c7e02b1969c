"""NWB files as DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence, Union

from neuroglia_spark.errors import InvalidInput
from neuroglia_spark.sessions import active

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["read_nwb"]


def read_nwb(
    path: Union[str, Sequence[str]],
    table: Optional[str] = None,
    *,
    traces: Optional[str] = None,
    columns: Optional[Union[str, Sequence[str]]] = None,
    session: Optional[str] = None,
    neuron_type: Optional[str] = None,
    start: Optional[float] = None,
    stop: Optional[float] = None,
    samples_per_chunk: Optional[int] = None,
) -> DataFrame:
    """Reads NWB 1 and 2 files, as ``spark.read.format("nwb")`` does.

    Parameters
    ----------
    path : str or list of str
        Files, folders, or patterns such as ``"archive/*.nwb"``, on any file system that Spark
        reaches.
    table : str, default "units"
        ``"units"`` (trains: session, neuron, times, and every column of the units), ``"sessions"``
        (a row per file), ``"trials"``, ``"epochs"`` or another table of intervals or stimuli
        (session, event, time, duration, and the file's columns), or a path in the file.
    traces : str
        In place of ``table`` a time series, by its path, the end of it, or what holds it alone:
        ``"DfOverF"``. Gives session, neuron, times, values.
    columns : list of str
        Names for the columns of a table without names, as NWB 1 has them.
    session : {"session_id", "identifier", "path"}
        What names a session; default: the first of these that the file has.
    neuron_type : {"string"}
        Reads every neuron as text; default: the file's type.
    start, stop : float
        Of traces, only the samples in [start, stop), in seconds.
    samples_per_chunk : int
        Cuts traces into rows of so many samples.

    Returns
    -------
    pyspark.sql.DataFrame
        Lazy: only headers are read until a query asks for rows, then only what it needs.

    Examples
    --------
    >>> spikes = read_nwb("session.nwb")
    >>> events = read_nwb("session.nwb", "trials")
    """
    if table is not None and traces is not None:
        raise InvalidInput("Give a table or traces, not both.")
    options = {
        "table": None if traces is not None else table or "units",
        "traces": traces,
        "columns": columns if columns is None or isinstance(columns, str) else ",".join(columns),
        "session": session,
        "neuronType": neuron_type,
        "start": start,
        "stop": stop,
        "samplesPerChunk": samples_per_chunk,
    }
    reader = active().read.format("nwb")
    for name, value in options.items():
        if value is not None:
            reader = reader.option(name, value)
    return reader.load(path if isinstance(path, str) else list(path))
