"""Words per outlet: counts, TF-IDF, keyness, similarity, and the concordance that leads back to the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from .cluster import add_up, columns_of, concat, is_dask
from .counting import Counted, count_in_batches, encode, merged, terms_of
from .tables import IdlibkitError, check_by, check_columns, listed
from .text import fold, tokenize
from .uncertainty import group_codes
from .wordlists import own_name, own_name_places, spelling_list, stop_list

__all__ = ["count_terms", "keyness", "kwic", "similarity", "tfidf"]

LETTER = re.compile(r"[^\W\d_]")
COUNTS = ["count", "n_articles", "n_paragraphs"]


def count_terms(
    passages: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    ngram_range: tuple[int, int] = (1, 1),
    stop_words: str | Path | Collection[str] | None = "english",
    spelling: str | Path | Mapping[str, str] | None = "english",
    min_count: int = 1,
) -> pd.DataFrame:
    """Count words and word sequences in each group.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `text`, the columns of `by`, and `paragraph` if there is one (else every row is a paragraph). A Dask
        DataFrame is computed; each article must lie in one of its partitions.
    by : str or list of str
        Groups; a missing value (no speaker, no wire) is a group too.
    ngram_range : (int, int)
        Shortest and longest sequence. A sequence never crosses a passage's end, nor a stop word.
    stop_words : "english", path, collection of str, or None
        Words that are not counted. "english" is the function words of the Snowball project and a list of house style
        (honorifics, weekdays, months, said and told, single letters), and it leaves out tokens of digits alone: days of the
        month are house style, and figures are read by `quantities`. A path is a file with one word per line. With any
        list, an outlet's own name is left out of its own texts, as a whole phrase. None counts everything as it stands,
        spellings too.
    spelling : "english", path, mapping, or None
        Spellings to be counted as one: the name or path of a table of two columns, or a mapping.
    min_count : int
        Leave out terms with fewer occurrences in all groups together.

    Returns
    -------
    DataFrame
        The columns of `by`, `term` (folded, see `idlibkit.text.fold`), `count`, `n_articles`, `n_paragraphs` (in how
        many of them it occurs), sorted by group and term. The counts of two parts of a corpus can be added up, if every
        article is in one part.

    Raises
    ------
    IdlibkitError
        If a column is missing, `ngram_range` or `min_count` is not usable, or a list is unknown.

    Notes
    -----
    Works in any language that puts spaces between words; the lists are English. Exact: nothing to measure.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> passages = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"],
    ...                          "text": ["The centre’s talks failed.", "Talks at the center, said Mr Lee."]})
    >>> ik.count_terms(passages)
      outlet    term  count  n_articles  n_paragraphs
    0      A  center      1           1             1
    1      A  failed      1           1             1
    2      A   talks      1           1             1
    3      B  center      1           1             1
    4      B     lee      1           1             1
    5      B   talks      1           1             1
    """
    columns = check_by(columns_of(passages), by, "passages")
    check_columns(columns_of(passages), ["article_id", "text"], "passages")
    low, high = _ngram_range(ngram_range)
    no_digits = isinstance(stop_words, str) and stop_words == "english"
    if min_count < 1:
        raise IdlibkitError(f"min_count={min_count} must be 1 or more.")
    stops = None if stop_words is None else stop_list(stop_words)
    spellings = spelling_list(spelling) if stop_words is not None else {}
    count = partial(
        _count, by=columns, orders=range(low, high + 1), stops=stops, no_digits=no_digits, spellings=spellings
    )
    if is_dask(passages):
        needed = dict.fromkeys([*columns, "article_id", "paragraph", "outlet", "text"])
        present = [column for column in needed if column in passages.columns]
        groups, counted = add_up(passages[present], count, partial(_summed, by=columns))
    else:
        groups, counted = count(passages)
    terms, group, code, numbers = counted
    if min_count > 1:
        kept = np.bincount(code, numbers[0], len(terms))[code] >= min_count
        group, code, numbers = group[kept], code[kept], numbers[:, kept]
    out = groups.take(group).reset_index(drop=True)
    out["term"] = pd.array(terms.to_arrow(), dtype="str").take(code)
    return out.assign(**dict(zip(COUNTS, numbers, strict=True)))


def _count(
    passages: pd.DataFrame,
    by: list[str],
    orders: range,
    stops: Collection[str] | None,
    no_digits: bool,
    spellings: dict[str, str],
) -> tuple[pd.DataFrame, Counted]:
    """The groups, and the counts of each, by its place among them."""
    group, groups = group_codes(passages, by)
    article = pd.factorize(passages["article_id"])[0]
    paragraph = np.arange(len(passages))
    if "paragraph" in passages:
        number = pd.factorize(passages["paragraph"])[0]
        paragraph = pd.factorize(article * (number.max(initial=0) + 1) + number)[0]
    names = pd.factorize(passages["outlet"]) if stops is not None and "outlet" in passages else None
    own_names = [own_name(name, spellings) for name in names[1]] if names else []
    table = pd.DataFrame({"article_id": article, "paragraph": paragraph, "group": group}, dtype=np.int32)
    table["outlet"], table["text"] = names[0] if names else -1, passages["text"].array
    table = table.sort_values(["article_id", "paragraph"], kind="stable", ignore_index=True)

    def codes_of(batch: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Term codes of all tokens (-1: not counted), the row each stands in, and the terms."""
        codes, lengths, tokens = encode(batch["text"])
        term_of_token, vocabulary = pd.factorize(np.array(terms_of(tokens, spellings), object))
        capital = np.array([token[0].isupper() for token in tokens], bool)[codes]
        codes = term_of_token.astype(np.int32)[codes]
        row = np.repeat(np.arange(len(batch), dtype=np.int32), lengths)
        if stops is None:
            return codes, row, vocabulary
        stopped = np.array([word in stops or (no_digits and not LETTER.search(word)) for word in vocabulary], bool)
        hidden = stopped[codes]
        hidden |= own_name_places(codes, row, batch["outlet"].to_numpy()[row], capital, vocabulary, own_names)
        return np.where(hidden, -1, codes), row, vocabulary

    return groups, count_in_batches(table, codes_of, orders)


