"""Spark sessions that have the stages, the NWB source and lakes."""

from __future__ import annotations

import os
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

import pyspark
from pyspark.sql import SparkSession

#: Classes that a session can be told of, by the setting that tells it.
_EXTENSIONS = "org.neuroglia.spark.sql.NeurogliaExtensions"
_CATALOG = "org.neuroglia.spark.nwb.NwbCatalog"
_DELTA_EXTENSIONS = "io.delta.sql.DeltaSparkSessionExtension"
_DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog"
_MARK = "org.neuroglia.InvalidInputException"


def jars() -> List[str]:
    """The jars that Spark needs: ours, and Delta Lake's.

    They lie in the wheel. The environment variable ``NEUROGLIA_JARS``, paths with ``:`` between
    them, takes their place. Empty where the package came with the jar itself, as with
    ``spark-submit --jars``: Spark then has it.
    """
    named = os.environ.get("NEUROGLIA_JARS")
    if named:
        return [path for path in named.split(os.pathsep) if path]
    folder = Path(__file__).parent / "jars"
    return sorted(str(path) for path in folder.glob("*.jar")) if folder.is_dir() else []


def settings() -> Dict[str, str]:
    """What a Spark session needs, for ``SparkSession.builder.config(key, value)``.

    Jars, the extensions that bring SQL functions and Delta Lake, the catalogs. They cannot be set
    once a session runs. The wheel has Delta Lake for Spark 4.1; under another version of Spark it
    is left out, and with it lakes.
    """
    paths = [path for path in jars() if _is_for_this_spark(path)]
    result: Dict[str, str] = {}
    if paths:
        result["spark.jars"] = ",".join(paths)
    extensions = []
    if not paths or _has(paths, _EXTENSIONS):
        extensions.append(_EXTENSIONS)
    if not paths or _has(paths, _CATALOG):
        result["spark.sql.catalog.nwb"] = _CATALOG
    if _has(paths, _DELTA_EXTENSIONS):
        extensions.append(_DELTA_EXTENSIONS)
        result["spark.sql.catalog.spark_catalog"] = _DELTA_CATALOG
        # Logs of a few hundred files: Delta's own setting is for those of millions.
        result["spark.databricks.delta.snapshotPartitions"] = "1"
        result["spark.databricks.delta.writeChecksumFile.enabled"] = "false"
    if extensions:
        result["spark.sql.extensions"] = ",".join(extensions)
    return result


def _is_for_this_spark(path: str) -> bool:
    """Whether Delta Lake's jar, whose name says for which Spark it is, is for the one here."""
    made_for = re.match(r"delta-spark_(\d+\.\d+)_", Path(path).name)
    return made_for is None or pyspark.__version__.startswith(made_for.group(1) + ".")


def _has(paths: List[str], name: str) -> bool:
    """Whether a class is in one of the jars."""
    entry = name.replace(".", "/") + ".class"
    for path in paths:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as jar:
                try:
                    jar.getinfo(entry)
                    return True
                except KeyError:
                    pass
    return False


def session(
    master: Optional[str] = None,
    *,
    remote: Optional[str] = None,
    app_name: str = "neuroglia",
    memory: Optional[str] = None,
    config: Optional[Mapping[str, Any]] = None,
    builder: Optional[SparkSession.Builder] = None,
) -> SparkSession:
    """A Spark session that is ready for neuroglia, made or, if one runs, taken.

    Parameters
    ----------
    master : str, optional
        Where Spark runs: ``"local[*]"`` on all cores of this machine (the default), ``"local[2]"``
        on two, or a cluster such as ``"spark://host:7077"``. Under ``spark-submit`` what was
        submitted decides, of the other settings too: our jars and extensions go after those that
        were submitted.
    remote : str, optional
        A Spark Connect server, ``"sc://host:15002"``: it must have been started with our jar (see
        the README). ``"local[2]"`` starts such a server inside this process. The environment
        variable ``SPARK_REMOTE`` says the same. Needs the packages of
        ``pip install 'neuroglia-spark[connect]'``.
    app_name : str
        The name that Spark's user interface shows.
    memory : str, optional
        Memory of the driver, such as ``"8g"``; Spark's own default is 1g. Heeded if no session ran
        in this process before.
    config : mapping, optional
        Other settings of Spark; they go before ours.
    builder : SparkSession.Builder, optional
        A builder to configure in place of a new one.

    Returns
    -------
    pyspark.sql.SparkSession

    Notes
    -----
    A session that runs, here or on a Connect server, keeps its settings; ``config`` is added. One
    that starts here on ``local[…]`` shuffles to a task per core, in place of Spark's 200.

    Raises
    ------
    RuntimeError
        If a session runs already that was started without our jar: stop it, and restart Python.

    Examples
    --------
    >>> import neuroglia_spark
    >>> spark = neuroglia_spark.session("local[2]", memory="4g")
    """
    if master is not None and remote is not None:
        raise ValueError("Give a master or a remote, not both: a remote is a Spark Connect server.")
    builder = builder if builder is not None else SparkSession.builder
    built = {**getattr(builder, "_options", {}), **(config or {})}
    if master is None and remote is None:
        remote = built.get("spark.remote") or os.environ.get("SPARK_REMOTE")
    submitted = _submitted() if remote is None else {}
    if not submitted or app_name != "neuroglia":
        builder = builder.appName(app_name)
    where = remote or submitted.get("spark.master") or master or built.get("spark.master")
    runs = (remote is None or not remote.startswith("sc://")) and _runs()
    if where is None and not runs:
        where = "local[*]"
    if where is None or not where.startswith("sc://"):
        for key, value in _of_a_start(where, memory, config, submitted, runs).items():
            builder = builder.config(key, value)
    for key, value in (config or {}).items():
        builder = builder.config(key, value)
    if remote is not None:
        return _connected(builder.remote(remote))
    if where is not None and not submitted:
        builder = builder.master(where)
    spark = builder.getOrCreate()
    require_jar(spark)
    return spark


