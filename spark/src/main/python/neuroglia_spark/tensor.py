"""Tensors [event × sample_times × neuron]: reduced, and to and from numpy and xarray.

A tensor is a DataFrame with a row per event and a Matrix [sample_times × neuron]; responses have a
Vector [neuron] in its place. Importing the package gives DataFrames of Spark the methods
``to_numpy()`` and ``to_xarray()``.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

import numpy as np
from pyspark.ml.linalg import DenseMatrix, DenseVector, MatrixUDT, VectorUDT
from pyspark.sql import DataFrame
from pyspark.sql.types import LongType, StructField, StructType

from neuroglia_spark.errors import InvalidInput
from neuroglia_spark.frames import events_frame
from neuroglia_spark.sessions import active
from neuroglia_spark.stage import (
    RecordingColumns,
    ReductionParams,
    StageTransformer,
    param,
    to_bool,
    to_string,
)

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["ResponseReducer", "from_xarray", "to_numpy", "to_xarray"]

#: Bytes from which on a warning says what is brought to this machine.
BIG = 1 << 30

_PLACE = "__place"


class ResponseReducer(StageTransformer, RecordingColumns, ReductionParams):
    """Reduces a tensor along one of its dimensions: neuroglia's ``ResponseReducer(func, dim)``.

    Parameters
    ----------
    func : function of numpy, or its name
        ``np.sum``, ``np.mean``, … or the full name of a Java class that implements
        ``org.neuroglia.tensor.Reduction``. NaN is propagated, but by ``np.nansum`` and its like.
    dim : {"sample_times", "neuron", "event"}
        The dimension to reduce.
    several_sessions : bool
        Whether rows of sessions with different neurons are reduced too, each to a vector of its own
        neurons, which no classifier can take.
    input_col : str
        Column of the tensor.
    output_col : str
        Column of the result; default ``"features"``, or ``"tensor"`` where events are reduced.
    session_col, neuron_col, time_col, times_col, event_col : str
        Names of the columns.

    Notes
    -----
    Over sample_times: adds a Vector [neuron] to each row. Over neuron: a Vector [sample_times]. Over
    event: a row per session with a Matrix [sample_times × neuron].

    Examples
    --------
    >>> responses = ResponseReducer(func=np.sum).transform(tensor)
    """

    _java_class = "org.neuroglia.spark.tensor.ResponseReducer"

    dim = param(
        "dim", "dimension to reduce: [event, sample_times, neuron]", to_string, "sample_times"
    )
    inputCol = param("inputCol", "column of the tensor", to_string, "tensor")
    outputCol = param("outputCol", "column of the result", to_string)
    severalSessions = param(
        "severalSessions", "whether to take sessions with different neurons", to_bool, False
    )

    def __init__(
        self,
        func: Any = "mean",
        dim: str = "sample_times",
        *,
        several_sessions: bool = False,
        input_col: str = "tensor",
        output_col: Optional[str] = None,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
    ) -> None:
        super().__init__()
        self._new(locals())


def to_numpy(
    tensor: DataFrame,
    column: Optional[str] = None,
    *,
    event_col: str = "event",
    session_col: str = "session",
) -> np.ndarray:
    """A tensor, or responses, as an array.

    Parameters
    ----------
    tensor : DataFrame
        Rows with a Matrix or a Vector, of one session or of sessions with the same neurons.
    column : str, optional
        The column to take; default ``tensor``, else ``features``, else the only one of its kind.
    event_col, session_col : str
        The columns that order the rows: the event's number within its recording.

    Returns
    -------
    numpy.ndarray of float
        Shape (event, sample_times, neuron) of a Matrix, (event, neuron) of a Vector. Rows are in
        the order of the recording and the event.

    Raises
    ------
    InvalidInput
        If a recording has several rows and there is no ``event_col`` to order them.

    Warns
    -----
    ResourceWarning
        If the array takes more than a gibibyte, before it is collected.
    """
    return _collected(tensor, column, event_col, session_col, coordinates=False)[0]


def to_xarray(
    tensor: DataFrame,
    column: Optional[str] = None,
    *,
    event_col: str = "event",
    session_col: str = "session",
) -> xr.DataArray:
    """A tensor, or responses, as a DataArray with its coordinates.

    Parameters
    ----------
    tensor : DataFrame
        Rows with a Matrix or a Vector, of one session or of sessions with the same neurons.
    column : str, optional
        The column to take; default ``tensor``, else ``features``, else the only one of its kind.
    event_col, session_col : str
        The columns that order the rows: the event's number within its recording.

    Returns
    -------
    xarray.DataArray
        Dimensions (event, sample_times, neuron), or (event, neuron) of a Vector. Coordinates are
        the numbers of the events, sample times in seconds, and neurons (integers if all are); the
        other columns of the events lie along event, as in neuroglia.

    Raises
    ------
    InvalidInput
        If a recording has several rows and there is no ``event_col`` to order them.

    Warns
    -----
    ResourceWarning
        If the array takes more than a gibibyte, before it is collected.

    See Also
    --------
    from_xarray : the way back.
    """
    import xarray as xr

    values, name, dims, axes, events = _collected(
        tensor, column, event_col, session_col, coordinates=True
    )
    coords: Dict[str, Any] = {dim: labels for dim, labels in axes.items() if len(labels)}
    for other, labels in events.items():
        coords[other] = ("event", labels)
    if event_col in events:
        coords.setdefault("event", ("event", events[event_col]))
    return xr.DataArray(values, dims=dims, coords=coords, name=name)


def from_xarray(array: xr.DataArray, column: Optional[str] = None) -> DataFrame:
    """A DataArray as a DataFrame with a row per event.

    Parameters
    ----------
    array : xarray.DataArray
        Dimensions event, sample_times, neuron in any order, or event and neuron, or event and
        sample_times.
    column : str, optional
        Name of the column; default the array's name, else ``tensor``, or ``features`` of a Vector.

    Returns
    -------
    pyspark.sql.DataFrame
        The coordinates along event as columns, and a Matrix [sample_times × neuron] or a Vector,
        which knows its sample times and neurons.
    """
    axes = [dim for dim in ("sample_times", "neuron") if dim in array.dims]
    if "event" not in array.dims or not axes or set(array.dims) != {"event", *axes}:
        raise InvalidInput(
            "A tensor has the dimensions event, sample_times, neuron, or event and one of them, not "
            f"{', '.join(map(str, array.dims))}."
        )
    array = array.transpose("event", *axes)
    matrix = len(axes) == 2
    name = str(column or array.name or ("tensor" if matrix else "features"))
    plain: Dict[str, np.ndarray] = {"event": np.arange(array.sizes["event"])}
    for coord, values in array.coords.items():
        if values.dims == ("event",):
            plain[str(coord)] = values.to_numpy()
    import pandas as pd

    # Events may be called by the same name; their places are their own.
    events = events_frame(pd.DataFrame({**plain, _PLACE: np.arange(array.sizes["event"])}))
    rows = np.asarray(array.to_numpy(), float)
    cells: List[Any]
    if matrix:
        cells = [DenseMatrix(r.shape[0], r.shape[1], r.ravel(order="F")) for r in rows]
    else:
        cells = [DenseVector(r) for r in rows]
    udt = MatrixUDT() if matrix else VectorUDT()
    own = StructType([StructField(_PLACE, LongType(), False), StructField(name, udt, False)])
    tensor = active().createDataFrame(list(enumerate(cells)), own)
    about: Dict[str, Any] = {}
    if "neuron" in array.coords:
        about["neurons"] = [str(n) for n in array.coords["neuron"].to_numpy()]
    if "sample_times" in array.coords:
        about["sample_times"] = [float(t) for t in array.coords["sample_times"].to_numpy()]
    joined = events.join(tensor, _PLACE).drop(_PLACE)
    return joined.withMetadata(name, {"neuroglia": about} if about else {})


def _collected(
    tensor: DataFrame, column: Optional[str], event_col: str, session_col: str, coordinates: bool
) -> Tuple[np.ndarray, str, List[str], Dict[str, np.ndarray], Dict[str, np.ndarray]]:
    field = _field(tensor.schema, column)
    about = (field.metadata or {}).get("neuroglia", {})
    if about.get("differ"):
        raise InvalidInput(
            f"Rows of column {field.name} have different neurons, {about['differ']}: take one "
            "session."
        )
    neurons, times = about.get("neurons", []), about.get("sample_times", [])
    matrix = isinstance(field.dataType, MatrixUDT)
    dims = ["event", "sample_times", "neuron"]
    if not matrix:
        dims = ["event", "sample_times"] if times and not neurons else ["event", "neuron"]
    order = [name for name in (session_col, event_col) if name in tensor.columns]
    others = [f.name for f in tensor.schema if not _is_array(f)] if coordinates else []
    needed = list(dict.fromkeys([*order, *others, field.name]))
    rows = tensor.select(*[f"`{name}`" for name in needed])
    rows = rows.orderBy(*[f"`{name}`" for name in order]) if order else rows
    table = _arrow(rows, field.name, len(neurons) or 1, len(times) or 1)
    cells = table.column(field.name).combine_chunks()
    shape = (
        (len(times), len(neurons))
        if matrix
        else (len(times if times and not neurons else neurons),)
    )
    values = (_matrices if matrix else _vectors)(cells, field.name, shape)
    if event_col not in order:
        # A row per recording, as of events that were reduced, needs no number.
        recordings = table.column(order[0]).to_pylist() if order else [None] * table.num_rows
        if len(set(recordings)) < len(recordings):
            raise InvalidInput(
                f"Rows of column {field.name} are in no order, for there is no column {event_col}: "
                "name the column of the event's number, event_col."
            )
    axes = {"sample_times": np.asarray(times, float), "neuron": _labels(neurons)}
    axes = {dim: labels for dim, labels in axes.items() if dim in dims}
    events = {}
    for name in others:
        events[name] = table.column(name).to_pandas().to_numpy()
    return values, field.name, dims, axes, events


def _is_array(field: StructField) -> bool:
    return isinstance(field.dataType, (MatrixUDT, VectorUDT))


def _field(schema: StructType, column: Optional[str]) -> StructField:
    arrays = {field.name: field for field in schema if _is_array(field)}
    if column is not None:
        if column not in arrays:
            raise InvalidInput(
                f"There is no column {column} of Matrices or Vectors; there are {list(arrays)}."
            )
        return arrays[column]
    for name in ("tensor", "features"):
        if name in arrays:
            return arrays[name]
    if len(arrays) != 1:
        raise InvalidInput(
            f"Name the column: those of Matrices and Vectors are {list(arrays) or 'none'}."
        )
    return next(iter(arrays.values()))


def _arrow(rows: DataFrame, name: str, neurons: int, times: int) -> Any:
    """The rows as Arrow, with a warning before many come.

    Few rows, all there mostly are, come by the one query that finds that there are no more.
    """
    size = neurons * times * 8
    if size == 8:  # a tensor that does not know its axes
        return rows.toArrow()
    few = BIG // 8 // max(size, 1024)
    table = rows.limit(few + 1).toArrow()
    if table.num_rows <= few:
        return table
    del table
    events = rows.count()
    if events * size >= BIG:
        warnings.warn(
            f"Column {name} comes to this machine as an array of {events * size / 2**30:,.1f} GiB: "
            f"{events:,} events × {times:,} sample times × {neurons:,} neurons.",
            ResourceWarning,
            stacklevel=4,
        )
    return rows.toArrow()


def _labels(neurons: List[str]) -> np.ndarray:
    """Neurons as the recording has them: their labels are kept as text."""
    if neurons and all(re.fullmatch(r"0|-?[1-9]\d{0,18}", label) for label in neurons):
        numbers = [int(label) for label in neurons]
        if -(1 << 63) <= min(numbers) and max(numbers) < 1 << 63:
            return np.asarray(numbers, np.int64)
    return np.asarray(neurons)


def _lists(cells: Any, field: str) -> Tuple[np.ndarray, np.ndarray]:
    """The values of a field of lists, and where each row's begin."""
    lists = cells.field(field)
    return lists.values.to_numpy(zero_copy_only=False), lists.offsets.to_numpy()


