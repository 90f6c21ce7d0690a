"""The facts that a manifest gives of the files of a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pandas as pd

from ..lexicons import table as lexicon
from ..tables import IdlibkitError, check_columns, listed
from .cells import strings
from .columns import aliases, name_columns
from .exports import read_table
from .folders import clean_name
from .notes import Notes

__all__ = ["Manifest", "add_facts"]

Manifest = str | os.PathLike | pd.DataFrame
OF_FILES = ("article_id", "source_file", "raw", "text")
EXCLUDE, ALL_OTHERS = "exclude", "*"


def add_facts(
    articles: pd.DataFrame,
    manifest: Manifest,
    columns: Mapping[str, str] | None,
    notes: Notes,
) -> pd.DataFrame:
    """The articles whose files the manifest lists, with what it says of them."""
    if isinstance(manifest, pd.DataFrame):
        what, facts = "the manifest", manifest.reset_index(drop=True)
    else:
        manifest = os.fspath(manifest)
        what = repr(os.path.basename(manifest))
        if not os.path.isfile(manifest):
            raise IdlibkitError(
                f"there is no manifest {manifest!r}; check its name and the folder you "
                "are in."
            )
        facts = read_table(manifest, notes)
    facts = _facts(facts, columns, what, notes)
    facts["file"] = _file_names(facts["file"], articles)
    facts = _with_all_others(facts, articles["source_file"])
    _check_files(facts["file"], articles["source_file"], what, notes)
    facts = _without_excluded(facts, articles["source_file"], what, notes)
    listed_files = articles["source_file"].isin(facts["file"])
    articles = articles[listed_files].reset_index(drop=True)
    facts = facts.set_index("file").reindex(articles["source_file"])
    facts = facts.reset_index(drop=True)
    known = [str(name) for name in facts if name in articles]
    facts[known] = facts[known].where(facts[known].notna(), articles[known])
    others = articles.drop(columns=known)
    return pd.concat([others, facts], axis=1)


def _facts(
    facts: pd.DataFrame, columns: Mapping[str, str] | None, what: str, notes: Notes
) -> pd.DataFrame:
    """The manifest's columns under the names used here."""
    words = lexicon("columns.toml")
    names = {name: words[name].split() for name in ("file", "color")}
    names |= {
        name: others for name, others in aliases().items() if name not in OF_FILES
    }
    facts = name_columns(facts, columns, names, what, notes)
    check_columns(facts, ["file"], what)
    reserved = [name for name in OF_FILES if name in facts]
    if reserved:
        raise IdlibkitError(
            f"{what} has the column {listed(reserved)}, which comes from the files; "
            "rename or drop it."
        )
    return facts


def _file_names(written: pd.Series, articles: pd.DataFrame) -> pd.Series:
    """Files as the folder names them: also ``.\\A\\one.txt``, and without an ending."""
    known = articles["source_file"]
    names = strings(written).fillna("").str.strip().map(clean_name)
    names = names.str.removeprefix("./")
    from_windows = names.str.replace("\\", "/", regex=False).str.removeprefix("./")
    names = names.where(names.isin(known), from_windows)
    by_id = dict(zip(articles["article_id"], known, strict=True))
    return names.where(names.isin(known), names.map(by_id).fillna(names))


def _with_all_others(facts: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """A line ``*`` as one line for each file that no other line names."""
    is_rest = facts["file"].eq(ALL_OTHERS)
    if is_rest.sum() != 1:
        return facts
    others = known[~known.isin(facts["file"])].unique()
    of_rest = facts[is_rest].iloc[[0] * len(others)].assign(file=others)
    return pd.concat([facts[~is_rest], of_rest], ignore_index=True)


def _without_excluded(
    facts: pd.DataFrame, known: pd.Series, what: str, notes: Notes
) -> pd.DataFrame:
    """The lines but those that a column `exclude` leaves out."""
    if EXCLUDE not in facts:
        return facts
    words = lexicon("columns.toml")
    said = strings(facts[EXCLUDE]).fillna("").str.strip().str.casefold()
    said = said.str.removesuffix(".0")  # numbers beside empty cells
    out = said.isin(words["yes"].split())
    unclear = ~(out | said.isin(["", *words["no"].split()]))
    if unclear.any():
        raise IdlibkitError(
            f"column {EXCLUDE!r} of {what} has {listed(facts[EXCLUDE][unclear])}; "
            "write yes, or leave the cell empty."
        )
    excluded = facts["file"][out & facts["file"].isin(known)]
    kept = facts[~out].drop(columns=EXCLUDE)
    if not kept["file"].isin(known).any():
        raise IdlibkitError(
            f"{what} leaves out every file that it lists; add a line for each file to "
            f"read, or a line {ALL_OTHERS} for all others."
        )
    if len(excluded):
        notes.inform(f"left out, as {what} says: {listed(excluded)}.")
    return kept


def _check_files(files: pd.Series, known: pd.Series, what: str, notes: Notes) -> None:
    repeated = files.duplicated(keep=False)
    if repeated.any():
        raise IdlibkitError(
            f"{what} lists {listed(files[repeated].unique())} more than once; keep one "
            "line for each file."
        )
    listed_files = known.isin(files)
    if not listed_files.any():
        raise IdlibkitError(
            f"{what} names none of the files that were read ({listed(known, 4)}); "
            "correct its column 'file'."
        )
    absent = files[~files.isin(known)]
    if len(absent):
        notes.add(
            f"{what} names files that were not read: {listed(absent)}; add them or "
            "take out their lines."
        )
    if not listed_files.all():
        mend = f"add a line for each, or a line {ALL_OTHERS} for all others"
        notes.left_out(known[~listed_files], f"not in {what}; {mend}")
