"""Decoding whole sessions, and lakes of them, with cross-validation: a row per decoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy as np
from numpy.typing import ArrayLike
from pyspark.ml.param import TypeConverters

from neuroglia_spark.frames import Table, spikes_frame
from neuroglia_spark.stage import (
    ReductionParams,
    SpikesParams,
    StageParams,
    StageTransformer,
    TracesParams,
    param,
    to_bool,
    to_float,
    to_floats,
    to_int,
    to_string,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Decoded", "DecodedTable", "PopulationDecoding"]


def to_strings(value: Any) -> List[str]:
    """One name, or several."""
    if isinstance(value, str):
        return [value]
    return TypeConverters.toListString(list(value))


def to_settings(value: Any) -> List[str]:
    """``{"solver": "lsqr"}`` as the JVM takes it, ``["solver=lsqr"]``."""
    if not isinstance(value, Mapping):
        return to_strings(value)
    return [f"{name}={_setting(one)}" for name, one in value.items()]


def _setting(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()
    if np.ndim(value) > 0:
        return ",".join(_setting(one) for one in value)
    return str(value.item() if hasattr(value, "item") else value)


def to_seed(value: Any) -> int:
    """A whole number, up to 64 bits of it."""
    return to_int(value)


def to_ints(value: Any) -> List[int]:
    """One whole number, or several."""
    return TypeConverters.toListInt([value] if np.ndim(value) == 0 else value)


class _PopulationDecodingParams(SpikesParams, TracesParams, ReductionParams):
    labelCol = param(
        "labelCol", "column of what is decoded, strings or numbers", to_string, "label"
    )
    by = param(
        "by",
        "column of the trains or traces, such as area: each of its values by itself",
        to_string,
        "",
    )
    featuresCol = param(
        "featuresCol", "column of responses, vectors or tensors: features, else tensor", to_string
    )
    groupsTable = param(
        "groupsTable",
        "of responses: table of the catalog with the group of each neuron",
        to_string,
    )
    sampleTimes = param(
        "sampleTimes", "edges of the bins of one window, in seconds around the event", to_floats
    )
    windowStarts = param(
        "windowStarts",
        "in place of sampleTimes: starts of windows, each decoded by itself",
        to_floats,
    )
    windowWidth = param("windowWidth", "with windowStarts: seconds of each window", to_float)
    reduce = param(
        "reduce", "numpy function that makes one number of a window's bins", to_string, "sum"
    )
    generalise = param(
        "generalise", "whether decoders of one window are tested in every other", to_bool, False
    )
    decoder = param(
        "decoder",
        "one or more of lda, qda, gnb, pnb, knn, …; or ridge-regression alone",
        to_strings,
        ["lda"],
    )
    decoderSettings = param(
        "decoderSettings", "NAME=VALUE, each for every decoder that has it", to_settings, []
    )
    standardise = param(
        "standardise", "whether a StandardScaler comes first; default: not for counts", to_bool
    )
    splits = param(
        "splits",
        "stratified, test-share, leave-one-group-out or predefined",
        to_string,
        "stratified",
    )
    folds = param("folds", "number of stratified folds", to_int, 5)
    testSize = param("testSize", "with splits=test-share: share of the events", to_float, 0.25)
    repeats = param("repeats", "how often events are split, each time drawn anew", to_int, 1)
    seed = param("seed", "shuffles the folds; other draws take it too", to_seed)
    splitCol = param(
        "splitCol", "column of the events: groups to leave out, or predefined folds", to_string, ""
    )
    permutations = param("permutations", "how many null labels are decoded, too", to_int, 0)
    nullLabels = param(
        "nullLabels",
        "shuffle, shuffle-within, circular-shift or other-session",
        to_string,
        "shuffle",
    )
    nullSeed = param("nullSeed", "seed of the null labels; default: seed, or 0", to_seed)
    stratumCol = param(
        "stratumCol",
        "with nullLabels=shuffle-within: column of the events, such as block",
        to_string,
        "",
    )
    balance = param(
        "balance", "whether events are dropped until all classes have as many", to_bool, False
    )
    balanceSeed = param("balanceSeed", "seed of the balance; default: seed, or 0", to_seed)
    neurons = param("neurons", "numbers of neurons to draw at random", to_ints, [])
    draws = param("draws", "with neurons: how often each number is drawn", to_int, 10)
    drawSeed = param("drawSeed", "seed of the draws of neurons; default: seed, or 0", to_seed)
    pseudoPopulation = param(
        "pseudoPopulation", "whether the neurons of all sessions are pooled", to_bool, False
    )
    resamples = param("resamples", "of a pseudo-population: how often trials are drawn", to_int, 10)
    trials = param(
        "trials", "of a pseudo-population: trials of each class in each fold", to_int, 10
    )
    minTrials = param(
        "minTrials", "of a pseudo-population: trials of each class that a session must have", to_int
    )
    resampleSeed = param("resampleSeed", "seed of the resamples; default: seed, or 0", to_seed)
    onError = param(
        "onError",
        "what cannot be decoded: skip (a row says why) or fail (the job ends)",
        to_string,
        "skip",
    )
    partitions = param(
        "partitions", "how many tasks decode; 0: as many as shuffles have", to_int, 0
    )


class PopulationDecoding(_PopulationDecodingParams, StageTransformer):
    """Decodes the events of sessions, each session by itself.

    Decodes the spikes or the traces around the events, or responses that come with the events.
    All sessions are cross-validated in one job: with null labels, by area, over time, over the
    number of neurons, or as a pseudo-population. Predictions are those of scikit-learn's
    ``cross_val_predict(make_pipeline(StandardScaler(), decoder), X, y)`` session by session.

    Parameters
    ----------
    label_col : str
        Column of the events that is decoded: strings or numbers. Events without a label (null, NaN)
        or without a time are left out and counted.
    sample_times : array of float, shape (n,)
        Edges of n − 1 bins in seconds around the event, ascending; the last bin of spikes is closed.
        Spikes are counted in the bins, samples of a trace reduced in them by ``func``, and
        ``reduce`` makes one number per neuron of the bins.
    window_starts : array of float, shape (windows,)
        In place of ``sample_times``: windows ``[start, start + window_width]``, in seconds, each
        decoded by itself. A window of a tensor has its samples at ``start <= time < start +
        window_width``; without windows a tensor is reduced over all its samples.
    window_width : float
        Seconds of each window; with ``window_starts``.
    reduce : str
        Function of numpy, by its name, over the bins of a window. Those of spread (std, var, ptp)
        need several bins.
    func : str or function of numpy
        What makes one number of the samples of a trace in a bin.
    by : str
        Column of the trains, such as ``"area"``, of the traces, such as a plane, or of ``groups``:
        each of its values is decoded by itself.
    decoder : str or list of str
        ``"lda"``, ``"qda"``, ``"gnb"``, ``"pnb"`` (Poisson), ``"knn"``, ``"centroid"``,
        ``"correlation"``, ``"ridge"``; several decode the same folds. ``"ridge-regression"``, alone,
        predicts numbers such as a speed, and gives R² and correlation in place of accuracies.
    decoder_settings : dict
        Such as ``{"solver": "lsqr", "shrinkage": "auto"}``: scikit-learn's names in camelCase, each
        for every decoder that has it. ``binWidth`` is by default the time that is counted over.
    standardise : bool
        Whether a StandardScaler, fitted to the training events, comes first. Default: but for
        decoders of counts (``"pnb"``).
    splits : {"stratified", "test-share", "leave-one-group-out", "predefined"}
        How events train and test: ``folds`` stratified folds (``KFold`` for a regression), one test
        on ``test_size`` of the events, each value of ``split_col`` left out in turn, or the folds
        that ``split_col`` names (null: only trained on).
    folds : int
        Number of stratified folds.
    test_size : float
        Share of the events; with ``splits="test-share"``.
    repeats : int
        How often events are split, each time drawn anew; needs ``seed``.
    seed : int
        Shuffles the folds; without it they are scikit-learn's unshuffled ones. The other draws take
        it too, and 0 without it, unless they have a seed of their own.
    split_col : str
        Column of the events with groups or folds; see ``splits``.
    permutations : int
        How many null labels are decoded beside the true ones; p = (1 + #{null ≥ score}) / (1 + n).
    null_labels : {"shuffle", "shuffle-within", "circular-shift", "other-session"}
        How null labels are made.
    stratum_col : str
        Column of the events within whose values labels are shuffled; with ``"shuffle-within"``.
    balance : bool
        Whether events are dropped at random until all classes have as many.
    neurons : int or list of int
        Decode from so many neurons drawn at random, in place of all.
    draws : int
        How often each number of ``neurons`` is drawn.
    pseudo_population : bool
        Pool the neurons of all sessions: a pseudo-trial puts together a trial of each session with
        the same label, and no trial both trains and tests.
    resamples : int
        How often the trials of a pseudo-population are drawn.
    trials : int
        Pseudo-trials of each class in each fold.
    min_trials : int
        Trials of each class that a session must have to take part; default: as many as folds.
    generalise : bool
        Whether decoders of one window are tested in every other; there are no predictions then.
    null_seed, balance_seed, draw_seed, resample_seed : int
        Seeds of their own for null labels, balance, draws of neurons and resamples.
    on_error : {"skip", "fail"}
        Whether what cannot be decoded has a row that says why, or ends the job.
    partitions : int
        Into how many tasks sessions are packed; 0: as many as the session's shuffles have. The
        result does not depend on it.
    spikes : DataFrame of Spark or of pandas
        What :meth:`transform` decodes from, in a pipeline: trains (``neuron``, ``times``) or spikes
        (``neuron``, ``time``), with ``session`` if there are several. Not saved with the stage.
    spikes_table, spikes_path : str
        In place of ``spikes``: a table of the catalog, or a path of Parquet or (``….nwb``) of NWB.
    traces : DataFrame of Spark or of pandas
        In place of ``spikes``: traces (``neuron``, ``times``, ``values``), or chunks of them.
    traces_table, traces_path, traces_series : str
        In place of ``traces``: a table of the catalog, or a path of Parquet or, with the name of a
        series, of NWB.
    features_col : str
        Column of responses that come with the events, in place of spikes and traces: vectors
        (neuron) or tensors (sample time × neuron). Default: ``"features"``, else ``"tensor"``.
    groups : DataFrame of Spark or of pandas
        Of responses: ``neuron``, as their column names it, and the column ``by``. Not saved with
        the stage.
    groups_table : str
        In place of ``groups``: a table of the catalog.
    session_col, neuron_col, time_col, times_col, event_col, values_col : str
        Names of the columns.

    Notes
    -----
    ``transform`` takes the spikes or traces that it was given; without them the responses of the
    events. Everything is lazy until a table of results is asked for. A session that cannot be
    decoded has the reason in column ``failure``. A session is decoded in the memory of one task.
    The events are read twice and must be the same each time: call ``cache()`` first on events that
    are drawn at random.

    Examples
    --------
    >>> decoding = PopulationDecoding(
    ...     label_col="choice", sample_times=[0, 0.5], by="area", permutations=200, seed=1)
    >>> decoded = decoding.decode(lake.units(), lake.events("trials"))
    >>> decoded.results().toPandas()
    """

    _java_class = "org.neuroglia.spark.decoding.PopulationDecoding"

    def __init__(
        self,
        label_col: str = "label",
        sample_times: Optional[ArrayLike] = None,
        *,
        window_starts: Optional[ArrayLike] = None,
        window_width: Optional[float] = None,
        reduce: str = "sum",
        func: Any = "mean",
        by: str = "",
        decoder: Union[str, Sequence[str]] = "lda",
        decoder_settings: Union[Mapping[str, Any], Sequence[str]] = (),
        standardise: Optional[bool] = None,
        splits: str = "stratified",
        folds: int = 5,
        test_size: float = 0.25,
        repeats: int = 1,
        seed: Optional[int] = None,
        split_col: str = "",
        permutations: int = 0,
        null_labels: str = "shuffle",
        stratum_col: str = "",
        balance: bool = False,
        neurons: Union[int, Sequence[int]] = (),
        draws: int = 10,
        pseudo_population: bool = False,
        resamples: int = 10,
        trials: int = 10,
        min_trials: Optional[int] = None,
        generalise: bool = False,
        null_seed: Optional[int] = None,
        balance_seed: Optional[int] = None,
        draw_seed: Optional[int] = None,
        resample_seed: Optional[int] = None,
        on_error: str = "skip",
        partitions: int = 0,
        spikes: Optional[Table] = None,
        spikes_table: Optional[str] = None,
        spikes_path: Optional[str] = None,
        traces: Optional[Table] = None,
        traces_table: Optional[str] = None,
        traces_path: Optional[str] = None,
        traces_series: Optional[str] = None,
        features_col: Optional[str] = None,
        groups: Optional[Table] = None,
        groups_table: Optional[str] = None,
        session_col: str = "session",
        neuron_col: str = "neuron",
        time_col: str = "time",
        times_col: str = "times",
        event_col: str = "event",
        values_col: str = "values",
    ) -> None:
        super().__init__()
        self._new(locals())

    def setGroups(self, groups: Optional[Table]) -> "PopulationDecoding":
        """Sets the groups of the neurons of responses; None forgets them."""
        return self._give("groups", None if groups is None else spikes_frame(groups))

    def decode(self, trains: Table, events: Table) -> "Decoded":
        """Decodes the events from the trains; lazy, one job for all sessions.

        Parameters
        ----------
        trains : DataFrame of Spark or of pandas
            Packed trains (``neuron``, ``times``), such as ``Lake.units()``, or a table of spikes
            (``neuron``, ``time``); ``session`` if there are several.
        events : DataFrame of Spark or of pandas
            ``event`` (a number), ``time`` in seconds, the label, and ``session`` if there are
            several.

        Returns
        -------
        Decoded
            Tables of results, predictions and confusion.
        """
        return Decoded(self._taking(spikes=trains).transform(events))

    def decode_traces(self, traces: Table, events: Table) -> "Decoded":
        """Decodes the events from traces; lazy, one job for all sessions.

        Parameters
        ----------
        traces : DataFrame of Spark or of pandas
            ``neuron``, ``times`` and ``values``, a neuron in one row or in chunks of time;
            ``session`` if there are several. The samples in a bin become one number by ``func``.
        events : DataFrame of Spark or of pandas
            As :meth:`decode` takes them.

        Returns
        -------
        Decoded
            Tables of results, predictions and confusion.
        """
        return Decoded(self._taking(traces=traces).transform(events))

    def decode_responses(self, rows: Table) -> "Decoded":
        """Decodes events from the responses that come with them; lazy, one job for all sessions.

        Parameters
        ----------
        rows : DataFrame of Spark
            ``event``, the label, ``features`` or ``tensor`` as the samplers and ResponseReducer
            make them, and ``session`` if there are several. Events need no time.

        Returns
        -------
        Decoded
            Tables of results, predictions and confusion.
        """
        return Decoded(self._taking().transform(rows))

    def _taking(self, **given: Table) -> "PopulationDecoding":
        """A copy that decodes from these tables alone."""
        stage = self.copy()
        for what in ("spikes", "traces"):
            getattr(stage, f"set{what.title()}")(None)
            for place in ("Table", "Path"):
                named = stage.getParam(what + place)
                if stage.isSet(named):
                    stage.clear(named)
        for what, table in given.items():
            getattr(stage, f"set{what.title()}")(table)
        return stage


class _DecodedTableParams(StageParams):
    table = param("table", "results, predictions or confusion", to_string, "results")


class DecodedTable(_DecodedTableParams, StageTransformer):
    """Makes a table of what :class:`PopulationDecoding` decoded, in a pipeline.

    Parameters
    ----------
    table : {"results", "predictions", "confusion"}
        Which table: see the methods of :class:`Decoded` of these names.

    Notes
    -----
    ``transform`` takes the rows of :class:`PopulationDecoding`, and is lazy.
    """

    _java_class = "org.neuroglia.spark.decoding.DecodedTable"

    def __init__(self, table: str = "results") -> None:
        super().__init__()
        self._new(locals())


class Decoded:
    """What was decoded: nothing is, until a table is shown, written or turned into pandas.

    Each table decodes again, unless :meth:`cache` was called.
    """

    def __init__(self, rows: DataFrame) -> None:
        self._rows = rows

    def rows(self) -> DataFrame:
        """A row per decoding as it is, with null scores, confusion and predictions as arrays."""
        return self._rows

    def cache(self) -> "Decoded":
        """Keeps what is decoded the first time, for the tables that follow; returns this."""
        self._rows = self._rows.cache()
        return self

    def unpersist(self) -> "Decoded":
        """Forgets what :meth:`cache` keeps; returns this."""
        self._rows = self._rows.unpersist()
        return self

    def results(self, nulls: bool = False) -> DataFrame:
        """A row per decoding: session, group, decoder, neurons, draw and window.

        Parameters
        ----------
        nulls : bool
            Whether there is a row for each of the null labels, too: ``nullIndex`` counts them.

        Returns
        -------
        pyspark.sql.DataFrame
            ``session``, ``group`` (the value of ``by``), ``decoder``, ``neurons``, ``draw``,
            ``start``, ``stop``, ``testStart``, ``testStop`` (seconds around the event), ``nullIndex``
            (null for the true labels), ``accuracy`` (mean over folds and repeats), ``chance`` (1 /
            classes), ``balancedAccuracy``, ``majorityShare``, ``mutualInformation`` (bits), ``r2``
            and ``correlation`` (of a regression), ``pValue``, ``balancedPValue``, ``events``,
            ``unlabelled``, ``classes``, ``sessions``, ``nulls``, ``classLabels``, ``recall``,
            ``folds`` (accuracy of each), ``warning``, and ``failure``: why it could not be decoded.
        """
        rows = self._table("results")
        return rows if nulls else rows.where("nullIndex IS NULL")

    def p_values(self) -> DataFrame:
        """Of each decoding that was compared with null labels: what it is, its score and p.

        ``session``, ``group``, ``decoder``, ``neurons``, ``draw``, ``start``, ``stop``,
        ``testStart``, ``testStop``, ``accuracy``, ``r2``, ``pValue``, ``balancedPValue``, ``nulls``.
        """
        key = ["session", "group", "decoder", "neurons", "draw"]
        window = ["start", "stop", "testStart", "testStop"]
        scores = ["accuracy", "r2", "pValue", "balancedPValue", "nulls"]
        return self.results().where("pValue IS NOT NULL").select(key + window + scores)

    def predictions(self) -> DataFrame:
        """A row per tested event: session, event, fold, label, prediction, probability, repeat.

        ``probability`` is an array in the order of the session's ``classLabels``, of the first
        repeat. With them what tells one decoding of a session from another.
        """
        return self._table("predictions")

    def confusion(self) -> DataFrame:
        """A row per true and predicted class: label, prediction, count, and of which decoding."""
        return self._table("confusion")

    def failures(self) -> DataFrame:
        """What could not be decoded: session, group, decoder, and the reason, ``failure``."""
        rows = self._table("results").where("failure IS NOT NULL")
        return rows.select("session", "group", "decoder", "failure").distinct()

    def summary(self) -> Dict[str, float]:
        """Means over all decodings of true labels; runs a job.

        Returns
        -------
        dict
            ``decodings``, ``failures``, and the means of ``accuracy``, ``chance`` and ``r2`` (NaN
            where there are none).
        """
        row = (
            self.results()
            .selectExpr(
                "count_if(failure IS NULL) AS decodings",
                "count_if(failure IS NOT NULL) AS failures",
                "coalesce(avg(accuracy), double('NaN')) AS accuracy",
                "coalesce(avg(chance), double('NaN')) AS chance",
                "coalesce(avg(r2), double('NaN')) AS r2",
            )
            .first()
        )
        assert row is not None
        return row.asDict()

    def _table(self, name: str) -> DataFrame:
        return DecodedTable(name).transform(self._rows)

    def __repr__(self) -> str:
        return "Decoded: see results(), p_values(), predictions(), confusion(), failures()"