def _connected(builder: SparkSession.Builder) -> SparkSession:
    with warnings.catch_warnings():
        # A server that is started here has our settings; pyspark tries to set them again.
        warnings.filterwarnings("ignore", message="Failed to set spark")
        return builder.getOrCreate()


def _of_a_start(
    where: Optional[str],
    memory: Optional[str],
    config: Optional[Mapping[str, Any]],
    submitted: Mapping[str, str],
    runs: bool,
) -> Dict[str, str]:
    """The settings of a session that starts here; none where one runs."""
    if runs:
        return {}
    result = settings()
    if memory is not None:
        result["spark.driver.memory"] = memory
    if not submitted and where is not None and re.match(r"local(\[|$)", where):
        # A task per core: recordings on one machine are small beside what Spark's 200 are meant
        # for. A cluster, and who submitted, has its own.
        result["spark.sql.shuffle.partitions"] = str(os.cpu_count() or 1)
    result["spark.ui.showConsoleProgress"] = "false"
    for joined in ("spark.jars", "spark.sql.extensions"):
        if config and joined in config and joined in result:
            raise ValueError(
                f"{joined} is made of several parts: give yours with ours, "
                f"neuroglia_spark.settings()[{joined!r}], to a builder of your own."
            )
    if submitted:
        _load(_others(submitted.get("spark.jars", ""), result.get("spark.jars", "")))
    for key, value in submitted.items():
        if key in ("spark.jars", "spark.sql.extensions") and key in result:
            result[key] = _joined(value, result[key])
        elif key != "spark.driver.memory":
            result.pop(key, None)
    return result


def _joined(theirs: str, ours: str) -> str:
    """Their jars or classes, then those of ours that are not among them."""
    return ",".join([part for part in theirs.split(",") if part] + _others(theirs, ours))


def _others(theirs: str, ours: str) -> List[str]:
    """Our jars or classes that are not among theirs."""
    names = {part.rpartition("/")[2] for part in theirs.split(",")}
    return [part for part in ours.split(",") if part and part.rpartition("/")[2] not in names]


def _load(paths: List[str]) -> None:
    """Makes the classes of jars known to spark-submit's JVM, which started before they were named.

    Where its class loader takes none, :func:`require_jar` says what is missing.
    """
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    jvm: Any = SparkContext._jvm
    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    try:
        for path in paths:
            loader.addURL(jvm.java.io.File(path).toURI().toURL())
    except Py4JError:
        pass


def _submitted() -> Dict[str, str]:
    """The settings that spark-submit was given; none where the program was not submitted."""
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        return {}
    from pyspark import SparkConf, SparkContext

    SparkContext._ensure_initialized()
    return dict(SparkConf().getAll())


def _runs() -> bool:
    """Whether a session runs in this process."""
    return SparkSession.getActiveSession() is not None


def require_jar(spark: SparkSession) -> None:
    """Refuses a classic session whose JVM does not know our classes."""
    jvm = getattr(spark, "_jvm", None)
    if jvm is None:
        return
    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    try:
        jvm.java.lang.Class.forName(_MARK, False, loader)
    except Exception:
        raise RuntimeError(
            "The Spark session of this process was started without neuroglia's jar: restart Python "
            "and call neuroglia_spark.session() before any other session starts, or give "
            "neuroglia_spark.settings() to your own builder, or the jars to spark-submit --jars."
        ) from None


def active() -> SparkSession:
    """The session that runs in this process.

    Raises
    ------
    RuntimeError
        If there is none.
    """
    spark = SparkSession.getActiveSession()
    if spark is None:
        raise RuntimeError("There is no Spark session yet: neuroglia_spark.session() makes one.")
    return spark
