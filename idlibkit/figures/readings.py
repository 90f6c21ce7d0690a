"""Figures with what they count. English only.

A figure is found by a compiled pattern over the whole column (`expressions`); unit,
hedge, counted noun, event, time, place and source are then read from the words beside
it (`rows`, `context`). The words are in ``lexicons/numbers.toml`` and
``lexicons/counted.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from ..scale import per_partition, rows_by_parts, uncollected
from ..tables import check_columns
from ..text import check_english
from .context import Reading
from .rows import figure_rows

__all__ = ["quantities"]


NEEDED = ["article_id", "outlet", "voice", "start", "text"]
READ = [*NEEDED, "speaker", "sentence", "story", "published"]
# The columns of a table without figures.
EMPTY: Sequence[Sequence[str]] = [()] * len(Reading._fields)


@per_partition
def quantities(passages: pd.DataFrame) -> pd.DataFrame:
    """Find every figure in `passages`, with what it counts, its bounds and its source.

    Parameters
    ----------
    passages : DataFrame
        At least `article_id`, `outlet`, `voice`, `start` (of the passage in the
        article) and `text`; `speaker` and `published` are used where they are there.
        Best taken from :func:`idlibkit.passages`.

    Returns
    -------
    DataFrame
        One row per figure, sorted by `article_id` and `start`:

        - `article_id`, `outlet`, `voice`; `start`, `end`, `text`: the expression from
          its hedge to its unit, in the article. A change ("cut from 300 to 200") has
          two rows.
        - `kind`: count, measure, money, percent, age, year or date. Ordinals, clock
          times, scores and formats are no rows.
        - `value`: the number printed, 0 for "no one was killed"; missing for ranges and
          for words such as "dozens". For years and dates the year.
        - `low`, `high`: what the hedge leaves open. "about" a tenth either way;
          "nearly" a tenth below; "more than" and "at least" no upper end; "up to" and
          "fewer than" from nought; "dozens" 24 to 120 (all in `lexicons/numbers.toml`).
        - `hedge`: as printed; `unit`: its short name (km, year, %, USD); `conversion`:
          "9 miles" in "15 km (9 miles)".
        - `counted`: the noun with the modifiers before it, or the participle where
          there is none ("2,000 were rescued"); for shares and sums the noun behind "of"
          or after a determiner ("10% of voters", "a 30% decline"), else missing.
        - `event`: what happened to it (killed, displaced, deployed ...; groups in
          `lexicons/counted.toml`); missing where it did not ("none of the 40 was
          hurt") and where it makes no sense ("released 1,500 emails").
        - `modal`: "could" in "280,000 people could be displaced": a figure of what has
          not happened.
        - `per`, `place`: the nearest "since", "on", "a year" or "per 100,000", and the
          nearest "in" or "near" with a name.
        - `date`: ISO 8601 of a year or date, `--02-03` where no year is printed; "last
          year" is counted from `published`.
        - `attributed_to`: the passage's speaker; in the outlet's own voice the survey
          that a figure is from, or a name beside "said" or "according to". Missing for
          what reporters add to reported speech: between dashes, in brackets, in a
          relative clause; the number of hearers; the day when it was said.
        - `context`: the sentence, or the passage where `passages` has no `sentence`; of
          a very long one 500 characters either side.
        - `story`, `published`: where `passages` has them.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Notes
    -----
    English only; "$" is read as US dollars. Bare ages ("voters under 30", "ages 18 to
    29") are of kind age.

    *Accuracy.* No public set has figures with what they count; the authors coded
    expressions drawn from 150 US news articles (texts of PolNeAR) by hand, before
    looking at the output: rules were adjusted on 100, these figures are from 100
    others, of which 3 were no figures and no longer are rows
    (``benchmarks/measure_coded.py``, with the answers). Right, with 95 % intervals:
    `value` or `low` and `high` 97 of 97 (.96 to 1); the head of `counted` 41 of 43
    given (.95, .84 to .99), and 41 of the 43 that should be; `hedge` 17 of 17 given
    (.82 to 1), of 18; `attributed_to`, by the same script, in own and reported voice:
    of 70 figures drawn from 75 of the articles and coded by hand 64 are right (.91, .82
    to .96; 58 have no source), 10 of 14 given (.71, .45 to .88), 9 of 12 that should
    be; against the set's own annotation of these articles 147 of 172 given (.86, .79 to
    .92), and of the 232 that stand in what somebody says or thinks (.63, .55 to .72).
    Rules were adjusted on the other 75 articles (given: .71 before, .81 after), those
    of reported speech, whose errors it inherits, on all of them.
    Commonest errors: reported speech that is none, a phrase taken for its speaker; a
    verb or a quoted word taken for the counted noun.

    Examples
    --------
    >>> import pandas as pd
    >>> text = (
    ...     "At least 23 Norwegian sailors were rescued on May 3, 15 km (9 miles) "
    ...     "off the coast."
    ... )
    >>> table = pd.DataFrame({"article_id": ["a"], "outlet": "A", "voice": "own"})
    >>> found = quantities(table.assign(start=0, text=text))
    >>> shown = ["text", "kind", "value", "counted", "event", "unit", "per"]
    >>> found[shown].fillna({"value": 0}).fillna("-")
                  text     kind  value            counted  event unit       per
    0      At least 23    count   23.0  Norwegian sailors  freed    -  on May 3
    1            May 3     date    0.0                  -      -    -         -
    2  15 km (9 miles)  measure   15.0                  -      -   km         -
    """
    check_columns(passages, NEEDED, "passages")
    check_english(passages, "quantities()")
    read = passages[[column for column in READ if column in passages]]
    out = rows_by_parts(_figures, read, "figures")
    return out.sort_values(
        ["article_id", "start", "end"], kind="stable", ignore_index=True
    )


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of some passages, in their order."""
    with uncollected():
        rows = list(figure_rows(frame))
    places = [row.row for row in rows]
    out = frame[["article_id", "outlet", "voice"]].iloc[places].reset_index(drop=True)
    begin = frame["start"].to_numpy("int64")[places]
    out["start"] = begin + np.array([row.start for row in rows], "int64")
    out["end"] = begin + np.array([row.end for row in rows], "int64")
    out["text"] = _strings(row.text for row in rows)
    columns = zip(*(row.reading for row in rows), strict=True) if rows else EMPTY
    for name, values in zip(Reading._fields, columns, strict=True):
        if name in ("value", "low", "high"):
            out[name] = np.array(values, "float64")
        elif name not in ("before", "behind"):
            out[name] = _strings(values)
    out["attributed_to"] = _strings(row.source for row in rows)
    out["context"] = _strings(row.context for row in rows)
    if "story" in frame:
        out["story"] = frame["story"].iloc[places].reset_index(drop=True)
    if "published" in frame:
        out["published"] = frame["published"].iloc[places].reset_index(drop=True)
        out = _years_told_from_now(out)
    return out


def _years_told_from_now(figures: pd.DataFrame) -> pd.DataFrame:
    """ "last year" as a year, counted from the day of publication."""
    figures = figures.copy()
    shift = figures["date"].map({"last": -1, "this": 0, "next": 1}).astype("float64")
    years = pd.to_datetime(figures["published"]).dt.year + shift
    for name in ("value", "low", "high"):
        figures[name] = figures[name].where(years.isna(), years)
    printed = years.map("{:.0f}".format)
    figures["date"] = figures["date"].where(years.isna(), printed)
    return figures


def _strings(items: Iterable[str]) -> pd.Series:
    """A column of text, empty ones missing; through Arrow, since pandas looks at each
    string of a list twice.
    """
    return pd.Series(
        pd.array(
            pa.array([item or None for item in items], pa.large_string()), dtype="str"
        )
    )
