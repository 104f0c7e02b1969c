"""The introduction and a lake, decoded on the cluster: the same to the last digit as without."""

import socket
import sys
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
from conftest import DELTA, SECONDS, bundle, events, free_port, json_of, summary, until

MAIN = "org.neuroglia.spark.cli.Neuroglia"
INTRODUCTION = (
    *("--events", "natural_images", "--columns", "time,end_time,image_id"),
    *("--label", "image_id", "--window", "0.1,0.35,0.01"),
)
# Enough labels that a worker can die in the middle.
LAKE = ("--events", "trials", "--label", "choice", "--window", "0,0.6,0.1", "--permutations", "500")


@pytest.fixture(scope="module")
def session(cluster):
    """A session that the demo made and decoded, without a cluster."""
    demo = ("demo", "--units", "20", "--images", "10", "--repeats", "20")
    cluster.program(*demo, "--out", cluster.shared / "demo", master=False).finish()
    return cluster.shared / "demo" / "session.nwb"


@pytest.fixture(scope="module")
def packages(cluster):
    """How the README submits what reads lakes: Delta Lake comes from where Maven has it."""
    conf = f"spark.jars.ivy={cluster.folder / 'ivy'}"
    return ("--packages", f"io.delta:delta-spark_4.1_2.13:{DELTA}", "--conf", conf)


@pytest.fixture(scope="module")
def lake(cluster, packages):
    """Four sessions, ingested on the cluster."""
    archive = cluster.shared / "archive"
    cluster.program("generate", "--sessions", "4", "--out", archive, master=False).finish()
    lake = cluster.shared / "lake"
    said = cluster.submit(
        *("--master", cluster.url, *packages, "--class", MAIN, bundle()),
        *("ingest", archive, "--out", lake),
    ).finish()
    assert "4 sessions added" in said
    return lake


@pytest.fixture(scope="module")
def lake_decoded(cluster, lake):
    """The lake decoded without a cluster."""
    out = cluster.shared / "local"
    said = cluster.program("decode", lake, *LAKE, "--out", out, master=False).finish()
    assert "replaced a previously registered function" not in said  # the settings have Delta, too
    return summary(out)


def successful_tasks(logged) -> Counter:
    """Tasks that ended well, by the worker that ran them."""
    ended = [event for event in logged if event["Event"] == "SparkListenerTaskEnd"]
    good = [event for event in ended if event["Task End Reason"]["Reason"] == "Success"]
    return Counter(event["Task Info"]["Host"] for event in good)


def test_the_bundle_starts_under_spark_submit(cluster):
    said = cluster.submit(bundle(), "--version").finish()
    assert "neuroglia 0" in said and "not packaged" not in said
    assert "Usage: neuroglia" in cluster.submit(bundle(), "--help").finish()


def test_a_session_is_decoded_on_both_workers_as_without_a_cluster(cluster, session):
    logged = cluster.logged_events()
    out = cluster.shared / "decoded"
    said = cluster.program("decode", session, *INTRODUCTION, "--out", out, **logged).finish()
    local = summary(cluster.shared / "demo" / "decoding")
    assert summary(out) == local
    assert f"Decoding accuracy: {local['accuracy']:.2f}" in said
    assert local["accuracy"] > 1.5 * local["chance"]
    assert set(successful_tasks(events(logged))) == set(cluster.workers)
    assert sorted(path.name for path in cluster.shared.glob("*decoded*")) == ["decoded"]


def test_wrong_input_is_one_sentence(cluster, session):
    program = cluster.program("decode", session, *INTRODUCTION, "--where", "nonsense = 1")
    assert program.process.wait(SECONDS) == 2
    assert "nonsense" in program.said() and "\tat " not in program.said()


def test_a_lake_without_delta_lake_is_one_sentence(cluster, lake):
    jar = ("--master", cluster.url, "--class", MAIN, bundle())
    program = cluster.submit(*jar, "decode", lake, *LAKE)
    assert program.process.wait(SECONDS) == 2
    assert "--packages io.delta:delta-spark" in program.said() and "\tat " not in program.said()