def _numbers(cells: Any, field: str) -> np.ndarray:
    return cells.field(field).fill_null(0).to_numpy(zero_copy_only=False)


def _refuse_nulls(cells: Any, name: str) -> None:
    if cells.null_count:
        raise InvalidInput(f"{cells.null_count} rows have no value in column {name}: it is null.")


def _matrices(cells: Any, name: str, shape: Tuple[int, ...]) -> np.ndarray:
    """Rows of MatrixUDT: type, numRows, numCols, colPtrs, rowIndices, values, isTransposed."""
    _refuse_nulls(cells, name)
    if len(cells) == 0:
        return np.zeros((0, *shape))
    dense = cells.field("type").to_numpy(zero_copy_only=False) == 1
    height, width = _numbers(cells, "numRows"), _numbers(cells, "numCols")
    _refuse_ragged(name, height, width)
    transposed = cells.field("isTransposed").to_numpy(zero_copy_only=False)
    values, at = _lists(cells, "values")
    m, n = int(height[0]), int(width[0])
    result = np.zeros((len(cells), m, n))
    if dense.all() and not transposed.any() and (np.diff(at) == m * n).all():
        result[:] = values[at[0] : at[-1]].reshape(len(cells), n, m).transpose(0, 2, 1)
        return result
    pointers, pointers_at = _lists(cells, "colPtrs")
    indices, indices_at = _lists(cells, "rowIndices")
    for i in range(len(cells)):
        own = values[at[i] : at[i + 1]]
        if dense[i]:
            result[i] = own.reshape(m, n) if transposed[i] else own.reshape(n, m).T
            continue
        starts = pointers[pointers_at[i] : pointers_at[i + 1]]
        minor = indices[indices_at[i] : indices_at[i + 1]]
        major = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        if transposed[i]:
            result[i, major, minor] = own
        else:
            result[i, minor, major] = own
    return result