def _summed(parts: list[tuple[pd.DataFrame, Counted]], by: list[str]) -> tuple[pd.DataFrame, Counted]:
    """The counts of several parts of a corpus as one."""
    place, groups = group_codes(concat([groups for groups, _ in parts]), by)
    ends = np.cumsum([len(groups) for groups, _ in parts])[:-1]
    placed = zip(np.split(place, ends), (counted for _, counted in parts), strict=True)
    return groups, merged([(terms, of[group], code, numbers) for of, (terms, group, code, numbers) in placed])


def tfidf(counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Weigh terms by how many groups use them: TF-IDF with one document per group.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`; see `count_terms`.
    by : str or list of str

    Returns
    -------
    DataFrame
        `counts` with `tfidf`: count x (ln((1 + N) / (1 + df)) + 1) over N groups, each group scaled to length 1: the
        defaults of scikit-learn's TfidfVectorizer.

    Notes
    -----
    TF-IDF ranks; it has no interval. With few groups, a term that all of them use still counts for 1, so compare with
    `keyness`. Exact: equals scikit-learn to 1e-9.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"], "term": ["talks", "war", "talks"], "count": [1, 1, 2]})
    >>> ik.tfidf(counts).round(2)
      outlet   term  count  tfidf
    0      A  talks      1   0.58
    1      A    war      1   0.81
    2      B  talks      2   1.00
    """
    group, groups, code, terms, out = _counted(counts, by)
    df = np.bincount(code, out["count"] > 0, len(terms))
    idf = np.log((1 + len(groups)) / (1 + df[code])) + 1
    weight = out["count"].to_numpy(float) * idf
    length = np.sqrt(np.bincount(group, weight**2, len(groups)))
    with np.errstate(invalid="ignore"):
        return out.assign(tfidf=np.nan_to_num(weight / length[group]))


def similarity(counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Cosine of the groups' TF-IDF rows: 1 for the same words in the same shares, 0 for no word in common.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`.
    by : str or list of str

    Returns
    -------
    DataFrame
        Square, groups by groups.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"], "term": ["talks", "war", "talks"], "count": [1, 1, 2]})
    >>> ik.similarity(counts).round(2).to_dict()
    {'A': {'A': 1.0, 'B': 0.58}, 'B': {'A': 0.58, 'B': 1.0}}
    """
    from scipy.sparse import coo_array

    group, groups, code, terms, _ = _counted(counts, by)
    rows = coo_array((tfidf(counts, by=by)["tfidf"], (group, code)), shape=(len(groups), len(terms))).tocsr()
    names = pd.MultiIndex.from_frame(groups) if groups.shape[1] > 1 else pd.Index(groups.iloc[:, 0])
    return pd.DataFrame((rows @ rows.T).toarray(), names, names)


def keyness(
    counts: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    prior: str | float = "informative",
    n_tests: int | None = None,
) -> pd.DataFrame:
    """Which terms a group uses more, or less, than the other groups pooled: direction, effect and interval.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`, and `n_articles`, `n_paragraphs` if there are any; see `count_terms`.
    by : str or list of str
    prior : "informative" or float
        Of the log-odds: "informative" gives each term a pseudo-count in proportion to its pooled frequency, in all as
        many as a group has tokens on average; a number is the pseudo-count of every term.
    n_tests : int, optional
        Number of comparisons that the interval of `log_ratio` is widened for (Bonferroni); the number of rows if not given.

    Returns
    -------
    DataFrame
        One row for every group and term, zero counts too, sorted by group, falling `z` and term: the columns of `by`,
        `term`, `count`, `log_odds`, `z`, `p`, `q`, `log_ratio`, `log_ratio_low`, `log_ratio_high`, `lrc`, `g2`,
        `n_articles`, `n_paragraphs`, `unit`.

        - `log_odds`, `z`: weighted log-odds with a prior and their z score; `p` two-sided, `q` after Benjamini and
          Hochberg over all rows;
        - `log_ratio`: log2 of the relative frequencies (1 is twice as often), a zero count taken as 0.5;
          `log_ratio_low`, `log_ratio_high`: exact conditional interval at 95 %, Bonferroni; `lrc`: its end nearer 0, or 0;
        - `g2`: signed log-likelihood over the 2x2 table;
        - `unit` is "token": p and the intervals take tokens as independent, which words of one text are not. Look at
          `n_articles` and `n_paragraphs`; a term in fewer than three paragraphs is not a habit.

    Raises
    ------
    IdlibkitError
        With one group only (there is nothing to compare with), or an unknown prior.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4). Dunning (1993), Computational Linguistics
    19(1). Hardie (2014), Log Ratio. Evert (2022), Measuring keyness (LRC).

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B", "B"], "term": ["talks", "war", "talks", "war"],
    ...                        "count": [10, 90, 60, 40]})
    >>> ik.keyness(counts)[["outlet", "term", "count", "log_ratio", "z"]].round(2)
      outlet   term  count  log_ratio     z
    0      A    war     90       1.17  8.99
    1      A  talks     10      -2.58 -6.28
    2      B  talks     60       2.58  6.28
    3      B    war     40      -1.17 -8.99
    """
    from scipy.special import betaincinv, ndtr

    group, groups, code, terms, counts = _counted(counts, by)
    if len(groups) < 2:
        raise IdlibkitError(
            f"keyness compares groups, and there is only one in column {listed(groups.columns)}. "
            "Count by a column with two or more values."
        )
    if not (prior == "informative" or (isinstance(prior, (int, float)) and prior > 0)):
        raise IdlibkitError(f"prior={prior!r} is not usable; give 'informative' or a number above 0.")
    terms = terms.array
    n_groups, n_terms = len(groups), len(terms)
    full = group * n_terms + code

    def grid(column: str) -> np.ndarray:
        return np.bincount(full, counts[column], n_groups * n_terms).reshape(n_groups, n_terms)

    y = grid("count")
    order = pd.Series(terms).str.count(" ").to_numpy()
    n_orders = int(order.max(initial=0)) + 1
    of_order = np.eye(n_orders)[order]  # terms by orders
    n = y @ of_order  # tokens of each group and order
    pooled, total = y.sum(0), n.sum(0)
    a = np.full(n_terms, float(prior)) if prior != "informative" else pooled * (n.mean(0) / total)[order]
    a0 = (a @ of_order)[order]
    n, rest = n[:, order], (total - n)[:, order]
    y_rest = pooled - y
    with np.errstate(divide="ignore", invalid="ignore"):
        log_odds = np.log((y + a) / (n + a0 - y - a)) - np.log((y_rest + a) / (rest + a0 - y_rest - a))
        z = log_odds / np.sqrt(1 / (y + a) + 1 / (y_rest + a))
        log_ratio = np.log2(np.maximum(y, 0.5) / n) - np.log2(np.maximum(y_rest, 0.5) / rest)
        g2 = _log_likelihood(y, n, y_rest, rest)
    p = 2 * ndtr(-np.abs(z))

    # Given y + y_rest, y is binomial; the interval of its share is Clopper and Pearson's. Few pairs of counts are distinct.
    alpha = 0.05 / (n_tests or y.size)
    size = int(pooled.max(initial=0)) + 1
    pair, distinct = pd.factorize((pooled.astype(np.int64) * size + y.astype(np.int64)).ravel())
    some, other = distinct % size, distinct // size - distinct % size
    with ThreadPoolExecutor(2) as pool:  # both ends at once: this is where most of the time goes
        low = pool.submit(betaincinv, np.maximum(some, 1), other + 1, alpha / 2)
        high = betaincinv(some + 1, np.maximum(other, 1), 1 - alpha / 2)
        low, high = np.where(some > 0, low.result(), 0.0), np.where(other > 0, high, 1.0)
    with np.errstate(divide="ignore"):
        sizes = np.log2(rest / n).ravel()
        ratio_low, ratio_high = (np.log2(share / (1 - share))[pair] + sizes for share in (low, high))
    lrc = np.where(ratio_low > 0, ratio_low, np.where(ratio_high < 0, ratio_high, 0.0))

    of_term = np.argsort(-z.round(12), axis=1, kind="stable")  # the terms are in order, so ties are
    of_group = np.repeat(np.arange(n_groups), n_terms)
    ranked = of_group * n_terms + of_term.ravel()
    out = groups.take(of_group).reset_index(drop=True)
    out["term"] = terms.take(of_term.ravel())
    out["count"] = y.ravel()[ranked].astype(np.int64)
    values = {"log_odds": log_odds, "z": z, "p": p, "q": _benjamini_hochberg(p.ravel()), "log_ratio": log_ratio}
    values |= {"log_ratio_low": ratio_low, "log_ratio_high": ratio_high, "lrc": lrc, "g2": g2}
    for column in ("n_articles", "n_paragraphs"):
        values[column] = grid(column).astype(np.int64) if column in counts else np.full(y.shape, np.nan)
    return out.assign(**{name: value.ravel()[ranked] for name, value in values.items()}, unit="token")


def kwic(passages: pd.DataFrame, pattern: str | re.Pattern[str], *, width: int = 40) -> pd.DataFrame:
    """The concordance of a term: every place where it occurs, with the text around it.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `outlet`, `voice`, `start`, `text`; see `passages`.
    pattern : str or compiled regular expression
        A term or a sequence of terms, found as `count_terms` counts them: whole words, folded, British spellings with
        American. ``*`` stands for any characters in a word (``"displac*"``). Nothing else in a str is special. A compiled
        regular expression is searched for in the text as it is.
    width : int
        Characters of context on each side, within the passage.

    Returns
    -------
    DataFrame
        `article_id`, `outlet`, `voice`, `left`, `match`, `right`, `start`, `end` (of the match in the source text), in the
        order of articles and text.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> passages = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "voice": ["own"], "start": [0],
    ...                          "text": ["The centre’s talks failed, and talks in Rome too."]})
    >>> ik.kwic(passages, "talks", width=8)[["left", "match", "right", "start", "end"]]
           left  match     right  start  end
    0  entre’s   talks   failed,     13   18
    1  ed, and   talks   in Rome     31   36
    """
    check_columns(passages, ["article_id", "outlet", "voice", "start", "text"], "passages")
    texts = passages["text"].fillna("").tolist()
    if isinstance(pattern, re.Pattern):
        hits = [(row, *found.span()) for row, text in enumerate(texts) for found in pattern.finditer(text)]
    elif isinstance(pattern, str):
        hits = _term_places(passages["text"], texts, pattern)
    else:
        raise IdlibkitError(f"pattern must be a str or a compiled regular expression, not {type(pattern).__name__}.")
    rows = [row for row, _, _ in hits]
    out = passages[["article_id", "outlet", "voice"]].iloc[rows].reset_index(drop=True)
    parts = [
        (texts[row][max(0, low - width) : low], texts[row][low:high], texts[row][high : high + width])
        for row, low, high in hits
    ]
    for place, column in enumerate(("left", "match", "right")):
        out[column] = pd.Series([part[place] for part in parts], dtype="str")
    at = passages["start"].to_numpy()[rows] if rows else np.zeros(0, np.int64)
    out["start"] = at + np.array([low for _, low, _ in hits], np.int64)
    out["end"] = at + np.array([high for _, _, high in hits], np.int64)
    return out.sort_values(["article_id", "start"], kind="stable", ignore_index=True)


def _term_places(column: pd.Series, texts: list[str], pattern: str) -> list[tuple[int, int, int]]:
    spelling = spelling_list("english")
    words = [re.compile(r"\w*".join(map(re.escape, fold(word).split("*")))) for word in pattern.split()]
    if "*" not in pattern:
        words = [re.compile(re.escape(spelling.get(word, word))) for word in tokenize(pattern)]
    if not words:
        raise IdlibkitError(f"pattern {pattern!r} has no word in it; give a term such as 'talks' or 'displac*'.")
    codes, lengths, tokens = encode(column)
    forms = list(zip(terms_of(tokens, {}), terms_of(tokens, spelling), strict=True))
    fits = [np.array([any(word.fullmatch(form) for form in both) for both in forms], bool) for word in words]
    row = np.repeat(np.arange(len(texts)), lengths)
    first = np.flatnonzero(fits[0][codes]) if len(codes) else np.zeros(0, int)
    for step, fit in enumerate(fits[1:], 1):
        first = first[first + step < len(codes)]
        first = first[(row[first + step] == row[first]) & fit[codes[first + step]]]
    offset = np.concatenate([[0], np.cumsum(lengths)])
    hits = []
    rows, begins = np.unique(row[first], return_index=True)
    for r, places in zip(rows, np.split(first - offset[row[first]], begins[1:]), strict=False):
        spans, at = [], 0
        for code in codes[offset[r] : offset[r + 1]]:
            low = texts[r].index(tokens[code], at)
            at = low + len(tokens[code])
            spans.append((low, at))
        for place in places:
            hits.append((int(r), spans[place][0], spans[place + len(words) - 1][1]))
    return hits


def _ngram_range(ngram_range: tuple[int, int]) -> tuple[int, int]:
    try:
        low, high = ngram_range
        if not 1 <= low <= high <= 5:
            raise ValueError
    except (TypeError, ValueError) as error:
        raise IdlibkitError(f"ngram_range={ngram_range!r} must be two numbers from 1 to 5, such as (1, 2).") from error
    return low, high


def _counted(counts: pd.DataFrame, by: str | Sequence[str]) -> tuple:
    """The group of each row and the groups, its term and the terms, sorted; and the counts, each checked to be there once."""
    columns = check_by(counts, by, "counts")
    check_columns(counts, ["term", "count"], "counts")
    counts = counts.reset_index(drop=True)
    group, groups = group_codes(counts, columns)
    code, terms = pd.factorize(counts["term"], sort=True, use_na_sentinel=False)
    place = pd.Index(group * len(terms) + code)
    if not place.is_unique:
        repeated = terms[np.unique(code[place.duplicated()])]
        raise IdlibkitError(
            f"term {listed(repeated)} stands more than once in a group of column {listed(columns)}. "
            "Add the counts up first: counts.groupby([*by, 'term'], as_index=False).sum()."
        )
    return group, groups, code, terms, counts


def _log_likelihood(y, n, y_rest, rest):
    """Dunning's G2 over all four cells, with the sign of the difference."""
    total, pooled = n + rest, y + y_rest
    cells = (
        (y, n * pooled),
        (y_rest, rest * pooled),
        (n - y, n * (total - pooled)),
        (rest - y_rest, rest * (total - pooled)),
    )
    g2 = 2 * sum(np.where(seen > 0, seen * np.log(seen * total / expected), 0) for seen, expected in cells)
    return np.sign(y / n - y_rest / rest) * np.maximum(g2, 0)


def _benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p)
    adjusted = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(adjusted[::-1])[::-1], 1)
    return q
