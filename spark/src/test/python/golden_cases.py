"""Cases that neuroglia and scikit-learn returned, as the tests of the JVM have them."""

from __future__ import annotations

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve()
#: Those of the tests of core, and some more of what only the stages do.
ROOTS = (HERE.parents[4] / "core/src/test/resources/golden", HERE.parent / "golden")


class Case:
    """A folder with params.json, tables and expected.json; or one in a zip file."""

    def __init__(self, folder: Path, name: str, archive: Optional[Path] = None) -> None:
        self.folder, self.name, self._path, self._archive = folder.stem, name, folder, archive
        self.about = json.loads(self._text("params.json"))
        self.expected = json.loads(self._text("expected.json"))

    def _text(self, file: str) -> str:
        if self._archive is None:
            return (self._path / self.name / file).read_text()
        with zipfile.ZipFile(self._archive) as zipped:
            return zipped.read(f"{self.name}/{file}").decode()

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


def matches() -> Iterator[Case]:
    """The cases whose result ours must equal."""
    for folder in sorted(folder for root in ROOTS for folder in root.iterdir()):
        if folder.suffix == ".zip":
            with zipfile.ZipFile(folder) as zipped:
                names = sorted({name.split("/")[0] for name in zipped.namelist() if "/" in name})
            cases = [Case(folder, name, folder) for name in names]
        else:
            cases = [Case(folder, one.name) for one in sorted(folder.iterdir())]
        for case in cases:
            if case.about["verdict"] == "match" and not case.about.get("volatile"):
                yield case
