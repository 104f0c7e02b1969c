"""The note of Zeppelin: its format, and each paragraph run by the interpreter that it names.

Zeppelin is no package of Python or Maven's central repository, so it does not run here. The format
is that of Zeppelin 0.12 (classes Note and Paragraph, which Gson writes and reads as they are).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from zeppelin_note import parse, settings

import neuroglia_spark

NOTE = ROOT / "notebooks" / "introduction.zpln"
RUNNER = Path(__file__).with_name("zeppelin_note.py")

#: Zeppelin's names of languages, by interpreter.
LANGUAGES = {
    "md": "markdown",
    "spark": "scala",
    "spark.conf": "text",
    "spark.pyspark": "python",
    "spark.sql": "sql",
}
CHARTS = {"table", "multiBarChart", "pieChart", "stackedAreaChart", "lineChart", "scatterChart"}
DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}")


@pytest.fixture(scope="module")
def note():
    return json.loads(NOTE.read_text(encoding="utf-8"))


def graphs(paragraph):
    return [result["graph"] for result in paragraph["config"]["results"].values()]


def test_noteHasTheFieldsOfZeppelin(note):
    types = {
        "paragraphs": list,
        "name": str,
        "id": str,
        "defaultInterpreterGroup": str,
        "version": str,
        "noteParams": dict,
        "noteForms": dict,
        "angularObjects": dict,
        "config": dict,
        "info": dict,
    }
    assert {name: type(value) for name, value in note.items()} == types
    assert re.fullmatch(r"2[A-Z0-9]{8}", note["id"])
    assert note["defaultInterpreterGroup"] == "spark"


def test_paragraphsHaveTheFieldsOfZeppelin(note):
    types = {
        "text": str,
        "user": str,
        "config": dict,
        "settings": dict,
        "apps": list,
        "runtimeInfos": dict,
        "progressUpdateIntervalMs": int,
        "jobName": str,
        "id": str,
        "dateCreated": str,
        "dateUpdated": str,
        "status": str,
    }
    ids = [paragraph["id"] for paragraph in note["paragraphs"]]
    assert len(set(ids)) == len(ids)
    for paragraph in note["paragraphs"]:
        given = {name: type(value) for name, value in paragraph.items() if name != "title"}
        assert given == types
        assert re.fullmatch(r"paragraph_\d+_\d+", paragraph["id"])
        assert paragraph["settings"] == {"params": {}, "forms": {}}
        assert DATE.fullmatch(paragraph["dateCreated"])
        assert DATE.fullmatch(paragraph["dateUpdated"])
        name, script = parse(paragraph["text"])
        config = paragraph["config"]
        assert script
        assert config["editorSetting"]["language"] == LANGUAGES[name]
        assert config["editorMode"] == f"ace/mode/{LANGUAGES[name]}"
        assert config["enabled"] is True
        assert 1 <= config["colWidth"] <= 12
        assert config["title"] == ("title" in paragraph)
        for graph in graphs(paragraph):
            assert graph["mode"] in CHARTS
            assert all({"name", "index", "aggr"} == set(c) for c in graph["keys"] + graph["values"])


def test_noteIsKeptWithoutResults(note):
    assert all(p["status"] == "READY" and "results" not in p for p in note["paragraphs"])


def test_settingsComeFirstAndAreThoseOfThePackage(note):
    names = [parse(paragraph["text"])[0] for paragraph in note["paragraphs"]]
    assert [name for name in names if name != "md"].index("spark.conf") == 0
    given = settings(note)
    ours = neuroglia_spark.settings()
    assert given["spark.jars"].endswith("-bundle.jar")
    assert given["spark.sql.extensions"] in ours["spark.sql.extensions"].split(",")
    assert given["spark.sql.catalog.nwb"] == ours["spark.sql.catalog.nwb"]


def test_allThreeLanguagesAreSpoken(note):
    names = {parse(paragraph["text"])[0] for paragraph in note["paragraphs"]}
    assert {"spark", "spark.sql", "spark.pyspark"} <= names


def test_sqlIsAStatementWithoutForms(note):
    """Zeppelin splits SQL at semicolons, and takes ``${name}`` for a form to fill in."""
    for paragraph in note["paragraphs"]:
        name, script = parse(paragraph["text"])
        if name == "spark.sql":
            assert ";" not in script
            assert "${" not in script


@pytest.mark.classic
def test_everyParagraphRuns(note, tmp_path):
    bundle = next(jar for jar in neuroglia_spark.jars() if "delta" not in Path(jar).name)
    outcome = tmp_path / "outcome.json"
    command = [
        sys.executable,
        str(RUNNER),
        str(NOTE),
        str(outcome),
        "--set",
        f"spark.jars={bundle}",
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stderr[-3000:]
    outcomes = json.loads(outcome.read_text(encoding="utf-8"))

    assert [o for o in outcomes if o["status"] != "SUCCESS"] == []
    runnable = [p for p in note["paragraphs"] if parse(p["text"])[0] not in ("md", "spark.conf")]
    assert [o["title"] for o in outcomes] == [p["title"] for p in runnable]

    said = re.search(r"Decoding accuracy: (0\.\d+) \(chance: 0\.008\)", ran.stdout)
    assert said, ran.stdout
    assert 0.3 < float(said[1]) < 0.4
    for paragraph, result in zip(runnable, outcomes):
        if result["interpreter"] == "spark.pyspark":
            assert result["pictures"] == 1
        if result["interpreter"] == "spark.sql":
            assert result["rows"]
            for graph in graphs(paragraph):
                for column in graph["keys"] + graph["values"]:
                    assert result["columns"][int(column["index"])] == column["name"]
    by_title = {o["title"]: o for o in outcomes}
    easy = [row[1] for row in by_title["Which images are easy?"]["rows"]]
    assert len(easy) == 119
    assert easy == sorted(easy, reverse=True)
    assert sum(easy) / len(easy) == pytest.approx(float(said[1]), abs=0.02)
    psth = by_title["One neuron, one image: its PSTH"]["rows"]
    before = [rate for start, rate in psth if start < 0.04]
    after = [rate for start, rate in psth if 0.1 <= start < 0.3]
    assert min(after) > max(before)
