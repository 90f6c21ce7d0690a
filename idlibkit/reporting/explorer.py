"""explore: words, labels, deeds and speakers against outlets, on one screen, each mark
a step from its sentences and their articles."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from markupsafe import Markup, escape

from ..actors import Actors, read_actors, suggest_actors
from ..corpus import Corpus, articles_of
from ..tables import IdlibkitError, check_columns, number_of
from .clause_roles import role_marks, roles_of
from .evidence import evidence_of, json_html
from .marks import all_marks, joined, possible
from .measures import Measures
from .saving import save_page
from .templates import filled, fragment, policy_of, web_file

__all__ = ["Explorer", "explore"]

SCRIPTS = ["evidence.js", "explorer.js"]
STYLES = ["evidence.css", "explorer.css"]
HEIGHT = 720  # pixels in a notebook


@dataclass(frozen=True)
class Explorer:
    """A page that can be looked through; made by `explore`.

    A notebook shows it in a frame, without a kernel too. `html` is the whole page.
    """

    html: str
    summary: str

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to a file that any browser opens.

        Parameters
        ----------
        path : str or Path
            Of the file.

        Returns
        -------
        Path
            Where it is.

        Raises
        ------
        IdlibkitError
            If it cannot be written.
        """
        return save_page("the explorer", path, self.html)

    def __repr__(self) -> str:
        return self.summary

    def _repr_html_(self) -> str:
        return str(
            Markup(
                '<iframe srcdoc="{}" title="{}" style="width:100%;height:{}px;'
                'border:1px solid #d5d6d1" loading="lazy"></iframe>'
            ).format(escape(self.html), self.summary, HEIGHT)
        )


def explore(corpus: Corpus | pd.DataFrame, *, actors: Actors | None = None) -> Explorer:
    """Words, labels, who does what, and speakers against outlets, each mark a step from
    its sentences.

    Rows can be filtered by voice, speaker, outlet, actor and day. A mark leads to its
    sentences, a sentence to its place in the article, which is marked up: who speaks,
    what actors are called, figures, lines that were left out.

    Parameters
    ----------
    corpus : Corpus or DataFrame
        As from `read`, or a table of articles. Of a Corpus nothing is read again.
    actors : mapping, DataFrame or path, optional
        As for `labels`. Default: proposed from the corpus (see `suggest_actors`).

    Returns
    -------
    Explorer
        Shown in a notebook as a page in a frame, which needs no kernel and no network;
        ``.save(path)`` writes the page to a file. The words shown are the most used and
        the most distinctive ones; any other can be searched for.

    Raises
    ------
    IdlibkitError
        If `corpus` is no table of articles, or has no rows.

    Notes
    -----
    Counts are of what was found, with the errors of `quotes`, `labels` and `agency`; a
    dot's area is a share of the outlet's text. Who does what is read in 100 articles
    where there are more, in English alone. Nothing is tested here: see `findings` and
    `keyness` for what stands beyond chance.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...     "text": ["The talks failed. “We will come back on Friday,” Ann Lee said."]})
    >>> ik.explore(articles)
    Explorer of 1 article of 1 outlet
    """
    corpus = articles_of(corpus)
    check_columns(corpus.articles, ["article_id", "outlet"], "articles")
    if corpus.articles.empty:
        raise IdlibkitError("articles has no rows, so there is nothing to explore.")
    actors = actors_of(corpus, actors)
    measures = Measures(corpus, actors)
    marks = [all_marks(corpus, actors)]
    if actors is not None:
        marks.append(possible(lambda: role_marks(roles_of(measures.agency))))
    evidence = evidence_of(corpus, joined(marks), sample=measures.agency_sample)
    script = "\n".join(map(web_file, SCRIPTS))
    amount = amount_of(corpus.articles)
    html = filled(
        "explorer.html.j2",
        title=amount,
        policy=policy_of(script),
        style=Markup("\n").join(map(fragment, STYLES)),
        days=days_of(corpus.articles),
        data=json_html(evidence.in_one()),
        script=Markup(script),
    )
    return Explorer(str(html), f"Explorer of {amount}")


def actors_of(corpus: Corpus, actors: Actors | None) -> Actors | None:
    """The actors given, or those proposed; None where none can be."""
    if actors is not None:
        return read_actors(actors)
    try:
        return suggest_actors(corpus.passages)
    except IdlibkitError:
        return None


def amount_of(articles: pd.DataFrame) -> str:
    """How much it is: "12 articles of 3 outlets"."""
    outlets = number_of(articles["outlet"].nunique(), "outlet")
    return f"{number_of(len(articles), 'article')} of {outlets}"


def days_of(articles: pd.DataFrame) -> tuple[str, str] | None:
    """The first and the last day, if any is known."""
    if "published" not in articles:
        return None
    known = articles["published"].dropna()
    if known.empty:
        return None
    return f"{known.min():%Y-%m-%d}", f"{known.max():%Y-%m-%d}"
