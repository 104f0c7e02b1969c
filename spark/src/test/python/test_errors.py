"""Errors of the JVM: one sentence, no stack trace, wherever in a job they happened."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from conftest import python

import neuroglia_spark
from neuroglia_spark import InvalidInput, NotOnConnect
from neuroglia_spark.decoding import LinearDiscriminantAnalysis, StandardScaler
from neuroglia_spark.event import PeriEventSpikeSampler
from neuroglia_spark.nwb import read_nwb
from neuroglia_spark.trace import Binarizer


def sentence(error):
    text = str(error.value)
    assert "\n" not in text and "Exception" not in text and "at org." not in text
    return text


def test_of_params(spikes, events):
    sampler = PeriEventSpikeSampler(spikes, [0, 1], plan="telepathy")
    with pytest.raises(InvalidInput) as error:
        sampler.fit(events)
    assert sentence(error) == 'plan is "telepathy"; accepted are [auto, broadcast, shuffle]'


def test_pysparks_questions_are_answered():
    error = InvalidInput("a sentence")
    assert str(error) == error.getMessage() == "a sentence" and error.args == ("a sentence",)
    assert error.getCondition() is None and error.getErrorClass() is None
    assert error.getSqlState() is None and not error.getMessageParameters()
    assert error.getQueryContext() == []
    assert str(pickle.loads(pickle.dumps(error))) == "a sentence"


def test_of_columns(spikes, events):
    with pytest.raises(InvalidInput) as error:
        PeriEventSpikeSampler(spikes, [0, 1]).fit(events.drop(columns="time"))
    assert sentence(error).startswith('the events have no column "time"')


def test_of_tasks():
    traces = pd.DataFrame({"n1": [0.0, np.nan]}, index=[0, 0.1])
    with pytest.raises(InvalidInput) as error:
        Binarizer().transform(traces).collect()
    assert (
        sentence(error)
        == "neuron n1: Binarizer: the trace is NaN at 0.1 s; finite values are needed"
    )


def test_of_decoders(labelled):
    with pytest.raises(ValueError) as error:  # InvalidInput is one
        LinearDiscriminantAnalysis(label_col="event", features_col="image").fit(labelled)
    sentence(error)


def test_of_files():
    with pytest.raises(InvalidInput) as error:
        read_nwb("/there/is/none.nwb").collect()
    assert "/there/is/none.nwb" in sentence(error)


def test_others_stay_pysparks(spark):
    from pyspark.errors import AnalysisException

    with pytest.raises(AnalysisException):
        spark.table("there_is_none").collect()


def test_what_connect_cannot_do_is_said(labelled, mode):
    model = StandardScaler().fit(labelled)
    if mode == "classic":
        assert model.mean_.shape == (2,)
        return
    with pytest.raises(NotOnConnect, match="StandardScalerModel.mean_ stays on the server"):
        model.mean_
    with pytest.raises(NotOnConnect, match="inverse_transform"):
        model.inverse_transform(labelled)


def test_no_session():
    said = python("from neuroglia_spark.spike import Binner; Binner([0, 1])").stderr.strip()
    assert said.endswith("There is no Spark session yet: neuroglia_spark.session() makes one.")


@pytest.mark.classic
def test_a_session_without_the_jar():
    said = python(
        "from pyspark.sql import SparkSession; import neuroglia_spark\n"
        "SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()\n"
        "neuroglia_spark.session()"
    ).stderr.strip()
    assert "was started without neuroglia's jar: restart Python" in said.splitlines()[-1]


def test_master_and_remote():
    with pytest.raises(ValueError, match="not both"):
        neuroglia_spark.session("local[1]", remote="local[1]")