def begun(cluster, lake, out: str, port: int, packages, **settings):
    """A decoding of the lake, from when both workers have something to do."""
    conf = {"spark.ui.port": port, "spark.driver.host": "127.0.0.1", **settings}
    options = [part for key, value in conf.items() for part in ("--conf", f"{key}={value}")]
    program = cluster.submit(
        *("--master", cluster.url, *packages, *options, "--class", MAIN, bundle()),
        *("decode", lake, *LAKE, "--out", cluster.shared / out),
    )
    api = f"http://127.0.0.1:{port}/api/v1/applications"

    def at_work() -> bool:
        assert program.process.poll() is None, program.said()
        try:
            (application,) = json_of(api)
            executors = json_of(f"{api}/{application['id']}/executors")
            jobs = json_of(f"{api}/{application['id']}/jobs?status=running")
        except (OSError, ValueError):
            return False
        busy = {e["hostPort"].split(":")[0] for e in executors if e["activeTasks"] > 0}
        decoding = any(job["numTasks"] > 2 for job in jobs)
        return decoding and busy >= set(cluster.workers)

    until(at_work, "both workers are at work", every=0.02)
    return program


def test_a_worker_that_dies_changes_nothing(cluster, lake, lake_decoded, packages):
    logged = cluster.logged_events()
    program = begun(cluster, lake, "survived", free_port(), packages, **logged)
    cluster.workers["127.0.0.3"].kill()
    program.finish()
    assert summary(cluster.shared / "survived") == lake_decoded
    reasons = Counter(
        event["Task End Reason"]["Reason"]
        for event in events(logged)
        if event["Event"] == "SparkListenerTaskEnd"
    )
    assert reasons["ExecutorLostFailure"] + reasons["FetchFailed"] + reasons["Resubmitted"] > 0
    assert cluster.healthy("worker", cluster.workers["127.0.0.3"].environment).returncode == 1
    cluster.workers["127.0.0.3"] = cluster.start_worker("127.0.0.3")


def test_a_program_that_dies_leaves_no_half_of_a_folder(cluster, lake, packages):
    program = begun(cluster, lake, "killed", free_port(), packages)
    program.kill()
    assert not (cluster.shared / "killed").exists()
    page = f"http://127.0.0.1:{cluster.page}/json/"
    until(lambda: json_of(page)["coresused"] == 0, "its cores are free again")


def test_the_introduction_through_spark_connect(cluster, session):
    script = [sys.executable, Path(__file__).with_name("introduction.py"), session]
    local = cluster.start("introduction", script).finish()
    port = str(free_port())
    logged = cluster.logged_events()
    conf = cluster.folder / "conf"
    conf.mkdir()
    for file in Path(cluster.environment["SPARK_CONF_DIR"]).iterdir():
        (conf / file.name).write_text(file.read_text())
    with open(conf / "spark-defaults.conf", "a") as defaults:
        defaults.writelines(f"{key} {value}\n" for key, value in logged.items())
    server = cluster.start_well(
        "connect", SPARK_MASTER_URL=cluster.url, SPARK_CONNECT_PORT=port, SPARK_CONF_DIR=str(conf)
    )
    remote = cluster.start("introduction", script, SPARK_REMOTE=f"sc://127.0.0.1:{port}").finish()
    (decoded,) = [line.split()[1] for line in remote.splitlines() if line.startswith("accuracy")]
    (expected,) = [line.split()[1] for line in local.splitlines() if line.startswith("accuracy")]
    assert decoded == expected
    assert 0.15 < float(decoded) < 1  # chance is 0.1
    server.stop()
    assert set(successful_tasks(events(logged))) == set(cluster.workers)


def test_jupyter_opens_to_those_who_have_the_token(cluster, tmp_path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "given.ipynb").write_text("{}")
    (cluster.shared / "mine.ipynb").write_text("mine")
    (notebooks / "mine.ipynb").write_text("{}")
    port = str(free_port())
    # Containers do not run as root, and Jupyter would not; tests may.
    (tmp_path / "jupyter_server_config.json").write_text('{"ServerApp": {"allow_root": true}}')
    service = cluster.start_well(
        "notebook",
        JUPYTER_CONFIG_DIR=str(tmp_path),
        JUPYTER_TOKEN="of a test",
        JUPYTER_ADDRESS="127.0.0.1",
        JUPYTER_PORT=port,
        NEUROGLIA_NOTEBOOKS=str(notebooks),
        HOME=str(tmp_path),
    )
    url = f"http://127.0.0.1:{port}/api/contents"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(url, timeout=30)
    headers = {"Authorization": "token of a test"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        assert b"given.ipynb" in answer.read()
    assert (cluster.shared / "mine.ipynb").read_text() == "mine"
    service.stop()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()
