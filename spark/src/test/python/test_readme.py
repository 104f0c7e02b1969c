"""The README's Python block, pasted: the accuracy is Java's."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, python

#: Makes the demo's session and decodes it with Java's stages alone, in a process of its own: over
#: Spark Connect there is no way to the JVM.
IN_JAVA = """
import sys
import neuroglia_spark

spark = neuroglia_spark.session("local[2]", config={"spark.ui.enabled": "false"})
jvm, file = spark._jvm, sys.argv[1]
image = jvm.org.neuroglia.datasets.NaturalImageSession.builder().images(20).repeats(20).seed(5)
image.build().toNwb().write(jvm.java.io.File(file).toPath())
java = jvm.org.neuroglia.spark
read = lambda table: spark._jsparkSession.read().format("nwb").option("table", table)
spikes = read("units").load(file)
events = read("natural_images").option("columns", "time,end_time,image_id").load(file)
times = jvm.org.neuroglia.event.SampleTimes.arange(0.1, 0.35, 0.01)
stages = spark.sparkContext._gateway.new_array(jvm.org.apache.spark.ml.PipelineStage, 4)
stages[0] = java.event.PeriEventSpikeSampler().setSampleTimes(times).setSpikes(spikes)
stages[1] = java.tensor.ResponseReducer().setFunc("sum")
stages[2] = java.decoding.StandardScaler()
stages[3] = java.decoding.LinearDiscriminantAnalysis().setLabelCol("image_id")
model = jvm.org.apache.spark.ml.Pipeline().setStages(stages).fit(events.where("event % 3 != 0"))
decoded = model.transform(events.where("event % 3 = 0"))
accuracy = java.decoding.ClassificationEvaluator().setLabelCol("image_id").evaluate(decoded)
print("accuracy", accuracy)
"""


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    file = str(tmp_path_factory.mktemp("demo") / "session.nwb")
    ran = python(IN_JAVA, file)
    found = re.search(r"^accuracy (\S+)$", ran.stdout, re.MULTILINE)
    assert found, ran.stderr
    return file, float(found.group(1))


def block():
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return next(block for block in blocks if "neuroglia_spark.session()" in block)


def test_the_block_gives_javas_accuracy(recording, capsys):
    file, accuracy = recording
    program = block()
    assert '"neuroglia-demo/session.nwb"' in program
    names = {}
    exec(program.replace("neuroglia-demo/session.nwb", file), names)
    assert names["accuracy"] == accuracy
    assert f"Decoding accuracy: {accuracy:.2f}" in capsys.readouterr().out
    assert accuracy > 0.3  # chance: 0.05


def test_the_block_is_as_short_as_neuroglias():
    """But for the session and the file, a line of neuroglia's is a line of ours."""
    readme = (ROOT / "README.md").read_text()
    theirs = re.search(r"```python\n(.*?)```", readme, re.DOTALL).group(1)
    lines = [
        len([line for line in text.splitlines() if line.strip()]) for text in (theirs, block())
    ]
    assert lines[1] <= lines[0] + 10
