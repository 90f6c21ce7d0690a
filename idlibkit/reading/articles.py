"""read_articles: files, or somebody's own table, to the articles table that everything else starts from."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping

import pandas as pd

from ..tables import IdlibkitError, IdlibkitWarning, check_columns, listed
from ..text import counted, is_foreign, languages
from .dates import parse_dates
from .exports import (
    ALIASES,
    UNKNOWN,
    blank,
    name_columns,
    read_rows,
    read_table,
    strings,
)
from .folders import ENDINGS, clean_name, read_folder

__all__ = ["read_articles"]


COLUMNS = [
    "article_id",
    "outlet",
    "published",
    "zone",
    "title",
    "wire",
    "language",
    "source_file",
    "raw",
    "text",
]
HTML = r"</?(?:p|br|div|span|a|b|i|em|strong|li|h[1-6])(?: [^<>]*)?/?>|&(?:amp|nbsp|quot|lt|gt|#x?[0-9a-fA-F]+);"
FEW, SHORT = (
    4,
    40,
)  # words and characters; what has fewer of both is no sentence (some languages have no spaces)


def read_articles(
    path: str | os.PathLike | pd.DataFrame,
    *,
    manifest: str | os.PathLike | pd.DataFrame | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Read articles from a folder, a file or a DataFrame into the articles table.

    Whatever is left out, or read in a way to know of, is named in an `IdlibkitWarning` with the way to mend it.

    Parameters
    ----------
    path : path or DataFrame
        A folder of ``.txt``, ``.html`` and ``.htm`` files (README files, the manifest, ``.toml`` and dotfiles are
        passed over), one such file, a table (``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson``, ``.json``, ``.parquet``), a
        folder of Parquet parts, or a DataFrame with at least the text and the outlet of each article.
    manifest : path or DataFrame, optional
        Facts about the files of a folder, one row per file: ``file`` and any of ``outlet``, ``published``, ``title``,
        ``wire``, ``language`` and further columns. Default: ``manifest.csv`` in the folder, if there is one. Files
        that it does not list are left out. Without an outlet from it, a file in a subfolder has the subfolder's name
        as its outlet, a page its site's name, any other file its own name.
    columns : mapping, optional
        Names of the input's columns to the names used here, such as ``{"content": "text"}``. Other columns are found
        by the names that exports use, and those found are said.

    Returns
    -------
    DataFrame
        One row per article: `article_id` (unique; the file's path inside the folder without its ending, or for tables
        without such a column the outlet and a checksum of the article, whatever the order of the rows), `outlet`,
        `published` (local datetime64 without zone), `zone` (its offset where known), `title` (the text's headline
        where none is given), `wire`, `language` (ISO 639 code), `source_file` (inside the folder), `raw` (the decoded
        file with its line ends; for pages the extracted title, a blank line and the body; absent where no row has it)
        and `text` (headline, subheadline, headings and body as `lines` finds them in `raw`, a blank line between; as
        given where there is no `raw`), then every further column.

        Files are sorted by name; the rows of a table keep their order. UTF-8 and UTF-16 are recognised, what is
        neither is read as Windows-1252, and said.

    Raises
    ------
    IdlibkitError
        Nothing readable; no text or outlet column; two articles with one id; an unsound CSV; a manifest without
        ``file`` or with a file twice.

    Notes
    -----
    The body of a page is what trafilatura extracts (its F1 on the Scrapinghub article-extraction benchmark is .958).
    Languages are told by `idlibkit.language.languages`, dates read by `idlibkit.dates.parse_dates`.

    Examples
    --------
    >>> articles = read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": ["It was the army.", "It was the rebels."]}))
    >>> articles[["outlet", "text"]]
      outlet                text
    0      A    It was the army.
    1      B  It was the rebels.
    """
    notes: list[str] = []
    if isinstance(path, pd.DataFrame):
        what, is_files = "the DataFrame", False
        table = path
        if table.empty:
            raise IdlibkitError(
                "the DataFrame has no rows; it must have one row for each article."
            )
    else:
        path = os.fspath(path)
        what = repr(os.path.basename(os.path.abspath(path)))
        if not os.path.exists(path):
            raise IdlibkitError(
                f"there is no file or folder {path!r}; check its name and the folder you are in."
            )
        is_files = _holds_files(path)
        table = (
            _read_files(path, manifest, columns, notes)
            if is_files
            else read_table(path, notes)
        )
    if not is_files:
        if manifest is not None:
            raise IdlibkitError(
                f"manifest= is for a folder of files; {what} has its facts in its own columns."
            )
        table = read_rows(table, columns, what, notes)
        if "source_file" not in table and not isinstance(path, pd.DataFrame):
            table["source_file"] = os.path.basename(os.path.abspath(path))
    articles = _finish(table, what, notes)
    for note in notes:
        warnings.warn(note, IdlibkitWarning, stacklevel=2)
    return articles


