"""What the files of docker/ say, judged by the programs that read them; no engine is needed."""

import json
import re
import subprocess
import zipfile
from pathlib import Path

import compose as docker_compose
import pytest
from conftest import BIN, DOCKER, ROOT, bundle

# Not the script of that name, which returns 0 whatever the program returned.
COMPOSE = Path(docker_compose.__file__).with_name("docker-compose")


def run(*command, **environment):
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, **environment
    )


@pytest.fixture(scope="module")
def compose():
    """compose.yaml as Docker Compose itself reads it, which checks it against its schema."""
    command = [COMPOSE, "-f", DOCKER / "compose.yaml", "--profile", "command", "config"]
    done = run(*command, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_compose_refuses_what_its_schema_does_not_know(tmp_path):
    wrong = (DOCKER / "compose.yaml").read_text().replace("mem_limit", "memory_limit")
    (tmp_path / "compose.yaml").write_text(wrong)
    done = run(COMPOSE, "-f", tmp_path / "compose.yaml", "config", "--quiet")
    assert done.returncode != 0 and "memory_limit" in done.stderr


def test_services_run_scripts_that_exist_and_tell_whether_they_are_well(compose):
    services = compose["services"]
    assert set(services) == {"master", "worker", "connect", "notebook", "neuroglia"}
    for name, service in services.items():
        assert (service.get("command") or service["entrypoint"]) == [name]
        assert (BIN / name).stat().st_mode & 0o111, f"{name} cannot be executed"
        if name != "neuroglia":
            assert service["healthcheck"]["test"] == ["CMD", "healthy", name]
    assert services["worker"]["deploy"]["replicas"] == 2


def test_services_wait_for_those_that_they_need(compose):
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in compose["services"].items()
    }
    assert waits == {
        "master": {},
        "worker": {"master": "service_healthy"},
        "connect": {"worker": "service_healthy"},
        "notebook": {"connect": "service_healthy"},
        "neuroglia": {"worker": "service_healthy"},
    }


def test_ports_are_open_to_this_machine_only_and_all_share_the_data(compose):
    ports = {}
    for name, service in compose["services"].items():
        assert [(v["source"], v["target"]) for v in service["volumes"]] == [("data", "/data")]
        for port in service.get("ports", []):
            assert port["host_ip"] == "127.0.0.1"
            ports.setdefault(name, []).append(port["target"])
    assert ports == {"master": [8080], "connect": [4040, 15002], "notebook": [8888]}


def test_no_secret_is_written_down(compose):
    assert compose["services"]["notebook"]["environment"]["JUPYTER_TOKEN"] is None
    for file in DOCKER.rglob("*"):
        if file.is_file() and file.parent.name != "test":
            assert not re.search(r"(token|password|secret) *[:=] *\w", file.read_text(), re.I)


def test_dockerfile_pleases_its_linter():
    done = run("hadolint", "--no-color", DOCKER / "Dockerfile")
    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_please_their_linter():
    scripts = [path for path in BIN.iterdir() if path.name != "healthy"]
    done = run("shellcheck", *scripts, DOCKER / "test" / "run", ROOT / ".ci" / "run")
    assert done.returncode == 0, done.stdout


def test_dockerfile_copies_what_exists_and_is_sent_to_the_builder():
    dockerfile = (DOCKER / "Dockerfile").read_text()
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    sent = [line[1:] for line in ignored if line.startswith("!")]
    sources = re.findall(r"^COPY (?!--from)(\S+) \S+$", dockerfile, re.M)
    assert len(sources) > 4
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source == "." or any(f"{source}/".startswith(f"{part}/") for part in sent), source
    for part in sent:
        assert (ROOT / part).exists(), part


def test_the_image_has_the_spark_that_the_jar_was_built_against():
    version = re.search(r"<spark.version>(.*)</spark.version>", (ROOT / "pom.xml").read_text())[1]
    assert f"pyspark[connect]=={version}" in (DOCKER / "requirements.txt").read_text()


def test_bundle_holds_nothing_that_others_may_have_in_another_version():
    with zipfile.ZipFile(bundle()) as jar:
        names = [name for name in jar.namelist() if not name.endswith("/")]
        foreign = [n for n in names if n.endswith(".class") and not n.startswith("org/neuroglia/")]
        assert foreign == []
        allowed = re.compile(
            r"META-INF/(MANIFEST\.MF|licenses/\w+\.txt|maven/org\.neuroglia/.*|services/.*"
            r"|maven/org\.webjars\.npm/echarts/pom\.properties)"
            r"|org/neuroglia/.*|neuroglia_spark/.*|META-INF/resources/webjars/.*"
        )
        assert [n for n in names if not allowed.fullmatch(n)] == []
        assert len(names) == len(set(names))
        charts = [n for n in names if n.startswith("META-INF/resources/")]
        assert [n for n in charts if n.endswith(".js")] and [n for n in charts if "LICENSE" in n]
        assert not any(n.startswith("org/apache/") or n.endswith((".SF", ".RSA")) for n in names)


def test_bundle_says_whose_it_is():
    with zipfile.ZipFile(bundle()) as jar:
        read = {
            name: jar.read(name).decode() for name in jar.namelist() if name[-3:] in (".MF", "txt")
        }
        manifest = dict(
            line.split(": ", 1) for line in read["META-INF/MANIFEST.MF"].splitlines() if line
        )
        version = re.search(r"<version>(.*)</version>", (ROOT / "pom.xml").read_text())[1]
        assert manifest["Main-Class"] == "org.neuroglia.spark.cli.Neuroglia"
        assert manifest["Implementation-Title"] == "neuroglia-spark"
        assert manifest["Implementation-Version"] == version
        assert "Class-Path" not in manifest and "Multi-Release" not in manifest
        assert "James Mudd" in read["META-INF/licenses/jhdf.txt"]
        assert "Apache License" in read["META-INF/licenses/picocli.txt"]
        services = [name for name in jar.namelist() if name.startswith("META-INF/services/o")]
        assert "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister" in services
        for service in services:
            lines = [line.split("#")[0].strip() for line in jar.read(service).decode().splitlines()]
            for provider in filter(None, lines):
                assert jar.getinfo(provider.replace(".", "/") + ".class")
