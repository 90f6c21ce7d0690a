"""The corpus's own themes, by a factorisation of its words."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from ..text import encode, spelling_list, stop_list, terms_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["corpus_frames"]


PARAGRAPHS = 20_000  # corpus_frames reads at most so many


def corpus_frames(
    passages: pd.DataFrame,
    *,
    n_frames: int = 6,
    n_terms: int = 10,
    n_boot: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """The themes that the corpus itself suggests as frames: groups of words that stand
    in the same paragraphs.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `paragraph`, `start`, `end` and `text`; usually
        those of one voice or of all.
    n_frames : int
        Number of themes.
    n_terms : int
        Number of words shown for each.
    n_boot : int
        Number of resamples of paragraphs for `stability`.
    seed : int
        Same seed, same table (up to rounding, which differs between processors).

    Returns
    -------
    DataFrame
        One row per theme, the largest first: `frame` (number from 1), `terms` (its
        heaviest words, heaviest first), `share` (of all weight, 0 to 1), `stability` (0
        to 1), `n_paragraphs`, `n_articles` and `n_outlets` in which it is the strongest
        theme, and its most typical paragraph as evidence: `article_id`, `paragraph`,
        `start`, `end`.

    Raises
    ------
    IdlibkitError
        If a column is missing, or `n_frames` is below 2 or too many for the paragraphs.

    Notes
    -----
    Non-negative matrix factorisation of the TF-IDF weights of words in paragraphs
    (scikit-learn's NMF, started from the singular value decomposition, so that nothing
    is random). `stability` is the mean cosine between a theme and the one matched to it
    (Hungarian method) when paragraphs are drawn again with replacement [1]_: near 1,
    the theme does not hang on single paragraphs; below about 0.6, do not build on it.
    More than 20,000 paragraphs are sampled down to that number. Words of the English
    stop list, words of one paragraph, and numbers are left out.

    Accuracy: not measured; themes are a way of reading, and their names are the
    reader's.

    References
    ----------
    .. [1] Greene, O'Callaghan & Cunningham 2014, How many topics? Stability analysis
       for topic models.

    Examples
    --------
    >>> texts = ["prices and taxes rose", "taxes and prices",
    ...     "goals and matches", "matches with goals"] * 2
    >>> table = pd.DataFrame({"article_id": "a", "outlet": "A", "paragraph": range(8),
    ...     "start": 0, "end": 9, "text": texts})
    >>> corpus_frames(table, n_frames=2, n_terms=2)["terms"].sort_values().tolist()
    ['goals, matches', 'prices, taxes']
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    keys = ["article_id", "paragraph"]
    check_columns(passages, [*keys, "outlet", "start", "end", "text"], "passages")
    table = passages.sort_values([*keys, "start"], kind="stable", ignore_index=True)
    place = table.groupby(keys, sort=True).agg(
        outlet=("outlet", "first"), start=("start", "min"), end=("end", "max")
    )
    rng = np.random.default_rng(seed)
    if len(place) > PARAGRAPHS:
        place = place.iloc[np.sort(rng.choice(len(place), PARAGRAPHS, replace=False))]
        table = table[pd.MultiIndex.from_frame(table[keys]).isin(place.index)]
    counts, vocabulary = _paragraph_words(table, keys)
    if min(counts.shape) <= n_frames or n_frames < 2:
        raise IdlibkitError(
            f"n_frames={n_frames} does not fit {counts.shape[0]} paragraphs with "
            f"{counts.shape[1]} words that stand in two or more: it must be 2 or more "
            "and smaller than both."
        )
    tfidf = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    with warnings.catch_warnings():
        # A resample that has not quite converged is as good as one that has.
        warnings.simplefilter("ignore")
        weights, words = _factors(tfidf, n_frames)
        stability = _stability(tfidf, words, n_boot, rng)
    return _themes(weights, words, stability, vocabulary, place.reset_index(), n_terms)


def _factors(tfidf: csr_array, n_frames: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights of themes in paragraphs (paragraphs x themes), and the themes as words
    (themes x words), each of length 1.
    """
    from sklearn.decomposition import NMF

    model = NMF(n_frames, init="nndsvda", max_iter=400, tol=1e-3)
    weights = model.fit_transform(tfidf)
    norm = np.linalg.norm(model.components_, axis=1)
    return weights * norm, model.components_ / np.where(norm > 0, norm, 1)[:, None]


def _stability(
    tfidf: csr_array, words: np.ndarray, n_boot: int, rng: np.random.Generator
) -> np.ndarray:
    """How alike each theme and the one matched to it are in resamples."""
    from scipy.optimize import linear_sum_assignment

    n_paragraphs = tfidf.shape[0]
    cosines = np.zeros(len(words)) if n_boot else np.full(len(words), np.nan)
    for _ in range(n_boot):
        drawn = np.sort(rng.integers(0, n_paragraphs, n_paragraphs))
        _, again = _factors(tfidf[drawn], len(words))
        alike = words @ again.T
        cosines += alike[linear_sum_assignment(-alike)] / n_boot
    return cosines


def _themes(
    weights: np.ndarray,
    words: np.ndarray,
    stability: np.ndarray,
    vocabulary: np.ndarray,
    place: pd.DataFrame,
    n_terms: int,
) -> pd.DataFrame:
    """The table of themes, the heaviest first."""
    strongest = np.where(weights.max(1) > 0, weights.argmax(1), -1)
    rows: list[dict[str, Any]] = []
    for theme in np.argsort(-weights.sum(0), kind="stable"):
        paragraphs = place[strongest == theme]
        typical = place.iloc[weights[:, theme].argmax()]
        ranked = sorted(zip(-words[theme].round(9), vocabulary, strict=True))
        terms = [word for weight, word in ranked[:n_terms] if weight < 0]
        evidence = ["article_id", "paragraph", "start", "end"]
        rows.append(
            {
                "frame": len(rows) + 1,
                "terms": ", ".join(terms),
                "share": weights[:, theme].sum() / weights.sum(),
                "stability": stability[theme],
                "n_paragraphs": len(paragraphs),
                "n_articles": paragraphs["article_id"].nunique(),
                "n_outlets": paragraphs["outlet"].nunique(),
                **{column: typical[column] for column in evidence},
            }
        )
    return pd.DataFrame(rows)


def _paragraph_words(
    table: pd.DataFrame, keys: list[str]
) -> tuple[csr_array, np.ndarray]:
    """How often each word stands in each paragraph, and the words, in alphabetical
    order.
    """
    from scipy.sparse import coo_array

    codes, lengths, tokens = encode(table["text"])
    stops, spellings = stop_list("english"), spelling_list("english")
    words, vocabulary = pd.factorize(
        np.array(terms_of(tokens, spellings), object), sort=True
    )
    paragraph = np.repeat(table.groupby(keys, sort=True).ngroup().to_numpy(), lengths)
    shape = (paragraph.max(initial=-1) + 1, len(vocabulary))
    ones = np.ones(len(codes))
    counts = coo_array((ones, (paragraph, words[codes])), shape).tocsr()
    counts.sum_duplicates()
    kept = np.array(
        [
            word not in stops and len(word) > 2 and not word[0].isdigit()
            for word in vocabulary
        ],
        bool,
    )
    kept &= np.bincount(counts.indices, minlength=len(vocabulary)) > 1
    return counts[:, kept], np.asarray(vocabulary)[kept]