def _holds_files(path: str) -> bool:
    """Whether `path` is articles in files of their own, rather than a table of them."""
    if not os.path.isdir(path):
        return path.lower().endswith(ENDINGS)
    try:
        names = [name.lower() for name in os.listdir(path)]
    except OSError as error:
        raise IdlibkitError(
            f"the folder {path!r} cannot be opened: {error.strerror}."
        ) from error
    parquet = any(
        name.endswith(".parquet") for name in [path.rstrip("/\\").lower(), *names]
    )
    return any(name.endswith(ENDINGS) for name in names) or not parquet


def _read_files(
    path: str,
    manifest: str | os.PathLike | pd.DataFrame | None,
    columns: Mapping[str, str] | None,
    notes: list[str],
) -> pd.DataFrame:
    """A folder's files with the facts of its manifest, and each one's outlet."""
    folder, only = (
        (path, None) if os.path.isdir(path) else os.path.split(os.path.abspath(path))
    )
    inside = os.path.join(folder, "manifest.csv")
    if manifest is None and only is None and os.path.isfile(inside):
        manifest = inside
    skip = (
        None
        if manifest is None or isinstance(manifest, pd.DataFrame)
        else os.path.abspath(manifest)
    )
    table = read_folder(folder, notes, only=only, skip=skip)
    if manifest is not None:
        table = _add_facts(table, manifest, columns, notes)
    elif columns:
        raise IdlibkitError(
            "columns= is for tables and manifests; this folder has neither."
        )
    none = pd.Series(pd.NA, index=table.index, dtype="str")
    name = table["source_file"]
    given, site, subfolder = (
        column.where(column.str.strip() != "")
        for column in (
            strings(table.get("outlet", none)),
            table.get("_site", none),
            name.str.split("/").str[0].where(name.str.contains("/")),
        )
    )
    table["outlet"] = given.fillna(subfolder).fillna(site)
    by_page = given.isna() & subfolder.isna() & site.notna()
    if by_page.any():
        notes.append(
            f"outlets taken from the pages' own site names ({listed(sorted(site[by_page].unique()), 4)}); a manifest.csv "
            "with the columns file and outlet in the folder overrules them."
        )
    lost = table["outlet"].isna()
    if lost.any():
        table["outlet"] = table["outlet"].fillna(
            name.str.replace(r"\.[^./]*$", "", regex=True)
        )
        notes.append(
            f"nothing says which outlet published {listed(name[lost], 3)}; the file's name stands for it. Put a "
            "manifest.csv with the columns file and outlet into the folder, or the files of each outlet into a subfolder "
            "of its name."
        )
    return table.drop(columns="_site", errors="ignore")


def _add_facts(
    table: pd.DataFrame,
    manifest: str | os.PathLike | pd.DataFrame,
    columns: Mapping[str, str] | None,
    notes: list[str],
) -> pd.DataFrame:
    """The files that the manifest lists, with what it says of them."""
    if isinstance(manifest, pd.DataFrame):
        what, facts = "the manifest", manifest.reset_index(drop=True)
    else:
        manifest = os.fspath(manifest)
        what = repr(os.path.basename(manifest))
        if not os.path.isfile(manifest):
            raise IdlibkitError(
                f"there is no manifest {manifest!r}; check its name and the folder you are in."
            )
        facts = read_table(manifest, notes)
    ours = ("article_id", "source_file", "raw", "text")
    aliases = {name: others for name, others in ALIASES.items() if name not in ours}
    facts = name_columns(
        facts,
        columns,
        {"file": "filename file_name path source_file", **aliases},
        what,
        notes,
    )
    check_columns(facts, ["file"], what)
    reserved = [name for name in ours if name in facts]
    if reserved:
        raise IdlibkitError(
            f"{what} has the column {listed(reserved)}, which comes from the files; rename or drop it."
        )
    file = (
        strings(facts["file"])
        .fillna("")
        .str.strip()
        .map(clean_name)
        .str.removeprefix("./")
    )
    from_windows = file.str.replace("\\", "/", regex=False).str.removeprefix("./")
    file = file.where(file.isin(table["source_file"]), from_windows)
    # files may be named without their ending, as article_id is
    by_id = pd.Series(
        table["source_file"].to_numpy(), index=table["article_id"].to_numpy()
    )
    facts["file"] = file.where(
        file.isin(table["source_file"]), file.map(by_id).fillna(file)
    )
    twice = facts["file"].duplicated(keep=False)
    if twice.any():
        names = listed(facts["file"][twice].unique())
        raise IdlibkitError(
            f"{what} lists {names} more than once; keep one line for each file."
        )
    known = table["source_file"].isin(facts["file"])
    if not known.any():
        names = listed(table["source_file"], 4)
        raise IdlibkitError(
            f"{what} names none of the files that were read ({names}); correct its column 'file'."
        )
    absent = facts["file"][~facts["file"].isin(table["source_file"])]
    if len(absent):
        notes.append(
            f"{what} names files that were not read: {listed(absent)}; add them or take out their lines."
        )
    if not known.all():
        notes.append(
            f"left out: {listed(table['source_file'][~known])} (not in {what}; add a line for each)."
        )
    table = table[known].reset_index(drop=True)
    facts = facts.set_index("file").reindex(table["source_file"]).reset_index(drop=True)
    for name in facts:
        table[name] = (
            facts[name].where(facts[name].notna(), table[name])
            if name in table
            else facts[name]
        )
    return table


