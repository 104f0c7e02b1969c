"""Prints the versions of what the rivals are made of."""

import json
import platform
from importlib.metadata import version

NAMES = ["numpy", "numba", "pyarrow", "h5py", "scikit-learn"]
print(json.dumps({"Python": platform.python_version(), **{name: version(name) for name in NAMES}}))
