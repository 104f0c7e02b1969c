"""What all stages have in common: a stage here stands for a stage of the JVM."""

from __future__ import annotations

import inspect
import re
import sys
import types
import uuid
import weakref
from collections import deque
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    ClassVar,
    Deque,
    Dict,
    Optional,
    Tuple,
    Type,
    TypeVar,
)

import numpy as np
from pyspark.ml.linalg import Matrix, Vector
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import RL, JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaTransformer, JavaWrapper
from pyspark.sql.utils import is_remote

from neuroglia_spark.errors import NotOnConnect
from neuroglia_spark.frames import Table, events_frame, spikes_frame, traces_frame
from neuroglia_spark.sessions import active

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

T = TypeVar("T")

_NO_JAR = (
    "The Spark session of this process does not have neuroglia's jar: make it with "
    "neuroglia_spark.session()."
)
_PYTHON = "neuroglia_spark"
_JVM = "org.neuroglia.spark"
_UNSET = object()


def param(name: str, doc: str, converter: Callable[[Any], T], default: Any = _UNSET) -> Param:
    """A param as Java declares it: a test compares name, text, type and default."""
    made: Param = Param(Params._dummy(), name, doc, typeConverter=converter)
    if default is not _UNSET:
        made.default = default  # type: ignore[attr-defined]
    return made


def to_bool(value: Any) -> bool:
    """True and False, of numpy too."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise TypeError(f"{value!r} is neither True nor False")


def to_name(value: Any) -> str:
    """A name, or a class in place of its name."""
    return value.__name__ if isinstance(value, type) else TypeConverters.toString(value)


def to_func(value: Any) -> str:
    """The name of a numpy function: ``np.sum`` and ``"sum"`` are the same."""
    if callable(value) and not isinstance(value, type):
        name = getattr(value, "__name__", "")
        if getattr(np, name, None) is value:
            return name
        raise TypeError(
            f"{name or value!r} is a function of Python, which the JVM cannot run: give a function "
            "of numpy such as np.sum, its name, or the full name of a Java class that implements "
            "org.neuroglia.tensor.Reduction"
        )
    return TypeConverters.toString(value)


to_string = TypeConverters.toString
to_float = TypeConverters.toFloat
to_int = TypeConverters.toInt
to_floats = TypeConverters.toListFloat  # pyspark knows arrays by this name


def camel(name: str) -> str:
    """``sample_times`` as the JVM spells it."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def snake(name: str) -> str:
    """``sampleTimes`` as Python spells it."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


class StageParams(Params):
    """Gives each param that a class declares its getter and its setter, as pyspark.ml has them."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, value in list(vars(cls).items()):
            if isinstance(value, Param):
                _add_accessors(cls, name, value.doc)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def _start(self) -> None:
        """Sets the defaults that the params declare."""
        defaults = {p.name: getattr(type(self), p.name) for p in self.params}
        self._setDefault(
            **{name: p.default for name, p in defaults.items() if hasattr(p, "default")}
        )


def _add_accessors(cls: type, name: str, doc: str) -> None:
    title = name[:1].upper() + name[1:]

    def getter(self: Any) -> Any:
        return self.getOrDefault(name) if self.isDefined(name) else None

    def setter(self: Any, value: Any) -> Any:
        return self._set(**{name: value})

    getter.__doc__ = f"The value of ``{snake(name)}``: {doc}. None if it is not set."
    setter.__doc__ = f"Sets ``{snake(name)}``: {doc}. Returns this stage."
    for method, word in ((getter, "get"), (setter, "set")):
        if word + title not in vars(cls):
            method.__name__ = word + title
            method.__qualname__ = f"{cls.__qualname__}.{word}{title}"
            method.__module__ = cls.__module__
            setattr(cls, word + title, method)


def _java_name(cls: type) -> str:
    return cls._java_class  # type: ignore[attr-defined]


def _register(cls: type) -> None:
    """Lets pyspark find the Python class of a saved stage.

    pyspark imports the Java package of a stage as if it were a module, after it has replaced
    ``org.apache.spark``: so ours are registered as modules.
    """
    package, _, name = _java_name(cls).rpartition(".")
    parts = package.split(".")
    for i in range(1, len(parts) + 1):
        module = ".".join(parts[:i])
        if module not in sys.modules:
            sys.modules[module] = types.ModuleType(module, "Stages by the names that Java has.")
            if i > 1:
                setattr(sys.modules[".".join(parts[: i - 1])], parts[i - 1], sys.modules[module])
    setattr(sys.modules[package], name, cls)


