"""The Python stages say what the Java stages say: they cannot drift apart."""

from __future__ import annotations

import inspect
import zipfile

import numpy as np
import pytest
from py4j.java_collections import JavaArray

import neuroglia_spark
from neuroglia_spark import calcium, decoding, epoch, event, spike, tensor, trace
from neuroglia_spark.stage import JavaStage, StageModel, camel, snake

MODULES = (spike, event, epoch, trace, calcium, tensor, decoding)
SERVICES = ("ml.Estimator", "ml.Transformer", "ml.evaluation.Evaluator")


def stages():
    found = {
        value
        for module in MODULES
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, JavaStage) and "_java_class" in vars(value)
    }
    return sorted(found, key=lambda stage: stage._java_class)


def made(models=False):
    return [stage for stage in stages() if issubclass(stage, StageModel) == models]


def arguments(stage):
    """The arguments of the constructor, without the tables that stages take beside params."""
    parameters = inspect.signature(stage.__init__).parameters
    return {
        name: parameter.default
        for name, parameter in parameters.items()
        if name not in ("self", "spikes", "traces", "groups")
    }


def test_every_stage_of_the_jar_has_its_class():
    listed = set()
    for path in neuroglia_spark.jars():
        if "delta" in path:
            continue
        with zipfile.ZipFile(path) as jar:
            for service in SERVICES:
                listed |= set(
                    jar.read(f"META-INF/services/org.apache.spark.{service}").decode().split()
                )
    assert listed == {stage._java_class for stage in stages()}


@pytest.mark.parametrize("stage", stages(), ids=lambda stage: stage.__name__)
def test_modules_are_those_of_java(stage):
    module = stage.__module__.removesuffix(".stages").removesuffix(".population")
    java_module, _, name = stage._java_class.rpartition(".")
    assert (module, stage.__name__) == (
        java_module.replace("org.neuroglia.spark", "neuroglia_spark"),
        name,
    )


@pytest.mark.parametrize("stage", made(), ids=lambda stage: stage.__name__)
def test_arguments_are_the_params(stage):
    params = {param.name: param for param in stage().params}
    assert {camel(name) for name in arguments(stage)} == set(params)
    for name, default in arguments(stage).items():
        param = params[camel(name)]
        assert snake(param.name) == name
        if default is None:
            declared = getattr(param, "default", None)
            assert declared in (None, "none", [])  # shrinkage=None is scikit-learn's
        else:
            assert param.typeConverter(default) == param.default


@pytest.mark.parametrize("stage", made(), ids=lambda stage: stage.__name__)
def test_help_tells_every_argument(stage):
    text = inspect.getdoc(stage)
    missing = [name for name in arguments(stage) if name not in text]
    assert not missing
    assert "Parameters\n----------" in text


@pytest.mark.classic
@pytest.mark.parametrize("stage", stages(), ids=lambda stage: stage.__name__)
def test_params_are_those_of_java(stage, spark):
    java = spark._jvm
    for part in stage._java_class.split("."):
        java = getattr(java, part)
    java = java()
    ours = stage()
    declared = {}
    for param in java.params():
        default = java.getDefault(param)
        value = default.get() if default.isDefined() else None
        declared[param.name()] = (param.doc(), list(value) if hasattr(value, "getClass") else value)
        kind = param.getClass().getSimpleName()
        own = ours.getParam(param.name())
        converter = own.typeConverter.__name__
        assert converter in KINDS[kind], f"{param.name()}: {kind}"
        # What the converter makes of an argument is what the JVM holds for the param.
        given, expected = EXAMPLES[converter]
        ours._java_obj = java
        java.set(ours._make_java_param_pair(own, own.typeConverter(given)))
        held = java.get(param).get()
        assert (list(held) if isinstance(held, JavaArray) else held) == expected, param.name()
    written = {
        param.name: (param.doc, ours.getOrDefault(param) if ours.hasDefault(param) else None)
        for param in ours.params
    }
    assert written == declared


#: What makes of a value of Python what a param of Java takes.
KINDS = {
    "IntParam": {"toInt", "to_positive_int"},
    "LongParam": {"toInt", "to_seed"},
    "DoubleParam": {"toFloat"},
    "BooleanParam": {"to_bool"},
    "DoubleArrayParam": {"toListFloat"},
    "IntArrayParam": {"to_ints"},
    "StringArrayParam": {"to_strings", "to_settings"},
    "Param": {"toString", "to_name", "to_func", "to_shrinkage"},
}

#: An argument that each of them takes, and what the JVM then holds.
EXAMPLES = {
    "toInt": (np.int64(3), 3),
    "to_positive_int": (np.int64(3), 3),
    "to_seed": (np.int64(2**40), 2**40),
    "toFloat": (np.float64(0.5), 0.5),
    "to_bool": (np.True_, True),
    "toListFloat": (np.arange(2), [0.0, 1.0]),
    "to_ints": (np.arange(2), [0, 1]),
    "to_strings": (["a", "b"], ["a", "b"]),
    "to_settings": ({"alpha": 2}, ["alpha=2"]),
    "toString": ("text", "text"),
    "to_name": (spike.Smoother, "Smoother"),
    "to_func": (np.sum, "sum"),
    "to_shrinkage": (0.5, "0.5"),
}


def test_get_and_set():
    smoother = spike.Smoother([0, 1], tau=np.float64(0.25))
    assert smoother.getTau() == 0.25
    assert smoother.getSampleTimes() == [0.0, 1.0]
    assert smoother.setTau(0.5) is smoother
    assert smoother.setParams(kernel="boxcar", sample_times=np.arange(3)).getKernel() == "boxcar"
    assert smoother.getOrDefault(smoother.tau) == 0.5
    assert "width of the kernel" in smoother.explainParam("tau")


def test_names_and_functions_in_place_of_text():
    assert event.PeriEventSpikeSampler(sampler=spike.Smoother).getSampler() == "Smoother"
    assert [tensor.ResponseReducer(f).getFunc() for f in (np.sum, np.nanmean, "max")] == [
        "sum",
        "nanmean",
        "max",
    ]
    assert decoding.LinearDiscriminantAnalysis(shrinkage=0.5).getShrinkage() == "0.5"
    assert decoding.LinearDiscriminantAnalysis(shrinkage=None).getShrinkage() == "none"


def test_what_is_wrong_is_said():
    with pytest.raises(TypeError, match="the JVM cannot run"):
        tensor.ResponseReducer(lambda values: 0)
    with pytest.raises(TypeError, match="at least 1"):
        decoding.LinearDiscriminantAnalysis(n_components=0)
    with pytest.raises(TypeError, match="no argument 'sampleTimes'"):
        spike.Binner().setParams(sampleTimes=[0, 1])
