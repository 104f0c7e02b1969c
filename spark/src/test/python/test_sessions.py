"""Sessions: what was submitted, and a server, decide; ours is for what starts here."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pyspark
import pytest
from conftest import inherited

from neuroglia_spark import session, sessions

PARTITIONS = "spark.sql.shuffle.partitions"


class Builder:
    """Keeps what it is told, and makes no session."""

    def __init__(self):
        self.said = {}

    def config(self, key, value):
        self.said[key] = value
        return self

    def appName(self, name):
        return self.config("spark.app.name", name)

    def master(self, master):
        return self.config("spark.master", master)

    def remote(self, remote):
        return self.config("spark.remote", remote)

    def getOrCreate(self):
        return self


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch):
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setattr(sessions, "_submitted", dict)
    monkeypatch.setattr(sessions, "_runs", lambda: False)


def said(**arguments):
    return session(builder=Builder(), **arguments).said


def test_here():
    ours = said()
    assert ours["spark.master"] == "local[*]"
    assert int(ours[PARTITIONS]) >= 1
    assert ours.items() >= sessions.settings().items()
    assert PARTITIONS in said(remote="local[2]")
    assert said(config={"spark.master": "local[3]"})["spark.master"] == "local[3]"


@pytest.mark.parametrize("by", ["argument", "environment"])
def test_a_server_keeps_its_settings(by, monkeypatch):
    if by == "environment":
        monkeypatch.setenv("SPARK_REMOTE", "sc://host:1")
    ours = said(config={"a": 1}, **({"remote": "sc://host:1"} if by == "argument" else {}))
    assert ours == {"spark.app.name": "neuroglia", "spark.remote": "sc://host:1", "a": 1}


def test_a_cluster_has_its_own_partitions():
    ours = said(master="spark://host:7077")
    assert ours["spark.master"] == "spark://host:7077"
    assert PARTITIONS not in ours and "spark.sql.extensions" in ours


def test_a_session_that_runs_keeps_its_settings(monkeypatch):
    monkeypatch.setattr(sessions, "_runs", lambda: True)
    assert said(config={"a": 1}) == {"spark.app.name": "neuroglia", "a": 1}


def test_what_was_submitted_stays(monkeypatch):
    ours = sessions.settings()
    jar = ours["spark.jars"].split(",")[0]
    submitted = {
        "spark.app.name": "theirs",
        "spark.master": "spark://host:7077",
        "spark.jars": f"/there/their.jar,file:/there/{Path(jar).name}",
        "spark.sql.extensions": "their.Extensions",
        "spark.ui.showConsoleProgress": "true",
    }
    monkeypatch.setattr(sessions, "_submitted", lambda: submitted)
    loaded = []
    monkeypatch.setattr(sessions, "_load", loaded.extend)
    made = said(master="local[2]")
    assert not {"spark.app.name", "spark.master", PARTITIONS, "spark.ui.showConsoleProgress"} & set(
        made
    )
    assert made["spark.sql.extensions"] == "their.Extensions," + ours["spark.sql.extensions"]
    assert made["spark.jars"].startswith(submitted["spark.jars"])
    assert made["spark.jars"].count(Path(jar).name) == 1
    others = ours["spark.jars"].split(",")[1:]
    assert made["spark.jars"].split(",")[2:] == others
    assert loaded == others


SUBMITTED = """
import json
import neuroglia_spark
from neuroglia_spark.lake import Lake
spark = neuroglia_spark.session()
said = {key: spark.conf.get(key) for key in ("spark.jars", "spark.sql.extensions", "spark.app.name")}
said["count"] = spark.range(4).selectExpr("sum(spike_count(array(double(id)), 0, 2))").first()[0]
try:
    Lake("/nowhere")
except neuroglia_spark.InvalidInput as refused:
    said["lake"] = str(refused)
print(json.dumps(said))
"""


@pytest.mark.classic
@pytest.mark.parametrize("with_jars", [False, True])
def test_a_program_is_submitted(with_jars, tmp_path):
    program, their = tmp_path / "program.py", tmp_path / "their.jar"
    program.write_text(SUBMITTED)
    zipfile.ZipFile(their, "w").close()
    ours = [path for path in sessions.jars() if with_jars and "neuroglia" in path]
    ran = subprocess.run(
        [
            str(Path(pyspark.__file__).parent / "bin" / "spark-submit"),
            *("--master", "local[1]", "--name", "theirs", "--jars", ",".join([str(their), *ours])),
            *(
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.sql.extensions=their.Extensions",
            ),
            str(program),
        ],
        env={
            **inherited(),
            "PYSPARK_PYTHON": sys.executable,
        },
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr
    made = json.loads(ran.stdout.splitlines()[-1])
    names = [jar.rpartition("/")[2] for jar in made["spark.jars"].split(",")]
    assert names[0] == "their.jar"
    assert sorted(names[1:]) == sorted(Path(jar).name for jar in sessions.jars())
    assert made["spark.sql.extensions"] == (
        "their.Extensions," + sessions.settings()["spark.sql.extensions"]
    )
    assert made["spark.app.name"] == "theirs"
    assert made["count"] == 2
    assert made["lake"].startswith("There is no lake in /nowhere")
