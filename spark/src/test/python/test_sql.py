"""SQL: functions of spikes and NWB files as tables, in every session that the package makes."""

from __future__ import annotations

import pytest
from conftest import python
from pyspark.errors import PySparkException
from pyspark.sql import functions as F

from neuroglia_spark import InvalidInput

FUNCTIONS = [
    "arange",
    "bin_spikes",
    "firing_rate",
    "first_spike_latency",
    "pack_spikes",
    "peri_event_histogram",
    "peri_event_spikes",
    "psth",
    "spike_count",
    "spike_tensor",
]

WRITE = """
import sys, neuroglia_spark
from neuroglia_spark.datasets import write_choice_task
neuroglia_spark.session(master="local[1]", config={"spark.ui.enabled": "false"})
write_choice_task(sys.argv[1], least_units=5, most_units=5, least_trials=20, most_trials=20)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A session of 5 units and 20 trials; Spark Connect writes none."""
    folder = str(tmp_path_factory.mktemp("sql"))
    ran = python(WRITE, folder)
    assert ran.returncode == 0, ran.stderr
    return folder + "/session_00000.nwb"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_described(spark, name):
    text = "\n".join(row[0] for row in spark.sql(f"DESCRIBE FUNCTION EXTENDED {name}").collect())
    assert f"Function: {name}" in text
    assert "> SELECT " in text and "Since: 0.1.0" in text


def test_trains_in_columns(spark):
    trains = spark.createDataFrame(
        [(1, [0.5, 1.25, 1.5]), (2, [])], "neuron int, times array<double>"
    )
    window = [F.lit(1), F.lit(2)]
    rows = trains.select(
        F.call_function("spike_count", "times", *window),
        F.call_function("firing_rate", "times", *window),
        F.call_function("first_spike_latency", "times", F.lit(1)),
        F.expr("bin_spikes(times, 1, arange(-0.5, 1, 0.5))"),
    ).collect()
    assert [tuple(row) for row in rows] == [(2, 2.0, 0.25, [1, 2]), (0, 0.0, None, [0, 0])]


def test_aggregates(spark):
    row = spark.sql(
        "SELECT spike_tensor(neuron, times, 1, array(0, 0.25, 0.5)) AS tensor,"
        " psth(times, 1, array(0, 0.25, 0.5)) AS psth"
        " FROM VALUES ('b', array(1.0, 1.4)), ('a', array(1.3)) AS units(neuron, times)"
    ).first()
    assert row.tensor.neurons == ["a", "b"]
    assert row.tensor.counts == [[0, 1], [1, 1]]
    assert [bin.rate for bin in row.psth] == [2.0, 4.0]


def test_a_file_is_a_namespace(spark, file):
    tables = [row.tableName for row in spark.sql(f"SHOW TABLES IN nwb.`{file}`").collect()]
    assert tables[:3] == ["sessions", "units", "trials"]
    assert spark.table(f"nwb.`{file}`.units").count() == 5
    psth = spark.sql(
        f"SELECT neuron, inline(psth(times, time, arange(0, 0.4, 0.1))) FROM nwb.`{file}`.units"
        f" JOIN nwb.`{file}`.trials USING (session) GROUP BY neuron"
    )
    assert psth.columns == ["neuron", "start", "stop", "rate", "sem"]
    assert psth.count() == 5 * 3
    assert spark.catalog.tableExists(f"nwb.`{file}`.trials")
    assert not spark.catalog.tableExists(f"nwb.`{file}`.lever_presses")


def test_a_view_and_a_table_of_the_session(spark, file):
    options = f"USING nwb OPTIONS (path '{file}', table 'trials')"
    spark.sql(f"CREATE OR REPLACE TEMPORARY VIEW trials_of_a_view {options}")
    spark.sql(f"CREATE TABLE trials_of_a_table {options}")
    try:
        assert spark.table("trials_of_a_view").count() == 20
        assert spark.table("trials_of_a_table").count() == 20
    finally:
        spark.sql("DROP TABLE trials_of_a_table")
        spark.catalog.dropTempView("trials_of_a_view")


WRONG = {
    "SELECT * FROM nwb.`{file}`.lever_presses": "{file}: there is no table lever_presses; it "
    "has units, trials",
    "SHOW TABLES IN nwb.`/nowhere`": "There is no file /nowhere.",
    "SELECT psth(array(0.5D), 0, 'edges')": "psth: sample_times is string; it must be an array of "
    "numbers, in seconds",
    "SELECT * FROM lake_tables('/nowhere')": "There is no lake in /nowhere; ./neuroglia ingest PATH "
    "--out /nowhere makes one.",
    "SELECT * FROM synthetic('choice_task')": "synthetic takes 2 or 3 arguments, synthetic(recording, "
    "table[, options]), but was given 1",
    "CREATE TEMPORARY VIEW no_view USING nwb OPTIONS (path '/nowhere')": "There is no file /nowhere.",
}


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_is_told_in_a_sentence(spark, file, query):
    with pytest.raises(InvalidInput) as error:
        spark.sql(query.format(file=file)).collect()
    assert str(error.value).startswith(WRONG[query].format(file=file))
    assert "; line " not in str(error.value) and "\n" not in str(error.value)


def test_a_wrong_query_is_told_by_a_server_of_few_words(spark, mode):
    """Without the details, which a server can be set to keep, there is the error's own message."""
    if mode == "classic":
        pytest.skip("asks a server")
    key = "spark.sql.connect.enrichError.enabled"
    before = spark.conf.get(key)
    spark.conf.set(key, "false")
    try:
        with pytest.raises(InvalidInput) as error:
            spark.sql("SELECT spike_count('a', 0, 1)").collect()
    finally:
        spark.conf.set(key, before)
    assert str(error.value).startswith("spike_count: times is string; it must be")


def test_wrong_queries_of_others_stay_pysparks(spark):
    for query in (
        "SELECT raise_error(1, 2, 3)",
        "SELECT nothing",
        "SELECT * FROM range('a', 'b')",
        "SELECT assert_true(false)",
    ):
        with pytest.raises(PySparkException) as error:
            spark.sql(query).collect()
        assert not isinstance(error.value, InvalidInput)


def test_a_wrong_row_is_told_in_a_sentence(spark):
    with pytest.raises(InvalidInput) as error:
        spark.sql("SELECT bin_spikes(array(1D), 0, array(id + 2, 1)) FROM range(1)").collect()
    assert str(error.value) == (
        "bin_spikes: sampleTimes decrease from 2.0 to 1.0 at position 1: edges of bins must increase"
    )
