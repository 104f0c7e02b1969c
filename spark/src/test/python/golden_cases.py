"""What neuroglia and scikit-learn returned for small inputs, as the tests of the JVM read it."""

from __future__ import annotations

import json
import zipfile
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, Dict, Iterator, List

import numpy as np
import pandas as pd

#: The archives, one per transformer, which the tests of the JVM read too.
ROOT = Path(__file__).resolve().parents[4] / "core/src/test/resources/golden"


@lru_cache(maxsize=None)
def archive(folder: str) -> Dict[str, bytes]:
    """The files of a folder, by their path in it."""
    with zipfile.ZipFile(ROOT / f"{folder}.zip") as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


class Case:
    """One case of a folder: params.json, tables and expected.json."""

    def __init__(self, folder: str, name: str) -> None:
        self.folder, self.name = folder, name
        self.about = json.loads(self._text("params.json"))
        self.expected = json.loads(self._text("expected.json"))

    def _text(self, file: str) -> str:
        return archive(self.folder)[f"{self.name}/{file}"].decode()

    @property
    def params(self) -> Dict[str, Any]:
        return self.about["params"]

    def table(self, name: str) -> pd.DataFrame:
        about = self.about["inputs"][name]
        types = {"float": float, "int": np.int64, "str": str, "bool": object}
        columns = about["columns"]
        table = pd.read_csv(
            StringIO(self._text(about["file"])),
            dtype={column: types[kind] for column, kind in columns.items()},
            keep_default_na=False,
            na_values={c: ["NaN"] for c, kind in columns.items() if kind == "float"},
        )
        for column, kind in columns.items():
            if kind == "bool":
                table[column] = table[column].map({"True": True, "False": False}).astype(bool)
            elif kind == "str" and (table[column] == "").any():  # a missing label
                table[column] = table[column].astype(object).replace({"": None})
        if about["index_column"] is not None:
            table = table.set_index(about["index_column"])
        if about.get("neuron_label_dtype") == "int":
            table.columns = [int(label) for label in table.columns]
        return table

    def item(self, name: str) -> Dict[str, Any]:
        """An input that is no table."""
        return json.loads(self._text(self.about["inputs"][name]["file"]))

    def assert_close(self, actual: Any, expected: Any, what: str = "") -> None:
        np.testing.assert_allclose(
            np.asarray(actual, float),
            np.asarray(expected, float),
            rtol=self.about["compare"]["rtol"],
            atol=self.about["compare"]["atol"],
            err_msg=what,
        )

    def __repr__(self) -> str:
        return f"{self.folder}-{self.name}"


def array(value: Dict[str, Any]) -> np.ndarray:
    """What an item of expected.json holds, in its shape."""
    data: List[Any] = value["data"] if "data" in value else [value["value"]]
    kind = object if value.get("dtype") == "str" else float
    return np.asarray([x if kind is object else float(x) for x in data], kind).reshape(
        value.get("shape", [1])
    )


def index() -> Dict[str, List[str]]:
    """The names of all cases, by folder."""
    return json.loads((ROOT / "index.json").read_text())


def cases(folder: str) -> List[Case]:
    """All cases of a folder; an error where one of them is missing."""
    return [Case(folder, name) for name in index()[folder]]


def matches() -> Iterator[Case]:
    """The cases whose result ours must equal."""
    for folder in index():
        for case in cases(folder):
            if case.about["verdict"] == "match" and not case.about.get("volatile"):
                yield case
