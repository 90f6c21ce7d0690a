"""robustness: what becomes of each finding when the choices behind it are made
otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..actors import Actors
from ..corpus import Corpus, articles_of
from .choices import Choice, other_choices
from .comparisons import NOTHING, Row, clauses_of, compared

__all__ = ["robustness"]

COLUMNS = ["finding", "outlet", "value", "says"]


def robustness(
    articles: pd.DataFrame | Corpus,
    *,
    actors: Actors | None = None,
    **variants: pd.DataFrame,
) -> pd.DataFrame:
    """Take every finding again under other choices: lists, sequences, priors, lexicon,
    which clauses count, cleaning, articles left out.

    Parameters
    ----------
    articles : DataFrame or Corpus
        See `read_articles`; two outlets or more. Of a Corpus (see `read`) nothing is
        read again but what another choice needs.
    actors : mapping, DataFrame or path, optional
        As for `labels`; with it, what each outlet calls each actor is followed too, how
        often it is the doer, and how much harm to it is told with nobody named.
    **variants : DataFrame
        Further passages to take the findings from, by name
        (``without_shared_text=...``).

    Returns
    -------
    DataFrame
        One row per finding and outlet: `finding`, `outlet`, `baseline` (what it says),
        `value`, `low`, `high` (of the value over all choices), `n_choices` (where the
        finding could be taken), `holds` (in how many it says the same), `outcome`,
        `survives` (whether the outcome is that), `breaks_under` (the choices under
        which it says something else). The outcomes:

        - survives: there is a finding, and it is the same under all choices;
        - breaks: it is not, or where nothing differed something does;
        - nothing differs: under none of the choices. It is no finding.

    Raises
    ------
    IdlibkitError
        With one outlet only: there is nothing to compare.

    Notes
    -----
    A finding that survives may still be wrong, and one article is no outlet: this only
    says that the result does not hang on one of these choices. A difference has a
    direction only where its interval leaves out 0 ("no difference", else), or where
    there are too few units for an interval; it holds if the direction does, a leading
    term or a nearest outlet if it is the same. Clauses are read in English alone;
    "harm" is told as done, in the outlet's own voice, as in `agency_by`.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "text": ["A terrible attack killed many people there.",
    ...              "Great talks brought hope and peace."]})
    >>> ik.robustness(articles).head(1)[["outlet", "baseline", "outcome"]]
      outlet baseline   outcome
    0      A    lower  survives
    """
    corpus = articles_of(articles)
    clauses = clauses_of(corpus.passages, actors)
    base = compared(corpus.passages, actors, clauses, {})
    every = [*other_choices(corpus), *_given(variants)]
    parts = []
    for choice in every:
        if choice.table is None:
            only = list(choice.options)
            rows = corpus.passages, actors, clauses, choice.options, only
            found = base | compared(*rows)
        elif choice.table["outlet"].nunique() > 1:
            here = _clauses_in(choice, clauses, actors)
            found = compared(choice.table, actors, here, choice.options)
        else:
            continue
        parts.append(_table(found).assign(choice=choice.name))
    renamed = {"value": "base_value", "says": "baseline"}
    first = _without_shared_names(_table(base)).rename(columns=renamed)
    taken = first.merge(pd.concat(parts), "left", ["finding", "outlet"])
    taken["same"] = taken["says"] == taken["baseline"]
    groups = taken.groupby(["finding", "outlet"], sort=False)
    return pd.DataFrame([_followed(rows) for _, rows in groups])


def _given(variants: Mapping[str, pd.DataFrame]) -> Iterator[Choice]:
    for name, table in variants.items():
        yield Choice(name.replace("_", " "), table)


def _clauses_in(
    choice: Choice, clauses: pd.DataFrame | None, actors: Actors | None
) -> pd.DataFrame | None:
    """The clauses of other passages; those of whole articles are read already."""
    table = choice.table
    if clauses is None or table is None:
        return None
    if choice.is_part:
        return clauses[clauses["article_id"].isin(table["article_id"])]
    return clauses_of(table, actors)


def _table(found: Mapping[str, Sequence[Row]]) -> pd.DataFrame:
    rows = [row for rows in found.values() for row in rows]
    return pd.DataFrame(rows, columns=COLUMNS)


def _without_shared_names(base: pd.DataFrame) -> pd.DataFrame:
    """That all outlets say "Russia" for Russia is no finding about any of them."""
    shared = base.groupby("finding")["says"].transform("nunique") == 1
    return base[~(base["finding"].str.startswith("most used name") & shared)]


def _followed(rows: pd.DataFrame) -> dict[str, Any]:
    """What became of one finding under all choices that allow it."""
    taken = rows.dropna(subset=["choice"])
    value, baseline = rows["base_value"].iloc[0], rows["baseline"].iloc[0]
    values = [*taken["value"], value]
    is_number = not pd.isna(value)
    outcome = "breaks"
    if taken["same"].all():
        outcome = "nothing differs" if baseline == NOTHING else "survives"
    return {
        "finding": rows["finding"].iloc[0],
        "outlet": rows["outlet"].iloc[0],
        "baseline": baseline,
        "value": value,
        "low": np.nanmin(values) if is_number else np.nan,
        "high": np.nanmax(values) if is_number else np.nan,
        "n_choices": len(taken),
        "holds": int(taken["same"].sum()),
        "outcome": outcome,
        "survives": outcome == "survives",
        "breaks_under": ", ".join(taken.loc[~taken["same"], "choice"]),
    }
