"""A measure without the text that outlets share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..tables import check_columns

__all__ = ["covered", "without_shared"]

PLACE = ["article_id", "outlet", "start", "end"]


def without_shared(passages: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Leave out the passages that lie in shared text, so that a measure can be taken
    without it.

    What two outlets share is in neither one's words for certain, so both copies go,
    whichever may be the origin. What one outlet shares only with itself (a background
    paragraph used again) is its own: the copy of the article that `shared_text` takes
    for the origin stays (where it cannot tell, the first `article_id`), the others go.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `start`, `end`; any table with these columns, such as quotes or
        labels, will do.
    shared : DataFrame
        The table of `shared_text` for the same articles.

    Returns
    -------
    DataFrame
        The rows of `passages` of which less than half the characters lie in shared
        text.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> passages = pd.DataFrame({"article_id": ["x", "x"], "start": [0, 50],
    ...                          "end": [40, 90]})
    >>> shared = pd.DataFrame({
    ...     "article_id_a": ["x"], "outlet_a": ["X"], "start_a": [45], "end_a": [90],
    ...     "article_id_b": ["y"], "outlet_b": ["Y"], "start_b": [0], "end_b": [45],
    ...     "origin": [None]})
    >>> without_shared(passages, shared)
      article_id  start  end
    0          x      0   40
    """
    check_columns(passages, ["article_id", "start", "end"], "passages")
    sides = {side: [f"{name}_{side}" for name in PLACE] for side in "ab"}
    check_columns(shared, [*sides["a"], *sides["b"], "origin"], "shared")
    across = (shared["outlet_a"] != shared["outlet_b"]).to_numpy()
    from_b = (shared["origin"] == "b").fillna(False).to_numpy(dtype=bool)
    leaves = {"a": across | from_b, "b": across | ~from_b}
    spans = pd.concat(
        [shared.loc[leaves[side], sides[side]].set_axis(PLACE, axis=1) for side in "ab"]
    )
    ids = pd.concat([passages["article_id"], spans["article_id"]]).astype("str")
    article = pd.factorize(ids)[0].astype(np.int64)
    start, end = (passages[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    low, high = (spans[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    # All articles on one line, one behind the other.
    width = int(max(end.max(initial=0), high.max(initial=0))) + 1
    at, of = article[: len(passages)] * width, article[len(passages) :] * width
    shared_length = covered(of + low, of + high, at + start, at + end)
    return passages[shared_length * 2 < np.maximum(end - start, 1)]


def covered(
    low: np.ndarray, high: np.ndarray, start: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """How much of each [start, end) the spans [low, high) cover together."""
    order = np.argsort(low, kind="stable")
    low, high = low[order], np.maximum.accumulate(high[order])
    if not len(low):
        return np.zeros(len(start), np.int64)
    opens = np.append(True, low[1:] > high[:-1])
    closes = np.append(opens[1:], True)
    low, high = low[opens], high[closes]  # the spans that overlap, as one
    size = high - low
    before = np.append(0, np.cumsum(size))

    def below(place: np.ndarray) -> np.ndarray:
        """How much is covered up to each place."""
        span = np.searchsorted(low, place, side="right") - 1
        last = np.maximum(span, 0)
        inside = np.minimum(np.maximum(place - low[last], 0), size[last])
        return np.where(span >= 0, before[last] + inside, 0)

    return below(end) - below(start)
