"""Made-up recordings, the same on every machine: for examples and tests. Nothing is real data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, NamedTuple, Optional, Sequence, Union

import numpy as np
from pyspark.sql.utils import is_remote

from neuroglia_spark.errors import InvalidInput, NotOnConnect
from neuroglia_spark.sessions import active
from neuroglia_spark.tables import table_function

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = [
    "CalciumRecording",
    "SpikeRecording",
    "make_calcium_imaging",
    "make_calcium_traces",
    "make_choice_task",
    "make_drifting_gratings",
    "make_natural_images",
    "write_choice_task",
]


class SpikeRecording(NamedTuple):
    """Trains of units, and what happened meanwhile; two lazy DataFrames.

    ``units`` has ``session``, ``neuron``, ``times`` (array of seconds), ``events`` has ``session``,
    ``event``, ``time``, ``duration`` (seconds) and what the function that made it says.
    """

    units: DataFrame
    events: DataFrame


class CalciumRecording(NamedTuple):
    """Fluorescence of neurons, and what happened meanwhile; two lazy DataFrames.

    ``traces`` has ``session``, ``neuron``, ``times`` (array of seconds), ``values``, ``events``
    what the function that made it says.
    """

    traces: DataFrame
    events: DataFrame


def make_calcium_traces(
    neuron_ids: Optional[Sequence[str]] = None,
    duration: float = 10.0,
    sampling_rate: float = 30.0,
    oscillation: bool = True,
) -> Dict[str, DataFrame]:
    """neuroglia's ``make_calcium_traces``: the same numbers, as DataFrames of Spark.

    Poisson spikes (0.5 per second) drive an autoregressive process that decays by 0.95 a sample, to
    which white noise with a standard deviation of 0.3 is added.

    Parameters
    ----------
    neuron_ids : list of str, optional
        Labels, all different and without commas; default ``neuron_0`` to ``neuron_9``.
    duration : float
        Seconds.
    sampling_rate : float
        Samples per second.
    oscillation : bool
        Whether the rate goes up and down.

    Returns
    -------
    dict
        ``"traces"``, ``"calcium"`` (the traces without noise) and ``"spikes"`` (1 where a sample has
        a spike, else 0): ``neuron``, ``times`` [sample] in seconds, ``values`` [sample].

    Notes
    -----
    ``neuroglia_spark.tensor`` and ``toPandas()`` bring them back to numpy and pandas.
    """
    if neuron_ids is not None and any("," in str(label) for label in neuron_ids):
        raise InvalidInput("The labels of neuron_ids have no commas.")
    options = _options(
        neuron_ids=neuron_ids,
        duration=duration,
        sampling_rate=sampling_rate,
        oscillation=oscillation,
    )
    return {
        name: _table("calcium_traces", name, options) for name in ("traces", "calcium", "spikes")
    }


def make_natural_images(
    units: int = 69,
    silent_units: int = 0,
    images: int = 119,
    repeats: int = 50,
    first_image: float = 1986.37,
    mean_rate: float = 5.3,
    tuning: float = 0.3,
    seed: int = 20181016,
) -> SpikeRecording:
    """A session of visual cortex: natural images in random order, as ``./neuroglia demo`` makes.

    Parameters
    ----------
    units, silent_units : int
        How many units there are, and how many of them never fire.
    images, repeats : int
        How many images there are, and how often each is shown.
    first_image : float
        When the first is shown, in seconds.
    mean_rate : float
        Mean base rate over the units, in spikes per second.
    tuning : float
        How strongly rates depend on the image; 0: not at all.
    seed : int
        Another number makes another session.

    Returns
    -------
    SpikeRecording
        Events have ``end_time`` and ``image_id``.
    """
    return _spikes("natural_images", "natural_images", locals())


def make_drifting_gratings(
    units: int = 69,
    silent_units: int = 0,
    directions: int = 8,
    temporal_frequencies: Sequence[float] = (1, 2, 4, 8, 15),
    repeats: int = 15,
    blanks_per_repeat: int = 2,
    first_grating: float = 30.0,
    mean_rate: float = 5.3,
    tuning: float = 1.0,
    seed: int = 20181016,
) -> SpikeRecording:
    """A session of visual cortex: gratings that drift in several directions.

    Parameters
    ----------
    units, silent_units : int
        How many units there are, and how many of them never fire.
    directions : int
        How many directions, evenly spread from 0° on.
    temporal_frequencies : list of float
        In cycles per second.
    repeats : int
        How often every direction and frequency is shown.
    blanks_per_repeat : int
        How often the screen stays blank in a block.
    first_grating : float
        When the first is shown, in seconds.
    mean_rate : float
        Mean base rate over the units, in spikes per second.
    tuning : float
        How strongly rates depend on the grating; 0: not at all.
    seed : int
        Another number makes another session.

    Returns
    -------
    SpikeRecording
        Events have ``end_time``, ``condition``, ``direction`` (degrees) and ``temporal_frequency``,
        the last two NaN where the screen was blank.
    """
    return _spikes("drifting_gratings", "drifting_gratings", locals())


def make_calcium_imaging(
    sampling_rate: float = 30.0,
    units: int = 69,
    silent_units: int = 0,
    directions: int = 8,
    temporal_frequencies: Sequence[float] = (1, 2, 4, 8, 15),
    repeats: int = 15,
    blanks_per_repeat: int = 2,
    first_grating: float = 30.0,
    mean_rate: float = 5.3,
    tuning: float = 1.0,
    seed: int = 20181016,
) -> CalciumRecording:
    """What a calcium indicator shows of the units of :func:`make_drifting_gratings`.

    Parameters
    ----------
    sampling_rate : float
        Frames per second.
    units, silent_units, directions, temporal_frequencies, repeats, blanks_per_repeat, \
