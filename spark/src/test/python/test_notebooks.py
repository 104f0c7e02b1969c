"""The notebooks run from top to bottom, draw what they promise, and are kept without outputs."""

from __future__ import annotations

import re
import shutil

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(path.stem for path in FOLDER.glob("*.ipynb"))

#: How many pictures each draws, and what it must have found: a pattern, and what its numbers obey.
PROMISES = {
    "introduction": (5, r"Decoding accuracy: (\S+) \(chance: 0.008\)", lambda a: 0.3 < a < 0.4),
    "neuropixels": (5, r"Accuracy: (\S+), (\S+) times chance", lambda a, times: times > 4),
    "natural_images": (4, None, None),
    "synthetic_calcium": (3, None, None),
    "decoding_calcium_events": (
        4,
        r"calcium traces: (\S+) at .*\ncalcium events: (\S+) at ",
        lambda traces, events: 0.025 < traces < events,
    ),
    "lake": (5, r"Ingested\(added=(\d+), replaced=(\d+)", lambda added, _: added == 16),
}


def read(name):
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def outputs_of(notebook, kind):
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [out for cell in cells for out in cell.outputs if out.output_type == kind]


def test_everyNotebookHasItsPromise():
    assert NOTEBOOKS == sorted(PROMISES)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_isKeptWithoutOutputs(name):
    notebook = read(name)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata.language_info) == {"name"}
    for cell in notebook.cells:
        assert not cell.metadata, cell.source
        assert cell.source.strip()
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_beginsWithATitleAndLinksToWhatExists(name):
    notebook = read(name)
    assert notebook.cells[0].source.startswith("# ")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\((?!http)([^)#]+)\)", cell.source):
                assert (FOLDER / target).is_file(), target


@pytest.mark.classic
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runsFromTopToBottom(name, tmp_path):
    for module in FOLDER.glob("*.py"):
        shutil.copy(module, tmp_path)
    notebook = read(name)
    client = NotebookClient(
        notebook,
        timeout=900,
        startup_timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute()
    executed = ROOT / "spark" / "target" / "notebooks"
    executed.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, executed / f"{name}.ipynb")

    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert outputs_of(notebook, "error") == []
    warnings = [o.text for o in outputs_of(notebook, "stream") if o.name == "stderr"]
    assert not [text for text in warnings if "Warning" in text or "Exception" in text]

    pictures, pattern, holds = PROMISES[name]
    assert (
        len([o for o in outputs_of(notebook, "display_data") if "image/png" in o.data]) == pictures
    )
    if pattern:
        said = "".join(o.text for o in outputs_of(notebook, "stream") if o.name == "stdout")
        found = re.search(pattern, said)
        assert found, said
        assert holds(*map(float, found.groups())), found[0]


def test_readmeTellsOfEach():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in [*FOLDER.glob("*.ipynb"), *FOLDER.glob("*.zpln")]:
        assert f"({path.name})" in readme
