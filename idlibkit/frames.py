"""Which generic news frames a passage shows signs of, and which themes the corpus itself falls into.

Indicators, not verdicts: a word of a documented list stands in the passage, and the row says which and where.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .counting import encode
from .indicators import IGNORED, NONE, find_indicators, lexicon_entries
from .language import check_english
from .tables import IdlibkitError, check_by, check_columns
from .terms import spelling_list, stop_list
from .text import term
from .uncertainty import in_range, ratio_by, unit_sums

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["corpus_frames", "frames", "frames_by"]

PARAGRAPHS = 20_000  # corpus_frames reads at most so many


def frames(passages: pd.DataFrame, *, lexicon: str | Path = "generic") -> pd.DataFrame:
    """Find the indicators of generic news frames.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `voice`, `speaker`, `start` and `text`, as from `passages`.
    lexicon : "generic" or path
        The lexicon that comes along (``lexicons/frames.toml``), or a TOML file of the same form: for each frame a table
        ``[name.patterns]`` with lines ``"pattern" = "note"``. A pattern is a word or a phrase; every word stands for its
        forms (attack: attacks, attacked, attacking), ``=arms`` for that word alone, ``humanit*`` for all that begin so.

    Returns
    -------
    DataFrame
        One row per hit and frame: `article_id`, `outlet`, `voice`, `speaker`, `frame`, `pattern`, `note`, `start`, `end`,
        `text` (``source[start:end] == text``), then the further columns of passages. Sorted by place and frame.

    See Also
    --------
    frames_by : shares of passages with each frame, and of those with none.

    Notes
    -----
    The generic lexicon has conflict, human_interest, responsibility, economic_consequences and morality [1]_; security,
    diplomacy and legality [2]_; war_journalism and peace_journalism [3]_. The frames are those of the literature, the words
    were compiled for idlibkit. The longest pattern wins ("peace process" is not also "peace"), a pattern can stand under
    several frames, and phrases under ``[ignore]`` are no indicator of anything. English only. War and peace journalism are
    ideas about reports of conflicts: elsewhere ("an attack on the budget") their indicators mean little.

    Accuracy: not measured. No public set has these frames coded by hand, passage by passage; words are blind to
    irony, negation and sense ("battle" of ideas). Read the hits before a share is reported.

    References
    ----------
    .. [1] Semetko & Valkenburg 2000, Journal of Communication 50(2), 93-109.
    .. [2] Boydstun, Card, Gross, Resnik & Smith 2014, Tracking the development of media frames.
    .. [3] Galtung 1998; Lee & Maslog 2005, Journal of Communication 55(2), 311-329.

    Examples
    --------
    >>> text = "Both sides blamed each other for the attacks as families fled."
    >>> table = pd.DataFrame(
    ...     {"article_id": "a", "outlet": "A", "voice": "own", "speaker": None, "start": 0, "text": [text]}
    ... )
    >>> frames(table)[["frame", "pattern", "start", "text"]]
                frame pattern  start      text
    0  responsibility   blame     11    blamed
    1  war_journalism  attack     37   attacks
    2  human_interest  family     48  families
    3  human_interest    flee     57      fled
    """
    first = ["article_id", "outlet", "voice", "speaker"]
    check_columns(passages, [*first, "start", "text"], "passages")
    check_english(passages, "frames()")
    table = passages.reset_index(drop=True)
    row, begin, end, entry = find_indicators(table["text"], lexicon)
    entries = lexicon_entries(lexicon)
    texts = table["text"].tolist()
    found = entries.take(entry).reset_index(drop=True)
    offset = table["start"].to_numpy("int64")[row]
    found["start"], found["end"] = offset + begin, offset + end
    found["text"] = pd.Series([texts[r][b:e] for r, b, e in zip(row, begin, end, strict=True)], dtype="str")
    further = [c for c in table.columns if c not in [*first, *found.columns, "n_words"]]
    out = pd.concat([table[first].take(row).reset_index(drop=True), found], axis=1)
    out[further] = table[further].take(row).reset_index(drop=True)
    return out.sort_values(["article_id", "start", "end", "frame"], kind="stable", ignore_index=True)


def frames_by(
    passages: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    lexicon: str | Path = "generic",
    min_words: int = 4,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of passages that show each frame, for each group, and of those that show none.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `paragraph`, `n_words`, `text` and the columns of `by`: the passages themselves, since those
        without any frame count, too.
    by : str or list of str
        What is compared.
    lexicon : "generic" or path
        See `frames`.
    min_words : int
        Shorter passages ("he said") are left out, so that outlets that quote much do not look frameless.
    n_boot, seed : int
        Number of resamples; same seed, same intervals.

    Returns
    -------
    DataFrame
        The `by` columns, `frame`, `estimate` (share of the group's passages with at least one indicator, 0 to 1),
        `ci_low`, `ci_high`, `difference` (from the other groups pooled), `difference_low`, `difference_high`,
        `n_articles`, `n_passages`, `unit`, `count` (passages with the frame). The frame "none" is the share
        that no frame touches: what the lexicon does not see. A passage can show several frames, so shares do not add
        up to 1. Intervals: see `uncertainty.ratio_by`; they are cut at 0 and 1.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"article_id": ["a", "b", "b"], "paragraph": 0, "outlet": ["A", "B", "B"], "n_words": 5,
    ...      "text": ["The two sides agreed a truce.", "A tax on sugar was raised.", "It rained all day long."]}
    ... )
    >>> shares = frames_by(table, n_boot=100)
    >>> shares[shares["estimate"] > 0][["outlet", "frame", "estimate", "count"]].reset_index(drop=True)
      outlet                  frame  estimate  count
    0      A              diplomacy       1.0      1
    1      A       peace_journalism       1.0      1
    2      B  economic_consequences       0.5      1
    3      B                   none       0.5      1
    """
    by = check_by(passages, by, "passages")
    check_columns(passages, ["article_id", "paragraph", "n_words", "text"], "passages")
    check_english(passages, "frames_by()")
    if "frame" in by:
        raise IdlibkitError("by cannot hold 'frame': every frame has its own row anyway.")
    keys = [*dict.fromkeys([*by, "article_id", "paragraph"])]
    table = passages.loc[(passages["n_words"] >= min_words).to_numpy(), [*keys, "text"]].reset_index(drop=True)
    row, _, _, entry = find_indicators(table["text"], lexicon)
    codes, names = lexicon_entries(lexicon)["frame"].factorize(sort=True)
    shows = np.zeros((len(table), len(names) + 1), bool)
    shows[row, codes[entry]] = True
    shows[:, -1] = ~shows[:, :-1].any(1)
    tops = pd.DataFrame(shows.astype(float), columns=[*names, NONE]).drop(columns=IGNORED, errors="ignore")
    # One sum per paragraph and frame: `ratio_by` wants the passages without a frame, too.
    sums = [
        unit_sums(
            table[keys].assign(frame=name, top=tops[name], bottom=1), by, top="top", bottom="bottom", category=["frame"]
        )
        for name in tops
    ]
    sums = pd.concat(sums, ignore_index=True)
    out = in_range(ratio_by(sums, by, category=["frame"], within=["frame"], n_boot=n_boot, seed=seed))
    return out.assign(count=(out["estimate"] * out["n_passages"]).astype(float).round().astype("int64"))