def _named_as_in_java(cls: Type[RL]) -> Type[RL]:
    """The class as pyspark's readers take it: they read Java's name from Python's module."""
    package = _java_name(cls).rpartition(".")[0]
    return type(cls.__name__, (cls,), {"__module__": package, "_alias": True})


class JavaStage(StageParams, JavaMLReadable, JavaMLWritable):
    """A stage of the JVM: its params are set here and sent to it when it runs."""

    _java_class: ClassVar[str]
    _alias: ClassVar[bool] = False
    _java_obj: Any = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_java_class" in vars(cls) and not cls._alias:
            _register(cls)

    def _new(self, arguments: Dict[str, Any]) -> None:
        """Makes the stage of the JVM and sets what the constructor was given.

        Parameters
        ----------
        arguments : dict
            The constructor's ``locals()``.
        """
        active()
        try:
            self._java_obj = JavaWrapper._new_java_obj(self._java_class, self.uid)
        except TypeError:
            raise RuntimeError(_NO_JAR) from None
        self._start()
        parameters = inspect.signature(type(self).__init__).parameters
        given = {
            name: arguments[name]
            for name, parameter in parameters.items()
            if name != "self" and _differs(arguments[name], parameter.default)
        }
        for table in ("spikes", "traces", "groups"):  # after the names of their columns
            if table in given:
                given[table] = given.pop(table)
        self.setParams(**given)

    def setParams(self: T, **params: Any) -> T:
        """Sets params by the names that the constructor has; returns this stage."""
        names = inspect.signature(type(self).__init__).parameters
        for name, value in params.items():
            if name not in names:
                raise TypeError(f"{type(self).__name__} has no argument {name!r}")
            getattr(self, "set" + camel(name)[:1].upper() + camel(name)[1:])(value)
        return self

    @classmethod
    def read(cls: Type[RL]) -> Any:
        """A reader of what :meth:`save` wrote, here or in Java."""
        alias = _named_as_in_java(cls)
        if is_remote():
            from pyspark.ml.connect.readwrite import RemoteMLReader

            return RemoteMLReader(alias)  # type: ignore[arg-type]
        return JavaMLReader(alias)  # type: ignore[arg-type]

    def write(self) -> Any:
        """A writer; ``write().overwrite().save(path)`` replaces what is there."""
        if is_remote():
            from pyspark.ml.connect.readwrite import RemoteMLWriter

            return RemoteMLWriter(self._as_saved())
        return super().write()

    def _as_saved(self) -> Any:
        return self

    def clear(self, param: Param) -> None:
        """Clears a param that was set."""
        if is_remote():
            Params.clear(self, param)
        else:
            super().clear(param)

    def _input(self, table: Table) -> DataFrame:
        """The table that the stage is fitted to or transforms, as a DataFrame of Spark."""
        return spikes_frame(table)


def _differs(value: Any, default: Any) -> bool:
    return value is not default and not (
        type(value) is type(default) and not isinstance(value, np.ndarray) and value == default
    )


class StageTransformer(JavaStage, JavaTransformer):
    """A stage that needs no fit."""

    def transform(self, dataset: Table, params: Optional[dict] = None) -> DataFrame:
        """Transforms a table, of Spark or of pandas; lazy."""
        return super().transform(self._input(dataset), params)

    def fit_transform(self, dataset: Table, y: Any = None) -> DataFrame:
        """The same as :meth:`transform`: there is nothing to fit."""
        return self.transform(dataset)


class StageEstimator(JavaStage, JavaEstimator):
    """A stage that is fitted."""

    _model_class: ClassVar[Type["StageModel"]]

    def _create_model(self, java_model: Any) -> "StageModel":
        return self._model_class(java_model)

    def fit(self, dataset: Table, params: Any = None) -> Any:
        """Fits a model to a table, of Spark or of pandas.

        Parameters
        ----------
        dataset : DataFrame
        params : dict or list of dict, optional
            Params to use in place of those that are set; a list gives a list of models.
        """
        return super().fit(self._input(dataset), params)

    def fit_transform(self, dataset: Table, y: Any = None) -> DataFrame:
        """Fits a model to a table and transforms the table with it."""
        table = self._input(dataset)
        return self.fit(table).transform(table)


