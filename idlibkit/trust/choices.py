"""robustness: what becomes of each finding when the choices behind it are made
otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..actors import Actors, labels
from ..corpus import Corpus, articles_of
from ..resampling import ratio_by, unit_sums
from ..tables import check_columns, records, source_text
from ..text import stop_list
from ..tone import sentiment, sentiment_by
from ..voices import passages
from ..words import count_terms, keyness, similarity

__all__ = ["comparisons", "robustness"]


MIN_PARAGRAPHS = 3  # design: a term is called distinctive from three paragraphs up
MOST_ARTICLES = 30  # left out one at a time; of more, the first of each outlet
N_BOOT = 100  # the intervals are not looked at here
NEEDED = ["article_id", "outlet", "voice", "paragraph", "n_words", "text"]
COLUMNS = ["finding", "outlet", "value", "says"]

# Options that change nothing but which words are counted, and how they are weighed.
OF_WORDS = frozenset(["ngram_range", "stop_words", "prior"])

Row = tuple[str, str, float, str]  # in the order of COLUMNS


def comparisons(  # noqa: PLR0913 - each is a choice that `robustness` makes otherwise
    table: pd.DataFrame,
    *,
    ngram_range: tuple[int, int] = (1, 1),
    stop_words: Any = "english",
    prior: str | float = "informative",
    lexicon: Any = "vader",
    min_words: int = 4,
    actors: Actors | None = None,
    count: Callable[..., pd.DataFrame] = count_terms,
    score: Callable[..., pd.DataFrame] = sentiment,
) -> pd.DataFrame:
    """What each outlet is compared in, each time as one value that can be followed from
    analysis to analysis.

    Parameters
    ----------
    table : DataFrame
        See `passages`; two outlets or more.
    ngram_range, stop_words, prior, lexicon, min_words
        As in `count_terms`, `keyness`, `sentiment` and `sentiment_by`.
    actors : mapping, DataFrame or path, optional
        As for `labels`; with it, what each outlet calls each actor most is a finding
        too.
    count, score : functions
        What counts and what scores, for trying others.

    Returns
    -------
    DataFrame
        `finding`, `outlet`, `value` (a difference from the pooled rest, or missing) and
        `says` (the term, the outlet or the direction that the finding names).

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "text": ["A terrible attack killed many people there.",
    ...              "Great talks brought hope and peace."]})
    >>> comparisons(ik.passages(articles)).head(2)[["outlet", "says"]]
      outlet    says
    0      A   lower
    1      B  higher
    """
    check_columns(table, NEEDED, "passages")
    scores = score(table, lexicon=lexicon)
    counts = count(table, ngram_range=ngram_range, stop_words=stop_words)
    rows = [*_tone(scores, min_words), *_attributed(table), *_of_words(counts, prior)]
    if actors is not None:
        rows += _names(labels(table, actors))
    return pd.DataFrame(rows, columns=COLUMNS)


def _against_rest(name: str, table: pd.DataFrame) -> Iterator[Row]:
    for row in records(table):
        yield name, row.outlet, row.difference, _direction(row.difference)


def _tone(scores: pd.DataFrame, min_words: int) -> Iterator[Row]:
    every = sentiment_by(scores, min_words=min_words, n_boot=N_BOOT)
    yield from _against_rest("tone of all voices, against the rest", every)
    voice = ["outlet", "voice"]
    by_voice = sentiment_by(scores, by=voice, min_words=min_words, n_boot=N_BOOT)
    own = by_voice[by_voice["voice"] == "own"]
    yield from _against_rest("tone of the own voice, against the rest", own)


def _attributed(table: pd.DataFrame) -> Iterator[Row]:
    words = table.assign(attributed=table["n_words"].where(table["voice"] != "own", 0))
    sums = unit_sums(words, ["outlet"], top="attributed", bottom="n_words")
    shares = ratio_by(sums, ["outlet"], n_boot=N_BOOT)
    yield from _against_rest("share of attributed words, against the rest", shares)


def _of_words(counts: pd.DataFrame, prior: str | float) -> Iterator[Row]:
    yield from _leading_terms(keyness(counts, prior=prior))
    yield from _nearest(similarity(counts))


def _leading_terms(keys: pd.DataFrame) -> Iterator[Row]:
    leading = keys[keys["n_paragraphs"] >= MIN_PARAGRAPHS].groupby("outlet").head(1)
    for row in records(leading):
        yield "leading term", row.outlet, np.nan, row.term


def _nearest(alike: pd.DataFrame) -> Iterator[Row]:
    others = alike.mask(np.eye(len(alike), dtype=bool))
    for outlet in alike.index:
        yield "nearest outlet in words", outlet, np.nan, others.loc[outlet].idxmax()


def _names(mentions: pd.DataFrame) -> Iterator[Row]:
    """What each outlet calls each actor most, from three mentions up."""
    counts = mentions.groupby(["actor", "outlet", "label"]).size()
    order = ["actor", "outlet", "count", "label"]
    most = counts.reset_index(name="count")
    most = most.sort_values(order, ascending=[True, True, False, True])
    total = most.groupby(["actor", "outlet"])["count"].transform("sum")
    first = most[total >= MIN_PARAGRAPHS].groupby(["actor", "outlet"]).head(1)
    for row in records(first):
        yield f"most used name of {row.actor}", row.outlet, np.nan, row.label


def robustness(
    articles: pd.DataFrame | Corpus,
    *,
    actors: Actors | None = None,
    **variants: pd.DataFrame,
) -> pd.DataFrame:
    """Take every finding again under other choices: lists, sequences, priors, lexicon,
    cleaning, articles left out.

    Parameters
    ----------
    articles : DataFrame or Corpus
        See `read_articles`; two outlets or more. Of a Corpus (see `read`) nothing is
        read again but what another choice needs.
    actors : mapping, DataFrame or path, optional
        As for `labels`; with it, what each outlet calls each actor is followed too.
    **variants : DataFrame
        Further passages to take the findings from, by name
        (``without_shared_text=...``).

    Returns
    -------
    DataFrame
        One row per finding and outlet: `finding`, `outlet`, `baseline` (what it says),
        `value`, `low`, `high` (of the value over all choices), `n_choices` (where the
        finding could be taken), `holds` (in how many it says the same), `survives` (in
        all), `breaks_under` (the choices under which it says something else).

    Raises
    ------
    IdlibkitError
        With one outlet only: there is nothing to compare.

    Notes
    -----
    A finding that survives may still be wrong, and one article is no outlet: this only
    says that the result does not hang on one of these choices. A direction holds if its
    sign does; a leading term or a nearest outlet if it is the same.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "text": ["A terrible attack killed many people there.",
    ...              "Great talks brought hope and peace."]})
    >>> ik.robustness(articles).head(1)[["outlet", "baseline", "survives"]]
      outlet baseline  survives
    0      A    lower      True
    """
    corpus = articles_of(articles)
    base = comparisons(corpus.passages, actors=actors)
    # That all outlets say "Russia" for Russia is no finding about any of them.
    same_name = base.groupby("finding")["says"].transform("nunique") == 1
    base = base[~(base["finding"].str.startswith("most used name") & same_name)]
    analyses = [
        *_choices(corpus),
        *((name.replace("_", " "), rows, {}) for name, rows in variants.items()),
    ]

    def again(rows: pd.DataFrame, options: dict[str, Any]) -> pd.DataFrame:
        if rows is corpus.passages and options.keys() <= OF_WORDS:
            return _with_other_words(base, rows, **options)
        return comparisons(rows, actors=actors, **options)

    results = [
        again(rows, options).assign(choice=name)
        for name, rows, options in analyses
        if rows["outlet"].nunique() > 1
    ]
    renamed = base.rename(columns={"value": "base_value", "says": "baseline"})
    every = renamed.merge(pd.concat(results), "left", ["finding", "outlet"])
    every["same"] = every["says"] == every["baseline"]
    groups = every.groupby(["finding", "outlet"], sort=False)
    return pd.DataFrame([_followed(rows) for _, rows in groups])


def _followed(rows: pd.DataFrame) -> dict[str, Any]:
    """What became of one finding under all choices that allow it."""
    taken = rows.dropna(subset=["choice"])
    value = rows["base_value"].iloc[0]
    values = [*taken["value"], value]
    is_number = not pd.isna(value)
    return {
        "finding": rows["finding"].iloc[0],
        "outlet": rows["outlet"].iloc[0],
        "baseline": rows["baseline"].iloc[0],
        "value": value,
        "low": np.nanmin(values) if is_number else np.nan,
        "high": np.nanmax(values) if is_number else np.nan,
        "n_choices": len(taken),
        "holds": int(taken["same"].sum()),
        "survives": bool(taken["same"].all()),
        "breaks_under": ", ".join(taken.loc[~taken["same"], "choice"]),
    }


def _with_other_words(
    base: pd.DataFrame,
    table: pd.DataFrame,
    *,
    prior: str | float = "informative",
    **options: Any,
) -> pd.DataFrame:
    """The same comparisons, but those of words with words counted otherwise."""
    rows = list(_of_words(count_terms(table, **options), prior))
    words = pd.DataFrame(rows, columns=COLUMNS)
    others = base[~base["finding"].isin(words["finding"])]
    return pd.concat([others, words], ignore_index=True)


def _choices(
    corpus: Corpus,
) -> Iterator[tuple[str, pd.DataFrame, dict[str, Any]]]:
    articles, table = corpus.articles, corpus.passages
    yield (
        "typography and accents kept",
        table,
        {"count": _scikit_counts, "score": _unfolded},
    )
    yield "no stop list", table, {"stop_words": None}
    yield "function words only", table, {"stop_words": stop_list("stopwords_english")}
    yield "words and pairs", table, {"ngram_range": (1, 2)}
    yield "flat prior", table, {"prior": 0.01}
    yield "AFINN lexicon", table, {"lexicon": "afinn"}
    yield "short passages scored", table, {"min_words": 1}
    yield "captions kept", passages(_with_roles(corpus, {"caption"})), {}
    yield (
        "nothing removed",
        passages(articles.assign(raw=None, text=source_text(articles))),
        {},
    )
    if "wire" in articles and articles["wire"].notna().any():
        yield "without wire copy", table[table["wire"].isna()], {}
    left_out = articles.sort_values("article_id")
    if len(left_out) > MOST_ARTICLES:
        left_out = left_out.groupby("outlet").head(1).head(MOST_ARTICLES)
    alone = ~articles["outlet"].duplicated(keep=False)
    for article in records(left_out):
        name = article.outlet if alone[article.Index] else article.article_id
        yield f"without {name}", table[table["article_id"] != article.article_id], {}


def _with_roles(corpus: Corpus, roles: set[str]) -> pd.DataFrame:
    """Articles whose text is the kept lines and those of some further roles."""
    articles, found = corpus.articles, corpus.lines
    found = found[found["kept"] | found["role"].isin(roles)]
    text = found.groupby("article_id")["text"].agg("\n\n".join)
    return articles.assign(raw=None, text=articles["article_id"].map(text).fillna(""))


def _scikit_counts(
    table: pd.DataFrame, *, ngram_range: tuple[int, int], stop_words: Any
) -> pd.DataFrame:
    """Counts as scikit-learn's CountVectorizer makes them, with its own tokens."""
    from sklearn.feature_extraction.text import CountVectorizer

    stops = {
        part
        for word in stop_list(stop_words)
        for part in re.findall(r"\b\w\w+\b", word)
    }
    counter = CountVectorizer(ngram_range=ngram_range, stop_words=sorted(stops))
    parts = []
    for outlet, rows in table.groupby("outlet"):
        matrix = counter.fit_transform(
            rows.groupby(["article_id", "paragraph"])["text"].agg("\n".join)
        )
        parts.append(
            pd.DataFrame(
                {
                    "outlet": outlet,
                    "term": counter.get_feature_names_out(),
                    "count": matrix.sum(0).A1,
                    "n_paragraphs": (matrix > 0).sum(0).A1,
                    "n_articles": 1,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _unfolded(table: pd.DataFrame, *, lexicon: str) -> pd.DataFrame:
    """Scores of vaderSentiment on the text as it is printed."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return table.assign(
        compound=[analyzer.polarity_scores(text)["compound"] for text in table["text"]]
    )


def _direction(value: float) -> str:
    return "higher" if value > 0 else "lower" if value < 0 else "no difference"