def _finish(table: pd.DataFrame, what: str, notes: list[str]) -> pd.DataFrame:
    """The last steps, the same for every source: facts typed, text and language found, doubles named."""
    for name in ("outlet", "title", "wire", "zone", "language", "source_file"):
        values = strings(
            table[name] if name in table else pd.Series(pd.NA, index=table.index)
        )
        if name != "source_file":  # a file may have any name
            values = values.str.replace(r"\s+", " ", regex=True).str.strip()
        table[name] = values.where(values != "")
    table["outlet"] = table["outlet"].fillna(UNKNOWN)
    dates = (
        table["published"]
        if "published" in table
        else pd.Series(pd.NaT, index=table.index)
    )
    table["published"], zone, said = parse_dates(
        strings(dates) if dates.dtype == object else dates
    )
    table["zone"] = table["zone"].fillna(zone)
    notes += [f"{what}: {note}" for note in said]
    text = (
        table["text"]
        if "text" in table
        else pd.Series(pd.NA, index=table.index, dtype="str")
    )
    if "raw" in table:
        without = blank(table["raw"])
        if without.any():
            table["raw"] = table["raw"].where(~without)
        todo = table["raw"].notna() & blank(text)
        if todo.any():
            made = _text_of(table.loc[todo, ["article_id", "title", "raw"]])
            text = text.where(~todo, made["text"])
            table["title"] = table["title"].fillna(made["title"])
            ids = table["article_id"][todo & blank(text)]
            if len(ids):
                notes.append(
                    f"no line of {listed(ids)} reads like reporting, so its text is empty; lines() says why."
                )
        if table["raw"].isna().all():
            table = table.drop(columns="raw")
    table["text"] = text.fillna("")
    words = table["text"].str.count(r"\w+")
    tiny = (words < FEW) & (table["text"].str.len() < SHORT) & (words > 0)
    if tiny.any():
        notes.append(
            f"hardly any text in {listed(table['article_id'][tiny], 4)} (fewer than {FEW} words); leave out what is no article, "
            "or get its whole text."
        )
    unsaid = table["language"].isna()
    table["language"] = table["language"].fillna(languages(table["text"][unsaid]))
    _look_over(table, notes)
    first = [name for name in COLUMNS if name in table]
    return table[first + [name for name in table if name not in first]].reset_index(
        drop=True
    )


def _text_of(table: pd.DataFrame, batch: int = 16_000_000) -> pd.DataFrame:
    """text and title of each row from its raw page; `batch` characters at a time, so that memory stays bounded."""
    from ..cleaning import lines

    parts = []
    for _, part in table.groupby(
        (table["raw"].str.len().cumsum() // batch).to_numpy(), sort=False
    ):
        kept = lines(part)
        kept = kept[kept["kept"]]
        text = kept.groupby("article_id", sort=False)["text"].agg("\n\n".join)
        title = (
            kept[kept["role"] == "headline"]
            .drop_duplicates("article_id")
            .set_index("article_id")["text"]
        )
        ids = part["article_id"]
        parts.append(
            pd.DataFrame(
                {"text": ids.map(text).fillna(""), "title": ids.map(title)}, dtype="str"
            )
        )
    return pd.concat(parts)


def _look_over(table: pd.DataFrame, notes: list[str]) -> None:
    """Say what of the corpus as a whole a reader of results must know."""
    source = table["raw"].fillna(table["text"]) if "raw" in table else table["text"]
    same = source.duplicated(keep=False) & (source != "")
    if same.any():
        groups = sorted(
            sorted(ids)
            for ids in table["article_id"][same].groupby(source[same]).agg(list)
        )
        shown = "; ".join(" and ".join(map(repr, ids[:3])) for ids in groups[:4])
        more = f" and {len(groups) - 4} more groups" if len(groups) > 4 else ""
        notes.append(
            f"exactly the same text, all kept: {shown}{more}. Leave out all but one where it is one article."
        )
    marked = source.str.contains(HTML)
    if marked.any():
        notes.append(
            f"HTML tags or entities stand in the text of {marked.sum()} of {len(table)} articles "
            f"({listed(table['article_id'][marked], 4)}) and are counted as words. Save each as a page (.html) in a folder, or "
            "turn it into text first."
        )
    if table["outlet"].nunique() == 1:
        outlet = table["outlet"].iloc[0]
        notes.append(
            f"all articles are from one outlet ({outlet!r}), so there is nothing to compare it with."
        )
    foreign = is_foreign(table["language"])
    if foreign.any():
        notes.append(
            f"{foreign.sum()} of {len(table)} articles are not in English ({counted(table['language'][foreign])}): "
            f"{listed(table['article_id'][foreign], 4)}. Measures that know only English will say so; the others are "
            "articles[articles['language'] == 'en']."
        )
