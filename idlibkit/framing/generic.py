"""Which generic news frames a passage shows signs of, and which themes the corpus
itself falls into.

Indicators, not verdicts: a word of a documented list stands in the passage, and the row
says which and where.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..scale import columns_of, gathered, per_partition, ratio_of
from ..tables import IdlibkitError, IdlibkitWarning, check_by, check_columns
from ..text import check_english
from .indicators import IGNORED, NONE, find_indicators, lexicon_entries

__all__ = ["frames", "frames_by"]


@per_partition
def frames(passages: pd.DataFrame, *, lexicon: str | Path = "generic") -> pd.DataFrame:
    """Find the indicators of generic news frames.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `voice`, `speaker`, `start` and `text`, as from
        `passages`.
    lexicon : "generic" or path
        The lexicon that comes along (``lexicons/frames.toml``), or a TOML file of the
        same form: for each frame a table ``[name.patterns]`` with lines ``"pattern" =
        "note"``. A pattern is a word or a phrase; every word stands for its forms
        (attack: attacks, attacked, attacking), ``=arms`` for that word alone,
        ``humanit*`` for all that begin so.

    Returns
    -------
    DataFrame
        One row per hit and frame: `article_id`, `outlet`, `voice`, `speaker`, `frame`,
        `pattern`, `note`, `start`, `end`, `text` (``source[start:end] == text``), then
        the further columns of passages. Sorted by place and frame.

    Raises
    ------
    IdlibkitError
        If a column is missing, the texts are not in English, or the lexicon cannot be
        read.

    See Also
    --------
    frames_by : shares of passages with each frame, and of those with none.

    Notes
    -----
    The generic lexicon has conflict, human_interest, responsibility,
    economic_consequences and morality [1]_; security, diplomacy and legality [2]_;
    war_journalism and peace_journalism [3]_. The frames are those of the literature,
    the words were compiled for idlibkit. The longest pattern wins ("peace process" is
    not also "peace"), a pattern can stand under several frames, and phrases under
    ``[ignore]`` are no indicator of anything. English only. War and peace journalism
    are ideas about reports of conflicts: elsewhere ("an attack on the budget") their
    indicators mean little.

    Accuracy, on 100 paragraphs of US news read by hand for the first five frames
    (`accuracy_card`): paragraphs with an indicator of conflict showed it in .81, of
    morality in .67, of economic consequences in .55, of responsibility in .23 and of
    human interest in .11 of the cases; found were .30, 2 of 4, .86, .30 and 1 of 3 of
    the paragraphs that a reader saw them in. So conflict and economic consequences can
    be compared between outlets, the others can only be looked for. The other frames are
    not measured. Words are blind to irony, negation and sense ("battle" of ideas): read
    the hits before a share is reported.

    References
    ----------
    .. [1] Semetko & Valkenburg 2000, Journal of Communication 50(2), 93-109.
    .. [2] Boydstun, Card, Gross, Resnik & Smith 2014, Tracking the development of media
       frames.
    .. [3] Galtung 1998; Lee & Maslog 2005, Journal of Communication 55(2), 311-329.

    Examples
    --------
    >>> text = "Both sides blamed each other for the attacks as families fled."
    >>> table = pd.DataFrame({"article_id": "a", "outlet": "A", "voice": "own",
    ...     "speaker": None, "start": 0, "text": [text]})
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
    found["text"] = pd.Series(
        [texts[r][b:e] for r, b, e in zip(row, begin, end, strict=True)], dtype="str"
    )
    further = [c for c in table.columns if c not in [*first, *found.columns, "n_words"]]
    out = pd.concat([table[first].take(row).reset_index(drop=True), found], axis=1)
    out[further] = table[further].take(row).reset_index(drop=True)
    return out.sort_values(
        ["article_id", "start", "end", "frame"], kind="stable", ignore_index=True
    )