def corpus_frames(
    passages: pd.DataFrame, *, n_frames: int = 6, n_terms: int = 10, n_boot: int = 20, seed: int = 0
) -> pd.DataFrame:
    """The themes that the corpus itself suggests as frames: groups of words that stand in the same paragraphs.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `paragraph`, `start`, `end` and `text`; usually those of one voice or of all.
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
        One row per theme, the largest first: `frame` (number from 1), `terms` (its heaviest words, heaviest first), `share`
        (of all weight, 0 to 1), `stability` (0 to 1), `n_paragraphs`, `n_articles` and `n_outlets` in which it is the
        strongest theme, and its most typical paragraph as evidence: `article_id`, `paragraph`, `start`, `end`.

    Notes
    -----
    Non-negative matrix factorisation of the TF-IDF weights of words in paragraphs (scikit-learn's NMF, started from the
    singular value decomposition, so that nothing is random). `stability` is the mean cosine between a theme and the one
    matched to it (Hungarian method) when paragraphs are drawn again with replacement [1]_: near 1, the theme does not hang on single
    paragraphs; below about 0.6, do not build on it. More than 20,000 paragraphs are sampled down to that number. Words of
    the English stop list, words of one paragraph, and numbers are left out.

    Accuracy: not measured; themes are a way of reading, and their names are the reader's.

    References
    ----------
    .. [1] Greene, O'Callaghan & Cunningham 2014, How many topics? Stability analysis for topic models.

    Examples
    --------
    >>> texts = ["prices and taxes rose", "taxes and prices", "goals and matches", "matches with goals"] * 2
    >>> table = pd.DataFrame({"article_id": "a", "outlet": "A", "paragraph": range(8), "start": 0, "end": 9, "text": texts})
    >>> corpus_frames(table, n_frames=2, n_terms=2)["terms"].sort_values().tolist()
    ['goals, matches', 'prices, taxes']
    """
    from scipy.optimize import linear_sum_assignment
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    keys = ["article_id", "paragraph"]
    check_columns(passages, [*keys, "outlet", "start", "end", "text"], "passages")
    table = passages.sort_values([*keys, "start"], kind="stable", ignore_index=True)
    place = table.groupby(keys, sort=True).agg(outlet=("outlet", "first"), start=("start", "min"), end=("end", "max"))
    rng = np.random.default_rng(seed)
    if len(place) > PARAGRAPHS:
        place = place.iloc[np.sort(rng.choice(len(place), PARAGRAPHS, replace=False))]
        table = table[pd.MultiIndex.from_frame(table[keys]).isin(place.index)]
    place = place.reset_index()
    counts, vocabulary = _paragraph_words(table, keys)
    if min(counts.shape) <= n_frames or n_frames < 2:
        raise IdlibkitError(
            f"n_frames={n_frames} does not fit {counts.shape[0]} paragraphs with {counts.shape[1]} words that stand in two or more: "
            "it must be 2 or more and smaller than both."
        )

    def themes(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        model = NMF(n_frames, init="nndsvda", max_iter=400, tol=1e-3)
        weights = model.fit_transform(tfidf[rows])
        norm = np.linalg.norm(model.components_, axis=1)
        return weights * norm, model.components_ / np.where(norm > 0, norm, 1)[:, None]

    tfidf = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a resample that has not quite converged is as good as one that has
        weights, words = themes(np.arange(len(place)))
        stability = np.zeros(n_frames)
        for _ in range(n_boot):
            _, again = themes(np.sort(rng.integers(0, len(place), len(place))))
            alike = words @ again.T
            stability += alike[linear_sum_assignment(-alike)] / n_boot
    strongest = np.where(weights.max(1) > 0, weights.argmax(1), -1)
    rows = []
    for theme in np.argsort(-weights.sum(0), kind="stable"):
        mine, typical = place[strongest == theme], place.iloc[weights[:, theme].argmax()]
        heaviest = sorted(zip(-words[theme].round(9), vocabulary, strict=True))[:n_terms]
        rows.append(
            {
                "frame": len(rows) + 1,
                "terms": ", ".join(word for weight, word in heaviest if weight < 0),
                "share": weights[:, theme].sum() / weights.sum(),
                "stability": stability[theme] if n_boot else np.nan,
                "n_paragraphs": len(mine),
                "n_articles": mine["article_id"].nunique(),
                "n_outlets": mine["outlet"].nunique(),
                **{column: typical[column] for column in [*keys, "start", "end"]},
            }
        )
    return pd.DataFrame(rows)


def _paragraph_words(table: pd.DataFrame, keys: list[str]) -> tuple[csr_array, np.ndarray]:
    """How often each word stands in each paragraph, and the words, in alphabetical order."""
    from scipy.sparse import coo_array

    codes, lengths, tokens = encode(table["text"])
    stops, spellings = stop_list("english"), spelling_list("english")
    words, vocabulary = pd.factorize(np.array([spellings.get(t, t) for t in map(term, tokens)], object), sort=True)
    paragraph = np.repeat(table.groupby(keys, sort=True).ngroup().to_numpy(), lengths)
    counts = coo_array(
        (np.ones(len(codes)), (paragraph, words[codes])), (paragraph.max(initial=-1) + 1, len(vocabulary))
    )
    counts = counts.tocsr()
    counts.sum_duplicates()
    kept = np.array([word not in stops and len(word) > 2 and not word[0].isdigit() for word in vocabulary], bool)
    kept &= np.bincount(counts.indices, minlength=len(vocabulary)) > 1
    return counts[:, kept], np.asarray(vocabulary)[kept]
