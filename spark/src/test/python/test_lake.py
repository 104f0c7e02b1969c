"""Lakes from Python: what was ingested, as it was at one moment, on both kinds of sessions."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, python

from neuroglia_spark import InvalidInput, NotOnConnect, datasets
from neuroglia_spark.decoding import PopulationDecoding
from neuroglia_spark.lake import Lake, ingest

SIZES = dict(least_units=10, most_units=20, least_trials=40, most_trials=60, seed=5)

MAKE = """
import sys
import neuroglia_spark
from neuroglia_spark import datasets, lake

archive, out = sys.argv[1:]
spark = neuroglia_spark.session("local[2]", config={"spark.ui.enabled": "false"})
for sessions in (2, 3):
    datasets.write_choice_task(archive, sessions=sessions, SIZES)
    print(lake.ingest(archive, out))
open(archive + "/broken.nwb", "w").write("a few words of text")
print(lake.ingest(archive, out))
spark.stop()
""".replace("SIZES", ", ".join(f"{name}={value}" for name, value in SIZES.items()))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A lake of two sessions, then of three, then with a file that fails; and what was said.

    Another process makes it, as Connect's server cannot be asked to.
    """
    folder = tmp_path_factory.mktemp("lakes")
    run = python(MAKE, folder / "archive", folder / "it's a lake")
    assert run.returncode == 0, run.stderr
    return str(folder / "it's a lake"), run.stdout.splitlines()


def rows(table, *columns):
    return sorted(map(tuple, table.select(*columns).collect()), key=str)


def test_ingest_says_what_it_did(made):
    first, second, third = made[1]
    assert first == "Ingested(added=2, replaced=0, unchanged=0, failures=[])"
    assert second.startswith("Ingested(added=1, replaced=") and "failures=[]" in second
    # What was not written again is not read again.
    assert third.startswith("Ingested(added=0, replaced=0, unchanged=3, failures=[Failure(")
    assert "Failure(path=" in third and "broken.nwb" in third


def test_tables_have_what_was_made(made):
    lake = Lake(made[0])
    assert lake.event_tables == ["trials"] and lake.trace_series == [] and lake.has_units
    assert set(lake.tables) >= {"sessions", "units", "events/trials"}
    assert all(size > 0 for size in lake.tables.values())
    expected = datasets.make_choice_task(sessions=3, **SIZES)
    columns = ("session", "neuron", "area", "times")
    assert rows(lake.units(), *columns) == rows(expected.units, *columns)
    columns = ("session", "event", "time", "choice", "wheel_speed")
    assert rows(lake.events("trials"), *columns) == rows(expected.events, *columns)
    assert lake.sessions().count() == 3
    (failure,) = lake.failures().collect()
    assert failure.path.endswith("broken.nwb")


def test_a_lake_is_one_moment(made):
    lake = Lake(made[0])
    before = Lake(made[0], version=0)
    assert before.version == 0 < lake.version
    assert before.sessions().count() == 2
    assert before.units().select("session").distinct().count() == 2
    assert repr(before) == f"Lake({made[0]!r}, version=0)"


def test_it_is_decoded(made):
    lake = Lake(made[0])
    decoding = PopulationDecoding("choice", [0, 0.5], permutations=3, seed=1)
    decoded = decoding.decode(lake.units(), lake.events("trials"))
    expected = decoding.decode(*datasets.make_choice_task(sessions=3, **SIZES))
    columns = ("session", "accuracy", "folds", "pValue", "neurons", "events")
    assert rows(decoded.results(), *columns) == rows(expected.results(), *columns)


def test_it_is_in_sql(made, spark):
    path = made[0].replace("'", "\\'")
    query = f"SELECT count(*) FROM lake_table('{path}', 'sessions')"
    assert spark.sql(query).first()[0] == 3


@pytest.mark.classic
def test_it_is_that_of_java(made, spark):
    from pyspark.sql import DataFrame

    lake = Lake(made[0])
    java = spark._jvm.org.neuroglia.spark.lake.Lake.open(spark._jsparkSession, made[0])
    assert java.version() == lake.version
    assert list(java.eventTables()) == lake.event_tables
    for ours, theirs in (
        (lake.units(), java.units()),
        (lake.events("trials"), java.events("trials")),
        (lake.sessions(), java.sessions()),
        (lake.failures(), java.failures()),
    ):
        expected = DataFrame(theirs, spark)
        assert ours.schema == expected.schema
        assert rows(ours, "*") == rows(expected, "*")


def test_what_is_wrong_is_said(made, tmp_path, mode):
    with pytest.raises(InvalidInput, match="There is no lake in"):
        Lake(str(tmp_path))
    with pytest.raises(InvalidInput, match="has no version 99"):
        Lake(made[0], version=99)
    with pytest.raises(InvalidInput, match="no table of events licks; it has trials"):
        Lake(made[0]).events("licks").count()
    if mode == "connect":
        with pytest.raises(NotOnConnect, match="run ./neuroglia ingest"):
            ingest(str(tmp_path), str(tmp_path / "lake"))
        with pytest.raises(NotOnConnect, match="run ./neuroglia generate"):
            datasets.write_choice_task(tmp_path)
    else:
        with pytest.raises(InvalidInput):
            ingest(str(tmp_path / "nothing.nwb"), str(tmp_path / "lake"))


@pytest.mark.classic
def test_the_readmes_block_runs(tmp_path, capsys):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    block = next(block for block in blocks if "ingest(" in block)
    for name in ("archive", "lake"):
        block = block.replace(f'"{name}"', repr(str(tmp_path / name)))
    names = {}
    exec(block, names)
    assert names["decoded"].results().count() == 3 * 5
    assert re.search(r"\d+ events predicted; failed: 0", capsys.readouterr().out)
    names["decoded"].unpersist()