def frames_by(
    frames: pd.DataFrame,
    passages: pd.DataFrame | None = None,
    *,
    by: str | Sequence[str] = "outlet",
    lexicon: str | Path = "generic",
    min_words: int = 4,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of passages that show each frame, for each group, and of those that show
    none.

    Parameters
    ----------
    frames : DataFrame
        What `frames` returns: `article_id`, `frame`, `start`.
    passages : DataFrame
        The passages that the frames were looked for in, since those without any count,
        too: `article_id`, `paragraph`, `start`, `end`, `n_words` and the columns of
        `by`. Frames that stand in none of them are left out.
    by : str or list of str
        What is compared.
    lexicon : "generic" or path
        Only where passages alone are given, as in earlier versions:
        ``frames_by(passages)`` looks for the frames itself, with a warning.
    min_words : int
        Shorter passages ("he said") are left out, so that outlets that quote much do
        not look frameless.
    n_boot, seed : int
        Number of resamples; same seed, same intervals.

    Returns
    -------
    DataFrame
        The `by` columns, `frame`, `estimate` (share of the group's passages with at
        least one indicator, 0 to 1), `ci_low`, `ci_high`, `difference` (from the other
        groups pooled), `difference_low`, `difference_high`, `n_articles`, `n_passages`,
        `unit`, `count` (passages with the frame). The frame "none" is the share that no
        frame touches: what the lexicon does not see. A passage can show several frames,
        so shares do not add up to 1. Intervals: see `resampling.ratio_by`; they are cut
        at 0 and 1.

    Raises
    ------
    IdlibkitError
        If a column is missing, or `by` holds "frame".

    Examples
    --------
    >>> texts = ["The two sides agreed a truce.", "A tax on sugar was raised.",
    ...          "It rained all day long."]
    >>> table = pd.DataFrame({"article_id": ["a", "b", "b"], "paragraph": 0,
    ...     "outlet": ["A", "B", "B"], "voice": "own", "speaker": None,
    ...     "start": [0, 0, 27], "end": [29, 26, 50], "n_words": 5, "text": texts})
    >>> shares = frames_by(frames(table), table, n_boot=100)
    >>> shares = shares[shares["estimate"] > 0].reset_index(drop=True)
    >>> shares[["outlet", "frame", "estimate", "count"]]
      outlet                  frame  estimate  count
    0      A              diplomacy       1.0      1
    1      A       peace_journalism       1.0      1
    2      B  economic_consequences       0.5      1
    3      B                   none       0.5      1
    """
    if passages is None:
        return _shares_in(frames, by, lexicon, min_words, n_boot, seed)
    check_columns(columns_of(frames), ["article_id", "frame", "start"], "frames")
    columns = ["article_id", "paragraph", "start", "end", "n_words"]
    check_columns(columns_of(passages), columns, "passages")
    shares = partial(_shares, by=by, n_boot=n_boot, seed=seed)
    names = sorted(gathered(_frames_in, frames[["frame"]])["frame"].unique())
    sums_of = partial(_sums_of_found, by=by, min_words=min_words, names=names)
    keys = [*([by] if isinstance(by, str) else by), "frame"]
    return ratio_of(passages, sums_of, shares, keys, frames)


def _frames_in(frames: pd.DataFrame) -> pd.DataFrame:
    return frames[["frame"]].astype("str").drop_duplicates()


def _sums_of_found(
    passages: pd.DataFrame,
    frames: pd.DataFrame,
    by: str | Sequence[str],
    min_words: int,
    names: Sequence[str],
) -> pd.DataFrame:
    """The sums of passages that show each of the frames of these names."""
    table, known = passages.reset_index(drop=True), pd.Index(list(names))
    row = _rows_of(frames, table)
    inside = row >= 0
    code = known.get_indexer(pd.Index(frames["frame"].astype("str")))[inside]
    return _sums(table, Shown(row[inside], code, known), by, min_words)


class Shown(NamedTuple):
    """Rows of passages and the frames that they show."""

    row: np.ndarray
    frame: np.ndarray  # place among `names`
    names: pd.Index


def _frame_codes(table: pd.DataFrame) -> tuple[np.ndarray, pd.Index]:
    code, names = pd.factorize(table["frame"], sort=True)
    return code, pd.Index(names)


def _shares_in(
    passages: pd.DataFrame,
    by: str | Sequence[str],
    lexicon: str | Path,
    min_words: int,
    n_boot: int,
    seed: int,
) -> pd.DataFrame:
    """`frames_by` as it was: of passages alone."""
    check_columns(passages, ["article_id", "paragraph", "n_words", "text"], "passages")
    check_english(passages, "frames_by()")
    warnings.warn(
        "frames_by(passages) looks for frames itself; give it what was found, as its "
        "siblings take their tables: frames_by(frames(passages), passages).",
        IdlibkitWarning,
        stacklevel=3,
    )
    table = passages.reset_index(drop=True)
    hits = find_indicators(table["text"], lexicon)
    codes, names = _frame_codes(lexicon_entries(lexicon))
    ignored = names.get_indexer(pd.Index([IGNORED]))[0]
    code = codes[hits.entry]
    shown = Shown(hits.row, code - (code > ignored) * (ignored >= 0), names)
    shown = shown._replace(names=names.drop(IGNORED, errors="ignore"))
    return _shares(_sums(table, shown, by, min_words), by, n_boot, seed)


def _rows_of(frames: pd.DataFrame, passages: pd.DataFrame) -> np.ndarray:
    """The passage that each frame stands in; -1 where it is none of these."""
    ids = pd.concat([passages["article_id"], frames["article_id"]])
    article = pd.factorize(ids)[0].astype(np.int64)
    start = pd.concat([passages["start"], frames["start"]]).to_numpy(np.int64)
    place = article * (int(start.max(initial=0)) + 1) + start
    of_passage, of_frame = np.split(place, [len(passages)])
    if not len(passages):
        return np.full(len(frames), -1)
    order = np.argsort(of_passage, kind="stable")
    row = order[
        np.maximum(np.searchsorted(of_passage[order], of_frame, "right") - 1, 0)
    ]
    inside = article[row] == article[len(passages) :]
    inside &= passages["start"].to_numpy(np.int64)[row] <= start[len(passages) :]
    inside &= passages["end"].to_numpy(np.int64)[row] > start[len(passages) :]
    return np.where(inside, row, -1)


def _sums(
    passages: pd.DataFrame, shown: Shown, by: str | Sequence[str], min_words: int
) -> pd.DataFrame:
    """One sum per paragraph and frame: `ratio_by` wants the passages without a frame,
    too.
    """
    by = check_by(passages, by, "passages")
    if "frame" in by:
        raise IdlibkitError(
            "by cannot hold 'frame': every frame has its own row anyway."
        )
    shows = np.zeros((len(passages), len(shown.names) + 1), bool)
    shows[shown.row, shown.frame] = True
    shows[:, -1] = ~shows[:, :-1].any(1)
    long_enough = (passages["n_words"] >= min_words).to_numpy()
    keys = [*dict.fromkeys([*by, "article_id", "paragraph"])]
    table, shows = passages.loc[long_enough, keys], shows[long_enough].astype(float)
    sums = [
        unit_sums(
            table.assign(frame=str(name), top=top, bottom=1),
            by,
            top="top",
            bottom="bottom",
            category=["frame"],
        )
        for name, top in zip([*shown.names, NONE], shows.T, strict=True)
    ]
    return pd.concat(sums, ignore_index=True)


def _shares(
    sums: pd.DataFrame, by: str | Sequence[str], n_boot: int, seed: int
) -> pd.DataFrame:
    by = [by] if isinstance(by, str) else list(by)
    frame = ["frame"]
    shares = ratio_by(sums, by, category=frame, within=frame, n_boot=n_boot, seed=seed)
    count = (shares["estimate"] * shares["n_passages"]).astype(float).round()
    return in_range(shares).assign(count=count.astype("int64"))
