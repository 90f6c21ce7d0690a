"""report: files in, one page out that can be shared, with the tables beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ..actors import Actors
from ..corpus import Corpus, read
from ..tables import IdlibkitError
from .chapters import chapter_names
from .contents import Say, write_contents
from .explorer import amount_of
from .folder import INDEX, check_outside, put_in_place, settle, target_folder
from .measures import Measures
from .samples import sampled_stories
from .selection import check

__all__ = ["report"]


def report(  # noqa: PLR0913 - each choice by its name
    path: str | os.PathLike | pd.DataFrame | Corpus,
    out: str | os.PathLike,
    *,
    title: str | None = None,
    actors: Actors | None = None,
    outlet: str | Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    columns: Mapping[str, str] | None = None,
    exclude: Iterable[str] = (),
    rename: Mapping[str, str] | None = None,
    sample: int | None = None,
    colors: Mapping[str, str] | None = None,
    work: str | os.PathLike | None = None,
    only: Iterable[str] = (),
    without: Iterable[str] = (),
    progress: Say = lambda line: None,
) -> Path:
    """Write what a corpus shows as one HTML page that needs no network, with the tables
    as CSV beside it.

    The page opens with what the articles show (see `findings`). Chapters are folded
    below; each word, label, speaker, figure, frame and point in them leads to its
    sentences, and from there to its place in the article, which is marked up.

    Parameters
    ----------
    path : path, DataFrame or Corpus
        As for `read`.
    out : path
        The folder to write: ``index.html``, ``tables/`` and, with more than 300
        articles, ``articles/`` with their texts. An earlier report there is replaced
        when the new one is whole; a folder that holds anything else is left alone.
    title : str, optional
        Of the report; default: what a column `corpus` says, of a manifest for one,
        where it says one thing; else the name of the folder or file.
    actors : mapping, DataFrame or path, optional
        As for `labels`. Default: ``actors.toml`` in the corpus folder if there is one,
        else a table proposed from the corpus.
    outlet : str or iterable of str, optional
        Only these outlets.
    since, until : str, optional
        Only articles published from and up to these days, ``2020-02-29``, both
        included; those without a date are left out.
    columns : mapping, optional
        As for `read_articles`.
    exclude : iterable of str, optional
        Articles to leave out, by `article_id`.
    rename : mapping, optional
        Outlet to the name that it has in the report.
    sample : int, optional
        At most so many articles, some of each outlet evenly over time.
    colors : mapping, optional
        Outlet, by the name that it has in the report, to its colour in the pictures:
        ``{"Gazette": "#1f77b4"}``. Default: what a column ``color`` of the articles or
        of their manifest says.
    work : path, optional
        For an archive larger than memory: a folder of tables (see `read_in_parts`) is
        read and measured file by file, and what is made of each is kept in this folder,
        so that a report that was stopped goes on where it was. The tables beside the
        page, and a chapter, are then of all articles; findings and the other chapters
        are of 1,000 of them, of whole stories evenly over time, and say so.
    only, without : iterable of str, optional
        Chapters to make, or to leave out: words, voices, labels, agency, figures,
        frames, tone, left-out, shared, stories.
    progress : function, optional
        Called with a line of text whenever a part is done, with the time to go.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    IdlibkitError
        If nothing can be read or is left, there is no such chapter, outlet, article or
        colour, or the report cannot be written. Nothing is then left behind, and an
        earlier report stays as it was.

    Notes
    -----
    All words of the corpus are escaped, and the page forbids itself to fetch anything
    or to run any script but its own. A chapter that the corpus does not allow (nothing
    to compare, no dates) says so in its place and takes no other with it. Tone toward
    actors is read in a random sample of 600 mentions where there are more, who does
    what in 600,000 characters, some of each outlet evenly over time; the page says so.
    What reading says as an `IdlibkitWarning` stands on the page, too.
    """
    chapters = chapter_names(only, without)
    target = target_folder(out)
    check_outside(target, out, path)
    selection = check(
        path.articles if isinstance(path, Corpus) else path,
        actors=actors,
        outlet=outlet,
        since=since,
        until=until,
        columns=columns,
        exclude=exclude,
        rename=rename,
        sample=sample,
        colors=colors,
        work=work,
    )
    for note in selection.notes:
        warnings.warn(note, stacklevel=2)
    archive = None
    if selection.parts is not None:
        archive = Measures(read(selection.parts), selection.actors)
        progress(f"{amount_of(archive.corpus.facts)} in {len(selection.parts)} files")
        selection = sampled_stories(selection, archive)
    corpus = read(selection.articles)
    if isinstance(path, Corpus) and selection.chosen is None and not rename:
        corpus = path  # what was read is not read again
    begun = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        begun = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        title = title or _title_given(corpus.articles) or selection.name
        whole = write_contents(
            corpus, selection, title, chapters, begun, progress, archive
        )
        settle(whole)
        put_in_place(whole, target)
    except OSError as error:
        kept = ", and the earlier report is as it was." if target.exists() else "."
        raise IdlibkitError(
            f"the report could not be written to {str(out)!r}: "
            f"{error.strerror or error}. Nothing was left there{kept}"
        ) from error
    finally:
        if begun is not None:
            shutil.rmtree(begun, ignore_errors=True)
    return target / INDEX


def _title_given(articles: pd.DataFrame) -> str:
    """The name of the corpus that its articles bring along, where they agree on it."""
    names = articles.reindex(columns=["corpus"])["corpus"].dropna().unique()
    return str(names[0]) if len(names) == 1 else ""
