"""Every stage runs, and spark/STAGES.md says so: it is made of what ran here.

``NEUROGLIA_WRITE_STAGES=true`` writes the table's columns of this mode.
"""

from __future__ import annotations

import os
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from test_golden import cases
from test_params import made

from neuroglia_spark import decoding
from neuroglia_spark.event import PeriEventSpikeSampler
from neuroglia_spark.spike import SpikePacker

TABLE = ROOT / "spark" / "STAGES.md"
HEAD = """# Stages

Where each stage can be used. A check mark means that the Python tests ran the stage there. "Golden
cases" counts results of neuroglia and scikit-learn that the stage reproduced through Python (the Java
tests run more). `spark/src/test/python/test_stages.py` makes this table and fails if it is out of date.

| Java | Python | Spark Connect | SQL | golden cases |
| --- | --- | --- | --- | --- |
"""
#: Functions of SQL that do what a stage does; a test asks the session for each.
SQL = {
    "event.PeriEventSpikeSampler": ("spike_tensor", "peri_event_histogram", "peri_event_spikes"),
    "epoch.EpochSpikeCounter": ("spike_count", "firing_rate"),
    "spike.Binner": ("bin_spikes",),
    "spike.SpikePacker": ("pack_spikes",),
}
TRACES = ("Binarizer", "EdgeDetector", "WhenTrueFinder", "EventRescaler", "Normalize")
TRACES += ("MedianFilterDetrender", "SavGolFilterDetrender", "CalciumDeconvolver")

ran = set()


def name(stage):
    return stage._java_class.removeprefix("org.neuroglia.spark.")


def wide():
    random = np.random.default_rng(2)
    times = np.arange(400) * 0.05
    values = np.abs(random.normal(size=(400, 2))) + 1 + (random.random((400, 2)) < 0.05) * 5
    return pd.DataFrame(values, columns=["n0", "n1"], index=times)


def result(stage, spikes, events, labelled):
    """What the stage makes of a small table."""
    kind = stage.__name__
    if kind in TRACES:
        return stage().transform(wide())
    if kind in ("Binner", "Smoother"):
        return stage(np.arange(0, 2, 0.25)).transform(spikes)
    if kind == "SpikePacker":
        return stage().transform(spikes)
    if kind == "SpikeTablizer":
        return stage().transform(SpikePacker().transform(spikes))
    if kind == "EpochSpikeCounter":
        return stage(spikes).fit_transform(events)
    if kind == "PeriEventSpikeSampler":
        return stage(spikes, np.arange(0, 1, 0.25)).fit_transform(events)
    if kind == "EpochTraceReducer":
        return stage(wide()).fit_transform(events)
    if kind in ("PeriEventTraceSampler", "PeriEventTraceReducer"):
        return stage(wide(), np.arange(0, 1, 0.25)).fit_transform(events)
    if kind == "ResponseReducer":
        sampler = PeriEventSpikeSampler(spikes, np.arange(0, 1, 0.25))
        return stage(np.sum).transform(sampler.fit_transform(events))
    if kind in ("PopulationDecoding", "DecodedTable"):
        trials = pd.DataFrame({"time": np.arange(20.0), "image": ["x", "y"] * 10})
        times = np.concatenate([np.arange(0, 20, 2) + 0.1, np.arange(20) + 0.3])
        trains = pd.DataFrame({"neuron": np.repeat(["a", "b"], [10, 20]), "time": times})
        decoding_of = decoding.PopulationDecoding("image", [0, 0.5], spikes=trains)
        decoded = decoding_of.transform(trials)
        return decoded if kind == "PopulationDecoding" else stage().transform(decoded)
    if kind == "StandardScaler":
        return stage().fit(labelled).transform(labelled)
    if kind == "PoissonNB":
        from pyspark.ml.feature import VectorAssembler

        counts = labelled.drop("features").selectExpr(
            "image", "round(abs(n0)) n0", "round(abs(n1)) n1"
        )
        counts = VectorAssembler(inputCols=["n0", "n1"], outputCol="features").transform(counts)
        return stage(label_col="image").fit(counts).transform(counts)
    return stage(label_col="image").fit(labelled).transform(labelled)


@pytest.mark.parametrize("stage", made(), ids=lambda stage: stage.__name__)
def test_runs(stage, spikes, events, labelled):
    if stage is decoding.ClassificationEvaluator:
        model = decoding.NearestCentroid(label_col="image").fit(labelled)
        assert stage(label_col="image").evaluate(model.transform(labelled)) > 0.7
    else:
        assert len(result(stage, spikes, events, labelled).collect()) > 0
    ran.add(name(stage))


@pytest.mark.parametrize("function", sorted({f for of in SQL.values() for f in of}))
def test_the_sql_function_is_there(function, spark):
    described = spark.sql(f"DESCRIBE FUNCTION {function}").collect()
    assert any(function in row[0] for row in described)


def rows(mode):
    """The table's cells by stage; those of the other mode are None."""
    counted = Counter(case.folder for case in cases())
    table = {}
    for stage in made():
        mark = "✓" if name(stage) in ran else "—"
        functions = ", ".join(f"`{f}`" for f in SQL.get(name(stage), ())) or "—"
        golden_count = str(counted[stage.__name__] or "—")
        both = [mark, None] if mode == "classic" else [None, mark]
        table[name(stage)] = [*both, functions, golden_count]
    return table


def written():
    if not TABLE.exists():
        return {}
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


def test_the_table_is_up_to_date(mode):
    if not ran >= {name(stage) for stage in made()}:
        pytest.skip("made of all stages, of which only some ran")
    ours, theirs = rows(mode), written()
    for stage, cells in ours.items():
        before = theirs.get(stage, ["—"] * 4)
        ours[stage] = [old if new is None else new for new, old in zip(cells, before)]
    if os.environ.get("NEUROGLIA_WRITE_STAGES") == "true":
        lines = [f"| `{stage}` | {' | '.join(cells)} |\n" for stage, cells in ours.items()]
        TABLE.write_text(HEAD + "".join(lines))
    elif ours != theirs:
        raise AssertionError(
            "spark/STAGES.md is out of date: NEUROGLIA_WRITE_STAGES=true spark/src/test/python/run "
            "-k test_stages writes it"
        )