def _vectors(cells: Any, name: str, shape: Tuple[int, ...]) -> np.ndarray:
    """Rows of VectorUDT: type, size, indices, values."""
    _refuse_nulls(cells, name)
    if len(cells) == 0:
        return np.zeros((0, *shape))
    dense = cells.field("type").to_numpy(zero_copy_only=False) == 1
    values, at = _lists(cells, "values")
    sizes = np.where(dense, np.diff(at), _numbers(cells, "size"))
    _refuse_ragged(name, sizes)
    n = int(sizes[0])
    if dense.all():
        return np.array(values[at[0] : at[-1]].reshape(len(cells), n))
    indices, indices_at = _lists(cells, "indices")
    result = np.zeros((len(cells), n))
    for i in range(len(cells)):
        where: Any = slice(None) if dense[i] else indices[indices_at[i] : indices_at[i + 1]]
        result[i, where] = values[at[i] : at[i + 1]]
    return result


def _refuse_ragged(name: str, *sizes: np.ndarray) -> None:
    for size in sizes:
        if (size != size[0]).any():
            raise InvalidInput(
                f"Rows of column {name} have different widths, {size.min()} to {size.max()}: take "
                "one session."
            )


for _method in (to_numpy, to_xarray):
    _there = getattr(DataFrame, _method.__name__, None)
    if _there is None or hasattr(_there, "_neuroglia"):
        setattr(DataFrame, _method.__name__, _method)