class StageModel(JavaStage, JavaModel):
    """A fitted stage."""

    def __init__(self, java_model: Any = None) -> None:
        super().__init__(java_model)
        self._start()
        if java_model is not None and not is_remote():
            self._transfer_params_from_java()

    def transform(self, dataset: Table, params: Optional[dict] = None) -> DataFrame:
        """Transforms a table, of Spark or of pandas; lazy."""
        return super().transform(self._input(dataset), params)

    def __repr__(self) -> str:
        return self.uid

    def _fitted(self, getter: str, name: str) -> Any:
        """What was fitted, from the JVM."""
        if is_remote():
            raise NotOnConnect(
                f"{type(self).__name__}.{name} stays on the server: Spark Connect gives only what "
                "transform puts into a table. Use a classic session, or save the model and read "
                "the table of Parquet in its folder data."
            )
        return _numpy(self._call_java(getter))


class fitted(property):
    """A property of a model that was fitted, under the name that scikit-learn gives it."""

    def __init__(self, getter: str, doc: str) -> None:
        super().__init__(self._read, doc=doc)
        self._getter = getter
        self._name = getter

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def _read(self, model: Any) -> Any:
        return model._fitted(self._getter, self._name)


def _numpy(value: Any) -> Any:
    """Vectors, Matrices and lists of them as arrays of numpy; an empty Optional is None."""
    from py4j.java_gateway import JavaObject

    if isinstance(value, JavaObject) and value.getClass().getName() == "java.util.Optional":
        from pyspark import SparkContext
        from pyspark.ml.common import _java2py

        inner, context = value.orElse(None), SparkContext._active_spark_context
        return None if inner is None or context is None else _numpy(_java2py(context, inner))
    if isinstance(value, (Vector, Matrix)):
        return np.asarray(value.toArray())
    if isinstance(value, (str, int, float, bool)):
        return value
    return np.asarray([_numpy(item) for item in value])


# ---------------------------------------------------------------------------------------------
# Params that several stages share: the interfaces of Java.


class RecordingColumns(StageParams):
    """Names of the columns of spikes, events and traces."""

    sessionCol = param("sessionCol", "column of the recording; may be absent", to_string, "session")
    neuronCol = param(
        "neuronCol", "column of the neuron, a string or an integer", to_string, "neuron"
    )
    timeCol = param(
        "timeCol", "column of the time of an event or a spike, in seconds", to_string, "time"
    )
    timesCol = param("timesCol", "column of a train's spike times, in seconds", to_string, "times")
    eventCol = param("eventCol", "column of the event's number", to_string, "event")


class TraceColumns(RecordingColumns):
    """Names of the columns of traces."""

    valuesCol = param("valuesCol", "column of a trace's values", to_string, "values")


class EpochColumns(RecordingColumns):
    """An epoch is an event with a duration."""

    durationCol = param(
        "durationCol", "column of an epoch's duration, in seconds", to_string, "duration"
    )


class ReductionParams(StageParams):
    """The function that makes one value of many."""

    func = param(
        "func",
        "numpy function, or the full name of a class that implements Reduction: amax, amin, max, "
        "mean, median, min, nanmax, nanmean, nanmedian, nanmin, nanprod, nanstd, nansum, nanvar, "
        "prod, ptp, std, sum, var",
        to_func,
        "mean",
    )


class _View:
    """A temporary view of a session of Spark Connect, to be dropped once nothing refers to it.

    It is dropped when the next one is made: what has to go may become known while the client waits
    for the server, and another call would then wait for itself.
    """

    _to_drop: ClassVar[Deque[Tuple[Any, str]]] = deque()

    def __init__(self, what: str, table: DataFrame) -> None:
        here = table.sparkSession
        for _ in range(len(self._to_drop)):
            session, name = self._to_drop.popleft()
            if session is here:
                session.catalog.dropTempView(name)
            elif not getattr(session, "is_stopped", False):  # another server may not answer
                self._to_drop.append((session, name))
        self.name = f"neuroglia_{what}_{uuid.uuid4().hex}"
        # Spark forgets what is cached of a view's very plan when the view goes: this is not it.
        table.where("true").createOrReplaceTempView(self.name)
        dropped = (here, self.name)
        weakref.finalize(self, self._to_drop.append, dropped).atexit = False


