"""Made-up recordings: neuroglia's numbers, and the defaults of Java."""

from __future__ import annotations

import inspect

import golden_cases as golden
import numpy as np
import pytest

from neuroglia_spark import InvalidInput, datasets
from neuroglia_spark.tables import table_function


def sums(table):
    """What tells one table from another: its rows, and a sum of the hashes of all columns."""
    columns = ", ".join(f"`{name}`" for name in table.columns)
    return tuple(table.selectExpr("count(*)", f"sum(xxhash64({columns})::decimal(20))").first())


def made_by_neuroglia():
    """Arguments of neuroglia's function, and what it returned."""
    return [
        case
        for case in golden.cases("make_calcium_traces")
        if "neuron_ids" in case.params and case.expected["kind"] == "dict"
    ]


@pytest.mark.parametrize("case", made_by_neuroglia(), ids=lambda case: case.name)
def test_calcium_traces_are_neuroglias(case):
    made = datasets.make_calcium_traces(**case.params)
    for name in ("traces", "spikes"):
        rows = {row["neuron"]: row for row in made[name].collect()}
        table = case.expected["items"][name]
        ours = np.array([rows[neuron]["values"] for neuron in table["columns"]]).T
        theirs = np.reshape(table["data"], table["shape"])
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(rows[table["columns"][0]]["times"], table["index"])


def test_calcium_traces_by_default():
    made = datasets.make_calcium_traces()
    traces = made["traces"].toPandas()
    assert sorted(traces.neuron) == sorted(f"neuron_{i}" for i in range(10))
    assert {len(times) for times in traces.times} == {300}
    spikes = np.concatenate(made["spikes"].toPandas()["values"].to_list())
    assert set(spikes) == {0.0, 1.0}


@pytest.mark.parametrize(
    "recording, tables, make",
    [
        ("natural_images", ("natural_images", "units"), datasets.make_natural_images),
        ("drifting_gratings", ("drifting_gratings", "units"), datasets.make_drifting_gratings),
        ("choice_task", ("trials", "units"), datasets.make_choice_task),
        ("calcium_imaging", ("drifting_gratings",), datasets.make_calcium_imaging),
    ],
)
def test_defaults_are_those_of_java(recording, tables, make):
    made = make()
    for table, ours in zip(tables, (made[1], made[0])):
        assert sums(ours) == sums(table_function("synthetic", recording, table))


@pytest.mark.parametrize(
    "recording, table, make",
    [
        ("natural_images", "units", datasets.make_natural_images),
        ("drifting_gratings", "units", datasets.make_drifting_gratings),
        ("choice_task", "units", datasets.make_choice_task),
        ("calcium_imaging", "fluorescence", datasets.make_calcium_imaging),
        ("calcium_traces", "traces", datasets.make_calcium_traces),
    ],
)
def test_arguments_are_the_options_of_java(recording, table, make):
    with pytest.raises(InvalidInput) as error:
        table_function("synthetic", recording, table, {"nothing": "1"}).schema
    options = str(error.value).partition("; it has ")[2].rstrip(".").split(", ")
    assert sorted(options) == sorted(inspect.signature(make).parameters)


def test_sizes_are_heeded():
    made = datasets.make_drifting_gratings(
        units=3, directions=4, temporal_frequencies=[1, 2], repeats=2, blanks_per_repeat=1
    )
    assert made.units.count() == 3
    events = made.events.toPandas()
    assert len(events) == (4 * 2 + 1) * 2
    assert events.direction.isna().sum() == 2
    assert set(events.temporal_frequency.dropna()) == {1.0, 2.0}
    imaging = datasets.make_calcium_imaging(sampling_rate=10, units=2, repeats=1)
    row = imaging.traces.first()
    np.testing.assert_allclose(np.diff(row["times"]), 0.1)
    assert len(row["times"]) == len(row["values"])


def test_what_is_wrong_is_said():
    with pytest.raises(InvalidInput, match="units"):
        datasets.make_natural_images(units=0).units.count()
    with pytest.raises(InvalidInput, match="have no commas"):
        datasets.make_calcium_traces(["a,b"])
    with pytest.raises(InvalidInput, match="a duration of"):
        datasets.make_calcium_traces(duration=-1)["traces"].count()
