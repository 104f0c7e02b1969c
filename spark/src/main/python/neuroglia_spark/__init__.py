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

from neuroglia_spark import errors as _errors
from neuroglia_spark.errors import InvalidInput, NotOnConnect
from neuroglia_spark.sessions import jars, session, settings

_errors.install()

__version__ = "0.1.0.dev0"
__all__ = ["InvalidInput", "NotOnConnect", "jars", "session", "settings"]
