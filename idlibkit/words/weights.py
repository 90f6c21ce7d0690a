"""TF-IDF and cosine similarity of groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .counts import counts_by_group

__all__ = ["similarity", "tfidf"]


def tfidf(counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Weigh terms by how many groups use them: TF-IDF with one document per group.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`; see `count_terms`.
    by : str or list of str
        Columns of the groups.

    Returns
    -------
    DataFrame
        `counts` with `tfidf`: count x (ln((1 + N) / (1 + df)) + 1) over N groups, each
        group scaled to length 1: the defaults of scikit-learn's TfidfVectorizer.

    Raises
    ------
    IdlibkitError
        If a column is missing, or a term has two rows in a group.

    Notes
    -----
    TF-IDF ranks; it has no interval. With few groups, a term that all of them use still
    counts for 1, so compare with `keyness`. Exact: equals scikit-learn to 1e-9.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"],
    ...     "term": ["talks", "war", "talks"], "count": [1, 1, 2]})
    >>> ik.tfidf(counts).round(2)
      outlet   term  count  tfidf
    0      A  talks      1   0.58
    1      A    war      1   0.81
    2      B  talks      2   1.00
    """
    grouped = counts_by_group(counts, by)
    count, n_groups = grouped.table["count"].to_numpy(float), len(grouped.groups)
    df = np.bincount(grouped.term, count > 0, len(grouped.terms))
    idf = np.log((1 + n_groups) / (1 + df[grouped.term])) + 1
    weight = count * idf
    length = np.sqrt(np.bincount(grouped.group, weight**2, n_groups))
    with np.errstate(invalid="ignore"):
        weight = np.nan_to_num(weight / length[grouped.group])
    return grouped.table.assign(tfidf=weight)


def similarity(
    counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet"
) -> pd.DataFrame:
    """Cosine of the groups' TF-IDF rows: 1 for the same words in the same shares, 0 for
    no word in common.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`.
    by : str or list of str
        Columns of the groups.

    Returns
    -------
    DataFrame
        Square, groups by groups.

    Raises
    ------
    IdlibkitError
        If a column is missing, or a term has two rows in a group.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"],
    ...     "term": ["talks", "war", "talks"], "count": [1, 1, 2]})
    >>> ik.similarity(counts).round(2).to_dict()
    {'A': {'A': 1.0, 'B': 0.58}, 'B': {'A': 0.58, 'B': 1.0}}
    """
    from scipy.sparse import coo_array

    grouped = counts_by_group(counts, by)
    groups = grouped.groups
    rows = coo_array(
        (tfidf(counts, by=by)["tfidf"], (grouped.group, grouped.term)),
        shape=(len(groups), len(grouped.terms)),
    ).tocsr()
    names = pd.Index(groups.iloc[:, 0])
    if groups.shape[1] > 1:
        names = pd.MultiIndex.from_frame(groups)
    return pd.DataFrame((rows @ rows.T).toarray(), names, names)
