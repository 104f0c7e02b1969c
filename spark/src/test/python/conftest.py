"""One suite for classic Spark and for Spark Connect: ``pytest --mode classic|connect``."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import neuroglia_spark

ROOT = Path(__file__).resolve().parents[4]


def pytest_addoption(parser):
    parser.addoption("--mode", choices=("classic", "connect"), default="classic")


def pytest_configure(config):
    config.addinivalue_line("markers", "classic: needs the JVM that classic Spark talks to")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--mode") == "connect":
        skip = pytest.mark.skip(reason="asks the JVM, which Spark Connect hides")
        for item in items:
            if "classic" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def mode(request):
    return request.config.getoption("--mode")


@pytest.fixture(scope="session", autouse=True)
def spark(mode, tmp_path_factory):
    config = {
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }
    where = {"remote": "local[2]"} if mode == "connect" else {"master": "local[2]"}
    session = neuroglia_spark.session(**where, memory="2g", config=config)
    yield session
    session.stop()


@pytest.fixture(autouse=True)
def garbage_between_tests(mode):
    """Over Connect, garbage is collected between tests alone.

    Models of pyspark 4.1 call the server when they are collected: if that happens while the client
    opens another call, the client waits for itself for ever.
    """
    if mode == "classic":
        yield
        return
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture()
def spikes():
    """Three neurons, one of them without a spike in any window."""
    return pd.DataFrame({"neuron": ["b", "a", "a", "b", "c"], "time": [0.1, 0.2, 0.55, 1.3, 40.0]})


@pytest.fixture()
def events():
    return pd.DataFrame({"time": [0.0, 1.0], "duration": [0.5, 0.5], "image": ["x", "y"]})


@pytest.fixture(scope="session")
def labelled(spark):
    """Responses of two neurons to two images, of which one shows; a row each."""
    random = np.random.default_rng(1)
    label = np.arange(60) % 2
    values = random.normal(size=(60, 2)) + 2 * label[:, None]
    rows = [(i, f"image {k}", *map(float, v)) for i, (k, v) in enumerate(zip(label, values))]
    table = spark.createDataFrame(rows, "event long, image string, n0 double, n1 double")
    from pyspark.ml.feature import VectorAssembler

    return VectorAssembler(inputCols=["n0", "n1"], outputCol="features").transform(table)


def inherited():
    """The environment without what pyspark set for this session; options of Java stay."""
    return {
        k: v
        for k, v in os.environ.items()
        if k == "SPARK_SUBMIT_OPTS" or not k.startswith(("SPARK_", "PYSPARK_"))
    }


def python(code, *arguments, **environment):
    """Runs a program in a Python of its own, whose session is not this one's.

    Where this session is one of Spark Connect, pyspark says so in variables that every program
    started from here inherits: they are left out.
    """
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**inherited(), **environment},
        capture_output=True,
        text=True,
        timeout=900,
    )