first_grating, mean_rate, tuning, seed
        See :func:`make_drifting_gratings`.

    Returns
    -------
    CalciumRecording
        Traces of fluorescence, in the unit of a camera, that fade and waver; events of
        :func:`make_drifting_gratings`.
    """
    options = _options(**locals())
    return CalciumRecording(
        _table("calcium_imaging", "fluorescence", options),
        _table("calcium_imaging", "drifting_gratings", options),
    )


def make_choice_task(
    sessions: int = 1,
    least_units: int = 20,
    most_units: int = 200,
    least_trials: int = 300,
    most_trials: int = 900,
    seed: int = 20181016,
) -> SpikeRecording:
    """An archive of sessions of a choice task, as ``./neuroglia generate`` makes.

    Parameters
    ----------
    sessions : int
        How many; session i is the same however many there are.
    least_units, most_units : int
        A session has so many units, spread over five brain areas.
    least_trials, most_trials : int
        A session has so many trials.
    seed : int
        Another number makes other sessions.

    Returns
    -------
    SpikeRecording
        Units have ``area``, events ``choice`` (0 is left, 1 is right), ``block``,
        ``probability_right``, ``image_id`` and ``wheel_speed`` (radians per second).
    """
    return _spikes("choice_task", "trials", locals())


def write_choice_task(
    folder: Union[str, Path],
    sessions: int = 1,
    least_units: int = 20,
    most_units: int = 200,
    least_trials: int = 300,
    most_trials: int = 900,
    seed: int = 20181016,
) -> None:
    """Writes the sessions of :func:`make_choice_task` as NWB files, which can be ingested.

    Parameters
    ----------
    folder : str or Path
        Local folder for ``session_00000.nwb``, …; made where there is none. Files of these names are
        replaced.
    sessions, least_units, most_units, least_trials, most_trials, seed
        See :func:`make_choice_task`.

    Raises
    ------
    NotOnConnect
        On Spark Connect, which writes tables alone.
    """
    if is_remote():
        raise NotOnConnect(
            "Spark Connect cannot write NWB files: run ./neuroglia generate --sessions N --out DIR, "
            "or write_choice_task in a classic session; make_choice_task gives the same as tables."
        )
    jvm: Any = active()._jvm  # type: ignore[attr-defined]
    sizes = jvm.org.neuroglia.datasets.ChoiceTaskArchive.Range
    archive = jvm.org.neuroglia.datasets.ChoiceTaskArchive(
        sizes(least_units, most_units), sizes(least_trials, most_trials), seed
    )
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(sessions):
        file = Path(folder).absolute() / f"session_{number:05d}.nwb"
        nwb = archive.session(number).toNwb().overwrite(True)
        nwb.write(jvm.java.io.File(str(file)).toPath())


def _spikes(recording: str, events: str, arguments: Dict[str, Any]) -> SpikeRecording:
    options = _options(**arguments)
    return SpikeRecording(_table(recording, "units", options), _table(recording, events, options))


def _table(recording: str, table: str, options: Dict[str, str]) -> DataFrame:
    return table_function("synthetic", recording, table, options)


def _options(**values: Any) -> Dict[str, str]:
    return {name: _text(value) for name, value in values.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()
    if isinstance(value, str):
        return value
    if np.ndim(value) > 0:
        return ",".join(_text(one) for one in value)
    return str(value.item() if hasattr(value, "item") else value)
