"""Decoding: from vectors of responses to labels, with scikit-learn's names and numbers."""

from neuroglia_spark.decoding.stages import *  # noqa: F401,F403
from neuroglia_spark.decoding.stages import __all__ as _stages

__all__ = list(_stages)
