"""Neurophysiology into machine-learning features, on one laptop or on a cluster.

neuroglia for Apache Spark: the same stages by the same names, with the same numbers. Spikes and
events are DataFrames of Spark or of pandas, stages are stages of ``pyspark.ml``.

>>> import neuroglia_spark
>>> spark = neuroglia_spark.session()

=========== =====================================================================================
module      what is in it
=========== =====================================================================================
`spike`     SpikeTablizer, SpikePacker, Binner, Smoother
`event`     PeriEventSpikeSampler, PeriEventTraceSampler, PeriEventTraceReducer
`epoch`     EpochTraceReducer, EpochSpikeCounter
`trace`     Binarizer, EdgeDetector, WhenTrueFinder
`calcium`   MedianFilterDetrender, SavGolFilterDetrender, Normalize, CalciumDeconvolver, …
`tensor`    ResponseReducer; to_xarray, to_numpy, from_xarray
`decoding`  StandardScaler, the decoders, ClassificationEvaluator; PopulationDecoding
`lake`      Lake, ingest
`datasets`  make_calcium_traces, make_natural_images, make_choice_task, …
`nwb`       read_nwb
`pipeline`  make_pipeline, with scikit-learn's fit, predict and score
=========== =====================================================================================
"""

from pyspark.sql import DataFrame as _DataFrame

from neuroglia_spark import errors as _errors
from neuroglia_spark.errors import InvalidInput, NotOnConnect
from neuroglia_spark.sessions import jars, session, settings

_errors.install()


def _method(name):  # type: ignore[no-untyped-def]
    """A method of DataFrames that imports `tensor` when it is called."""

    def method(self, *arguments, **named):  # type: ignore[no-untyped-def]
        from neuroglia_spark import tensor

        return getattr(tensor, name)(self, *arguments, **named)

    method.__name__ = name
    method._neuroglia = True  # type: ignore[attr-defined]
    return method


for _name in ("to_numpy", "to_xarray"):
    if not hasattr(_DataFrame, _name):
        setattr(_DataFrame, _name, _method(_name))

__version__ = "0.1.0.dev0"
__all__ = ["InvalidInput", "NotOnConnect", "jars", "session", "settings"]
