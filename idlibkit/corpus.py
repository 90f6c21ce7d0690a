"""read_articles: files to the articles table."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pandas as pd

from .tables import IdlibkitError, IdlibkitWarning, listed

__all__ = ["read_articles"]


def read_articles(path: str | os.PathLike, *, manifest: str | os.PathLike | None = None) -> pd.DataFrame:
    """Read a folder of text files, or a CSV, into the articles table."""
    path = Path(path)
    if not path.exists():
        raise IdlibkitError(f"there is no file or folder {str(path)!r}; give the path of a folder of .txt or of a CSV.")
    table = _read_folder(path, manifest) if path.is_dir() else pd.read_csv(path)
    for column in ("wire", "title", "zone", "raw", "language"):
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="str")
    table["language"] = table["language"].fillna("en")
    table["published"] = pd.to_datetime(table["published"]) if "published" in table else pd.NaT
    if "text" not in table:
        table["text"] = _clean_text(table)
    first = ["article_id", "outlet", "published", "zone", "title", "wire", "language", "source_file", "raw", "text"]
    return table[first + [c for c in table if c not in first and c != "file"]]


def _read_folder(folder: Path, manifest) -> pd.DataFrame:
    files = sorted(p for p in folder.rglob("*.txt") if p.name.upper().split(".")[0] != "README")
    if not files:
        raise IdlibkitError(f"the folder {folder.name!r} holds no .txt file.")
    names = [p.relative_to(folder).as_posix() for p in files]
    raw = [p.read_bytes().decode("utf-8-sig") for p in files]
    table = pd.DataFrame({"source_file": names, "raw": raw, "article_id": [n.rsplit(".", 1)[0] for n in names]})
    manifest = manifest or (folder / "manifest.csv" if (folder / "manifest.csv").exists() else None)
    if manifest is not None:
        facts = pd.read_csv(manifest, dtype="str")
        return table.merge(facts, left_on="source_file", right_on="file", how="inner")
    table["outlet"] = [n.split("/")[0] if "/" in n else n.rsplit(".", 1)[0] for n in names]
    warnings.warn(
        f"no manifest.csv: the outlet is taken from the file's name ({listed(table['outlet'], 3)}). "
        "Put a manifest.csv with the columns file and outlet into the folder.",
        IdlibkitWarning,
        stacklevel=3,
    )
    return table


def _clean_text(table: pd.DataFrame) -> pd.Series:
    from .cleaning import lines

    found = lines(table[["article_id", "title", "raw"]])
    kept = found[found["kept"]]
    text = kept.groupby("article_id", sort=False)["text"].agg("\n\n".join)
    return table["article_id"].map(text).fillna("").astype("str")