class GivenTables(JavaStage):
    """Stages that take a table beside their input: it is set, or named.

    Classic Spark hands the table to the stage of the JVM. Spark Connect cannot send a table as a
    param: it becomes a temporary view of the session, named by the param ``…Table``, as long as
    there are stages, models and DataFrames that read it. A saved stage has neither.
    """

    def _give(self: T, what: str, table: Optional[DataFrame]) -> T:
        named = f"{what}Table"
        if is_remote():
            given = dict(self.__dict__.get("_given", {}))
            if table is None:
                given.pop(what, None)
                self.__dict__["_given"] = given
                self.clear(self.getParam(named))  # type: ignore[attr-defined]
            else:
                view = _View(what, table)
                self._set(**{named: view.name})  # type: ignore[attr-defined]
                self.__dict__["_given"] = {**given, what: view}
        else:
            setter = "set" + what[:1].upper() + what[1:]
            jdf = None if table is None else table._jdf
            getattr(self._java_obj, setter)(jdf)  # type: ignore[attr-defined]
        return self

    def _as_saved(self) -> Any:
        given = self.__dict__.get("_given", {})
        saved = self.copy()
        for what, view in given.items():
            table = saved.getParam(f"{what}Table")
            if saved.isSet(table) and saved.getOrDefault(table) == view.name:
                Params.clear(saved, table)
        return saved

    def _copyValues(self, to: Any, extra: Any = None) -> Any:
        that = super()._copyValues(to, extra)
        if "_given" in self.__dict__:
            that.__dict__["_given"] = dict(self.__dict__["_given"])
        return that

    def _transform(self, dataset: DataFrame) -> DataFrame:
        table = super()._transform(dataset)  # type: ignore[misc]
        if is_remote():
            # Tables made of this one refer to its plan. (pyspark 4.0 does not keep the stage there.)
            table._plan._neuroglia_given = self.__dict__.get("_given")
        return table


class SpikesParams(GivenTables, RecordingColumns):
    """Where a stage that takes spikes finds them."""

    spikesTable = param("spikesTable", "table of the catalog that holds the spikes", to_string)
    spikesPath = param("spikesPath", "path of the spikes: Parquet, or NWB if it ends so", to_string)

    def setSpikes(self: T, spikes: Optional[Table]) -> T:
        """Sets the spikes: a spike per row (``neuron``, ``time``) or packed (``neuron``, ``times``).

        They are a DataFrame of Spark or of pandas, and are not saved with the stage. None forgets
        them.
        """
        table = None if spikes is None else spikes_frame(spikes)
        return self._give("spikes", table)  # type: ignore[attr-defined]

    def _input(self, table: Table) -> DataFrame:
        return events_frame(table, self.getEventCol())


class TracesParams(GivenTables, TraceColumns):
    """Where a stage that takes traces finds them."""

    tracesTable = param("tracesTable", "table of the catalog that holds the traces", to_string)
    tracesPath = param("tracesPath", "path of the traces: Parquet, or NWB if it ends so", to_string)
    tracesSeries = param("tracesSeries", "series of an NWB file that has the traces", to_string)

    def setTraces(self: T, traces: Optional[Table]) -> T:
        """Sets the traces: a row per neuron (``neuron``, ``times``, ``values``), or chunks of it.

        They are a DataFrame of Spark or of pandas; of pandas also as neuroglia has them, with time
        as the index and a column per neuron. They are not saved with the stage. None forgets them.
        """
        table = None
        if traces is not None:
            names = (self.getTimesCol(), self.getValuesCol(), self.getNeuronCol())  # type: ignore
            table = traces_frame(traces, *names)
        return self._give("traces", table)  # type: ignore[attr-defined]

    def _input(self, table: Table) -> DataFrame:
        return events_frame(table, self.getEventCol())


class AxisModel(StageModel):
    """A fitted sampler: it knows the neurons, which are the axis of what it makes."""

    @property
    def neurons_(self) -> Any:
        """The neurons in the order of the axis; of several sessions a dict of them by session."""
        if is_remote():
            return self._fitted("", "neurons_")
        labels = self._java_obj.neurons().labels()
        by_session = {str(session): np.asarray(list(labels[session])) for session in labels}
        return next(iter(by_session.values())) if len(by_session) == 1 else by_session
