"""Tables of pandas as DataFrames of Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Union

import numpy as np

from neuroglia_spark.errors import InvalidInput
from neuroglia_spark.sessions import active

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

    #: What stages take: a DataFrame of Spark or of pandas.
    Table = Union[DataFrame, pd.DataFrame]
else:
    Table = Any


def is_pandas(table: Any) -> bool:
    """Whether this is a DataFrame of pandas; does not import pandas."""
    return type(table).__module__.split(".")[0] == "pandas" and hasattr(table, "columns")


def spikes_frame(table: Any) -> DataFrame:
    """Spikes: columns ``neuron``, ``time`` (seconds), or packed trains; ``session`` or not."""
    return _frame(table) if is_pandas(table) else _checked(table)


def events_frame(table: Any, event_col: str = "event") -> DataFrame:
    """Events: column ``time`` (seconds) and any others.

    The index of a DataFrame of pandas becomes the column ``event`` if it consists of different
    integers, as it becomes neuroglia's coordinate; else events are numbered as they come.
    """
    if not is_pandas(table):
        return _checked(table)
    if event_col not in table.columns:
        import pandas as pd

        index = table.index
        numbers = index.is_unique and pd.api.types.is_integer_dtype(index.dtype)
        table = table.reset_index(drop=True)
        unsigned = pd.api.types.is_unsigned_integer_dtype(index.dtype)
        kind = np.uint64 if unsigned else np.int64
        table.insert(0, event_col, np.asarray(index, kind) if numbers else np.arange(len(table)))
    return _frame(table)


def trains_frame(trains: Any, neuron_col: str, times_col: str) -> DataFrame:
    """Packed trains of a dict of the spike times of each neuron, in seconds."""
    pa = _arrow()
    times = [np.asarray(train, float) for train in trains.values()]
    offsets = np.concatenate([[0], np.cumsum([len(train) for train in times])]).astype(np.int32)
    values = np.concatenate([np.zeros(0), *times])
    packed = pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))
    return _of_arrow(pa.table([_labels(pa, trains), packed], names=[neuron_col, times_col]))


def traces_frame(
    table: Any, times_col: str = "times", values_col: str = "values", neuron_col: str = "neuron"
) -> DataFrame:
    """Traces: a row per neuron with ``neuron``, ``times`` (seconds) and ``values``.

    neuroglia's table of traces, whose index is time and whose columns are neurons, is taken too.
    """
    if not is_pandas(table):
        return _checked(table)
    if values_col in table.columns and times_col in table.columns:
        return _frame(table)
    return _long_traces(table, times_col, values_col, neuron_col)


def _long_traces(
    table: pd.DataFrame, times_col: str, values_col: str, neuron_col: str
) -> DataFrame:
    pa = _arrow()
    times = np.asarray(table.index, float)
    values = table.to_numpy(float)
    n, neurons = values.shape
    offsets = np.arange(0, n * neurons + 1, n) if n else np.zeros(neurons + 1, int)
    offsets = pa.array(offsets.astype(np.int32))
    arrays = [
        _labels(pa, table.columns),
        pa.ListArray.from_arrays(offsets, pa.array(np.tile(times, neurons))),
        pa.ListArray.from_arrays(offsets, pa.array(values.ravel(order="F"))),
    ]
    return _of_arrow(pa.table(arrays, names=[neuron_col, times_col, values_col]))


def _labels(pa: Any, labels: Any) -> Any:
    """Names of neurons, strings or integers, as Arrow."""
    plain = [label.item() if hasattr(label, "item") else label for label in labels]
    return _array(pa, "neuron", plain) if plain else pa.array([], pa.string())


def _array(pa: Any, name: Any, values: Any, **options: Any) -> Any:
    """Values as Arrow, with integers that have a sign, for Spark knows no others."""
    try:
        array = pa.array(values, **options)
        array = array.combine_chunks() if hasattr(array, "combine_chunks") else array
        return array.cast(pa.int64()) if pa.types.is_unsigned_integer(array.type) else array
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        largest = np.iinfo(np.int64).max
        if _is_beyond(values, largest):
            raise InvalidInput(
                f"Column {name} has integers beyond {largest}, the largest of Spark: make them "
                "strings."
            ) from None
        raise InvalidInput(f"Column {name} cannot go to Spark: {error}.") from None


def _is_beyond(values: Any, largest: int) -> bool:
    return any(isinstance(v, (int, np.integer)) and int(v) > largest for v in values)


def _checked(table: Any) -> DataFrame:
    if not hasattr(table, "sparkSession"):
        raise InvalidInput(
            f"A table is a DataFrame of Spark or of pandas, not a {type(table).__name__}."
        )
    return table


def _frame(table: pd.DataFrame) -> DataFrame:
    pa = _arrow()
    duplicated = sorted({str(c) for c in table.columns[table.columns.duplicated()]})
    if duplicated:
        raise InvalidInput(f"A table has each column once; {', '.join(duplicated)} is there twice.")
    arrays: List[Any] = [_column(pa, table[name]) for name in table.columns]
    return _of_arrow(pa.table(arrays, names=[str(name) for name in table.columns]))


def _column(pa: Any, column: pd.Series) -> Any:
    """NaN stays NaN, where Spark's own conversion makes null of it; a missing category is null."""
    name = column.name
    if hasattr(column, "cat"):
        values = column.cat.categories.dtype
        holds_none = values.kind not in "iufb" or not column.isna().any()
        column = column.astype(values if holds_none else object)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiub":
        return _array(pa, name, np.ascontiguousarray(column.to_numpy()))
    return _array(pa, name, column, from_pandas=True)


def _of_arrow(table: Any) -> DataFrame:
    if table.num_rows == 0:  # Spark Connect asks for the types of a table without rows
        from pyspark.sql.pandas.types import from_arrow_schema

        return active().createDataFrame([], from_arrow_schema(table.schema))
    return active().createDataFrame(table)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ImportError(
            "Tables of pandas go to Spark through pyarrow: pip install 'neuroglia-spark[pandas]'"
        ) from None
    return pyarrow
