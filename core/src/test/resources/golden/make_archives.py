"""Packs a folder of golden cases into the archives beside this file.

    make_archives.py FOLDER

FOLDER holds ``<Transformer>/<case>/params.json`` and so on, ``session_x1/`` and ``index.json``.
Each of its folders becomes one zip file. Names are sorted and times fixed, so that the same cases
give the same bytes (with the same zlib).
"""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def pack(folder: Path) -> None:
    with zipfile.ZipFile(HERE / f"{folder.name}.zip", "w") as archive:
        files = {str(f.relative_to(folder)): f for f in folder.rglob("*") if f.is_file()}
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, 9)


def main(source: Path) -> None:
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        pack(folder)
    shutil.copyfile(source / "index.json", HERE / "index.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
