"""A standalone cluster on this machine, made of the scripts that run in the containers."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pyspark
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
BIN = DOCKER / "bin"
TARGET = ROOT / "spark" / "target"
DELTA = re.findall(r"<delta.version>(.*)</delta.version>", (ROOT / "pom.xml").read_text())[0]
QUICK = "-XX:TieredStopAtLevel=1"
SECONDS = 400  # for what takes ten on a machine with nothing else to do


def bundle() -> Path:
    """The jar that `mvn package` made."""
    (jar,) = TARGET.glob("neuroglia-spark-*-bundle.jar")
    return jar


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as listening:
        listening.bind((host, 0))
        return listening.getsockname()[1]


def until(true, what: str, seconds: float = SECONDS, every: float = 0.2):
    """Waits for a condition, and returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(every)
    raise AssertionError(f"{what}: not within {seconds} s")


class Service:
    """A program in a process group of its own, with all that it starts."""

    def __init__(self, command, environment, log: Path, cwd: Path):
        self.log = log
        self.environment = environment
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                env=environment,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def finish(self) -> str:
        """Waits for its end, which must be a good one, and returns what it said."""
        assert self.process.wait(SECONDS) == 0, self.said()
        return self.said()

    def kill(self, how=signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(60)

    def stop(self):
        """As Docker stops a container: asks, and then insists."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.kill()


class Cluster:
    """Master and workers, each at an address of its own, with a folder that all of them see."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.shared = folder / "shared"
        self.logs = folder / "logs"
        for made in (self.shared, self.logs, folder / "events"):
            made.mkdir()
        self.services = []
        self.port = free_port()
        self.page = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "PYSPARK_"))},
            # Short programs: Java's second compiler costs them more than it saves.
            "SPARK_DAEMON_JAVA_OPTS": QUICK,
            "SPARK_SUBMIT_OPTS": f"{QUICK} -Dspark.executor.extraJavaOptions={QUICK}",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SPARK_HOME": str(Path(pyspark.__file__).parent),
            "SPARK_CONF_DIR": str(DOCKER / "conf"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(folder / "local"),
            "SPARK_EXECUTOR_MEMORY": "1g",
            "PYSPARK_PYTHON": sys.executable,
        }

    def start(self, name: str, command, **environment) -> Service:
        log = self.logs / f"{name}-{len(self.services)}.log"
        service = Service(command, {**self.environment, **environment}, log, self.shared)
        self.services.append(service)
        return service

    def start_well(self, name: str, **environment) -> Service:
        """One of the scripts, once `healthy` says that it is well."""
        service = self.start(name, [BIN / name], **environment)

        def well() -> bool:
            assert service.process.poll() is None, service.said()
            return self.healthy(name, service.environment).returncode == 0

        until(well, f"{name} is well", every=0.5)
        return service

    @staticmethod
    def healthy(name: str, environment):
        command = [sys.executable, BIN / "healthy", name]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    def start_master(self) -> Service:
        return self.start_well(
            "master",
            SPARK_MASTER_HOST="127.0.0.1",
            SPARK_MASTER_PORT=str(self.port),
            SPARK_MASTER_WEBUI_PORT=str(self.page),
        )

    def start_worker(self, address: str) -> Service:
        return self.start_well(
            "worker",
            SPARK_MASTER_URL=self.url,
            SPARK_LOCAL_IP=address,
            SPARK_WORKER_CORES="2",
            SPARK_WORKER_MEMORY="2g",
            SPARK_WORKER_DIR=str(self.folder / f"work-{address}"),
            SPARK_WORKER_WEBUI_PORT=str(free_port(address)),
        )

    def program(self, *arguments, master: bool = True, **settings) -> Service:
        """The command line through bin/neuroglia."""
        environment = {"SPARK_MASTER_URL": self.url} if master else {}
        conf = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
        return self.start("neuroglia", [BIN / "neuroglia", *arguments, *conf], **environment)

    def submit(self, *options_and_arguments) -> Service:
        """The bundle jar through spark-submit, as the README has it."""
        command = [Path(self.environment["SPARK_HOME"]) / "bin" / "spark-submit"]
        return self.start("spark-submit", [*command, *options_and_arguments])

    def logged_events(self) -> dict:
        """Settings that have Spark write its events where `events` reads them."""
        folder = self.folder / "events" / str(len(self.services))
        folder.mkdir()
        return {
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": folder.as_uri(),
            "spark.eventLog.compress": "false",
            "spark.eventLog.rolling.enabled": "false",
            # Tasks do not begin before both workers have an executor.
            "spark.scheduler.minRegisteredResourcesRatio": "1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
        }

    def close(self):
        for service in reversed(self.services):
            service.stop()


def events(settings: dict) -> list:
    """What Spark logged, a dict per event."""
    (log,) = Path(settings["spark.eventLog.dir"].removeprefix("file://")).iterdir()
    return [json.loads(line) for line in log.read_text().splitlines()]


def json_of(url: str):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def summary(folder: Path) -> dict:
    """What decode found, without how long it took and what it was called with."""
    found = json.loads((folder / "summary.json").read_text())
    for varies in ("seconds", "settings"):
        del found[varies]
    return found


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start_master()
        cluster.workers = {
            address: cluster.start_worker(address) for address in ("127.0.0.2", "127.0.0.3")
        }
        yield cluster
    finally:
        cluster.close()
