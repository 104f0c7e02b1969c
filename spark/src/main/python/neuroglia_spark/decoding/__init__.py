"""Decoding: from vectors of responses to labels, with scikit-learn's names and numbers.

:class:`PopulationDecoding` decodes whole sessions, and lakes of them, from their spikes, traces
or responses.
"""

from neuroglia_spark.decoding.population import *  # noqa: F401,F403
from neuroglia_spark.decoding.population import __all__ as _population
from neuroglia_spark.decoding.stages import *  # noqa: F401,F403
from neuroglia_spark.decoding.stages import __all__ as _stages

__all__ = sorted([*_stages, *_population])
