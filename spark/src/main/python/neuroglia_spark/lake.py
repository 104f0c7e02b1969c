"""A lake of sessions: all recordings of an archive as tables of Delta Lake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Union

from pyspark.sql.utils import is_remote

from neuroglia_spark.errors import InvalidInput, NotOnConnect
from neuroglia_spark.sessions import active
from neuroglia_spark.tables import table_function

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Failure", "Ingested", "Lake", "ingest"]


class Lake:
    """A lake, as it is at one moment.

    All tables that one object gives belong together, whatever is ingested meanwhile. Nothing is
    read but the names and versions of the tables, until a query asks for rows; a filter on
    ``session`` opens the files that have it.

    Parameters
    ----------
    path : str
        Folder of the lake, on any file system that Spark reaches.
    version : int, optional
        Version of the table of sessions, to see the lake as it was: see :attr:`version`. Default:
        the latest.

    Raises
    ------
    InvalidInput
        If there is no lake, or no such version.

    Examples
    --------
    >>> lake = Lake("lake")
    >>> lake.event_tables
    ['trials']
    >>> trains = lake.units().where("area = 'CA1'")
    """

    def __init__(self, path: str, version: Optional[int] = None) -> None:
        arguments = [str(path)] if version is None else [str(path), int(version)]
        rows = table_function("lake_tables", *arguments).collect()
        self._path = str(path)
        self._tables = {row["table"]: row for row in rows}

    @property
    def path(self) -> str:
        """The folder."""
        return self._path

    @property
    def version(self) -> int:
        """Version of the table of sessions, which names the versions of the others."""
        return self._tables["sessions"]["version"]

    @property
    def tables(self) -> Dict[str, int]:
        """What each table takes up, in bytes, by its name: sessions, units, events/TABLE, …"""
        return {name: row["bytes"] for name, row in self._tables.items()}

    def sessions(self) -> DataFrame:
        """A row per session: what it is, its counts, and what was left out of its file."""
        return self.table("sessions")

    @property
    def has_units(self) -> bool:
        """Whether any session has units."""
        return "units" in self._tables

    def units(self) -> DataFrame:
        """Packed trains: ``session``, ``neuron``, ``times`` (array of seconds), and every column
        of the units of any file, such as ``area``."""
        return self.table("units")

    @property
    def event_tables(self) -> List[str]:
        """Names of the tables of events, sorted."""
        return self._names("events/")

    def events(self, table: str) -> DataFrame:
        """A table of events: ``session``, ``event``, ``time`` (seconds), and its columns in any
        file."""
        return self.table("events/" + table)

    @property
    def trace_series(self) -> List[str]:
        """Names of the series, as they were asked for when they were ingested, sorted."""
        return self._names("traces/")

    def traces(self, series: str) -> DataFrame:
        """Traces: ``session``, ``neuron``, ``times`` (array of seconds), ``values``; long ones in
        several rows, each a stretch of time, which the stages join."""
        return self.table("traces/" + series)

    def failures(self) -> DataFrame:
        """Files that could not be read: ``path``, ``reason``, and their size and time."""
        return self.table("failures")

    def table(self, name: str) -> DataFrame:
        """A table by its name, as :attr:`tables` lists them."""
        return table_function("lake_table", self._path, name, self.version)

    def _names(self, kind: str) -> List[str]:
        return sorted(name[len(kind) :] for name in self._tables if name.startswith(kind))

    def __repr__(self) -> str:
        return f"Lake({self._path!r}, version={self.version})"


class Failure(NamedTuple):
    """A file that could not be read."""

    path: str
    reason: str


class Ingested(NamedTuple):
    """What an ingest did: numbers of sessions, and the files that failed."""

    added: int
    replaced: int
    unchanged: int
    failures: List[Failure]


def ingest(
    paths: Union[str, Sequence[str]],
    out: str,
    *,
    series: Union[str, Sequence[str]] = (),
    columns: Optional[Mapping[str, Sequence[str]]] = None,
    session: Optional[str] = None,
    fail_fast: bool = False,
) -> Ingested:
    """Brings NWB files into a lake, each file opened once, in one job, as ``./neuroglia ingest``.

    Run again, it takes only files that are new or have changed, and replaces their sessions. What
    it brings appears at once, or not at all.

    Parameters
    ----------
    paths : str or list of str
        NWB files, folders (all ``*.nwb`` below) or patterns.
    out : str
        Folder of the lake, which is made where there is none.
    series : str or list of str
        Time series to take too, by name or path, such as ``"DfOverF"``.
    columns : dict
        Names for the columns of tables that have none, as NWB 1 leaves them:
        ``{"natural_images": ["time", "end_time", "image_id"]}``.
    session : {"session_id", "identifier", "path"}
        What names a session; default: the first of these that a file has.
    fail_fast : bool
        Whether nothing is taken if one file cannot be read; else it is listed in ``failures``.

    Returns
    -------
    Ingested

    Raises
    ------
    NotOnConnect
        On Spark Connect, which runs queries alone.
    """
    if is_remote():
        raise NotOnConnect(
            "Spark Connect runs queries and cannot ingest: run ./neuroglia ingest PATH --out LAKE, "
            "or neuroglia_spark.lake.ingest in a classic session, where the lake is; "
            "Lake reads it from here."
        )
    spark: Any = active()
    jvm = spark._jvm

    def strings(values: Any) -> Any:
        values = [values] if isinstance(values, (str, bytes)) else list(values)
        array = spark.sparkContext._gateway.new_array(jvm.String, len(values))
        for i, value in enumerate(values):
            array[i] = str(value)
        return array

    given = [paths] if not isinstance(paths, (list, tuple)) else list(paths)
    if not given:
        raise InvalidInput("There is no path to ingest: give files, folders or patterns.")
    java = jvm.org.neuroglia.spark.lake.Ingest(spark._jsparkSession)
    java.setPaths(strings(given)).setSeries(strings(series)).setFailFast(bool(fail_fast))
    if session is not None:
        java.setSession(session)
    for table, names in (columns or {}).items():
        java.setColumns(table, strings(names))
    report = java.into(str(out))
    return Ingested(
        report.added(),
        report.replaced(),
        report.unchanged(),
        [Failure(failure.path(), failure.reason()) for failure in report.failures()],
    )
